/* SPDX-License-Identifier: BSD-2-Clause */
#include "connection.h"

#include "lead/error.h"

enum { WAL_KEEP_BYTES = 64 * 1024 * 1024 };

/* What the caller can do about it; all others are PERMANENT. */
static LeadError error_code(int sqlite_code)
{
	if (sqlite_code == SQLITE_READONLY_DBMOVED)
		return LEAD_ERROR_TEMPORARY;
	switch (sqlite_code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_NOMEM:
	case SQLITE_INTERRUPT:
	case SQLITE_PROTOCOL:
		return LEAD_ERROR_TEMPORARY;
	default:
		return LEAD_ERROR_PERMANENT;
	}
}

GError *connection_error(const Connection *self, const char *what)
{
	return g_error_new(LEAD_ERROR, error_code(sqlite3_extended_errcode(self->db)),
			   "cannot %s in store '%s': %s", what, self->name,
			   sqlite3_errmsg(self->db));
}

void connection_fail(Connection *self, const char *what)
{
	txn_fail(&self->txn, connection_error(self, what));
}

bool connection_run(Connection *self, const char *sql, const char *what, GError **error)
{
	if (sqlite3_exec(self->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	g_propagate_error(error, connection_error(self, what));
	return false;
}

bool connection_has_moved(Connection *self)
{
	int moved = 0;

	sqlite3_file_control(self->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	return moved != 0;
}

static int note_wal_pages(void *connection, sqlite3 *db, const char *schema, int pages)
{
	(void)db;
	(void)schema;
	((Connection *)connection)->wal_pages = pages;
	return SQLITE_OK;
}

/*
 * synchronous=FULL: an answer to the MTA is a promise that a power cut must not break.
 * foreign_keys: a wrong id would be our mistake, and is better refused than kept; the
 * look-up hits pages that the statement has just touched.
 * No automatic checkpoint: it would run inside the commit that somebody waits for; see
 * checkpointer.h.
 */
static const char pragmas[] = "PRAGMA synchronous = FULL;"
			      "PRAGMA foreign_keys = ON;"
			      "PRAGMA trusted_schema = OFF;"
			      "PRAGMA wal_autocheckpoint = 0;";

/* folded(text): in any case the same, also beyond ASCII, where NOCASE ends. */
static void fold(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *text = (const char *)sqlite3_value_text(values[0]);

	(void)count;
	if (text != NULL)
		sqlite3_result_text(context, g_utf8_casefold(text, -1), -1, g_free);
}

static bool configure(Connection *self, const ConnectionOptions *options, GError **error)
{
	g_autofree char *limit =
		g_strdup_printf("PRAGMA journal_size_limit = %d", (int)WAL_KEEP_BYTES);

	sqlite3_extended_result_codes(self->db, 1);
	sqlite3_busy_timeout(self->db, (int)MIN(options->timeout_ms, G_MAXINT));
	sqlite3_db_config(self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_create_function_v2(self->db, "folded", 1,
				   SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, fold, NULL,
				   NULL, NULL);
	if (!connection_run(self, pragmas, "set up a connection", error))
		return false;
	if (options->read_only)
		return connection_run(self, "PRAGMA query_only = ON", "set up a connection",
				      error);
	sqlite3_wal_hook(self->db, note_wal_pages, self);
	return connection_run(self, limit, "set up a connection", error);
}

Connection *connection_open(const ConnectionOptions *options, GError **error)
{
	Connection *self = g_new0(Connection, 1);
	int flags = SQLITE_OPEN_NOMUTEX | (options->read_only_file ? SQLITE_OPEN_READONLY
								   : SQLITE_OPEN_READWRITE);

	self->txn.ops = &sqlite_backend;
	self->name = options->name;
	if (sqlite3_open_v2(options->path, &self->db, flags, options->vfs) != SQLITE_OK) {
		g_propagate_error(error, connection_error(self, "open the database"));
		connection_close(self);
		return NULL;
	}
	if (!configure(self, options, error)) {
		connection_close(self);
		return NULL;
	}
	return self;
}

void connection_close(Connection *self)
{
	if (self == NULL)
		return;
	for (size_t i = 0; i < STATEMENT_N; i++)
		sqlite3_finalize(self->statements[i]);
	for (size_t kind = 0; kind < ROW_KINDS; kind++) {
		for (size_t i = 0; i < ROW_STATEMENT_N; i++)
			sqlite3_finalize(self->row_statements[kind][i]);
		g_clear_pointer(&self->changes[kind], g_hash_table_destroy);
	}
	sqlite3_close(self->db);
	g_clear_error(&self->txn.error);
	txn_forget(&self->txn);
	recent_rows_free(self->recent);
	g_free(self);
}
