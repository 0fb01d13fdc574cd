/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions about messages, and who took part in them. */
#include "lead/error.h"

#include "questions.h"

static int compare_ids(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return left < right ? -1 : left > right;
}

/* Sorted here: SQLite would make a table of it each time, for what is one id or none. */
void sqlite_messages_with_id(Txn *txn, int64_t digest, GArray *ids)
{
	statement_numbers(connection_of(txn), ids, MESSAGES_WITH_ID, "i", digest);
	if (ids->len > 1)
		g_array_sort(ids, compare_ids);
}

void sqlite_messages_in_thread(Txn *txn, int64_t thread_digest, int64_t until, GArray *ids)
{
	statement_numbers(connection_of(txn), ids, MESSAGES_IN_THREAD, "iii", thread_digest,
			  until, (int64_t)OUTREACH_MAX);
}

void sqlite_outreach_to(Txn *txn, int64_t contact, int64_t from, int64_t until, GArray *ids)
{
	statement_numbers(connection_of(txn), ids, OUTREACH_TO, "iiii", contact, from,
			  until, (int64_t)OUTREACH_MAX);
}

static void read_mentions(Connection *connection, sqlite3_stmt *statement, const char *what,
			  GArray *mentions)
{
	while (statement_next(connection, statement, what)) {
		Mention mention = {
			.id = sqlite3_column_int64(statement, 0),
			.moment = {sqlite3_column_int64(statement, 1),
				   sqlite3_column_int64(statement, 2)},
			.body_digest = sqlite3_column_int64(statement, 3),
		};

		g_array_append_val(mentions, mention);
	}
}

void sqlite_written_by(Txn *txn, int64_t contact, int64_t from, int64_t until, size_t limit,
		       GArray *mentions)
{
	Connection *connection = connection_of(txn);
	sqlite3_stmt *statement = statement_bind(connection, WRITTEN_BY, "iiii", contact,
						 from, until, (int64_t)limit);

	read_mentions(connection, statement, statement_table[WRITTEN_BY].comment, mentions);
}

void sqlite_messages_awaiting(Txn *txn, int64_t digest, GArray *mentions)
{
	Connection *connection = connection_of(txn);
	sqlite3_stmt *statement =
		statement_bind(connection, MESSAGES_AWAITING, "i", digest);

	read_mentions(connection, statement, statement_table[MESSAGES_AWAITING].comment,
		      mentions);
}

void sqlite_await(Txn *txn, int64_t message, int64_t digest)
{
	statement_run(connection_of(txn), AWAIT, "ii", digest, message);
}

void sqlite_await_no_more(Txn *txn, int64_t message, int64_t digest)
{
	statement_run(connection_of(txn), AWAIT_NO_MORE, "ii", digest, message);
}

bool sqlite_interaction_add(Txn *txn, const InteractionRow *row)
{
	bool added = statement_run(connection_of(txn), INTERACTION_ADD, "iiiti",
				   row->contact, row->at, row->message,
				   role_text((int)row->role), (int64_t)row->outbound) == 1;

	if (added)
		tally_interaction(connection_of(txn), row->at, row->outbound, 1);
	return added;
}

void sqlite_interactions_drop(Txn *txn, int64_t message)
{
	Connection *connection = connection_of(txn);
	sqlite3_stmt *statement =
		statement_bind(connection, INTERACTIONS_DROP, "i", message);

	while (statement_next(connection, statement,
			      statement_table[INTERACTIONS_DROP].comment))
		tally_interaction(connection, sqlite3_column_int64(statement, 0),
				  sqlite3_column_int64(statement, 1) != 0, -1);
}

static void read_interactions(Connection *connection, sqlite3_stmt *statement,
			      const char *what, GArray *rows)
{
	while (statement_next(connection, statement, what)) {
		const char *role = (const char *)sqlite3_column_text(statement, 3);
		InteractionRow row = {
			.contact = sqlite3_column_int64(statement, 0),
			.at = sqlite3_column_int64(statement, 1),
			.message = sqlite3_column_int64(statement, 2),
			.outbound = sqlite3_column_int64(statement, 4) != 0,
		};

		if (!role_from_text(role, &row.role))
			txn_fail(&connection->txn,
				 g_error_new(LEAD_ERROR, LEAD_ERROR_PERMANENT,
					     "cannot read store '%s': unknown role '%s'",
					     connection->name, role));
		g_array_append_val(rows, row);
	}
}

void sqlite_interactions_of_message(Txn *txn, int64_t message, GArray *rows)
{
	Connection *connection = connection_of(txn);
	sqlite3_stmt *statement =
		statement_bind(connection, INTERACTIONS_OF_MESSAGE, "i", message);

	read_interactions(connection, statement,
			  statement_table[INTERACTIONS_OF_MESSAGE].comment, rows);
}

void sqlite_interactions_of_contact(Txn *txn, int64_t contact, size_t limit, GArray *rows)
{
	Connection *connection = connection_of(txn);
	sqlite3_stmt *statement = statement_bind(connection, INTERACTIONS_OF_CONTACT, "ii",
						 contact, limit == 0 ? -1 : (int64_t)limit);

	read_interactions(connection, statement,
			  statement_table[INTERACTIONS_OF_CONTACT].comment, rows);
}

void sqlite_last_contacted(Txn *txn, int64_t contact, int64_t *inbound_out,
			   int64_t *outbound_out)
{
	Connection *connection = connection_of(txn);
	sqlite3_stmt *statement = statement_bind(connection, LAST_CONTACTED, "i", contact);

	*inbound_out = *outbound_out = 0;
	if (!statement_next(connection, statement, statement_table[LAST_CONTACTED].comment))
		return;
	*inbound_out = sqlite3_column_int64(statement, 0);
	*outbound_out = sqlite3_column_int64(statement, 1);
	sqlite3_reset(statement);
}

void sqlite_remember(Txn *txn, const RememberedRow *row)
{
	statement_run(connection_of(txn), REMEMBER, "iiiii", row->id_digest,
		      row->recipient_digest, row->at, row->rep, (int64_t)row->external);
}

bool sqlite_remembered(Txn *txn, int64_t id_digest, int64_t recipient_digest,
		       RememberedRow *row_out)
{
	Connection *connection = connection_of(txn);
	sqlite3_stmt *statement =
		statement_bind(connection, REMEMBERED, "ii", id_digest, recipient_digest);

	if (!statement_next(connection, statement, statement_table[REMEMBERED].comment))
		return false;
	*row_out = (RememberedRow){
		.id_digest = id_digest,
		.recipient_digest = recipient_digest,
		.at = sqlite3_column_int64(statement, 0),
		.rep = sqlite3_column_int64(statement, 1),
		.external = (unsigned)sqlite3_column_int64(statement, 2),
	};
	sqlite3_reset(statement);
	return true;
}
