/* SPDX-License-Identifier: BSD-2-Clause */
#include "backend.h"

#include <string.h>

#include "database-file.h"
#include "lead/error.h"
#include "questions.h"
#include "row.h"
#include "schema.h"

enum { WAL_RETRY_US = 2000 };

static void clear_readers(SqliteBackend *self)
{
	while (self->idle_count > 0)
		connection_close(self->idle[--self->idle_count]);
}

static void sqlite_close(void *backend)
{
	SqliteBackend *self = backend;

	clear_readers(self);
	checkpointer_free(self->checkpointer);
	connection_close(self->writer);
	gather_vfs_free(self->gather_vfs);
	pthread_cond_destroy(&self->returned);
	pthread_mutex_destroy(&self->lock);
	g_free(self->path);
	g_free(self->name);
	g_free(self);
}

static bool sqlite_share(void *backend, const char *group, GError **error)
{
	const SqliteBackend *self = backend;

	return database_file_share(self->path, self->name, group, error);
}

/* Turning a new database to WAL needs it alone, and SQLite does not wait for that. */
static bool use_wal(Connection *connection, int64_t timeout_ms, GError **error)
{
	int64_t deadline = g_get_monotonic_time() + timeout_ms * 1000;

	for (;;) {
		g_autoptr(GError) problem = NULL;

		if (connection_run(connection, "PRAGMA journal_mode = WAL",
				   "turn to write-ahead logging", &problem))
			return true;
		if ((sqlite3_errcode(connection->db) & 0xff) != SQLITE_BUSY ||
		    g_get_monotonic_time() >= deadline) {
			g_propagate_error(error, g_steal_pointer(&problem));
			return false;
		}
		g_usleep(WAL_RETRY_US);
	}
}

/* Of the writer's pages: enough for those that lead to ten million contacts. */
#define USUAL_CACHE "PRAGMA cache_size = -4000;"

static bool open_writer(SqliteBackend *self, bool create, GError **error)
{
	const ConnectionOptions options = {
		.path = self->path,
		.name = self->name,
		.vfs = gather_vfs_name(self->gather_vfs),
		.timeout_ms = self->timeout_ms,
	};
	Connection *connection;

	if (!database_file_prepare(self->path, self->name, create, error))
		return false;
	connection = connection_open(&options, error);
	if (connection == NULL)
		return false;
	gather_vfs_begin(self->gather_vfs, connection->db);
	connection->backend = self;
	connection->recent = recent_rows_new();
	if (!connection_run(connection, USUAL_CACHE, "set up a connection", error) ||
	    !use_wal(connection, self->timeout_ms, error) ||
	    !schema_update(connection, error)) {
		connection_close(connection);
		return false;
	}
	self->writer = connection;
	return true;
}

static bool check_read_only(SqliteBackend *self, GError **error)
{
	const ConnectionOptions options = {
		.path = self->path,
		.name = self->name,
		.read_only = true,
		.read_only_file = true,
		.timeout_ms = self->timeout_ms,
	};
	Connection *connection;
	bool usable;

	if (!database_file_prepare(self->path, self->name, false, error))
		return false;
	connection = connection_open(&options, error);
	usable = connection != NULL && schema_check(connection, error);
	connection_close(connection);
	return usable;
}

/* Of what SQLite allocates nobody asks the sum, and it would be kept under a lock that all
 * threads share. In a program that has used SQLite before it stays as it is. */
