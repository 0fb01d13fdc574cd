/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions about contacts, their addresses, and reps. */
#include "questions.h"

int64_t sqlite_address_by_canonical(Txn *txn, const char *canonical)
{
	Connection *connection = connection_of(txn);
	int64_t recent = recent_rows_find(connection->recent, ROW_ADDRESS, canonical);

	return recent != 0 && txn->error == NULL
		       ? recent
		       : statement_number(connection, ADDRESS_BY_CANONICAL, "t", canonical);
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
	Connection *connection = connection_of(txn);
	int64_t recent = recent_rows_find(connection->recent, ROW_REP, address);

	return recent != 0 && txn->error == NULL
		       ? recent
		       : statement_number(connection, REP_BY_ADDRESS, "t", address);
}

int64_t sqlite_rep_by_login(Txn *txn, const char *login)
{
	return statement_number(connection_of(txn), REP_BY_LOGIN, "t", login);
}

bool sqlite_contact_move(Txn *txn, int64_t contact, Stage from, Stage to, int64_t since)
{
	recent_rows_drop(connection_of(txn)->recent, ROW_CONTACT, contact);
	return statement_run(connection_of(txn), CONTACT_MOVE, "itti", contact,
			     stage_name(from), stage_name(to), since) == 1;
}

bool sqlite_is_blocked(Txn *txn, int64_t digest)
{
	return statement_number(connection_of(txn), IS_BLOCKED, "i", digest) != 0;
}

bool sqlite_has_blocked(Txn *txn)
{
	return statement_number(connection_of(txn), HAS_BLOCKED, "") != 0;
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
		statement_numbers(connection_of(txn), ids, ACTS_OF_ALL, "i",
				  limit_of(limit));
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

static char *folded(const char *text)
{
	return text != NULL ? g_utf8_casefold(text, -1) : NULL;
}

/* A filter as the statements are bound to it. */
typedef struct {
	const char *stage;
	char *source, *owner, *domain;
} FilterTexts;

static void filter_texts_clear(FilterTexts *self)
{
	g_free(self->source);
	g_free(self->owner);
	g_free(self->domain);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FilterTexts, filter_texts_clear)

/*
 * In order of address one contact in so many passes, and each costs as much as two of
 * those that are fetched by stage and source, and sorted.
 */
static bool are_few(Connection *connection, const ContactFilter *filter,
		    const FilterTexts *texts)
{
	int64_t number = 0, all = 0, walked;
	sqlite3_stmt *statement;

	if (texts->stage == NULL && texts->source == NULL)
		return false;
	statement = statement_bind(connection, CONTACTS_LIKE_NUMBER, "tt", texts->stage,
				   texts->source);
	if (!statement_next(connection, statement,
			    statement_table[CONTACTS_LIKE_NUMBER].comment))
		return false;
	number = sqlite3_column_int64(statement, 0);
	all = sqlite3_column_int64(statement, 1);
	sqlite3_reset(statement);
	walked = filter->limit == 0 || number <= (int64_t)filter->limit
			 ? all
			 : all / number * (int64_t)filter->limit;
	return 2 * number < walked;
}

void sqlite_contacts_like(Txn *txn, const ContactFilter *filter, IdVisit visit, void *user)
{
	Connection *connection = connection_of(txn);
	g_auto(FilterTexts) texts = {
		.stage = stage_name(filter->stage),
		.source = folded(filter->source),
		.owner = folded(filter->owner),
		.domain =
			filter->domain != NULL ? g_ascii_strdown(filter->domain, -1) : NULL,
	};
	StatementId id =
		are_few(connection, filter, &texts) ? CONTACTS_LIKE_FEW : CONTACTS_LIKE;
	sqlite3_stmt *statement =
		statement_bind(connection, id, "ttttI", texts.stage, texts.source,
			       texts.owner, texts.domain, filter->since);

	while (statement_next(connection, statement, statement_table[id].comment)) {
		if (!visit(sqlite3_column_int64(statement, 0), user))
			break;
	}
	if (statement != NULL)
		sqlite3_reset(statement);
}

unsigned sqlite_newcomers(Txn *txn, const NewcomerQuestion *question)
{
	return (unsigned)statement_number(
		connection_of(txn), NEWCOMERS, "iiiiii", question->from, question->until.at,
		question->until.key, question->person, question->limit,
		(int64_t)NEWCOMERS_SEEN);
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

static void count_contacts(Connection *connection, CountAdd add, void *user)
{
	sqlite3_stmt *statement = statement_bind(connection, COUNT_OF_CONTACTS, "");

	while (statement_next(connection, statement,
			      statement_table[COUNT_OF_CONTACTS].comment)) {
		const char *source = (const char *)sqlite3_column_text(statement, 2);
		Count count = {
			.month = sqlite3_column_int64(statement, 0),
			.source = source[0] != '\0' ? source : NULL,
			.number = sqlite3_column_int64(statement, 3),
		};

		stage_from_name((const char *)sqlite3_column_text(statement, 1),
				&count.stage);
		add(&count, user);
	}
}

static void count_interactions(Connection *connection, CountAdd add, void *user)
{
	sqlite3_stmt *statement = statement_bind(connection, COUNT_OF_INTERACTIONS, "");

	while (statement_next(connection, statement,
			      statement_table[COUNT_OF_INTERACTIONS].comment)) {
		bool outbound = sqlite3_column_int64(statement, 1) != 0;

		add(&(Count){.month = sqlite3_column_int64(statement, 0),
			     .direction = outbound ? DIRECTION_OUTBOUND : DIRECTION_INBOUND,
			     .number = sqlite3_column_int64(statement, 2)},
		    user);
	}
}

void sqlite_counts(Txn *txn, CountOf of, CountAdd add, void *user)
{
	if (of == COUNT_CONTACTS)
		count_contacts(connection_of(txn), add, user);
	else
		count_interactions(connection_of(txn), add, user);
}
