/* SPDX-License-Identifier: BSD-2-Clause */
#include <libsmartcols.h>
#include <stdio.h>
#include <unistd.h>

#include "row-writer.h"

typedef struct {
	const Listing *listing;
	bool upright;
	bool colours;
	size_t count;
	struct libscols_table *table;
} TableFace;

static void must(int result)
{
	if (result < 0) /* libsmartcols fails for want of memory alone */
		g_error("no memory for the table");
}

static int column_flags(const Column *column)
{
	return (column->narrow ? SCOLS_FL_TRUNC : 0) |
	       (column->type == CELL_INTEGER || column->type == CELL_ID ||
				column->type == CELL_REAL
			? SCOLS_FL_RIGHT
			: 0);
}

static void headings_add(TableFace *self)
{
	for (size_t i = 0; i < self->listing->count; i++) {
		const Column *column = &self->listing->columns[i];

		if (column->heading != NULL &&
		    !scols_table_new_column(self->table, column->heading, 0,
					    column_flags(column)))
			must(-1);
	}
}

/* Two columns without headings, name and value, so that long values have room. */
static void upright_begin(TableFace *self)
{
	must(scols_table_enable_noheadings(self->table, 1));
	if (!scols_table_new_column(self->table, "name", 0, 0) ||
	    !scols_table_new_column(self->table, "value", 0, SCOLS_FL_WRAP))
		must(-1);
}

static void *table_begin(const Listing *listing, Shape shape)
{
	TableFace *self = g_new0(TableFace, 1);

	self->listing = listing;
	self->upright = shape == SHAPE_CARD || shape == SHAPE_RECORD;
	self->colours = isatty(STDOUT_FILENO) && g_getenv("NO_COLOR") == NULL;
	self->table = scols_new_table();
	if (self->table == NULL)
		must(-1);
	must(scols_table_enable_colors(self->table, self->colours));
	/* cells have been made safe; in a pipe they are neither cut nor wrapped */
	must(scols_table_enable_noencoding(self->table, 1));
	if (self->upright)
		upright_begin(self);
	else
		headings_add(self);
	return self;
}

static void cell_set(TableFace *self, struct libscols_line *line, size_t at,
		     const Column *column, const void *row)
{
	g_autofree char *text = column_line(column, row);
	const char *colour = self->colours ? column_colour(column, row) : NULL;

	must(scols_line_set_data(line, at, text));
	if (colour != NULL)
		must(scols_cell_set_color(scols_line_get_cell(line, at), colour));
}

static struct libscols_line *line_new(TableFace *self)
{
	struct libscols_line *line = scols_table_new_line(self->table, NULL);

	if (line == NULL)
		must(-1);
	return line;
}

static void pair_add(TableFace *self, const char *label, const char *value,
		     const char *colour)
{
	struct libscols_line *line = line_new(self);

	must(scols_line_set_data(line, 0, label));
	must(scols_line_set_data(line, 1, value));
	if (colour != NULL)
		must(scols_cell_set_color(scols_line_get_cell(line, 1), colour));
}

static void pairs_add(TableFace *self, const Listing *listing, const char *prefix,
		      const void *row);

static void record_add(TableFace *self, const Column *column, const void *row)
{
	const void *inner =
		*(const void *const *)(const void *)((const char *)row + column->offset);
	g_autofree char *prefix = g_strconcat(column->name, " ", NULL);

	if (inner != NULL)
		pairs_add(self, column->rows, prefix, inner);
	else if (column->none != NULL)
		pair_add(self, column->name, column->none, NULL);
}

/* A pair for each column that has a value. */
static void pairs_add(TableFace *self, const Listing *listing, const char *prefix,
		      const void *row)
{
	for (size_t i = 0; i < listing->count; i++) {
		const Column *column = &listing->columns[i];
		g_autofree char *text = column_text(column, row);
		g_autofree char *label = g_strconcat(prefix, column->name, NULL);
		g_autofree char *value = NULL;

		if (column->type == CELL_RECORD)
			record_add(self, column, row);
		if (text == NULL)
			continue;
		value = column_line(column, row);
		pair_add(self, g_strdelimit(label, "_", ' '), value,
			 self->colours ? column_colour(column, row) : NULL);
	}
}

static void upright_add(TableFace *self, const void *row)
{
	if (self->count > 0)
		line_new(self);
	pairs_add(self, self->listing, "", row);
}

static void line_add(TableFace *self, const void *row)
{
	struct libscols_line *line = line_new(self);
	size_t at = 0;

	for (size_t i = 0; i < self->listing->count; i++) {
		if (self->listing->columns[i].heading != NULL)
			cell_set(self, line, at++, &self->listing->columns[i], row);
	}
}

static void table_add(void *face, const void *row)
{
	TableFace *self = face;

	if (self->upright)
		upright_add(self, row);
	else
		line_add(self, row);
	self->count++;
}

static void table_end(void *face)
{
	TableFace *self = face;

	if (self->count > 0)
		scols_print_table(self->table); /* main() looks whether stdout took it */
	scols_unref_table(self->table);
	g_free(self);
}

const RowFace row_face_table = {table_begin, table_add, table_end};
