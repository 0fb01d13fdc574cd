/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A connection: one SQLite handle and its prepared statements. Used by one thread at a
 * time; SQLite is opened without its own mutexes.
 */
#ifndef LEAD_STORE_SQLITE_CONNECTION_H
#define LEAD_STORE_SQLITE_CONNECTION_H

#include <sqlite3.h>

#include "../backend.h"
#include "recent-rows.h"
#include "statement.h"
#include "tally.h"

typedef struct Connection {
	Txn txn; /* of this connection; first member */
	struct SqliteBackend *backend;
	sqlite3 *db;
	const char *name; /* of the store, for errors; borrowed */
	sqlite3_stmt *statements[STATEMENT_N];
	sqlite3_stmt *row_statements[ROW_KINDS][ROW_STATEMENT_N];
	GHashTable *changes[ROW_KINDS]; /* see row_change_statement(); NULL until needed */
	int wal_pages;		   /* after the last commit */
	Tally tally, tally_marked; /* of the transaction */
	RecentRows *recent;	   /* NULL: a reader */
	int64_t data_version; /* when the last transaction began: others' commits count */
} Connection;

typedef struct {
	const char *path;
	const char *name;    /* of the store, borrowed */
	const char *vfs;     /* NULL: SQLite's own */
	bool read_only;	     /* this connection writes nothing */
	bool read_only_file; /* nor may its file be opened for writing */
	int64_t timeout_ms;  /* how long it waits for other programs' locks */
} ConnectionOptions;

/* Opens the file with our pragmas. */
Connection *connection_open(const ConnectionOptions *options, GError **error);
void connection_close(Connection *connection);

/* The connection's error as a GError: "cannot WHAT store 'NAME': ..."; code by kind. */
GError *connection_error(const Connection *connection, const char *what);
void connection_fail(Connection *connection, const char *what); /* into its txn */
bool connection_run(Connection *connection, const char *sql, const char *what,
		    GError **error);

/* True if the file that is open is no longer the one at its path. */
bool connection_has_moved(Connection *connection);

static inline Connection *connection_of(Txn *txn)
{
	return (Connection *)txn;
}

#endif
