/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/corpus/exceptions.h"

#include <string.h>

#include "lead/error.h"

GHashTable *exceptions_read(const char *path, GError **error)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	g_autoptr(GHashTable) exceptions =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	if (!g_file_get_contents(path, &text, NULL, error))
		return NULL;
	lines = g_strsplit(text, "\n", -1);
	for (size_t line = 0; lines[line] != NULL; line++) {
		const char *tab = strchr(lines[line], '\t');

		if (lines[line][0] == '#' || lines[line][0] == '\0')
			continue;
		if (tab == NULL || tab[1] == '\0') {
			g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
				    "'%s' line %zu: an exception wants its reason", path,
				    line + 1);
			return NULL;
		}
		g_hash_table_insert(exceptions,
				    g_strndup(lines[line], (gsize)(tab - lines[line])),
				    g_strdup(tab + 1));
	}
	return g_steal_pointer(&exceptions);
}
