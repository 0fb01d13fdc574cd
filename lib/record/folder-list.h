/* SPDX-License-Identifier: BSD-2-Clause */
/* The message files of a folder in the order of visiting. Private to lib/record. */
#ifndef LEAD_RECORD_FOLDER_LIST_H
#define LEAD_RECORD_FOLDER_LIST_H

#include <glib.h>
#include <stddef.h>

typedef struct {
	char *path;
	size_t octets;
	GError *error; /* a folder that cannot be read; NULL for a file */
} FolderEntry;

/* The files below folder, of FolderEntry *, and their octets together. */
GPtrArray *folder_list(const char *folder, size_t *octets_out);

#endif
