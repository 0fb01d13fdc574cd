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

/* Octets of the database and its log. */
int64_t database_file_octets(const char *path);

#endif
