/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole rows in and out of SQLite, by their shapes. */
#include "row.h"

#include <string.h>

#include "lead/error.h"

static int64_t integer_of(const Column *column, const void *member)
{
	switch (column->type) {
	case COLUMN_COUNT:
		return *(const unsigned *)member;
	case COLUMN_FLAG:
		return *(const bool *)member;
	default:
		return *(const int64_t *)member;
	}
}

static const char *name_of(const Column *column, const void *member)
{
	int value;

	memcpy(&value, member, sizeof value);
	return column->value_name(value);
}

static void bind_bytes(sqlite3_stmt *statement, int at, GBytes *bytes)
{
	gsize length = 0;
	const void *octets = bytes != NULL ? g_bytes_get_data(bytes, &length) : NULL;

	sqlite3_bind_blob(statement, at, octets, (int)length, SQLITE_STATIC);
}

static void bind_member(sqlite3_stmt *statement, int at, const Column *column,
			const void *row)
{
	const void *member = row_member_const(column, row);

	if (column->type == COLUMN_TEXT)
		sqlite3_bind_text(statement, at, *(char *const *)member, -1, SQLITE_STATIC);
	else if (column->type == COLUMN_BYTES)
		bind_bytes(statement, at, *(GBytes *const *)member);
	else if (column->type == COLUMN_NAME)
		sqlite3_bind_text(statement, at, name_of(column, member), -1,
				  SQLITE_STATIC);
	else if (column->type == COLUMN_LINK && integer_of(column, member) == 0)
		sqlite3_bind_null(statement, at);
	else
		sqlite3_bind_int64(statement, at, integer_of(column, member));
}

/* From the place behind that one on; the last place that is bound. */
static int bind_row(sqlite3_stmt *statement, int at, RowKind kind, const void *row)
{
	const RowShape *shape = &row_shapes[kind];

	for (size_t i = 0; i < shape->count; i++)
		bind_member(statement, ++at, &shape->columns[i], row);
	return at;
}

/* A name that this program does not know was written by a newer one. */
static void read_name(Txn *txn, const Column *column, const char *name, void *member)
{
	int value = 0;

	if (!column_value(column, name, &value))
		txn_fail(txn, g_error_new(LEAD_ERROR, LEAD_ERROR_PERMANENT,
					  "cannot read store '%s': unknown %s '%s'",
					  connection_of(txn)->name, column->name, name));
	memcpy(member, &value, sizeof value);
}

static GBytes *read_bytes(sqlite3_stmt *statement, int at)
{
	if (sqlite3_column_type(statement, at) == SQLITE_NULL)
		return NULL;
	return g_bytes_new(sqlite3_column_blob(statement, at),
			   (gsize)sqlite3_column_bytes(statement, at));
}

static void read_member(Txn *txn, sqlite3_stmt *statement, int at, const Column *column,
			void *row)
{
	void *member = row_member(column, row);

	switch (column->type) {
	case COLUMN_TEXT:
		*(char **)member = statement_text(statement, at);
		break;
	case COLUMN_BYTES:
		*(GBytes **)member = read_bytes(statement, at);
		break;
	case COLUMN_NAME:
		read_name(txn, column, (const char *)sqlite3_column_text(statement, at),
			  member);
		break;
	case COLUMN_COUNT:
		*(unsigned *)member = (unsigned)sqlite3_column_int64(statement, at);
		break;
	case COLUMN_FLAG:
		*(bool *)member = sqlite3_column_int64(statement, at) != 0;
		break;
	default:
		*(int64_t *)member = sqlite3_column_int64(statement, at);
	}
}

bool sqlite_row_load(Txn *txn, RowKind kind, int64_t id, void *row_out)
{
	Connection *connection = connection_of(txn);
	const RowShape *shape = &row_shapes[kind];
	sqlite3_stmt *statement;

	memset(row_out, 0, shape->size);
	if (txn->error != NULL || id == 0)
		return false;
	if (recent_rows_load(connection->recent, kind, id, row_out))
		return true;
	statement = row_statement(connection, kind, ROW_LOAD);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, id);
	if (!statement_next(connection, statement, "read a row"))
		return false;
	((Row *)row_out)->id = id;
	for (size_t i = 0; i < shape->count; i++)
		read_member(txn, statement, (int)i, &shape->columns[i], row_out);
	sqlite3_reset(statement);
	if (txn->error == NULL)
		recent_rows_note(connection->recent, kind, row_out);
	return txn->error == NULL;
}

static bool is_promotion(const HistoryEntry *entry)
{
	return entry->superseded == 0 && entry->message != 0;
}

static void count_row(Connection *connection, RowKind kind, const void *row)
{
	if (kind == ROW_CONTACT)
		tally_contact(connection, row);
	if (kind == ROW_MESSAGE)
		tally_message(connection, ((const MessageRow *)row)->at);
	if (kind == ROW_HISTORY && is_promotion(row))
		tally_promotion(connection, 1);
}

/* Seldom: when mail that turns up late overtakes a promotion. */
static void recount_entry(Txn *txn, const HistoryEntry *entry)
{
	g_auto(HistoryEntry) before = {0};

	if (sqlite_row_load(txn, ROW_HISTORY, entry->id, &before))
		tally_promotion(connection_of(txn),
				is_promotion(entry) - is_promotion(&before));
}

