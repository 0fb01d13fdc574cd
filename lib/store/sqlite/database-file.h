/* SPDX-License-Identifier: BSD-2-Clause */
/* The database as a file: made with its modes, and on a disk that can hold it. */
#ifndef LEAD_STORE_SQLITE_DATABASE_FILE_H
#define LEAD_STORE_SQLITE_DATABASE_FILE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* TEMPORARY if it is not there, and not to be made; PERMANENT if it cannot be used: not
 * allowed, not a file, on a network file system (its locks and the log's shared memory
 * do not reach other hosts). */
bool database_file_prepare(const char *path, const char *name, bool create, GError **error);

/* Gives the database and what lies beside it for an open one to the group, to read; also
 * the folder, unless we are root (then it may be anybody's). Files of others stay as they
 * are. PERMANENT if there is no such group, or we may not. */
bool database_file_share(const char *path, const char *name, const char *group,
			 GError **error);

/* Octets of the database and its log. */
int64_t database_file_octets(const char *path);

#endif
