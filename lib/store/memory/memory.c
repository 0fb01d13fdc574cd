/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The store in memory, for tests: the same rows in trees by id, every question answered
 * by looking at all of them. What a transaction changes is logged with what was there
 * before, and put back from the end of the log when it is undone.
 */
#include <pthread.h>
#include <string.h>

#include "../backend.h"
#include "lead/error.h"
#include "memory.h"

/* One change: the row that was there, or NULL for none. */
typedef struct {
	unsigned table;
	int64_t id;
	void *before;
} Change;

static int compare_ids(const void *a, const void *b, void *user)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	(void)user;
	return left < right ? -1 : left > right;
}

/* Link tables have plain structs, without anything to free. */
static const size_t link_sizes[MEMORY_TABLES - ROW_KINDS] = {
	[MEMORY_INTERACTION - ROW_KINDS] = sizeof(InteractionRow),
	[MEMORY_AWAITED - ROW_KINDS] = sizeof(AwaitedRow),
	[MEMORY_REMEMBERED - ROW_KINDS] = sizeof(RememberedRow),
};

static void row_free(unsigned table, void *row)
{
	if (row != NULL && table < ROW_KINDS)
		row_clear((RowKind)table, row);
	g_free(row);
}

static void *row_duplicate(unsigned table, const void *row)
{
	void *copy;

	if (table >= ROW_KINDS)
		return g_memdup2(row, link_sizes[table - ROW_KINDS]);
	copy = g_malloc0(row_shapes[table].size);
	row_copy((RowKind)table, row, copy);
	return copy;
}

void *memory_row(Memory *self, unsigned table, int64_t id)
{
	return g_tree_lookup(self->tables[table], &id);
}

/* Puts a row (NULL: none) in the place of another, and logs what was there. */
void memory_put(Memory *self, unsigned table, int64_t id, void *row_taken)
{
	Change change = {table, id, NULL};
	int64_t *key = NULL;
	void *before = NULL;

	if (g_tree_lookup_extended(self->tables[table], &id, (void **)&key, &before)) {
		g_tree_steal(self->tables[table], key);
		g_free(key);
		change.before = before;
	}
	if (row_taken != NULL)
		g_tree_insert(self->tables[table], g_memdup2(&id, sizeof id), row_taken);
	g_array_append_val(self->changes, change);
}

int64_t memory_add(Memory *self, unsigned table, void *row_taken)
{
	int64_t id = ++self->last_ids[table];

	memory_put(self, table, id, row_taken);
	return id;
}

static void undo_to(Memory *self, unsigned mark)
{
	while (self->changes->len > mark) {
		Change *change =
			&g_array_index(self->changes, Change, self->changes->len - 1);
		void *now = memory_row(self, change->table, change->id);

		if (now != NULL) {
			row_free(change->table, now);
			g_tree_remove(self->tables[change->table], &change->id);
		}
		if (change->before != NULL)
			g_tree_insert(self->tables[change->table],
				      g_memdup2(&change->id, sizeof change->id),
				      change->before);
		g_array_set_size(self->changes, self->changes->len - 1);
	}
}

static void forget_changes(Memory *self)
{
	for (unsigned i = 0; i < self->changes->len; i++) {
		Change *change = &g_array_index(self->changes, Change, i);

		row_free(change->table, change->before);
	}
	g_array_set_size(self->changes, 0);
}

static gboolean free_entry(gpointer id, gpointer row, gpointer table)
{
	(void)id;
	row_free(GPOINTER_TO_UINT(table), row);
	return FALSE;
}

static void memory_close(void *backend)
{
	Memory *self = backend;

	for (unsigned table = 0; table < MEMORY_TABLES; table++) {
		g_tree_foreach(self->tables[table], free_entry, GUINT_TO_POINTER(table));
		g_tree_destroy(self->tables[table]);
	}
	g_array_unref(self->changes);
	txn_forget(&self->txn);
	pthread_mutex_destroy(&self->lock);
	g_free(self);
}

static void *memory_open(const char *path, StoreFlags flags, int64_t timeout_ms,
			 GError **error)
{
	Memory *self;
	pthread_mutexattr_t recursive;

	(void)flags;
	(void)timeout_ms;
	if (path[0] != '\0') {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
			    "cannot open store 'memory:%s': a path makes no sense", path);
		return NULL;
	}
	self = g_new0(Memory, 1);
	self->txn.ops = &memory_backend;
	for (unsigned table = 0; table < MEMORY_TABLES; table++)
		self->tables[table] = g_tree_new_full(compare_ids, NULL, g_free, NULL);
	self->changes = g_array_new(FALSE, FALSE, sizeof(Change));
	/* A visitor may ask the store again. */
	pthread_mutexattr_init(&recursive);
	pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&self->lock, &recursive);
	pthread_mutexattr_destroy(&recursive);
	return self;
}

