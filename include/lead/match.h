/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Match: which contact wrote a message, and which outreach it answers, on what evidence.
 * Pure; borrows from the history.
 */
#ifndef LEAD_MATCH_H
#define LEAD_MATCH_H

#include <stdbool.h>

#include "lead/history.h"
#include "lead/settings.h"
#include "lead/summary.h"
#include "lead/tier.h"

typedef enum {
	RELATION_NONE,          /* author unknown, and no outreach found */
	RELATION_SELF,          /* author is a contact that the outreach went to */
	RELATION_CONTACT,       /* author is a contact; the outreach (if any) went to others */
	RELATION_OTHER_ADDRESS, /* unknown author; single recipient, name or local part match */
	RELATION_COLLEAGUE,     /* other author (a contact or not) of the same organisation,
				 * which is not a free-mail provider */
	RELATION_STRANGER,      /* unknown author who knows an id of ours */
	RELATION_AMBIGUOUS,     /* the base form gives several contacts */
} Relation;

typedef struct {
	const ContactState *author;  /* the contact who wrote; NULL unless SELF or CONTACT */
	const ContactState *lead;    /* whom it concerns: author, or the outreach's recipient */
	const OutboundMessage *outreach; /* NULL if none */
	Tier tier;
	Relation relation;
	bool in_window;
} Match;

void match(const MessageSummary *summary, const History *history, const Settings *settings,
	   Match *match_out);

/* False if an outreach that the message names, or of its thread, is what match() will find:
 * then other outreach to the author (history->outreach) is not asked for. */
bool match_asks_for_outreach(const MessageSummary *summary, const History *history);

#endif
