/* SPDX-License-Identifier: BSD-2-Clause */
#include "schema.h"

#include <gio/gio.h>

#include "lead/error.h"

enum { APPLICATION_ID = 0x4c454144 }; /* "LEAD" */

GResource *lead_schema_get_resource(void);

static bool read_number(Connection *connection, const char *sql, int64_t *number_out,
			GError **error)
{
	sqlite3_stmt *statement = NULL;
	bool read = sqlite3_prepare_v2(connection->db, sql, -1, &statement, NULL) ==
			    SQLITE_OK &&
		    sqlite3_step(statement) == SQLITE_ROW;

	if (read)
		*number_out = sqlite3_column_int64(statement, 0);
	else
		g_propagate_error(error, connection_error(connection, "read the schema"));
	sqlite3_finalize(statement);
	return read;
}

static bool refuse(const Connection *connection, GError **error, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

static bool refuse(const Connection *connection, GError **error, const char *format, ...)
{
	g_autofree char *why = NULL;
	va_list arguments;

	va_start(arguments, format);
	why = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT, "cannot use store '%s': %s",
		    connection->name, why);
	return false;
}

static bool refuse_newer(const Connection *connection, int64_t version, GError **error)
{
	return refuse(connection, error,
		      "its schema has version %" G_GINT64_FORMAT
		      ", this program knows versions up to %d",
		      version, SCHEMA_VERSION);
}

/* An empty database is nobody's. */
static bool check_owner(Connection *connection, GError **error)
{
	int64_t application = 0, tables = 0;

	if (!read_number(connection, "PRAGMA application_id", &application, error) ||
	    !read_number(connection, "SELECT count(*) FROM sqlite_schema", &tables, error))
		return false;
	if (application == APPLICATION_ID || (application == 0 && tables == 0))
		return true;
	return refuse(connection, error, "it is a database of another program");
}

static bool read_version(Connection *connection, int64_t *version_out, GError **error)
{
	if (!check_owner(connection, error) ||
	    !read_number(connection, "PRAGMA user_version", version_out, error))
		return false;
	if (*version_out > SCHEMA_VERSION)
		return refuse_newer(connection, *version_out, error);
	return true;
}

static bool apply(Connection *connection, int64_t version, GError **error)
{
	g_autofree char *path =
		g_strdup_printf("/leadmilter/schema/%03d.sql", (int)version);
	g_autofree char *mark =
		g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
				APPLICATION_ID, (int)version);
	g_autoptr(GBytes) sql = g_resource_lookup_data(lead_schema_get_resource(), path,
						       G_RESOURCE_LOOKUP_FLAGS_NONE, error);

	return sql != NULL &&
	       connection_run(connection, g_bytes_get_data(sql, NULL), "update the schema",
			      error) &&
	       connection_run(connection, mark, "update the schema", error);
}

/* Another process may be at the same: the version is read again under the lock. */
static bool update_once(Connection *connection, GError **error)
{
	int64_t version = 0;

	if (!connection_run(connection, "BEGIN IMMEDIATE", "update the schema", error))
		return false;
	if (read_version(connection, &version, error) &&
	    (version == SCHEMA_VERSION || apply(connection, version + 1, error)) &&
	    connection_run(connection, "COMMIT", "update the schema", error))
		return true;
	sqlite3_exec(connection->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

bool schema_update(Connection *connection, GError **error)
{
	int64_t version = 0;

	if (!read_version(connection, &version, error))
		return false;
	while (version < SCHEMA_VERSION) {
		if (!update_once(connection, error) ||
		    !read_version(connection, &version, error))
			return false;
	}
	return true;
}

bool schema_check(Connection *connection, GError **error)
{
	int64_t version = 0;

	if (!read_version(connection, &version, error))
		return false;
	if (version == SCHEMA_VERSION)
		return true;
	return refuse(connection, error,
		      "its schema has version %" G_GINT64_FORMAT
		      ", and it is opened read-only; this program needs version %d",
		      version, SCHEMA_VERSION);
}

bool schema_is_current(Connection *connection, GError **error)
{
	int64_t version = statement_number(connection, SCHEMA_VERSION_READ, "");

	if (connection->txn.error != NULL) {
		g_propagate_error(error, g_steal_pointer(&connection->txn.error));
		return false;
	}
	return version == SCHEMA_VERSION || refuse_newer(connection, version, error);
}
