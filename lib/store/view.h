/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows put together for visitors, within a transaction that only reads. */
#ifndef LEAD_STORE_VIEW_H
#define LEAD_STORE_VIEW_H

#include "backend.h"

/* Each visits in the order that lead/store.h promises; false if the visitor stopped. */
bool view_contact(Txn *txn, int64_t id, const ContactFilter *filter, ContactVisit visit,
		  void *user);
bool view_contacts(Txn *txn, const ContactFilter *filter, ContactVisit visit, void *user);
bool view_interactions(Txn *txn, int64_t contact, size_t limit, InteractionVisit visit,
		       void *user);
bool view_history(Txn *txn, int64_t contact, size_t limit, HistoryVisit visit, void *user);

char *view_address(Txn *txn, int64_t contact); /* first, as written; NULL; caller frees */

#endif
