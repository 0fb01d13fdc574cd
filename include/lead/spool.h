/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The spool: summaries that wait because the store was away, durable in append-only files
 * of one folder. A record is framed by a mark, its length and a checksum, so that a torn
 * last record is left out, and a damaged one is set aside while the rest goes on. Each
 * process appends to a file of its own and holds its lock; files that nobody holds (of a
 * process that ended) are replayed by whoever comes first. Any thread.
 */
#ifndef LEAD_SPOOL_H
#define LEAD_SPOOL_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lead/settings.h"
#include "lead/summary.h"

enum {
	SPOOL_RECORD_MAX = 16 * 1024 * 1024, /* octets of one record; LIMIT above */
	SPOOL_FILE_MAX = 16 * 1024 * 1024,   /* a file that has grown beyond is not continued */
};

typedef struct Spool Spool;

/* The folder of the settings: [store] spool, else "spool" beside the database; NULL for
 * a store without a path. Caller frees. */
char *spool_folder(const Settings *settings);

/* Makes the folder (mode 0700) where it is missing. PERMANENT if it cannot be used. */
Spool *spool_open(const char *folder, GError **error);
void spool_close(Spool *spool); /* what waits stays; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Spool, spool_close)

/* Returns when the record is durable. LIMIT for one too large, else TEMPORARY (full) or
 * PERMANENT; then nothing was kept, or nothing that a replay could mistake. */
bool spool_append(Spool *spool, const MessageSummary *summary, GError **error);

typedef enum {
	SPOOL_DONE,      /* it is durable elsewhere: drop it */
	SPOOL_KEEP,      /* not now: end this replay, offer it again in the next */
	SPOOL_SET_ASIDE, /* it will never do: into a *.damaged file */
} SpoolVerdict;

typedef struct {
	/* Offers one record, oldest file first. */
	SpoolVerdict (*visit)(MessageSummary *summary, void *user);
	/* An error: a piece that was set aside, and where to; or a file that cannot be
	 * read. A warning: a piece that was cut off, which nobody relied on. */
	void (*problem)(LogLevel level, const char *text, void *user);
	void *user;
	const char *subaddress_separators; /* for summary_decode() */
	int64_t *set_aside;		   /* pieces so far; NULL: not wanted */
} SpoolReplay;

/* Offers what waits until it is empty or a visit says keep; then false. One thread at a
 * time; appending goes on meanwhile. */
bool spool_replay(Spool *spool, const SpoolReplay *replay);

typedef struct {
	int64_t waiting;   /* records */
	int64_t octets;    /* of all spool files */
	int64_t set_aside; /* files *.damaged */
} SpoolStatus;
/* For any process, without disturbing the owner. A folder that is not there is empty;
 * PERMANENT if it cannot be read. */
bool spool_status(const char *folder, SpoolStatus *status_out, GError **error);

/* A summary as the octets of a record, and back: NULL for damaged octets, or of a later
 * version. The separators are for addr_spec_parse(), by the settings of now. */
GBytes *summary_encode(const MessageSummary *summary);
MessageSummary *summary_decode(const void *octets, size_t length,
			       const char *subaddress_separators);

#endif
