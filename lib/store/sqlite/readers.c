/* SPDX-License-Identifier: BSD-2-Clause */
/* The pool of readers: threads come and go by the hundred, connections stay. */
#include "backend.h"

#include <errno.h>
#include <time.h>

#include "lead/error.h"

static struct timespec deadline_in(int64_t wait_ms)
{
	struct timespec deadline;

	clock_gettime(CLOCK_MONOTONIC, &deadline);
	deadline.tv_sec += wait_ms / 1000;
	deadline.tv_nsec += wait_ms % 1000 * 1000000;
	if (deadline.tv_nsec >= 1000000000) {
		deadline.tv_sec++;
		deadline.tv_nsec -= 1000000000;
	}
	return deadline;
}

/* A place in the pool: with an idle connection, or NULL for one to be opened. */
static bool take_place(SqliteBackend *self, int64_t wait_ms, Connection **idle_out)
{
	struct timespec deadline = deadline_in(wait_ms);
	bool free_place;

	pthread_mutex_lock(&self->lock);
	while (self->idle_count == 0 && self->open_count >= READERS_MAX) {
		if (pthread_cond_timedwait(&self->returned, &self->lock, &deadline) ==
		    ETIMEDOUT)
			break;
	}
	free_place = self->idle_count > 0 || self->open_count < READERS_MAX;
	*idle_out = NULL;
	if (self->idle_count > 0)
		*idle_out = self->idle[--self->idle_count];
	else if (free_place)
		self->open_count++;
	pthread_mutex_unlock(&self->lock);
	return free_place;
}

static void give_place(SqliteBackend *self, Connection *connection)
{
	pthread_mutex_lock(&self->lock);
	if (connection != NULL)
		self->idle[self->idle_count++] = connection;
	else
		self->open_count--;
	pthread_cond_signal(&self->returned);
	pthread_mutex_unlock(&self->lock);
}

static Connection *open_reader(SqliteBackend *self, GError **error)
{
	const ConnectionOptions options = {
		.path = self->path,
		.name = self->name,
		.read_only = true,
		.read_only_file = self->read_only,
		.timeout_ms = self->timeout_ms,
	};
	Connection *connection = connection_open(&options, error);

	if (connection != NULL)
		connection->backend = self;
	return connection;
}

Txn *sqlite_read_begin(void *backend, int64_t wait_ms, GError **error)
{
	SqliteBackend *self = backend;
	Connection *connection;

	if (!take_place(self, wait_ms, &connection)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY,
			    "cannot read store '%s': too many readers at once", self->name);
		return NULL;
	}
	if (connection != NULL && connection_has_moved(connection))
		g_clear_pointer(&connection, connection_close);
	if (connection == NULL)
		connection = open_reader(self, error);
	if (connection == NULL) {
		give_place(self, NULL);
		return NULL;
	}
	sqlite3_busy_timeout(connection->db, (int)MIN(wait_ms, G_MAXINT));
	txn_begun(&connection->txn);
	statement_run(connection, BEGIN_READ, "");
	if (connection->txn.error == NULL)
		return &connection->txn;
	g_propagate_error(error, g_steal_pointer(&connection->txn.error));
	connection_close(connection);
	give_place(self, NULL);
	return NULL;
}

void sqlite_read_end(Txn *txn)
{
	Connection *connection = connection_of(txn);
	SqliteBackend *self = connection->backend;
	/* That something asked for is not there is no fault of the connection. */
	bool failed = g_error_matches(txn->error, LEAD_ERROR, LEAD_ERROR_TEMPORARY) ||
		      g_error_matches(txn->error, LEAD_ERROR, LEAD_ERROR_PERMANENT);

	g_clear_error(&txn->error);
	statement_run(connection, COMMIT, "");
	failed = failed || txn->error != NULL;
	g_clear_error(&txn->error);
	/* What failed once may be damaged for good: the next reader opens anew. */
	if (failed)
		g_clear_pointer(&connection, connection_close);
	give_place(self, connection);
}
