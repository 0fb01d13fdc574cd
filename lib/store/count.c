/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers of contacts and interactions, put together as they are asked for. */
#include "store-private.h"

typedef struct {
	unsigned by;
	GHashTable *counts; /* Count * to itself; the source is owned */
} Counting;

static void count_free(gpointer count)
{
	g_free((char *)(uintptr_t)((Count *)count)->source);
	g_free(count);
}

static guint hash(gconstpointer count)
{
	const Count *self = count;

	return (guint)self->month * 31 + (guint)self->stage * 7 + (guint)self->direction +
	       (self->source != NULL ? g_str_hash(self->source) : 0);
}

static int compare(const Count *left, const Count *right)
{
	if (left->month != right->month)
		return left->month < right->month ? -1 : 1;
	if (left->stage != right->stage)
		return left->stage < right->stage ? -1 : 1;
	if (g_strcmp0(left->source, right->source) != 0)
		return g_strcmp0(left->source, right->source);
	return (left->direction > right->direction) - (left->direction < right->direction);
}

static gboolean is_same(gconstpointer left, gconstpointer right)
{
	return compare(left, right) == 0;
}

static int in_order(const void *left, const void *right)
{
	return compare(*(Count *const *)left, *(Count *const *)right);
}

static void add(const Count *count, void *user)
{
	Counting *self = user;
	Count key = {
		.month = self->by & COUNT_BY_MONTH ? count->month : 0,
		.stage = self->by & COUNT_BY_STAGE ? count->stage : 0,
		.source = self->by & COUNT_BY_SOURCE ? count->source : NULL,
		.direction = self->by & COUNT_BY_DIRECTION ? count->direction : 0,
	};
	Count *there = g_hash_table_lookup(self->counts, &key);

	if (there == NULL) {
		there = g_memdup2(&key, sizeof key);
		there->source = g_strdup(key.source);
		g_hash_table_add(self->counts, there);
	}
	there->number += count->number;
}

/* Where all were moved away there are none: that is no row. */
static void visit_in_order(const Counting *self, CountVisit visit, void *user)
{
	guint length;
	g_autofree gpointer *counts = g_hash_table_get_keys_as_array(self->counts, &length);

	qsort(counts, length, sizeof *counts, in_order);
	for (guint i = 0; i < length; i++) {
		const Count *count = counts[i];

		if (count->number != 0 && !visit(count, user))
			break;
	}
}

bool store_visit_counts(Store *store, CountOf of, unsigned by, CountVisit visit, void *user,
			GError **error)
{
	Txn *txn = store_read_begin(store, error);
	Counting self = {by, NULL};
	bool read;

	if (txn == NULL)
		return false;
	self.counts = g_hash_table_new_full(hash, is_same, count_free, NULL);
	txn->ops->counts(txn, of, add, &self);
	read = store_read_end(txn, error);
	if (read)
		visit_in_order(&self, visit, user);
	g_hash_table_unref(self.counts);
	return read;
}
