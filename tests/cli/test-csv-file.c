/* SPDX-License-Identifier: BSD-2-Clause */
/* A CSV file as rows with their lines: each case is a text and what is read from it. */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "../../cli/csv-file.h"
#include "lead/error.h"

typedef struct {
	const char *name, *text;
	size_t length; /* 0: up to the NUL */
	/* rows as "LINE[field|field]", a bad one as "LINE!", the end of a damaged file as
	 * "LINE?"; blanks between */
	const char *wanted;
} Case;

static const Case cases[] = {
	/* clang-format off */
	{ "plain", "a,b\nc,d\n", 0, "1[a|b] 2[c|d]" },
	{ "without a last line end", "a,b\nc,d", 0, "1[a|b] 2[c|d]" },
	{ "CR LF", "a,b\r\nc,d\r\n", 0, "1[a|b] 2[c|d]" },
	{ "CR alone", "a,b\rc,d\r", 0, "1[a|b] 2[c|d]" },
	{ "byte order mark", "\xef\xbb\xbf" "a,b\n", 0, "1[a|b]" },
	{ "mark and quote", "\xef\xbb\xbf\"a\",b\n", 0, "1[a|b]" },
	{ "semicolons", "a;b;c,d\ne;f;g\n", 0, "1[a|b|c,d] 2[e|f|g]" },
	{ "tabs", "a\tb\tc\nd\te\tf\n", 0, "1[a|b|c] 2[d|e|f]" },
	{ "delimiters in quotes do not count", "\"a;;;;\",b\nc,d\n", 0, "1[a;;;;|b] 2[c|d]" },
	{ "one column", "a\nb\n", 0, "1[a] 2[b]" },
	{ "empty fields", "a,b,c\n,,x\n", 0, "1[a|b|c] 2[||x]" },
	{ "quotes", "a,\"b, \"\"c\"\"\"\n", 0, "1[a|b, \"c\"]" },
	{ "blanks around", " a , b \n", 0, "1[a|b]" },
	{ "blanks inside quotes", "\" a \",b\n", 0, "1[ a |b]" },
	{ "line break in quotes", "a,\"b\nc\"\nd,e\n", 0, "1[a|b\nc] 3[d|e]" },
	{ "CR LF in quotes", "a,\"b\r\nc\"\r\nd,e\r\n", 0, "1[a|b\r\nc] 3[d|e]" },
	{ "blank line in quotes", "a,\"b\n\nc\"\nd,e\n", 0, "1[a|b\n\nc] 4[d|e]" },
	{ "blank lines", "\na,b\n\n\nc,d\n\n", 0, "2[a|b] 5[c|d]" },
	{ "rows of nothing", "a,b\n,\n , \nc,d\n", 0, "1[a|b] 4[c|d]" },
	{ "quote inside a field", "a,b\nc,d\"e\nf,g\n", 0, "1[a|b] 2! 3[f|g]" },
	{ "text behind a quote", "a,b\nc,\"d\"e\nf,g\n", 0, "1[a|b] 2! 3[f|g]" },
	{ "bad row behind a good one of two lines", "a,\"b\nc\"\nd,\"e\"f\ng,h\n", 0,
	  "1[a|b\nc] 3! 4[g|h]" },
	{ "bad last row", "a,b\nc,\"d\"e", 0, "1[a|b] 2!" },
	{ "quote never closed", "a,b\nc,\"d\ne,f\n", 0, "1[a|b] 2?" },
	{ "quote that closes elsewhere", "a,b\nc,\"d\ne,\"f\"\ng,h\n", 0, "1[a|b] 2?" },
	{ "quote alone", "\"", 0, "1?" },
	{ "empty", "", 0, "" },
	{ "mark alone", "\xef\xbb\xbf", 0, "" },
	{ "line ends alone", "\n\r\n\r", 0, "" },
	{ "Latin-1", "a\nb\nR\xe9ne\n", 0, ":3: octet 0xe9" },
	{ "cut UTF-8", "a\nR\xc3", 0, ":2: octet 0xc3" },
	{ "NUL", "a\n\0b\n", 5, ":2: octet 0x00" },
	{ "UTF-16, little end first", "\xff\xfe" "a\0", 4, "UTF-16" },
	{ "UTF-16, big end first", "\xfe\xff\0a", 4, "UTF-16" },
	/* clang-format on */
};

