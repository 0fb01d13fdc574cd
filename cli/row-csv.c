/* SPDX-License-Identifier: BSD-2-Clause */
#include <csv.h>
#include <stdio.h>
#include <string.h>

#include "row-writer.h"

/* RFC 4180 2.6, 2.7: quotes around what holds a comma, a quote or a line break, quotes
 * inside doubled; also around outer blanks, which some readers drop. */
static bool wants_quotes(const char *text)
{
	size_t length = strlen(text);

	return strpbrk(text, "\",;\r\n") != NULL || g_str_has_prefix(text, " ") ||
	       (length > 0 && text[length - 1] == ' ');
}

static void field_write(const char *text, bool first)
{
	if (!first)
		putchar(',');
	if (wants_quotes(text))
		csv_fwrite(stdout, text, strlen(text));
	else
		fputs(text, stdout);
}

static void names_write(const Listing *listing, const char *prefix, bool *first)
{
	for (size_t i = 0; i < listing->count; i++) {
		const Column *column = &listing->columns[i];
		g_autofree char *name = g_strconcat(prefix, column->name, NULL);

		if (column->type == CELL_RECORD) {
			g_autofree char *inner = g_strconcat(name, "_", NULL);

			names_write(column->rows, inner, first);
		} else if (column->type != CELL_ROWS) {
			field_write(name, *first);
			*first = false;
		}
	}
}

/* No row: as many empty fields. */
static void fields_write(const Listing *listing, const void *row, bool *first)
{
	for (size_t i = 0; i < listing->count; i++) {
		const Column *column = &listing->columns[i];
		const char *member =
			row != NULL ? (const char *)row + column->offset : NULL;

		if (column->type == CELL_RECORD) {
			fields_write(column->rows,
				     member != NULL
					     ? *(const void *const *)(const void *)member
					     : NULL,
				     first);
		} else if (column->type != CELL_ROWS) {
			g_autofree char *text =
				row != NULL ? column_csv(column, row) : g_strdup("");

			field_write(text, *first);
			*first = false;
		}
	}
}

static void *csv_begin(const Listing *listing, Shape shape G_GNUC_UNUSED)
{
	bool first = true;

	names_write(listing, "", &first);
	putchar('\n');
	return (void *)(uintptr_t)listing;
}

static void csv_add(void *face, const void *row)
{
	bool first = true;

	fields_write(face, row, &first);
	putchar('\n');
}

static void csv_end(void *face G_GNUC_UNUSED)
{
}

const RowFace row_face_csv = {csv_begin, csv_add, csv_end};
