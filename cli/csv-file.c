/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libcsv reads octets and knows no lines; so it is fed line by line. A line ends at most
 * one row, and the row began on the first line that was fed when none was open.
 */
#include "csv-file.h"

#include <csv.h>
#include <stdbool.h>
#include <string.h>

#include "csv-text.h"
#include "lead/error.h"

struct CsvFile {
	char *path;
	GByteArray *text;
	size_t at;    /* octets fed */
	int64_t line; /* lines fed */
	struct csv_parser parser;
	GPtrArray *fields; /* of char *, and a NULL when the row is complete */
	size_t count;
	int64_t row_line;
	bool row_open; /* a row has begun and not ended */
	bool row_done;
	bool starts_row; /* the next field is the first of a row */
};

static void field_seen(void *octets, size_t length, void *user)
{
	CsvFile *file = user;

	if (file->starts_row) {
		g_ptr_array_set_size(file->fields, 0);
		file->count = 0;
		file->starts_row = false;
	}
	if (file->count++ < CSV_FIELDS_MAX)
		g_ptr_array_add(file->fields, g_strndup(octets, length));
}

static void row_seen(int end G_GNUC_UNUSED, void *user)
{
	CsvFile *file = user;

	file->row_done = true;
	file->row_open = false;
	file->starts_row = true;
	g_ptr_array_add(file->fields, NULL);
}

/* strict: a quote out of place is an error, never half a row joined to the next */
static void parser_begin(CsvFile *file, unsigned char delimiter)
{
	if (csv_init(&file->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		g_error("csv_init() failed");
	csv_set_delim(&file->parser, delimiter);
}

CsvFile *csv_file_open(const char *path, GError **error)
{
	static const guint8 mark[] = {0xef, 0xbb, 0xbf};
	g_autoptr(GByteArray) text = csv_text_read(path, CSV_FILE_MAX, error);
	CsvFile *file;

	if (text == NULL || !csv_text_check(path, text, error))
		return NULL;
	file = g_new0(CsvFile, 1);
	file->path = g_strdup(path);
	file->fields = g_ptr_array_new_with_free_func(g_free);
	file->starts_row = true;
	if (text->len >= sizeof mark && memcmp(text->data, mark, sizeof mark) == 0)
		file->at = sizeof mark;
	parser_begin(file,
		     csv_text_delimiter(text, file->at, csv_text_line_end(text, file->at)));
	file->text = g_steal_pointer(&text);
	return file;
}

void csv_file_close(CsvFile *file)
{
	csv_free(&file->parser);
	g_byte_array_unref(file->text);
	g_ptr_array_unref(file->fields);
	g_free(file->path);
	g_free(file);
}

static CsvRead damaged(const CsvFile *file, const char *what, GError **error)
{
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID, "%s:%" G_GINT64_FORMAT ": %s",
		    file->path, file->row_line, what);
	return CSV_DAMAGED;
}

/* Brings the parser back to the start of a row; what it held is dropped. */
static void parser_reset(CsvFile *file)
{
	unsigned char delimiter = csv_get_delim(&file->parser);

	csv_free(&file->parser); /* csv_fini() keeps an open quote open */
	parser_begin(file, delimiter);
	file->row_open = false;
	file->starts_row = true;
}

static bool line_is_blank(const guint8 *line, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (!g_ascii_isspace(line[i]))
			return false;
	}
	return true;
}

/* CSV_END: the line ended no row, feed the next. */
static CsvRead line_feed(CsvFile *file, GError **error)
{
	const guint8 *line = file->text->data + file->at;
	size_t length = csv_text_line_end(file->text, file->at) - file->at;
	bool was_open = file->row_open;

	file->line++;
	file->at += length;
	if (!was_open && line_is_blank(line, length))
		return CSV_END;
	if (!was_open)
		file->row_line = file->line;
	file->row_open = true;
	if (csv_parse(&file->parser, line, length, field_seen, row_seen, file) != length) {
		if (was_open)
			return damaged(
				file, "a quote is out of place in the row that begins here",
				error);
		parser_reset(file);
		return CSV_BAD_ROW;
	}
	if (csv_get_buffer_size(&file->parser) > CSV_FIELD_MAX)
		return damaged(file, "a field of more than 1 MiB; is a quote not closed?",
			       error);
	return file->row_done ? CSV_ROW : CSV_END;
}

/* The last row may lack its line end. */
static CsvRead last_row(CsvFile *file, GError **error)
{
	if (!file->row_open)
		return CSV_END;
	if (csv_fini(&file->parser, field_seen, row_seen, file) != 0)
		return damaged(file, "a quote that opens in this row is never closed",
			       error);
	return file->row_done ? CSV_ROW : CSV_END;
}

static bool row_is_empty(const CsvFile *file)
{
	for (size_t i = 0; i + 1 < file->fields->len; i++) {
		if (*(const char *)file->fields->pdata[i] != '\0')
			return false;
	}
	return true;
}

CsvRead csv_file_next(CsvFile *file, GError **error)
{
	CsvRead got;

	do {
		file->row_done = false;
		got = CSV_END;
		while (got == CSV_END && file->at < file->text->len)
			got = line_feed(file, error);
		if (got == CSV_END)
			got = last_row(file, error);
	} while (got == CSV_ROW && row_is_empty(file));
	return got;
}

char **csv_file_fields(const CsvFile *file)
{
	return (char **)file->fields->pdata;
}

size_t csv_file_count(const CsvFile *file)
{
	return file->count;
}

int64_t csv_file_line(const CsvFile *file)
{
	return file->row_line;
}

size_t csv_file_done(const CsvFile *file)
{
	return file->at;
}

size_t csv_file_total(const CsvFile *file)
{
	return file->text->len;
}
