/* SPDX-License-Identifier: BSD-2-Clause */
#include "search.h"

typedef struct {
	RowHolds holds;
	const void *question;
	GPtrArray *found; /* rows, borrowed */
} Search;

static gboolean look(gpointer id, gpointer row, gpointer user)
{
	Search *search = user;

	(void)id;
	if (search->holds(row, search->question))
		g_ptr_array_add(search->found, row);
	return FALSE;
}

GPtrArray *rows_that(Txn *txn, unsigned table, RowHolds holds, const void *question)
{
	Search self = {holds, question, g_ptr_array_new()};

	if (txn->error == NULL)
		g_tree_foreach(memory_of(txn)->tables[table], look, &self);
	return self.found;
}

void append_ids(GPtrArray *rows, size_t limit, GArray *ids)
{
	for (unsigned i = 0; i < rows->len && (limit == 0 || i < limit); i++)
		g_array_append_val(ids, ((Row *)rows->pdata[i])->id);
}

void find_ids(Txn *txn, unsigned table, RowHolds holds, const void *question, GArray *ids)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, table, holds, question);

	append_ids(rows, 0, ids);
}

int64_t find_id(Txn *txn, unsigned table, RowHolds holds, const void *question)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, table, holds, question);

	return rows->len > 0 ? ((Row *)rows->pdata[0])->id : 0;
}

typedef struct {
	RowHolds holds;
	const void *question;
	int64_t id; /* 0: none found */
} LinkSearch;

static gboolean look_for_link(gpointer id, gpointer row, gpointer user)
{
	LinkSearch *self = user;

	if (self->holds(row, self->question))
		self->id = *(int64_t *)id;
	return self->id != 0;
}

int64_t find_link(Txn *txn, unsigned table, RowHolds holds, const void *question)
{
	LinkSearch self = {holds, question, 0};

	if (txn->error == NULL)
		g_tree_foreach(memory_of(txn)->tables[table], look_for_link, &self);
	return self.id;
}

bool is_any(const void *row, const void *question)
{
	(void)row;
	(void)question;
	return true;
}

bool is_within(const void *row, const void *span)
{
	const InteractionRow *interaction = row;
	const Span *asked = span;

	return interaction->contact == asked->of && interaction->at >= asked->from &&
	       interaction->at <= asked->until;
}

int by_moment(const void *a, const void *b)
{
	const MessageRow *left = *(MessageRow *const *)a, *right = *(MessageRow *const *)b;
	bool left_out = left->direction == DIRECTION_OUTBOUND;
	bool right_out = right->direction == DIRECTION_OUTBOUND;

	if (left->at != right->at)
		return left->at > right->at ? -1 : 1;
	if (left_out != right_out)
		return left_out ? 1 : -1;
	return left->id_digest > right->id_digest ? -1 : left->id_digest < right->id_digest;
}
