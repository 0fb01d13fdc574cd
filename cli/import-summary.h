/* SPDX-License-Identifier: BSD-2-Clause */
/* What became of the rows of an imported file, and which were refused and why. */
#ifndef LEADCTL_IMPORT_SUMMARY_H
#define LEADCTL_IMPORT_SUMMARY_H

#include "column.h"
#include "lead/contact.h"

typedef struct {
	int64_t read, added, updated, unchanged, refused;
	GPtrArray *refusals; /* rows of a listing: line, reason; owned */
	bool dry_run;
} ImportSummary;

extern const Listing import_summary_listing;

void import_summary_init(ImportSummary *summary, bool dry_run);
void import_summary_clear(ImportSummary *summary);
void import_summary_count(ImportSummary *summary, PutResult result);
void import_summary_refuse(ImportSummary *summary, int64_t line, const char *reason);
void import_summary_drop(ImportSummary *summary); /* nothing went in after all */

#endif
