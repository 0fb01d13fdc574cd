/* SPDX-License-Identifier: BSD-2-Clause */
/* The rows of the store in memory; the questions' contracts are in backend.h. */
#ifndef LEAD_STORE_MEMORY_H
#define LEAD_STORE_MEMORY_H

#include <pthread.h>

#include "../backend.h"

enum { /* tables behind those of the rows */
       MEMORY_INTERACTION = ROW_KINDS,
       MEMORY_AWAITED,
       MEMORY_REMEMBERED,
       MEMORY_TABLES,
};

typedef struct {
	int64_t digest, message;
} AwaitedRow;

typedef struct {
	Txn txn; /* first member */
	GTree *tables[MEMORY_TABLES];
	int64_t last_ids[MEMORY_TABLES];
	GArray *changes;
	unsigned mark; /* of the savepoint, in changes */
	int64_t never_log_generation;
	pthread_mutex_t lock;
} Memory;

static inline Memory *memory_of(Txn *txn)
{
	return (Memory *)txn;
}

void *memory_row(Memory *self, unsigned table, int64_t id); /* borrowed; NULL */
void memory_put(Memory *self, unsigned table, int64_t id, void *row_taken);
int64_t memory_add(Memory *self, unsigned table, void *row_taken);

int64_t memory_address_by_canonical(Txn *txn, const char *canonical);
void memory_addresses_by_base(Txn *txn, const char *base, GArray *ids);
void memory_addresses_of(Txn *txn, int64_t contact, GArray *ids);
int64_t memory_organization_by_name(Txn *txn, const char *name);
int64_t memory_rep_by_address(Txn *txn, const char *address);
int64_t memory_rep_by_login(Txn *txn, const char *login);
bool memory_contact_move(Txn *txn, int64_t contact, Stage from, Stage to, int64_t since);
bool memory_is_blocked(Txn *txn, int64_t digest);
bool memory_has_blocked(Txn *txn);
void memory_messages_with_id(Txn *txn, int64_t digest, GArray *ids);
void memory_messages_in_thread(Txn *txn, int64_t thread_digest, int64_t until, GArray *ids);
void memory_outreach_to(Txn *txn, int64_t contact, int64_t from, int64_t until,
			GArray *ids);
void memory_written_by(Txn *txn, int64_t contact, int64_t from, int64_t until, size_t limit,
		       GArray *mentions);
void memory_messages_awaiting(Txn *txn, int64_t digest, GArray *mentions);
void memory_await(Txn *txn, int64_t message, int64_t digest);
void memory_await_no_more(Txn *txn, int64_t message, int64_t digest);
bool memory_interaction_add(Txn *txn, const InteractionRow *row);
void memory_interactions_drop(Txn *txn, int64_t message);
void memory_interactions_of_message(Txn *txn, int64_t message, GArray *rows);
void memory_interactions_of_contact(Txn *txn, int64_t contact, size_t limit, GArray *rows);
void memory_last_contacted(Txn *txn, int64_t contact, int64_t *inbound_out,
			   int64_t *outbound_out);
void memory_remember(Txn *txn, const RememberedRow *row);
bool memory_remembered(Txn *txn, int64_t id_digest, int64_t recipient_digest,
		       RememberedRow *row_out);
int64_t memory_history_last(Txn *txn, int64_t contact);
int64_t memory_history_newest(Txn *txn);
void memory_history_of(Txn *txn, int64_t contact, size_t limit, GArray *ids);
void memory_suggestions_of(Txn *txn, int64_t message, GArray *ids);
void memory_suggestions_open(Txn *txn, GArray *ids);
void memory_acts_of(Txn *txn, int64_t contact, size_t limit, GArray *ids);
int64_t memory_never_log_generation(Txn *txn);
void memory_never_log_changed(Txn *txn);
void memory_contacts_like(Txn *txn, const ContactFilter *filter, IdVisit visit, void *user);
unsigned memory_newcomers(Txn *txn, const NewcomerQuestion *question);
void memory_contacts_newest(Txn *txn, size_t limit, GArray *ids);
void memory_contacts_by_name(Txn *txn, const char *beginning, size_t limit, GArray *ids);
void memory_all(Txn *txn, RowKind kind, GArray *ids);
void memory_status(Txn *txn, StoreStatus *status_out);
void memory_counts(Txn *txn, CountOf of, CountAdd add, void *user);

#endif
