/* SPDX-License-Identifier: BSD-2-Clause */
/* What each column of an imported CSV file is, by the names of its header row. */
#ifndef LEADCTL_IMPORT_COLUMNS_H
#define LEADCTL_IMPORT_COLUMNS_H

#include "contact-draft.h"

typedef struct ImportColumns ImportColumns;

/* header: NULL-terminated. Names in any order and case; "email" is the address, or
 * "address" where there is no email; a name that is not ours is a custom field. INVALID
 * (the text names no file) without an address column or with a name twice. */
ImportColumns *import_columns_new(char *const *header, GError **error);
void import_columns_free(ImportColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImportColumns, import_columns_free)

/* Sorts the fields of one row into text. False: *why_out says what is wrong with the
 * row; caller frees. count may be larger than what fields holds. */
bool import_columns_sort(const ImportColumns *columns, char *const *fields, size_t count,
			 ContactText *text, char **why_out);

#endif
