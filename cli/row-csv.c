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

static void *csv_begin(const Listing *listing, Shape shape G_GNUC_UNUSED)
{
	bool first = true;

	for (size_t i = 0; i < listing->count; i++) {
		if (listing->columns[i].type == CELL_ROWS)
			continue;
		field_write(listing->columns[i].name, first);
		first = false;
	}
	putchar('\n');
	return (void *)(uintptr_t)listing;
}

static void csv_add(void *face, const void *row)
{
	const Listing *listing = face;
	bool first = true;

	for (size_t i = 0; i < listing->count; i++) {
		g_autofree char *text = NULL;

		if (listing->columns[i].type == CELL_ROWS)
			continue;
		text = column_csv(&listing->columns[i], row);
		field_write(text, first);
		first = false;
	}
	putchar('\n');
}

static void csv_end(void *face G_GNUC_UNUSED)
{
}

const RowFace row_face_csv = {csv_begin, csv_add, csv_end};
