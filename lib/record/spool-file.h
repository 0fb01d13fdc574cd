/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One spool file that this process appends to, locked (flock) as long as it is open.
 * Several threads append at once, and one fdatasync() serves all that it comes late
 * enough for. Counted. Private to lib/record.
 */
#ifndef LEAD_RECORD_SPOOL_FILE_H
#define LEAD_RECORD_SPOOL_FILE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define SPOOL_SUFFIX ".spool"
#define DAMAGED_SUFFIX ".damaged"

typedef struct SpoolFile SpoolFile;

SpoolFile *spool_file_create(const char *folder, GError **error);
SpoolFile *spool_file_ref(SpoolFile *file);
void spool_file_unref(SpoolFile *file); /* closes; an empty file is removed. NULL is fine */
const char *spool_file_path(const SpoolFile *file);

/* Returns when the octets are durable; TEMPORARY or PERMANENT. */
bool spool_file_append(SpoolFile *file, const GByteArray *octets, GError **error);
/* False when it failed, has grown enough or was removed: make another. */
bool spool_file_takes_more(SpoolFile *file);
/* Waits until nobody but the caller has a reference. */
void spool_file_wait_alone(SpoolFile *file);

/* ---- on any file of the folder ---- */

bool write_all(int descriptor, const void *octets, size_t length, size_t offset);
/* For errno: what the caller can do about it. */
int spool_error_code(int error_number);

#endif
