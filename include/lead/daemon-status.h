/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a running leadmilter tells of itself: on a unix socket, to each connection, once
 * and at once, as lines name=value, and hangs up. The table below is all the names there
 * are; the daemon's text, its reader and the columns of `leadctl status` come from it.
 * Plain data, owned by who holds it.
 */
#ifndef LEAD_DAEMON_STATUS_H
#define LEAD_DAEMON_STATUS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/settings.h"

/* X(kind, member); counts are since the start. */
/* clang-format off */
#define LEAD_DAEMON_STATUS(X)                                                    \
	X(TEXT, version)                                                         \
	X(COUNT, pid)                                                            \
	X(TIME, started_at)                                                      \
	X(TEXT, settings)          /* the file */                                \
	X(FLAG, store_is_away)                                                   \
	X(COUNT, sessions)                                                       \
	X(COUNT, sessions_refused) /* above max_sessions */                      \
	X(COUNT, messages)         /* that came to their end */                  \
	X(COUNT, aborted)          /* that ended before */                       \
	X(COUNT, headerless)       /* came without a header field */             \
	X(COUNT, recorded)         /* durable in the store */                    \
	X(COUNT, spooled)          /* durable in the spool; the store was away */ \
	X(COUNT, left_early)       /* concern nobody: nothing to be written */   \
	X(COUNT, failed)           /* neither in the store nor in the spool */   \
	X(COUNT, tempfailed)       /* of these, the MTA was to try again */      \
	X(COUNT, promoted)                                                       \
	X(COUNT, suggested)                                                      \
	X(COUNT, replayed)         /* spooled records that the store took */     \
	X(COUNT, set_aside)        /* pieces of the spool that it never will */      \
	X(COUNT, reloads)          /* of the settings */
/* clang-format on */

#define LEAD_DAEMON_TYPE_TEXT char *   /* NULL: not told */
#define LEAD_DAEMON_TYPE_COUNT int64_t /* -1: not told */
#define LEAD_DAEMON_TYPE_TIME int64_t  /* s UTC; 0: not told */
#define LEAD_DAEMON_TYPE_FLAG bool     /* false if not told */

typedef struct {
#define X(kind, member) LEAD_DAEMON_TYPE_##kind member;
	LEAD_DAEMON_STATUS(X)
#undef X
} DaemonStatus;

void daemon_status_init(DaemonStatus *status); /* nothing told */
void daemon_status_clear(DaemonStatus *status);

/* Sets a count, a time or a flag by its name; false if there is none. */
bool daemon_status_set(DaemonStatus *status, const char *name, int64_t value);

/* The lines, and back. Unknown names are passed over, for another version may tell more;
 * false if it is no such text at all (it must have a pid). */
char *daemon_status_text(const DaemonStatus *status);
bool daemon_status_parse(DaemonStatus *status, const char *text);

/* Where the daemon of these settings tells it: beside its unix socket, named like it with
 * ".status" behind; with an inet socket, which has no place, in the folder of the database.
 * NULL if there is neither. Caller frees. */
char *daemon_status_path(const Settings *settings);

/* Asks, and waits at most that long. NOT_FOUND: nobody is there; TEMPORARY: no answer in
 * time; INVALID: an answer that is none of ours; PERMANENT: may not be asked. */
bool daemon_status_read(const char *path, int64_t timeout_ms, DaemonStatus *status_out,
			GError **error);

#endif
