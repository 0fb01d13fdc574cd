/* SPDX-License-Identifier: BSD-2-Clause */
#include "statement.h"

#include <stdarg.h>

#include "connection.h"

static sqlite3_stmt *prepare(Connection *self, const char *sql, const char *what)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v3(self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
			       NULL) != SQLITE_OK)
		connection_fail(self, what);
	return statement;
}

static sqlite3_stmt *statement_get(Connection *self, StatementId id)
{
	if (self->txn.error != NULL)
		return NULL;
	if (self->statements[id] == NULL)
		self->statements[id] =
			prepare(self, statement_table[id].sql, statement_table[id].comment);
	return self->statements[id];
}

static void bind_all(sqlite3_stmt *statement, const char *types, va_list values)
{
	for (int i = 1; *types != '\0'; types++, i++) {
		if (*types == 'i' || *types == 'I') {
			int64_t number = va_arg(values, int64_t);

			if (*types == 'I' && number == 0)
				sqlite3_bind_null(statement, i);
			else
				sqlite3_bind_int64(statement, i, number);
		} else {
			/* Static: whoever binds keeps the text until the statement ends. */
			sqlite3_bind_text(statement, i, va_arg(values, const char *), -1,
					  SQLITE_STATIC);
		}
	}
}

sqlite3_stmt *statement_bind(Connection *self, StatementId id, const char *types, ...)
{
	sqlite3_stmt *statement = statement_get(self, id);
	va_list values;

	if (statement == NULL)
		return NULL;
	va_start(values, types);
	bind_all(statement, types, values);
	va_end(values);
	return statement;
}

bool statement_next(Connection *self, sqlite3_stmt *statement, const char *what)
{
	int code;

	if (statement == NULL)
		return false;
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		connection_fail(self, what);
	sqlite3_reset(statement);
	return false;
}

int statement_run(Connection *self, StatementId id, const char *types, ...)
{
	sqlite3_stmt *statement = statement_get(self, id);
	va_list values;

	if (statement == NULL)
		return 0;
	va_start(values, types);
	bind_all(statement, types, values);
	va_end(values);
	while (statement_next(self, statement, statement_table[id].comment))
		continue;
	return self->txn.error == NULL ? sqlite3_changes(self->db) : 0;
}

int64_t statement_number(Connection *self, StatementId id, const char *types, ...)
{
	sqlite3_stmt *statement = statement_get(self, id);
	int64_t number = 0;
	va_list values;

	if (statement == NULL)
		return 0;
	va_start(values, types);
	bind_all(statement, types, values);
	va_end(values);
	if (statement_next(self, statement, statement_table[id].comment)) {
		number = sqlite3_column_int64(statement, 0);
		sqlite3_reset(statement);
	}
	return number;
}

void statement_numbers(Connection *self, GArray *ids, StatementId id, const char *types,
		       ...)
{
	sqlite3_stmt *statement = statement_get(self, id);
	va_list values;

	if (statement == NULL)
		return;
	va_start(values, types);
	bind_all(statement, types, values);
	va_end(values);
	while (statement_next(self, statement, statement_table[id].comment)) {
		int64_t number = sqlite3_column_int64(statement, 0);

		g_array_append_val(ids, number);
	}
}

char *statement_text(sqlite3_stmt *statement, int column)
{
	return g_strdup((const char *)sqlite3_column_text(statement, column));
}

/* ---- statements for whole rows ---- */

static const char *const row_comments[ROW_STATEMENT_N] = {
	[ROW_LOAD] = "read a row",
	[ROW_ADD] = "write a row",
	[ROW_ADD_MANY] = "write rows",
	[ROW_NEWEST] = "look for the last row",
	[ROW_REMOVE] = "remove a row",
	[ROW_ALL] = "read rows",
};

static char *join_columns(const RowShape *shape, const char *format)
{
	GString *list = g_string_new(NULL);

	for (size_t i = 0; i < shape->count; i++) {
		g_string_append(list, i == 0 ? "" : ", ");
		g_string_append(list, format[0] == '?' ? "?" : shape->columns[i].name);
	}
	return g_string_free(list, FALSE);
}

/*
 * One statement for many rows keeps its place in the table and in each index: half the
 * time of as many statements. OR FAIL, as whoever writes them drops the transaction if one
 * fails: else SQLite would copy each page first, to take back those before it.
 */
static char *add_many_sql(const RowShape *shape, const char *names, const char *marks)
{
	GString *sql = g_string_new(NULL);

	g_string_printf(sql, "INSERT OR FAIL INTO %s (id, %s) VALUES", shape->name, names);
	for (size_t i = 0; i < ROWS_AT_ONCE; i++)
		g_string_append_printf(sql, "%s (?, %s)", i == 0 ? "" : ",", marks);
	return g_string_free(sql, FALSE);
}

/* Names come from the shape, never from outside; the id is bound last. */
static char *row_sql(const RowShape *shape, RowStatement which)
{
	g_autofree char *names = join_columns(shape, "name");
	g_autofree char *marks = join_columns(shape, "?");

	switch (which) {
	case ROW_LOAD:
		return g_strdup_printf("SELECT %s FROM %s WHERE id = ?", names,
				       shape->name);
	case ROW_ADD:
		return g_strdup_printf("INSERT INTO %s (%s) VALUES (%s)", shape->name,
				       names, marks);
	case ROW_ADD_MANY:
		return add_many_sql(shape, names, marks);
	case ROW_NEWEST:
		return g_strdup_printf("SELECT max(id) FROM %s", shape->name);
	case ROW_REMOVE:
		return g_strdup_printf("DELETE FROM %s WHERE id = ?", shape->name);
	default:
		return g_strdup_printf("SELECT id FROM %s ORDER BY id", shape->name);
	}
}

sqlite3_stmt *row_statement(Connection *self, RowKind kind, RowStatement which)
{
	sqlite3_stmt **statement = &self->row_statements[kind][which];

	if (self->txn.error != NULL)
		return NULL;
	if (*statement == NULL) {
		g_autofree char *sql = row_sql(&row_shapes[kind], which);

		*statement = prepare(self, sql, row_comments[which]);
	}
	return *statement;
}

static char *change_sql(const RowShape *shape, uint64_t columns)
{
	GString *sql = g_string_new(NULL);

	g_string_printf(sql, "UPDATE %s SET ", shape->name);
	for (size_t i = 0; i < shape->count; i++) {
		if ((columns >> i & 1) != 0)
			g_string_append_printf(sql, "%s = ?, ", shape->columns[i].name);
	}
	g_string_truncate(sql, sql->len - strlen(", "));
	g_string_append(sql, " WHERE id = ?");
	return g_string_free(sql, FALSE);
}

static void finalize(gpointer statement)
{
	sqlite3_finalize(statement);
}

/* The program changes some dozen sets of columns in all. */
sqlite3_stmt *row_change_statement(Connection *self, RowKind kind, uint64_t columns)
{
	GHashTable **statements = &self->changes[kind];
	sqlite3_stmt *statement;
	g_autofree char *sql = NULL;
	gint64 key = (gint64)columns;

	if (self->txn.error != NULL)
		return NULL;
	if (*statements == NULL)
		*statements = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
						    finalize);
	statement = g_hash_table_lookup(*statements, &key);
	if (statement != NULL)
		return statement;
	sql = change_sql(&row_shapes[kind], columns);
	statement = prepare(self, sql, "change a row");
	if (statement != NULL)
		g_hash_table_insert(*statements, g_memdup2(&key, sizeof key), statement);
	return statement;
}
