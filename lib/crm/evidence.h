/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Evidence: the outreach that a message answers, tier by tier. Pure; what is found is
 * borrowed from the history.
 */
#ifndef LEAD_CRM_EVIDENCE_H
#define LEAD_CRM_EVIDENCE_H

#include "lead/match.h"

typedef struct {
	const OutboundMessage *outreach; /* NULL: nothing found */
	Tier tier;
	bool in_window;
} Evidence;

/* The best evidence that the message answers outreach to that contact. */
Evidence evidence_for_contact(const MessageSummary *summary, const History *history,
			      int64_t contact);

/* Outreach to anybody that the message names, by id or Thread-Index. */
Evidence evidence_for_anybody(const MessageSummary *summary, const History *history);

bool outreach_went_to(const OutboundMessage *outreach, int64_t contact);

/* The recorded or cached outbound message of that id digest; NULL if none. */
const OutboundMessage *history_answered(const History *history, int64_t id_digest);

#endif
