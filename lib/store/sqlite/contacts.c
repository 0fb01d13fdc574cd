/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions about contacts, their addresses, and reps. */
#include "questions.h"

int64_t sqlite_address_by_canonical(Txn *txn, const char *canonical)
{
	return statement_number(connection_of(txn), ADDRESS_BY_CANONICAL, "t", canonical);
}

void sqlite_addresses_by_base(Txn *txn, const char *base, GArray *ids)
{
	statement_numbers(connection_of(txn), ids, ADDRESSES_BY_BASE, "t", base);
}

void sqlite_addresses_of(Txn *txn, int64_t contact, GArray *ids)
{
	statement_numbers(connection_of(txn), ids, ADDRESSES_OF, "i", contact);
}

int64_t sqlite_organization_by_name(Txn *txn, const char *name)
{
	return statement_number(connection_of(txn), ORGANIZATION_BY_NAME, "t", name);
}

int64_t sqlite_rep_by_address(Txn *txn, const char *address)
{
	return statement_number(connection_of(txn), REP_BY_ADDRESS, "t", address);
}

int64_t sqlite_rep_by_login(Txn *txn, const char *login)
{
	return statement_number(connection_of(txn), REP_BY_LOGIN, "t", login);
}

bool sqlite_contact_move(Txn *txn, int64_t contact, Stage from, Stage to, int64_t since)
{
	return statement_run(connection_of(txn), CONTACT_MOVE, "itti", contact,
			     stage_name(from), stage_name(to), since) == 1;
}

bool sqlite_is_blocked(Txn *txn, int64_t digest)
{
	return statement_number(connection_of(txn), IS_BLOCKED, "i", digest) != 0;
}

/* SQLite reads a negative limit as none. */
static int64_t limit_of(size_t limit)
{
	return limit == 0 ? -1 : (int64_t)limit;
}

int64_t sqlite_history_last(Txn *txn, int64_t contact)
{
	return statement_number(connection_of(txn), HISTORY_LAST, "i", contact);
}

int64_t sqlite_history_newest(Txn *txn)
{
	return statement_number(connection_of(txn), HISTORY_NEWEST, "");
}

void sqlite_history_of(Txn *txn, int64_t contact, size_t limit, GArray *ids)
{
	if (contact == 0)
		statement_numbers(connection_of(txn), ids, HISTORY_OF_ALL, "i",
				  limit_of(limit));
	else
		statement_numbers(connection_of(txn), ids, HISTORY_OF, "ii", contact,
				  limit_of(limit));
}

void sqlite_suggestions_of(Txn *txn, int64_t message, GArray *ids)
{
	statement_numbers(connection_of(txn), ids, SUGGESTIONS_OF, "i", message);
}

void sqlite_suggestions_open(Txn *txn, GArray *ids)
{
	statement_numbers(connection_of(txn), ids, SUGGESTIONS_OPEN, "");
}

void sqlite_acts_of(Txn *txn, int64_t contact, size_t limit, GArray *ids)
{
	if (contact == 0)
		statement_numbers(connection_of(txn), ids, ACTS_OF_ALL, "i", limit_of(limit));
	else
		statement_numbers(connection_of(txn), ids, ACTS_OF, "ii", contact,
				  limit_of(limit));
}

int64_t sqlite_never_log_generation(Txn *txn)
{
	return statement_number(connection_of(txn), NEVER_LOG_GENERATION, "");
}

void sqlite_never_log_changed(Txn *txn)
{
	statement_run(connection_of(txn), NEVER_LOG_CHANGED, "");
}

void sqlite_contacts_like(Txn *txn, const ContactFilter *filter, GArray *ids)
{
	statement_numbers(connection_of(txn), ids, CONTACTS_LIKE, "tt",
			  stage_name(filter->stage), filter->source);
}

void sqlite_contacts_newest(Txn *txn, size_t limit, GArray *ids)
{
	statement_numbers(connection_of(txn), ids, CONTACTS_NEWEST, "i", limit_of(limit));
}

void sqlite_contacts_by_name(Txn *txn, const char *beginning, size_t limit, GArray *ids)
{
	statement_numbers(connection_of(txn), ids, CONTACTS_BY_NAME, "ti", beginning,
			  limit_of(limit));
}

void sqlite_status(Txn *txn, StoreStatus *status_out)
{
	Connection *connection = connection_of(txn);
	sqlite3_stmt *statement = statement_bind(connection, STATUS, "");

	if (!statement_next(connection, statement, statement_table[STATUS].comment))
		return;
	status_out->contacts = sqlite3_column_int64(statement, 0);
	status_out->interactions = sqlite3_column_int64(statement, 1);
	status_out->messages = sqlite3_column_int64(statement, 2);
	status_out->promotions = sqlite3_column_int64(statement, 3);
	status_out->last_message_at = sqlite3_column_int64(statement, 4);
	sqlite3_reset(statement);
}
