/* SPDX-License-Identifier: BSD-2-Clause */
/* leadmilter.conf(5) against the option table: every option in its section with its
 * default, none that is not there, and the same ones that need a restart. */
#include <stdio.h>
#include <string.h>

#include "lead/settings.h"

static char *manual(void)
{
	g_autofree char *path =
		g_test_build_filename(G_TEST_DIST, "milter", "leadmilter.conf.5", NULL);
	g_autoptr(GError) error = NULL;
	char *text;

	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	return text;
}

static GStrv table(void)
{
	char *text;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	GStrv lines;

	settings_write_table(out);
	fclose(out);
	lines = g_strsplit(g_strchomp(text), "\n", -1);
	free(text);
	return lines;
}

/* The part of the text between ".Ss [name]" and the next heading. */
static char *section(const char *text, const char *name)
{
	g_autofree char *heading = g_strdup_printf(".Ss [%s]\n", name);
	const char *begin = strstr(text, heading), *end;

	if (begin == NULL)
		g_error("no section [%s] in the manual", name);
	begin += strlen(heading);
	end = strstr(begin, "\n.Ss ");
	return g_strndup(begin, (size_t)(end - begin));
}

static void test_every_option(void)
{
	g_autofree char *text = manual();
	g_auto(GStrv) rows = table();

	for (size_t i = 0; rows[i] != NULL; i++) {
		g_auto(GStrv) row = g_strsplit(rows[i], "\t", -1);
		g_autofree char *part = section(text, row[0]);
		g_autofree char *wanted =
			*row[3] == '\0'
				? g_strdup_printf(".It Cm %s Pq empty\n", row[1])
				: g_strdup_printf(".It Cm %s Pq Ql %s\n", row[1], row[3]);

		if (strstr(part, wanted) == NULL)
			g_error("[%s] lacks the line: %s", row[0], wanted);
	}
}

static size_t count(const char *text, const char *what)
{
	size_t found = 0;

	for (const char *at = text; (at = strstr(at, what)) != NULL; at += strlen(what))
		found++;
	return found;
}

static void test_no_other(void)
{
	g_autofree char *text = manual();
	g_auto(GStrv) rows = table();

	g_assert_cmpuint(count(text, "\n.It Cm "), ==, g_strv_length(rows));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/manual/every-option", test_every_option);
	g_test_add_func("/manual/no-other", test_no_other);
	return g_test_run();
}
