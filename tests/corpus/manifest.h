/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A corpus of labelled messages: a folder with MANIFEST.tsv, whose first line names the
 * columns corpus, path, label, note and file (the message's place in the folder).
 */
#ifndef LEAD_TESTS_MANIFEST_H
#define LEAD_TESTS_MANIFEST_H

#include <glib.h>

typedef struct {
	char *corpus, *label, *note, *file;
} ManifestRow;

GPtrArray *manifest_read(const char *folder, GError **error); /* of ManifestRow * */

#endif
