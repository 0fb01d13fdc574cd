/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows without an id of their own: interactions, what is awaited, what is remembered. */
#include <string.h>

#include "search.h"

static bool is_same_link(const void *row, const void *link)
{
	return memcmp(row, link, sizeof(AwaitedRow)) == 0;
}

void memory_await(Txn *txn, int64_t message, int64_t digest)
{
	AwaitedRow row = {digest, message};

	if (txn->error == NULL && find_link(txn, MEMORY_AWAITED, is_same_link, &row) == 0)
		memory_add(memory_of(txn), MEMORY_AWAITED, g_memdup2(&row, sizeof row));
}

void memory_await_no_more(Txn *txn, int64_t message, int64_t digest)
{
	AwaitedRow row = {digest, message};
	int64_t id = find_link(txn, MEMORY_AWAITED, is_same_link, &row);

	if (id != 0)
		memory_put(memory_of(txn), MEMORY_AWAITED, id, NULL);
}

static bool is_same_interaction(const void *row, const void *interaction)
{
	const InteractionRow *left = row, *right = interaction;

	return left->message == right->message && left->contact == right->contact;
}

bool memory_interaction_add(Txn *txn, const InteractionRow *row)
{
	if (txn->error != NULL ||
	    find_link(txn, MEMORY_INTERACTION, is_same_interaction, row) != 0)
		return false;
	memory_add(memory_of(txn), MEMORY_INTERACTION, g_memdup2(row, sizeof *row));
	return true;
}

static bool is_of_message(const void *row, const void *message)
{
	return ((const InteractionRow *)row)->message == *(const int64_t *)message;
}

void memory_interactions_drop(Txn *txn, int64_t message)
{
	int64_t id;

	while ((id = find_link(txn, MEMORY_INTERACTION, is_of_message, &message)) != 0)
		memory_put(memory_of(txn), MEMORY_INTERACTION, id, NULL);
}

static int by_contact(const void *a, const void *b)
{
	const InteractionRow *left = *(InteractionRow *const *)a;
	const InteractionRow *right = *(InteractionRow *const *)b;

	return left->contact < right->contact ? -1 : left->contact > right->contact;
}

void memory_interactions_of_message(Txn *txn, int64_t message, GArray *rows_out)
{
	g_autoptr(GPtrArray) rows =
		rows_that(txn, MEMORY_INTERACTION, is_of_message, &message);

	g_ptr_array_sort(rows, by_contact);
	for (unsigned i = 0; i < rows->len; i++)
		g_array_append_vals(rows_out, rows->pdata[i], 1);
}

static int by_message_moment(const void *a, const void *b, void *txn)
{
	const InteractionRow *left = *(InteractionRow *const *)a;
	const InteractionRow *right = *(InteractionRow *const *)b;
	const void *messages[] = {memory_row(memory_of(txn), ROW_MESSAGE, left->message),
				  memory_row(memory_of(txn), ROW_MESSAGE, right->message)};

	return by_moment(&messages[0], &messages[1]);
}

void memory_interactions_of_contact(Txn *txn, int64_t contact, size_t limit,
				    GArray *rows_out)
{
	Span span = {contact, G_MININT64, G_MAXINT64};
	g_autoptr(GPtrArray) rows = rows_that(txn, MEMORY_INTERACTION, is_within, &span);

	g_ptr_array_sort_with_data(rows, by_message_moment, txn);
	for (unsigned i = 0; i < rows->len && (limit == 0 || i < limit); i++)
		g_array_append_vals(rows_out, rows->pdata[i], 1);
}

void memory_last_contacted(Txn *txn, int64_t contact, int64_t *inbound_out,
			   int64_t *outbound_out)
{
	Span span = {contact, G_MININT64, G_MAXINT64};
	g_autoptr(GPtrArray) rows = rows_that(txn, MEMORY_INTERACTION, is_within, &span);

	*inbound_out = *outbound_out = 0;
	for (unsigned i = 0; i < rows->len; i++) {
		const InteractionRow *row = rows->pdata[i];

		if (row->outbound)
			*outbound_out = MAX(*outbound_out, row->at);
		else if (row->role == ROLE_AUTHOR)
			*inbound_out = MAX(*inbound_out, row->at);
	}
}

static bool is_remembered(const void *row, const void *remembered)
{
	const RememberedRow *left = row, *right = remembered;

	return left->id_digest == right->id_digest &&
	       left->recipient_digest == right->recipient_digest;
}

void memory_remember(Txn *txn, const RememberedRow *row)
{
	int64_t id = find_link(txn, MEMORY_REMEMBERED, is_remembered, row);
	RememberedRow *copy = g_memdup2(row, sizeof *row);

	if (txn->error != NULL) {
		g_free(copy);
	} else if (id == 0) {
		memory_add(memory_of(txn), MEMORY_REMEMBERED, copy);
	} else {
		const RememberedRow *before =
			memory_row(memory_of(txn), MEMORY_REMEMBERED, id);

		copy->at = MIN(copy->at, before->at);
		copy->external = MAX(copy->external, before->external);
		memory_put(memory_of(txn), MEMORY_REMEMBERED, id, copy);
	}
}

bool memory_remembered(Txn *txn, int64_t id_digest, int64_t recipient_digest,
		       RememberedRow *row_out)
{
	RememberedRow asked = {.id_digest = id_digest,
			       .recipient_digest = recipient_digest};
	int64_t id = find_link(txn, MEMORY_REMEMBERED, is_remembered, &asked);

	if (id != 0)
		*row_out =
			*(RememberedRow *)memory_row(memory_of(txn), MEMORY_REMEMBERED, id);
	return id != 0;
}