/* ---- transactions: one at a time, readers as well ---- */

static Txn *begin(void *backend, int64_t wait_ms, GError **error)
{
	Memory *self = backend;

	(void)wait_ms;
	(void)error;
	pthread_mutex_lock(&self->lock);
	txn_begun(&self->txn);
	return &self->txn;
}

static void end(Txn *txn)
{
	Memory *self = memory_of(txn);

	g_clear_error(&txn->error);
	pthread_mutex_unlock(&self->lock);
}

static void savepoint(Txn *txn)
{
	memory_of(txn)->mark = memory_of(txn)->changes->len;
}

static void release(Txn *txn)
{
	(void)txn;
}

static void rollback_to(Txn *txn)
{
	undo_to(memory_of(txn), memory_of(txn)->mark);
	txn_forget(txn);
	g_clear_error(&txn->error);
}

static void rollback(Txn *txn)
{
	undo_to(memory_of(txn), 0);
	txn_forget(txn);
	end(txn);
}

static bool commit(Txn *txn, GError **error)
{
	if (txn->error != NULL) {
		g_propagate_error(error, g_steal_pointer(&txn->error));
		rollback(txn);
		return false;
	}
	forget_changes(memory_of(txn));
	end(txn);
	return true;
}

/* ---- rows ---- */

static bool row_load(Txn *txn, RowKind kind, int64_t id, void *row_out)
{
	const void *row = txn->error == NULL ? memory_row(memory_of(txn), kind, id) : NULL;

	memset(row_out, 0, row_shapes[kind].size);
	if (row == NULL)
		return false;
	row_copy(kind, row, row_out);
	return true;
}

static int64_t row_add(Txn *txn, RowKind kind, const void *row)
{
	Row *copy;

	if (txn->error != NULL)
		return 0;
	copy = row_duplicate(kind, row);
	return copy->id = memory_add(memory_of(txn), kind, copy);
}

static void rows_add(Txn *txn, RowKind kind, void *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		Row *row = row_behind(kind, rows, i);

		row->id = row_add(txn, kind, row);
	}
}

static void row_update(Txn *txn, RowKind kind, const void *row)
{
	if (txn->error == NULL)
		memory_put(memory_of(txn), kind, ((const Row *)row)->id,
			   row_duplicate(kind, row));
}

static void row_remove(Txn *txn, RowKind kind, int64_t id)
{
	if (txn->error == NULL)
		memory_put(memory_of(txn), kind, id, NULL);
}

const BackendOps memory_backend = {
	.scheme = "memory",
	.readers_block = true,
	.open = memory_open,
	.close = memory_close,
	.read_begin = begin,
	.read_end = end,
	.write_begin = begin,
	.savepoint = savepoint,
	.release = release,
	.rollback_to = rollback_to,
	.commit = commit,
	.rollback = rollback,
	.row_load = row_load,
	.row_add = row_add,
	.rows_add = rows_add,
	.row_update = row_update,
	.row_remove = row_remove,
	.address_by_canonical = memory_address_by_canonical,
	.addresses_by_base = memory_addresses_by_base,
	.addresses_of = memory_addresses_of,
	.organization_by_name = memory_organization_by_name,
	.rep_by_address = memory_rep_by_address,
	.rep_by_login = memory_rep_by_login,
	.contact_move = memory_contact_move,
	.is_blocked = memory_is_blocked,
	.has_blocked = memory_has_blocked,
	.messages_with_id = memory_messages_with_id,
	.messages_in_thread = memory_messages_in_thread,
	.outreach_to = memory_outreach_to,
	.written_by = memory_written_by,
	.messages_awaiting = memory_messages_awaiting,
	.await = memory_await,
	.await_no_more = memory_await_no_more,
	.interaction_add = memory_interaction_add,
	.interactions_drop = memory_interactions_drop,
	.interactions_of_message = memory_interactions_of_message,
	.interactions_of_contact = memory_interactions_of_contact,
	.last_contacted = memory_last_contacted,
	.remember = memory_remember,
	.remembered = memory_remembered,
	.history_last = memory_history_last,
	.history_newest = memory_history_newest,
	.history_of = memory_history_of,
	.suggestions_of = memory_suggestions_of,
	.suggestions_open = memory_suggestions_open,
	.acts_of = memory_acts_of,
	.never_log_generation = memory_never_log_generation,
	.never_log_changed = memory_never_log_changed,
	.contacts_like = memory_contacts_like,
	.newcomers = memory_newcomers,
	.contacts_newest = memory_contacts_newest,
	.contacts_by_name = memory_contacts_by_name,
	.all = memory_all,
	.status = memory_status,
	.counts = memory_counts,
};
