/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traffic: what is sent next. Outreach to contacts drawn at random, replies to outreach
 * that was accepted before (each outreach once), other mail of contacts, mail of
 * strangers; or the messages of a folder in turn.
 */
#ifndef LEAD_BENCH_TRAFFIC_H
#define LEAD_BENCH_TRAFFIC_H

#include "script.h"

typedef struct {
	unsigned outbound;  /* percent of all sessions */
	unsigned replies;   /* percent of all letters, as the next */
	unsigned strangers; /* the others are unasked mail of contacts */
	unsigned long contacts;
	unsigned long first; /* number of the first letter: none is sent twice to a store */
	guint32 seed;
	LetterShape shape;
	const char *folder; /* NULL: generated letters */
} TrafficPlan;

/* One letter on its way. */
typedef struct {
	const Script *script;
	LetterKind kind;
	unsigned long number, answered, person;
} Dispatch;

typedef struct Traffic Traffic;

/* agreed: of script_negotiate(). Ends the program if the folder has no messages. */
Traffic *traffic_new(const TrafficPlan *plan, const Mta *agreed);
void traffic_free(Traffic *traffic);

/* Whether the next session is one of submission, and its beginning. */
bool traffic_next_is_outbound(Traffic *traffic);
const Script *traffic_session(const Traffic *traffic, bool outbound);
/* The next letter for such a session; its octets, slots filled in, replace buffer. */
Dispatch traffic_next(Traffic *traffic, bool outbound, GByteArray *buffer);
/* The milter accepted it. */
void traffic_was_accepted(Traffic *traffic, const Dispatch *dispatch);

#endif
