/* SPDX-License-Identifier: BSD-2-Clause */
/* A listing that runs from new to old, with the options --since and --limit. */
#ifndef LEADCTL_PAGE_H
#define LEADCTL_PAGE_H

#include "row-writer.h"

typedef struct {
	RowWriter *writer;
	int64_t since;
	size_t limit; /* for the store */
} Page;

extern const GOptionEntry page_options[];

bool page_options_read(Page *page); /* false: complained */
void page_begin(Page *page, Format format, const Listing *listing);
bool page_add(Page *page, int64_t at, const void *row); /* false: the rest is older */
/* Ends the output; what an error or a page without rows means for the exit. */
ExitCode page_end(Page *page, ExitCode code, const GError *error);

#endif
