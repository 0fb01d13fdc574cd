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

/* The archives at these paths. */
bool ingest(Store *store, Settings *settings, const char *const *paths,
	    const IngestCallbacks *callbacks, IngestSummary *summary_out, GError **error);

/* What waits in the spool of the settings, as the daemon replays it by itself; dry_run is
 * not for this. What a running daemon has open stays: *waiting_out are the records left.
 * Ends with the first error of the store, and the spool keeps what is not recorded; what
 * is set aside counts as failed. PERMANENT if the spool cannot be read. */
bool ingest_spool(Store *store, Settings *settings, const IngestCallbacks *callbacks,
		  IngestSummary *summary_out, int64_t *waiting_out, GError **error);

#endif