int64_t sqlite_row_add(Txn *txn, RowKind kind, const void *row)
{
	Connection *connection = connection_of(txn);
	sqlite3_stmt *statement = row_statement(connection, kind, ROW_ADD);

	if (statement == NULL)
		return 0;
	bind_row(statement, 0, kind, row);
	while (statement_next(connection, statement, "write a row"))
		continue;
	if (txn->error == NULL)
		count_row(connection, kind, row);
	return txn->error == NULL ? sqlite3_last_insert_rowid(connection->db) : 0;
}

static int64_t newest_id(Connection *connection, RowKind kind)
{
	sqlite3_stmt *statement = row_statement(connection, kind, ROW_NEWEST);
	int64_t id;

	if (!statement_next(connection, statement, "look for the last row"))
		return 0;
	id = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return id;
}

/* ROWS_AT_ONCE of them, with the ids that SQLite would give them. */
static void add_many(Connection *connection, RowKind kind, void *rows)
{
	sqlite3_stmt *statement = row_statement(connection, kind, ROW_ADD_MANY);
	int64_t id = newest_id(connection, kind);
	int at = 0;

	if (statement == NULL)
		return;
	for (size_t i = 0; i < ROWS_AT_ONCE; i++) {
		Row *row = row_behind(kind, rows, i);

		row->id = ++id;
		sqlite3_bind_int64(statement, ++at, id);
		at = bind_row(statement, at, kind, row);
		count_row(connection, kind, row);
	}
	while (statement_next(connection, statement, "write rows"))
		continue;
}

void sqlite_rows_add(Txn *txn, RowKind kind, void *rows, size_t count)
{
	size_t done = 0;

	for (; count - done >= ROWS_AT_ONCE; done += ROWS_AT_ONCE)
		add_many(connection_of(txn), kind, row_behind(kind, rows, done));
	for (; done < count; done++) {
		Row *row = row_behind(kind, rows, done);

		row->id = sqlite_row_add(txn, kind, row);
	}
}

static bool is_same_bytes(GBytes *left, GBytes *right)
{
	return left == right ||
	       (left != NULL && right != NULL && g_bytes_equal(left, right));
}

static bool is_same(const Column *column, const void *left, const void *right)
{
	if (column->type == COLUMN_TEXT)
		return g_strcmp0(*(char *const *)left, *(char *const *)right) == 0;
	if (column->type == COLUMN_BYTES)
		return is_same_bytes(*(GBytes *const *)left, *(GBytes *const *)right);
	if (column->type == COLUMN_NAME)
		return memcmp(left, right, sizeof(int)) == 0;
	return integer_of(column, left) == integer_of(column, right);
}

/* A bit for each column. All of them, if nobody knows what was there before. */
static uint64_t changed_columns(Connection *connection, RowKind kind, const void *row)
{
	const RowShape *shape = &row_shapes[kind];
	RecentRow before;
	uint64_t columns = 0;

	if (!recent_rows_load(connection->recent, kind, ((const Row *)row)->id, &before))
		return ((uint64_t)1 << shape->count) - 1;
	for (size_t i = 0; i < shape->count; i++) {
		const Column *column = &shape->columns[i];

		if (!is_same(column, row_member_const(column, &before),
			     row_member_const(column, row)))
			columns |= (uint64_t)1 << i;
	}
	row_clear(kind, &before);
	return columns;
}

static void change(Connection *connection, RowKind kind, const void *row, uint64_t columns)
{
	sqlite3_stmt *statement = row_change_statement(connection, kind, columns);
	const RowShape *shape = &row_shapes[kind];
	int at = 0;

	if (statement == NULL)
		return;
	for (size_t i = 0; i < shape->count; i++) {
		if ((columns >> i & 1) != 0)
			bind_member(statement, ++at, &shape->columns[i], row);
	}
	sqlite3_bind_int64(statement, at + 1, ((const Row *)row)->id);
	while (statement_next(connection, statement, "change a row"))
		continue;
}

void sqlite_row_update(Txn *txn, RowKind kind, const void *row)
{
	Connection *connection = connection_of(txn);
	uint64_t columns;

	if (txn->error != NULL)
		return;
	columns = changed_columns(connection, kind, row);
	if (columns == 0)
		return;
	if (kind == ROW_HISTORY)
		recount_entry(txn, row);
	change(connection, kind, row, columns);
	if (txn->error == NULL)
		recent_rows_note(connection->recent, kind, row);
}

void sqlite_row_remove(Txn *txn, RowKind kind, int64_t id)
{
	Connection *connection = connection_of(txn);
	sqlite3_stmt *statement = row_statement(connection, kind, ROW_REMOVE);

	if (statement == NULL)
		return;
	recent_rows_drop(connection->recent, kind, id);
	sqlite3_bind_int64(statement, 1, id);
	while (statement_next(connection, statement, "remove a row"))
		continue;
}

void sqlite_rows_all(Txn *txn, RowKind kind, GArray *ids)
{
	Connection *connection = connection_of(txn);
	sqlite3_stmt *statement = row_statement(connection, kind, ROW_ALL);

	while (statement != NULL && statement_next(connection, statement, "read rows")) {
		int64_t id = sqlite3_column_int64(statement, 0);

		g_array_append_val(ids, id);
	}
}
