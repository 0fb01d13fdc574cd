/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef LEAD_STORE_SETTLE_H
#define LEAD_STORE_SETTLE_H

#include "recording.h"

/*
 * Decides again what the recorded message may have changed: inbound mail that named it
 * and waited for it, mail of people it made contacts of, mail of its contacts that comes
 * behind it. In the order of mail, each with the history of its place; whatever changes
 * in turn (a promotion moves) is followed, and always further back in that order.
 * Mail that arrives in its order finds nothing to settle.
 */
void settle_behind(Recording *recording);

/* What a person did to mail that is recorded. */
typedef struct {
	const GArray *met; /* of int64_t: digests of whom he made a contact's */
	int64_t message;   /* that he did it for */
	int64_t contact;   /* whose mail from since on it bears on; 0 none */
	Moment since;
} DeedCause;

/* Decides that mail again, and what follows from it. */
void settle_deed(Txn *txn, const Settings *settings, const DeedCause *cause,
		 RecordResult *result);

#endif
