/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Many drafts of one transaction. What needs no transaction (reading them, and making rows
 * as if all contacts were new) is done by a thread that is one batch ahead; rows of new
 * contacts are then added together.
 */
#include <pthread.h>

#include "draft-pile.h"

enum { BATCH = 1000 };

typedef struct {
	const DraftPile *pile;
	const char *actor;
	int64_t at;

	size_t from, many;
	DraftCopy copies[BATCH];
	ContactRow contacts[BATCH];
	AddressRow addresses[BATCH];
	pthread_t thread;
	bool has_thread;
} Batch;

static void clear(Batch *self)
{
	for (size_t i = 0; i < self->many; i++) {
		contact_row_clear(&self->contacts[i]);
		address_row_clear(&self->addresses[i]);
	}
	self->many = 0;
}

static void *make_rows(void *batch)
{
	Batch *self = batch;

	clear(self);
	self->many = MIN(BATCH, draft_pile_count(self->pile) - self->from);
	for (size_t i = 0; i < self->many; i++) {
		const ContactDraft *draft = &self->copies[i].draft;

		draft_pile_read(self->pile, self->from + i, &self->copies[i]);
		contact_fill(&self->contacts[i], draft, self->actor, self->at);
		address_fill(&self->addresses[i], draft->address);
	}
	return NULL;
}

/* Without a thread they are made now. */
static void begin(Batch *self, size_t from)
{
	self->from = MIN(from, draft_pile_count(self->pile));
	self->has_thread = pthread_create(&self->thread, NULL, make_rows, self) == 0;
	if (!self->has_thread)
		make_rows(self);
}

static void wait_for(Batch *self)
{
	if (self->has_thread)
		pthread_join(self->thread, NULL);
	self->has_thread = false;
}

/* True if the rows are wanted; else the contact was there, or something failed. */
static bool is_new(Txn *txn, Batch *self, size_t i, bool has_blocked)
{
	const ContactDraft *draft = &self->copies[i].draft;
	int64_t contact = contact_of(txn, draft->address);

	if (contact != 0)
		contact_update(txn, contact, draft, self->actor, self->at);
	else if (!has_blocked || !refuse_erased(txn, draft))
		contact_fill_organization(txn, &self->contacts[i], draft);
	return contact == 0 && txn->error == NULL;
}

/* Those that are wanted move to the front. */
static void keep(Batch *self, size_t kept, size_t i)
{
	ContactRow contact = self->contacts[kept];
	AddressRow address = self->addresses[kept];

	self->contacts[kept] = self->contacts[i];
	self->addresses[kept] = self->addresses[i];
	self->contacts[i] = contact;
	self->addresses[i] = address;
}

static void put(Txn *txn, Batch *self, bool has_blocked)
{
	size_t kept = 0;

	for (size_t i = 0; i < self->many && txn->error == NULL; i++) {
		if (is_new(txn, self, i, has_blocked))
			keep(self, kept++, i);
	}
	txn->ops->rows_add(txn, ROW_CONTACT, self->contacts, kept);
	for (size_t i = 0; i < kept; i++)
		self->addresses[i].contact = self->contacts[i].id;
	txn->ops->rows_add(txn, ROW_ADDRESS, self->addresses, kept);
}

static void end(Batch *self)
{
	wait_for(self);
	clear(self);
	for (size_t i = 0; i < BATCH; i++)
		draft_copy_clear(&self->copies[i]);
	g_free(self);
}

static Batch *batch_new(const DraftPile *pile, const char *actor, int64_t at)
{
	Batch *self = g_new0(Batch, 1);

	self->pile = pile;
	self->actor = actor;
	self->at = at;
	return self;
}

void draft_pile_put_all(Txn *txn, const DraftPile *pile, const char *actor, int64_t at)
{
	Batch *now = batch_new(pile, actor, at), *next = batch_new(pile, actor, at);
	bool has_blocked = txn->ops->has_blocked(txn);

	begin(now, 0);
	for (size_t from = 0; txn->error == NULL && from < draft_pile_count(pile);
	     from += BATCH) {
		Batch *taken = now;

		wait_for(taken);
		begin(next, from + BATCH);
		put(txn, taken, has_blocked);
		now = next;
		next = taken;
	}
	end(now);
	end(next);
}
