/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statements: each SQL statement is a row with a comment (statement-table.c), prepared
 * once for each connection. Statements for whole rows are derived from the row's shape.
 */
#ifndef LEAD_STORE_SQLITE_STATEMENT_H
#define LEAD_STORE_SQLITE_STATEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "../rows.h"

typedef enum {
	BEGIN_READ,
	BEGIN_WRITE,
	COMMIT,
	ROLLBACK,
	SAVEPOINT,
	RELEASE,
	ROLLBACK_TO,
	SCHEMA_VERSION_READ,
	DATA_VERSION_READ,
	ADDRESS_BY_CANONICAL,
	ADDRESSES_BY_BASE,
	ADDRESSES_OF,
	ORGANIZATION_BY_NAME,
	REP_BY_ADDRESS,
	REP_BY_LOGIN,
	CONTACT_MOVE,
	IS_BLOCKED,
	HAS_BLOCKED,
	MESSAGES_WITH_ID,
	MESSAGES_IN_THREAD,
	OUTREACH_TO,
	WRITTEN_BY,
	MESSAGES_AWAITING,
	AWAIT,
	AWAIT_NO_MORE,
	INTERACTION_ADD,
	INTERACTIONS_DROP,
	INTERACTIONS_OF_MESSAGE,
	INTERACTIONS_OF_CONTACT,
	LAST_CONTACTED,
	REMEMBER,
	REMEMBERED,
	HISTORY_LAST,
	HISTORY_NEWEST,
	HISTORY_OF,
	HISTORY_OF_ALL,
	SUGGESTIONS_OF,
	SUGGESTIONS_OPEN,
	ACTS_OF,
	ACTS_OF_ALL,
	NEVER_LOG_GENERATION,
	NEVER_LOG_CHANGED,
	CONTACTS_LIKE,
	CONTACTS_LIKE_FEW,
	CONTACTS_LIKE_NUMBER,
	NEWCOMERS,
	CONTACTS_NEWEST,
	CONTACTS_BY_NAME,
	STATUS,
	COUNT_OF_CONTACTS,
	COUNT_MORE_CONTACTS,
	COUNT_OF_INTERACTIONS,
	TALLY_ADD,
	TALLY_RAISE,
	STATEMENT_N,
} StatementId;

/* More need longer to be bound than they save. */
enum { ROWS_AT_ONCE = 20 };

typedef enum {
	ROW_LOAD,
	ROW_ADD,
	ROW_ADD_MANY, /* ROWS_AT_ONCE, each with its id first */
	ROW_NEWEST,
	ROW_REMOVE,
	ROW_ALL,
	ROW_STATEMENT_N,
} RowStatement;

typedef struct {
	const char *comment; /* what it does, for errors: "cannot COMMENT" */
	const char *sql;
} StatementText;

extern const StatementText statement_table[STATEMENT_N];

struct Connection;
struct sqlite3_stmt;

/*
 * Binds and gives the statement, or NULL if the transaction has failed. types, one letter
 * each: i int64_t, I the same with NULL for 0, t text or NULL (borrowed until the statement
 * ends).
 */
struct sqlite3_stmt *statement_bind(struct Connection *connection, StatementId id,
				    const char *types, ...);
/* The next row: true; the end or an error: false, and the statement is reset. */
bool statement_next(struct Connection *connection, struct sqlite3_stmt *statement,
		    const char *what);
/* Binds and runs to the end; the number of rows changed. */
int statement_run(struct Connection *connection, StatementId id, const char *types, ...);
/* Binds, and gives the first column of the first row; 0 if there is none. */
int64_t statement_number(struct Connection *connection, StatementId id, const char *types,
			 ...);
/* The same of all rows, appended. */
void statement_numbers(struct Connection *connection, GArray *ids, StatementId id,
		       const char *types, ...);
char *statement_text(struct sqlite3_stmt *statement, int column); /* NULL; caller frees */

struct sqlite3_stmt *row_statement(struct Connection *connection, RowKind kind,
				   RowStatement which);
/* Changes the columns of a set, bit by bit; bound in their order, the id behind them. What
 * is not named costs neither an index nor a look at what it refers to. */
struct sqlite3_stmt *row_change_statement(struct Connection *connection, RowKind kind,
					  uint64_t columns);

#endif