static char *file_write(const char *text, size_t length)
{
	char *path = NULL;
	int fd = g_file_open_tmp("csv-XXXXXX", &path, NULL);

	g_assert_cmpint(fd, >=, 0);
	close(fd);
	g_assert_true(g_file_set_contents(path, text, (gssize)length, NULL));
	return path;
}

static void row_note(const CsvFile *file, GString *got)
{
	g_autofree char *fields = g_strjoinv("|", csv_file_fields(file));

	g_assert_cmpuint(csv_file_count(file), ==, g_strv_length(csv_file_fields(file)));
	g_string_append_printf(got, "[%s]", fields);
}

static char *rows_read(const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(CsvFile) file = csv_file_open(path, &error);
	GString *got = g_string_new(NULL);
	CsvRead read = CSV_END;

	if (file == NULL)
		g_string_append(got, error->message);
	while (file != NULL && read != CSV_DAMAGED &&
	       (read = csv_file_next(file, &error)) != CSV_END) {
		g_string_append_printf(got, "%s%d", got->len > 0 ? " " : "",
				       (int)csv_file_line(file));
		if (read == CSV_ROW)
			row_note(file, got);
		else
			g_string_append_c(got, read == CSV_BAD_ROW ? '!' : '?');
	}
	if (read == CSV_DAMAGED)
		g_assert_error(error, LEAD_ERROR, LEAD_ERROR_INVALID);
	return g_string_free(got, FALSE);
}

static void test_case(gconstpointer data)
{
	const Case *row = data;
	size_t length = row->length > 0 ? row->length : strlen(row->text);
	g_autofree char *path = file_write(row->text, length);
	g_autofree char *got = rows_read(path);
	bool same = *row->wanted == ':' || *row->wanted == 'U' ? strstr(got, row->wanted) != NULL
							       : strcmp(got, row->wanted) == 0;

	g_unlink(path);
	if (!same)
		g_test_message("%s: wanted '%s', got '%s'", row->name, row->wanted, got);
	g_assert_true(same);
}

static void test_many_fields(void)
{
	GString *text = g_string_new("x");
	g_autofree char *path = NULL;
	CsvFile *file;

	for (int i = 1; i < 3 * CSV_FIELDS_MAX; i++)
		g_string_append(text, ",x");
	path = file_write(text->str, text->len);
	file = csv_file_open(path, NULL);
	g_assert_cmpint(csv_file_next(file, NULL), ==, CSV_ROW);
	g_assert_cmpuint(csv_file_count(file), ==, 3 * CSV_FIELDS_MAX);
	g_assert_cmpuint(g_strv_length(csv_file_fields(file)), ==, CSV_FIELDS_MAX);
	csv_file_close(file);
	g_unlink(path);
	g_string_free(text, TRUE);
}

/* A quote that opens and swallows the file is found early, not after 256 MiB. */
static void test_endless_field(void)
{
	GString *text = g_string_new("a\n\"");
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	CsvFile *file;

	for (int i = 0; i < CSV_FIELD_MAX / 8 + 8; i++)
		g_string_append(text, "1234567\n");
	path = file_write(text->str, text->len);
	file = csv_file_open(path, NULL);
	g_assert_cmpint(csv_file_next(file, NULL), ==, CSV_ROW);
	g_assert_cmpint(csv_file_next(file, &error), ==, CSV_DAMAGED);
	g_assert_nonnull(strstr(error->message, ":2: a field of more than 1 MiB"));
	csv_file_close(file);
	g_unlink(path);
	g_string_free(text, TRUE);
}

static void test_missing(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(csv_file_open("/nowhere/none.csv", &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
	g_assert_nonnull(strstr(error->message, "/nowhere/none.csv"));
	g_clear_error(&error);
	g_assert_null(csv_file_open("/", &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/csv-file/%s", cases[i].name);

		g_test_add_data_func(path, &cases[i], test_case);
	}
	g_test_add_func("/csv-file/many fields", test_many_fields);
	g_test_add_func("/csv-file/endless field", test_endless_field);
	g_test_add_func("/csv-file/missing", test_missing);
	return g_test_run();
}
