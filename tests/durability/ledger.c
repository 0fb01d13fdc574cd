/* SPDX-License-Identifier: BSD-2-Clause */
#include "ledger.h"

#include <pthread.h>

/* pthread and not GMutex: the thread sanitizer sees through pthread locks only. */
struct Ledger {
	pthread_mutex_t lock;
	pthread_cond_t grown;
	int writers;
	GArray *entries; /* of LedgerEntry */
};

static void entry_clear(gpointer entry)
{
	g_free(((LedgerEntry *)entry)->id);
	g_free(((LedgerEntry *)entry)->lead);
}

Ledger *ledger_new(void)
{
	Ledger *self = g_new0(Ledger, 1);

	pthread_mutex_init(&self->lock, NULL);
	pthread_cond_init(&self->grown, NULL);
	self->entries = g_array_new(FALSE, FALSE, sizeof(LedgerEntry));
	g_array_set_clear_func(self->entries, entry_clear);
	return self;
}

void ledger_free(Ledger *ledger)
{
	g_array_unref(ledger->entries);
	pthread_cond_destroy(&ledger->grown);
	pthread_mutex_destroy(&ledger->lock);
	g_free(ledger);
}

void ledger_add(Ledger *ledger, char *id_taken, char *lead_taken, bool is_reply)
{
	LedgerEntry entry = {id_taken, lead_taken, is_reply};

	pthread_mutex_lock(&ledger->lock);
	g_array_append_val(ledger->entries, entry);
	pthread_cond_broadcast(&ledger->grown);
	pthread_mutex_unlock(&ledger->lock);
}

void ledger_writers(Ledger *ledger, int change)
{
	pthread_mutex_lock(&ledger->lock);
	ledger->writers += change;
	pthread_cond_broadcast(&ledger->grown);
	pthread_mutex_unlock(&ledger->lock);
}

unsigned ledger_count(Ledger *ledger)
{
	unsigned count;

	pthread_mutex_lock(&ledger->lock);
	count = ledger->entries->len;
	pthread_mutex_unlock(&ledger->lock);
	return count;
}

void ledger_wait(Ledger *ledger, unsigned count)
{
	pthread_mutex_lock(&ledger->lock);
	while (ledger->entries->len < count && ledger->writers > 0)
		pthread_cond_wait(&ledger->grown, &ledger->lock);
	pthread_mutex_unlock(&ledger->lock);
}

const LedgerEntry *ledger_entry(const Ledger *ledger, unsigned place)
{
	return &g_array_index(ledger->entries, LedgerEntry, place);
}
