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
bool view_suggestions(Txn *txn, const SuggestionFilter *filter, SuggestionVisit visit,
		      void *user);
int64_t view_count_suggestions(Txn *txn);
bool view_history(Txn *txn, int64_t contact, size_t limit, HistoryVisit visit, void *user);

/* asked NULL: anything; else the same text in any case. */
bool is_folded(const char *asked, const char *text);
char *contact_owner(Txn *txn, const ContactRow *row); /* NULL if none; caller frees */
char *view_address(Txn *txn, int64_t contact); /* first, as written; NULL; caller frees */

#endif
