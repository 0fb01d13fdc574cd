/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages of the corpus that somebody has read and that no floor counts: their label is
 * wrong, or nothing in them could tell. A line of the file is a message's place in the
 * corpus, a tab, and why; '#' starts a comment.
 */
#ifndef LEAD_TESTS_EXCEPTIONS_H
#define LEAD_TESTS_EXCEPTIONS_H

#include <glib.h>

/* Places to reasons; NULL on an error. Caller unrefs. */
GHashTable *exceptions_read(const char *path, GError **error);

#endif