static void set_up_library(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static void *sqlite_open(const char *path, StoreFlags flags, int64_t timeout_ms,
			 GError **error)
{
	SqliteBackend *self = g_new0(SqliteBackend, 1);
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_condattr_t monotonic;

	pthread_once(&once, set_up_library);
	self->path = g_canonicalize_filename(path, NULL);
	self->name = g_strconcat("sqlite:", path, NULL);
	self->read_only = (flags & STORE_READ_ONLY) != 0;
	self->timeout_ms = timeout_ms;
	self->gather_vfs = gather_vfs_new();
	self->checkpointer = checkpointer_new(self->path, self->name, timeout_ms);
	pthread_mutex_init(&self->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&self->returned, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (self->read_only ? check_read_only(self, error)
			    : open_writer(self, (flags & STORE_CREATE) != 0, error))
		return self;
	sqlite_close(self);
	return NULL;
}

/* A file that was removed or replaced goes on being written to without an error, and
 * nobody ever reads it again. */
static bool sqlite_has_writer(SqliteBackend *self, GError **error)
{
	if (self->writer != NULL && connection_has_moved(self->writer))
		g_clear_pointer(&self->writer, connection_close);
	return self->writer != NULL || open_writer(self, false, error);
}

/* What was read and written is undone. */
static void forget(Connection *connection)
{
	txn_forget(&connection->txn);
	recent_rows_forget(connection->recent);
}

static void sqlite_rollback(Txn *txn)
{
	Connection *connection = connection_of(txn);

	forget(connection);
	tally_forget(connection);
	g_clear_error(&txn->error);
	/* SQLite has rolled back by itself after some errors. */
	if (!sqlite3_get_autocommit(connection->db))
		statement_run(connection, ROLLBACK, "");
	g_clear_error(&txn->error);
}

/* Nothing is to be known anew unless others have written. */
static bool catch_up(Connection *connection, GError **error)
{
	int64_t version = statement_number(connection, DATA_VERSION_READ, "");

	if (connection->txn.error == NULL && version == connection->data_version)
		return true;
	recent_rows_forget(connection->recent);
	connection->data_version = version;
	if (schema_is_current(connection, error))
		return true;
	connection->data_version = 0;
	return false;
}

static Txn *sqlite_write_begin(void *backend, int64_t wait_ms, GError **error)
{
	SqliteBackend *self = backend;
	Txn *txn;

	if (!sqlite_has_writer(self, error))
		return NULL;
	txn = &self->writer->txn;
	txn_begun(txn);
	sqlite3_busy_timeout(self->writer->db, (int)CLAMP(wait_ms, 0, G_MAXINT));
	statement_run(self->writer, BEGIN_WRITE, "");
	if (txn->error != NULL)
		g_propagate_error(error, g_steal_pointer(&txn->error));
	else if (catch_up(self->writer, error))
		return txn;
	sqlite_rollback(txn);
	return NULL;
}

static void sqlite_savepoint(Txn *txn)
{
	tally_mark(connection_of(txn));
	statement_run(connection_of(txn), SAVEPOINT, "");
}

static void sqlite_release(Txn *txn)
{
	statement_run(connection_of(txn), RELEASE, "");
}

/* After some errors (disk full) all of the transaction is gone: then the error stays. */
static void sqlite_rollback_to(Txn *txn)
{
	Connection *connection = connection_of(txn);

	forget(connection);
	tally_return(connection);
	if (sqlite3_get_autocommit(connection->db))
		return;
	g_clear_error(&txn->error);
	statement_run(connection, ROLLBACK_TO, "");
	statement_run(connection, RELEASE, "");
}

static bool sqlite_commit(Txn *txn, GError **error)
{
	Connection *connection = connection_of(txn);

	tally_write(connection);
	statement_run(connection, COMMIT, "");
	if (txn->error == NULL && connection_has_moved(connection))
		txn_fail(txn,
			 g_error_new(LEAD_ERROR, LEAD_ERROR_TEMPORARY,
				     "cannot commit in store '%s': its file was removed or "
				     "replaced",
				     connection->name));
	if (txn->error == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&txn->error));
	checkpointer_note_failure(connection->backend->checkpointer);
	sqlite_rollback(txn);
	return false;
}

/*
 * Names and organizations come into their indexes in any order; without room for these in
 * memory, each page goes to the log and comes back many times.
 * Ids that rows were given a moment ago are not looked up again; besides, SQLite would
 * have to be able to take back each statement for the sake of that look.
 */
static void sqlite_expect_many(Txn *txn, bool many)
{
	sqlite3 *db = connection_of(txn)->db;

	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, many ? 0 : 1, NULL);
	sqlite3_exec(db,
		     many ? "PRAGMA cache_size = -65536"
			  : USUAL_CACHE "PRAGMA shrink_memory",
		     NULL, NULL, NULL);
}

static void sqlite_tidy(void *backend)
{
	SqliteBackend *self = backend;

	if (self->writer != NULL)
		checkpointer_tidy(self->checkpointer, self->writer);
}

static void sqlite_status_of_file(Txn *txn, StoreStatus *status_out)
{
	sqlite_status(txn, status_out);
	status_out->bytes = database_file_octets(connection_of(txn)->backend->path);
}

const BackendOps sqlite_backend = {
	.scheme = "sqlite",
	.open = sqlite_open,
	.close = sqlite_close,
	.share = sqlite_share,
	.read_begin = sqlite_read_begin,
	.read_end = sqlite_read_end,
	.write_begin = sqlite_write_begin,
	.savepoint = sqlite_savepoint,
	.release = sqlite_release,
	.rollback_to = sqlite_rollback_to,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.expect_many = sqlite_expect_many,
	.tidy = sqlite_tidy,
	.row_load = sqlite_row_load,
	.row_add = sqlite_row_add,
	.rows_add = sqlite_rows_add,
	.row_update = sqlite_row_update,
	.row_remove = sqlite_row_remove,
	.address_by_canonical = sqlite_address_by_canonical,
	.addresses_by_base = sqlite_addresses_by_base,
	.addresses_of = sqlite_addresses_of,
	.organization_by_name = sqlite_organization_by_name,
	.rep_by_address = sqlite_rep_by_address,
	.rep_by_login = sqlite_rep_by_login,
	.contact_move = sqlite_contact_move,
	.is_blocked = sqlite_is_blocked,
	.has_blocked = sqlite_has_blocked,
	.messages_with_id = sqlite_messages_with_id,
	.messages_in_thread = sqlite_messages_in_thread,
	.outreach_to = sqlite_outreach_to,
	.written_by = sqlite_written_by,
	.messages_awaiting = sqlite_messages_awaiting,
	.await = sqlite_await,
	.await_no_more = sqlite_await_no_more,
	.interaction_add = sqlite_interaction_add,
	.interactions_drop = sqlite_interactions_drop,
	.interactions_of_message = sqlite_interactions_of_message,
	.interactions_of_contact = sqlite_interactions_of_contact,
	.last_contacted = sqlite_last_contacted,
	.remember = sqlite_remember,
	.remembered = sqlite_remembered,
	.history_last = sqlite_history_last,
	.history_newest = sqlite_history_newest,
	.history_of = sqlite_history_of,
	.suggestions_of = sqlite_suggestions_of,
	.suggestions_open = sqlite_suggestions_open,
	.acts_of = sqlite_acts_of,
	.never_log_generation = sqlite_never_log_generation,
	.never_log_changed = sqlite_never_log_changed,
	.contacts_like = sqlite_contacts_like,
	.newcomers = sqlite_newcomers,
	.contacts_newest = sqlite_contacts_newest,
	.contacts_by_name = sqlite_contacts_by_name,
	.all = sqlite_rows_all,
	.status = sqlite_status_of_file,
	.counts = sqlite_counts,
};
