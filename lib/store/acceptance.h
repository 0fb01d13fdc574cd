/* SPDX-License-Identifier: BSD-2-Clause */
/* What follows from accepting a suggestion, one step at a time. Errors are in txn. */
#ifndef LEAD_STORE_ACCEPTANCE_H
#define LEAD_STORE_ACCEPTANCE_H

#include "backend.h"

typedef struct {
	Txn *txn;
	const Deed *deed;
	const Settings *settings;
	SuggestionRow row;
	ContactRow contact;
	MessageRow message;
	GArray *met; /* of int64_t: digests of whom it made a contact's */
	AnswerResult *result;
} Answering;

/* What must be known before the message is judged again. False if it cannot be: the
 * address is somebody else's. */
bool acceptance_correct(Answering *answering, Proposal proposal);
/* The compare-and-set: still only a lead becomes a prospect. */
bool acceptance_promote(Answering *answering);

#endif
