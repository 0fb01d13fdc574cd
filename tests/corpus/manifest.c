/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/corpus/manifest.h"

#include "lead/error.h"

static void row_free(gpointer row)
{
	ManifestRow *self = row;

	g_free(self->corpus);
	g_free(self->label);
	g_free(self->note);
	g_free(self->file);
	g_free(self);
}

static ManifestRow *row_new(char *const *cells)
{
	ManifestRow *row = g_new0(ManifestRow, 1);

	row->corpus = g_strdup(cells[0]);
	row->label = g_strdup(cells[2]);
	row->note = g_strdup(cells[3]);
	row->file = g_strdup(cells[4]);
	return row;
}

GPtrArray *manifest_read(const char *folder, GError **error)
{
	g_autofree char *path = g_build_filename(folder, "MANIFEST.tsv", NULL);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(row_free);

	if (!g_file_get_contents(path, &text, NULL, error))
		return NULL;
	lines = g_strsplit(text, "\n", -1);
	for (size_t line = 1; lines[0] != NULL && lines[line] != NULL; line++) {
		g_auto(GStrv) cells = g_strsplit(lines[line], "\t", -1);

		if (g_strv_length(cells) == 0 || cells[0][0] == '\0')
			continue;
		if (g_strv_length(cells) != 5) {
			g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
				    "'%s' line %zu: five columns are wanted", path,
				    line + 1);
			return NULL;
		}
		g_ptr_array_add(rows, row_new(cells));
	}
	return g_steal_pointer(&rows);
}
