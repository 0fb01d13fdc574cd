/* SPDX-License-Identifier: BSD-2-Clause */
/* The schema: numbered files, each applied once, in one transaction, counted in
 * user_version. */
#ifndef LEAD_STORE_SQLITE_SCHEMA_H
#define LEAD_STORE_SQLITE_SCHEMA_H

#include "connection.h"

/* Brings the database up to SCHEMA_VERSION. PERMANENT for a newer one, with both
 * versions in the text, and for a database of another program. */
bool schema_update(Connection *connection, GError **error);
/* The same without writing: an older one is PERMANENT, too. */
bool schema_check(Connection *connection, GError **error);
/* Whether it is still the schema that was opened. */
bool schema_is_current(Connection *connection, GError **error);

#endif
