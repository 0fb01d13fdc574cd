/* SPDX-License-Identifier: BSD-2-Clause */
/* The questions of backend.h, answered by SQL; their contracts are there. */
#ifndef LEAD_STORE_SQLITE_QUESTIONS_H
#define LEAD_STORE_SQLITE_QUESTIONS_H

#include "connection.h"

int64_t sqlite_address_by_canonical(Txn *txn, const char *canonical);
void sqlite_addresses_by_base(Txn *txn, const char *base, GArray *ids);
void sqlite_addresses_of(Txn *txn, int64_t contact, GArray *ids);
int64_t sqlite_organization_by_name(Txn *txn, const char *name);
int64_t sqlite_rep_by_address(Txn *txn, const char *address);
int64_t sqlite_rep_by_login(Txn *txn, const char *login);
bool sqlite_contact_move(Txn *txn, int64_t contact, Stage from, Stage to, int64_t since);
bool sqlite_is_blocked(Txn *txn, int64_t digest);
bool sqlite_has_blocked(Txn *txn);

void sqlite_messages_with_id(Txn *txn, int64_t digest, GArray *ids);
void sqlite_messages_in_thread(Txn *txn, int64_t thread_digest, int64_t until, GArray *ids);
void sqlite_outreach_to(Txn *txn, int64_t contact, int64_t from, int64_t until,
			GArray *ids);
void sqlite_written_by(Txn *txn, int64_t contact, int64_t from, int64_t until, size_t limit,
		       GArray *mentions);
void sqlite_messages_awaiting(Txn *txn, int64_t digest, GArray *mentions);
void sqlite_await(Txn *txn, int64_t message, int64_t digest);
void sqlite_await_no_more(Txn *txn, int64_t message, int64_t digest);

bool sqlite_interaction_add(Txn *txn, const InteractionRow *row);
void sqlite_interactions_drop(Txn *txn, int64_t message);
void sqlite_interactions_of_message(Txn *txn, int64_t message, GArray *rows);
void sqlite_interactions_of_contact(Txn *txn, int64_t contact, size_t limit, GArray *rows);
void sqlite_last_contacted(Txn *txn, int64_t contact, int64_t *inbound_out,
			   int64_t *outbound_out);
void sqlite_remember(Txn *txn, const RememberedRow *row);
bool sqlite_remembered(Txn *txn, int64_t id_digest, int64_t recipient_digest,
		       RememberedRow *row_out);

int64_t sqlite_history_last(Txn *txn, int64_t contact);
int64_t sqlite_history_newest(Txn *txn);
void sqlite_history_of(Txn *txn, int64_t contact, size_t limit, GArray *ids);
void sqlite_suggestions_of(Txn *txn, int64_t message, GArray *ids);
void sqlite_suggestions_open(Txn *txn, GArray *ids);
void sqlite_acts_of(Txn *txn, int64_t contact, size_t limit, GArray *ids);
int64_t sqlite_never_log_generation(Txn *txn);
void sqlite_never_log_changed(Txn *txn);

void sqlite_contacts_like(Txn *txn, const ContactFilter *filter, IdVisit visit, void *user);
unsigned sqlite_newcomers(Txn *txn, const NewcomerQuestion *question);
void sqlite_contacts_newest(Txn *txn, size_t limit, GArray *ids);
void sqlite_contacts_by_name(Txn *txn, const char *beginning, size_t limit, GArray *ids);
void sqlite_status(Txn *txn, StoreStatus *status_out);
void sqlite_counts(Txn *txn, CountOf of, CountAdd add, void *user);

#endif
