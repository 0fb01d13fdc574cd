/* SPDX-License-Identifier: BSD-2-Clause */
/* What the callbacks have seen since the start; the recorder counts what became of it.
 * Atomic; any thread. */
#ifndef LEADMILTER_COUNTERS_H
#define LEADMILTER_COUNTERS_H

#include <stdint.h>

/* X(identifier, name) */
/* clang-format off */
#define LEAD_COUNTERS(X)                                                        \
	X(SESSIONS, "sessions")                                                 \
	X(SESSIONS_REFUSED, "sessions_refused") /* above max_sessions */        \
	X(MESSAGES, "messages")                 /* that came to their end */    \
	X(ABORTED, "aborted")                   /* that ended before */         \
	X(HEADERLESS, "headerless")             /* came without a header field */ \
	X(PROMOTED, "promoted")                                                 \
	X(SUGGESTED, "suggested")                                               \
	X(TEMPFAILED, "tempfailed") /* not recorded, and to come again */       \
	X(RELOADS, "reloads")
/* clang-format on */

typedef enum {
#define X(identifier, name) COUNT_##identifier,
	LEAD_COUNTERS(X)
#undef X
		COUNT_N,
} Counter;

void counter_add(Counter counter);
int64_t counter_get(Counter counter);
const char *counter_name(Counter counter);

#endif
