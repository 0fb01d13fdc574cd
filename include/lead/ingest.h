/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ingest: an old mail archive through the same sentence as live mail, in order of
 * arrival where the messages give dates. Twice equals once.
 */
#ifndef LEAD_INGEST_H
#define LEAD_INGEST_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/settings.h"
#include "lead/store.h"

typedef struct {
	int64_t read, recorded, duplicates, ignored, failed, promoted, suggested;
	double seconds;
} IngestSummary;

typedef struct {
	/* phase: "reading" or "recording"; total 0: unknown. NULL: no progress. */
	void (*progress)(const char *phase, size_t done, size_t total, void *user);
	/* a message or file that could not be read: counted as failed, the rest goes on */
	void (*problem)(const char *name, const char *text, void *user);
	void *user;
	bool dry_run; /* judge each alone, record nothing */
} IngestCallbacks;

bool ingest(Store *store, Settings *settings, const char *const *paths,
	    const IngestCallbacks *callbacks, IngestSummary *summary_out, GError **error);

#endif
