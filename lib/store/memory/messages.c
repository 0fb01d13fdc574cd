/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions about messages, and who took part in them. */
#include <string.h>

#include "search.h"

static bool has_id(const void *row, const void *digest)
{
	const MessageRow *message = row;
	int64_t asked = *(const int64_t *)digest;

	return message->id_digest == asked || message->alternate == asked;
}

void memory_messages_with_id(Txn *txn, int64_t digest, GArray *ids)
{
	find_ids(txn, ROW_MESSAGE, has_id, &digest, ids);
}

static bool is_in_thread(const void *row, const void *span)
{
	const MessageRow *message = row;
	const Span *asked = span;

	return message->thread_digest == asked->of && message->at <= asked->until &&
	       message->direction == DIRECTION_OUTBOUND;
}

void memory_messages_in_thread(Txn *txn, int64_t thread_digest, int64_t until, GArray *ids)
{
	Span span = {thread_digest, 0, until};
	g_autoptr(GPtrArray) rows = rows_that(txn, ROW_MESSAGE, is_in_thread, &span);

	g_ptr_array_sort(rows, by_moment);
	append_ids(rows, OUTREACH_MAX, ids);
}

/* The messages of a contact's interactions that hold. */
static GPtrArray *messages_of(Txn *txn, Span span,
			      bool (*holds)(const InteractionRow *, const MessageRow *))
{
	g_autoptr(GPtrArray) rows = rows_that(txn, MEMORY_INTERACTION, is_within, &span);
	GPtrArray *messages = g_ptr_array_new();

	for (unsigned i = 0; i < rows->len; i++) {
		const InteractionRow *interaction = rows->pdata[i];
		MessageRow *message =
			memory_row(memory_of(txn), ROW_MESSAGE, interaction->message);

		if (message != NULL && holds(interaction, message))
			g_ptr_array_add(messages, message);
	}
	g_ptr_array_sort(messages, by_moment);
	return messages;
}

static bool is_outreach(const InteractionRow *interaction, const MessageRow *message)
{
	return interaction->outbound && message->outreach;
}

void memory_outreach_to(Txn *txn, int64_t contact, int64_t from, int64_t until, GArray *ids)
{
	g_autoptr(GPtrArray) rows =
		messages_of(txn, (Span){contact, from, until}, is_outreach);

	append_ids(rows, OUTREACH_MAX, ids);
}

static void append_mention(const MessageRow *message, GArray *mentions)
{
	Mention mention = {
		message->id, {message->at, message->id_digest}, message->body_digest};

	g_array_append_val(mentions, mention);
}

static bool is_written(const InteractionRow *interaction, const MessageRow *message)
{
	(void)message;
	return !interaction->outbound && interaction->role == ROLE_AUTHOR;
}

void memory_written_by(Txn *txn, int64_t contact, int64_t from, int64_t until, size_t limit,
		       GArray *mentions)
{
	g_autoptr(GPtrArray) rows =
		messages_of(txn, (Span){contact, from, until}, is_written);

	for (unsigned i = 0; i < rows->len && i < limit; i++)
		append_mention(rows->pdata[i], mentions);
}

static bool is_awaited(const void *row, const void *digest)
{
	return ((const AwaitedRow *)row)->digest == *(const int64_t *)digest;
}

void memory_messages_awaiting(Txn *txn, int64_t digest, GArray *mentions)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, MEMORY_AWAITED, is_awaited, &digest);

	for (unsigned i = 0; i < rows->len; i++) {
		const AwaitedRow *awaited = rows->pdata[i];
		const MessageRow *message =
			memory_row(memory_of(txn), ROW_MESSAGE, awaited->message);

		if (message != NULL)
			append_mention(message, mentions);
	}
}
