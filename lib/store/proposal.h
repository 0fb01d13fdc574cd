/* SPDX-License-Identifier: BSD-2-Clause */
/* What a suggestion proposes, by its reason and by who wrote. */
#ifndef LEAD_STORE_PROPOSAL_H
#define LEAD_STORE_PROPOSAL_H

#include "backend.h"

Proposal proposal_of(const SuggestionRow *row);

/*
 * A proposal that only corrects what is known (an address is the contact's, the contact
 * may be written to again) has the message judged again: what would have followed then,
 * follows now, be it a promotion or another question. The others are the last word.
 */
bool proposal_is_correction(Proposal proposal);

/* Nothing would follow from it any more. */
bool suggestion_is_moot(const SuggestionRow *row, const ContactRow *contact);

/* A person has had the last word on what the message proposed. */
bool message_is_settled(Txn *txn, int64_t message);

static inline bool suggestion_is(const SuggestionRow *row, const char *state)
{
	return g_strcmp0(row->state, state) == 0;
}

#endif
