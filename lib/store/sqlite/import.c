/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The stage of an import: a table in a database of its own that SQLite keeps in a
 * nameless temporary file (path ""), so that a million drafts need no memory, nobody sees
 * them, and the store is not locked while they are read.
 */
#include "backend.h"
#include "lead/error.h"
#include "questions.h"

typedef struct {
	SqliteBackend *backend;
	sqlite3 *db;
	sqlite3_stmt *put, *get;
	const char *name; /* of the store, for errors; borrowed */
} ImportStage;

static bool fail(const ImportStage *self, GError **error)
{
	int code = sqlite3_errcode(self->db) & 0xff;
	bool full = code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_CANTOPEN;

	g_set_error(error, LEAD_ERROR, full ? LEAD_ERROR_TEMPORARY : LEAD_ERROR_PERMANENT,
		    "cannot stage an import for store '%s': %s", self->name,
		    sqlite3_errmsg(self->db));
	return false;
}

/* It need not survive anything: no journal, no sync, and one transaction to the end. Keys
 * come in any order, so the cache holds the index of some 100,000 (64 MB). */
static const char table[] =
	"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
	"PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536; BEGIN;"
	"CREATE TABLE staged (key TEXT PRIMARY KEY, draft BLOB NOT NULL) WITHOUT ROWID";
static const char put_sql[] = "INSERT INTO staged (key, draft) VALUES (?1, ?2)"
			      " ON CONFLICT DO UPDATE SET draft = excluded.draft";
static const char get_sql[] = "SELECT draft FROM staged WHERE key = ?1";
static const char each_sql[] = "SELECT draft FROM staged ORDER BY key";

void sqlite_import_close(void *import)
{
	ImportStage *self = import;

	sqlite3_finalize(self->put);
	sqlite3_finalize(self->get);
	sqlite3_close(self->db);
	g_free(self);
}

void *sqlite_import_open(void *backend, GError **error)
{
	ImportStage *self = g_new0(ImportStage, 1);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

	self->backend = backend;
	self->name = self->backend->name;
	if (sqlite3_open_v2("", &self->db, flags, NULL) == SQLITE_OK &&
	    sqlite3_exec(self->db, table, NULL, NULL, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(self->db, put_sql, -1, &self->put, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(self->db, get_sql, -1, &self->get, NULL) == SQLITE_OK)
		return self;
	fail(self, error);
	sqlite_import_close(self);
	return NULL;
}

bool sqlite_import_put(void *import, const char *key, GBytes *draft, GError **error)
{
	ImportStage *self = import;
	gsize length;
	const void *octets = g_bytes_get_data(draft, &length);

	sqlite3_bind_text(self->put, 1, key, -1, SQLITE_STATIC);
	sqlite3_bind_blob(self->put, 2, octets, (int)length, SQLITE_STATIC);
	if (sqlite3_step(self->put) != SQLITE_DONE) {
		fail(self, error);
		sqlite3_reset(self->put);
		return false;
	}
	sqlite3_reset(self->put);
	return true;
}

static GBytes *draft_of(sqlite3_stmt *statement)
{
	return g_bytes_new(sqlite3_column_blob(statement, 0),
			   (gsize)sqlite3_column_bytes(statement, 0));
}

bool sqlite_import_get(void *import, const char *key, GBytes **draft_out, GError **error)
{
	ImportStage *self = import;
	int code;
	bool read;

	sqlite3_bind_text(self->get, 1, key, -1, SQLITE_STATIC);
	code = sqlite3_step(self->get);
	*draft_out = code == SQLITE_ROW ? draft_of(self->get) : NULL;
	read = code == SQLITE_ROW || code == SQLITE_DONE || fail(self, error);
	sqlite3_reset(self->get);
	return read;
}

/* Names and addresses come into their indexes in any order; without room for these in
 * memory, each page goes to the log and comes back many times. Of the writer's thread. */
static void widen_cache(const ImportStage *self, bool wide)
{
	if (self->backend->writer != NULL)
		sqlite3_exec(self->backend->writer->db,
			     wide ? "PRAGMA cache_size = -65536"
				  : "PRAGMA cache_size = -2000; PRAGMA shrink_memory",
			     NULL, NULL, NULL);
}

bool sqlite_import_each(void *import, bool (*visit)(GBytes *draft, void *user), void *user,
			GError **error)
{
	ImportStage *self = import;
	sqlite3_stmt *each = NULL;
	bool goes_on = true;
	int code = sqlite3_prepare_v2(self->db, each_sql, -1, &each, NULL);

	widen_cache(self, true);
	while (goes_on && (code = sqlite3_step(each)) == SQLITE_ROW) {
		g_autoptr(GBytes) draft = draft_of(each);

		goes_on = visit(draft, user);
	}
	if (goes_on && code != SQLITE_DONE)
		goes_on = fail(self, error);
	else
		goes_on = true;
	sqlite3_finalize(each);
	widen_cache(self, false);
	return goes_on;
}
