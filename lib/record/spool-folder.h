/* SPDX-License-Identifier: BSD-2-Clause */
/* The spool's inside, for appending, replay and status. Private to lib/record. */
#ifndef LEAD_RECORD_SPOOL_FOLDER_H
#define LEAD_RECORD_SPOOL_FOLDER_H

#include <pthread.h>

#include "lead/spool.h"
#include "spool-file.h"

struct Spool {
	char *folder;
	pthread_mutex_t lock;
	SpoolFile *current; /* NULL until something is appended */
};

/* Lets go of the file that is appended to, so that it can be replayed; false if there is
 * none. Appending goes on in another. */
bool spool_seal(Spool *spool);
/* Base name of that file, or NULL. Caller frees. */
char *spool_current_name(Spool *spool);

/* True if there is anything to replay, or may be. */
bool spool_has_files(Spool *spool);

/* Names in the folder with that suffix, sorted. NULL with an error if it cannot be read. */
GPtrArray *spool_names(const char *folder, const char *suffix, GError **error);
/* All octets of a spool file; false if it is too large for one, or cannot be read. */
bool spool_file_read(int descriptor, char **octets_out, size_t *length_out);

#endif
