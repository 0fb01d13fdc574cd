/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/safe-text.h"

#include <glib.h>
#include <string.h>

#define FFFD "\xef\xbf\xbd"

/* NULL: as text */
static const struct {
	const char *name, *text, *utf8, *line, *log, *csv;
} texts[] = {
	{ "word", "word", NULL, NULL, NULL, NULL },
	{ "empty", "", NULL, NULL, "\"\"", NULL },
	{ "blank", "two words", NULL, NULL, "\"two words\"", NULL },
	{ "UTF-8", "J\xc3\xb6rg\xe2\x82\xac", NULL, NULL, NULL, NULL },
	{ "emoji", "\xf0\x9f\x98\x80", NULL, NULL, NULL, NULL },
	{ "Latin-1", "J\xf6rg", "J" FFFD "rg", "J" FFFD "rg", "J" FFFD "rg", "J" FFFD "rg" },
	{ "half a character", "a\xe2\x82", "a" FFFD FFFD, "a" FFFD FFFD, "a" FFFD FFFD, "a" FFFD FFFD },
	{ "overlong", "\xc0\xaf", FFFD FFFD, FFFD FFFD, FFFD FFFD, FFFD FFFD },
	{ "surrogate", "\xed\xa0\x80", FFFD FFFD FFFD, FFFD FFFD FFFD, FFFD FFFD FFFD, FFFD FFFD FFFD },
	{ "escape sequence", "\033[31mred", NULL, FFFD "[31mred", FFFD "[31mred", FFFD "[31mred" },
	{ "line breaks", "a\r\nb", NULL, "a" FFFD FFFD "b", "a" FFFD FFFD "b", "a" FFFD FFFD "b" },
	{ "tab", "a\tb", NULL, "a b", "\"a b\"", "a b" },
	{ "bell, backspace, delete", "\a\b\x7f", NULL, FFFD FFFD FFFD, FFFD FFFD FFFD, FFFD FFFD FFFD },
	{ "C1", "a\xc2\x9b\x33m", NULL, "a" FFFD "3m", "a" FFFD "3m", "a" FFFD "3m" },
	{ "right to left override", "a\xe2\x80\xae" "b", NULL, "a" FFFD "b", "a" FFFD "b", "a" FFFD "b" },
	{ "isolate", "a\xe2\x81\xa6" "b", NULL, "a" FFFD "b", "a" FFFD "b", "a" FFFD "b" },
	{ "line separator", "a\xe2\x80\xa8" "b", NULL, "a" FFFD "b", "a" FFFD "b", "a" FFFD "b" },
	{ "joiner of emoji stays", "a\xe2\x80\x8d" "b", NULL, NULL, NULL, NULL },
	{ "no-break space", "a\xc2\xa0" "b", NULL, NULL, "\"a\xc2\xa0" "b\"", NULL },
	{ "quote", "a\"b", NULL, NULL, "\"a\\\"b\"", NULL },
	{ "backslash", "a\\b", NULL, NULL, "\"a\\\\b\"", NULL },
	{ "equals", "a=b", NULL, NULL, "\"a=b\"", NULL },
	{ "forged log line", "x\nqueue=1 class=human", NULL, "x" FFFD "queue=1 class=human", "\"x" FFFD "queue=1 class=human\"", "x" FFFD "queue=1 class=human" },
	{ "formula", "=1+1", NULL, NULL, "\"=1+1\"", "'=1+1" },
	{ "formula with plus", "+1", NULL, NULL, NULL, "'+1" },
	{ "formula with minus", "-1", NULL, NULL, NULL, "'-1" },
	{ "formula with at", "@SUM(1)", NULL, NULL, NULL, "'@SUM(1)" },
	{ "formula behind blanks", "  =1", NULL, NULL, "\"  =1\"", "'  =1" },
	{ "formula behind a tab", "\t=1", NULL, " =1", "\" =1\"", "' =1" },
	{ "formula, full width", "\xef\xbc\x9d\x31", NULL, NULL, NULL, "'\xef\xbc\x9d\x31" },
	{ "no formula", "a=1", NULL, NULL, "\"a=1\"", NULL },
	{ "only blanks", "  ", NULL, NULL, "\"  \"", NULL },
};

static void expect(const char *name, const char *what, char *(*function)(const char *),
		   const char *text, const char *wanted)
{
	g_autofree char *input = g_strdup(text), *got = function(input);

	g_assert_true(g_utf8_validate(got, -1, NULL));
	if (wanted == NULL)
		wanted = text;
	if (strcmp(wanted, got) == 0)
		return;
	g_test_message("%s, %s: wanted '%s', got '%s'", name, what, wanted, got);
	g_test_fail();
}

static void test_texts(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		expect(texts[i].name, "utf8", safe_text_utf8, texts[i].text, texts[i].utf8);
		expect(texts[i].name, "line", safe_text_line, texts[i].text, texts[i].line);
		expect(texts[i].name, "log", safe_text_log, texts[i].text, texts[i].log);
		expect(texts[i].name, "csv", safe_text_csv, texts[i].text, texts[i].csv);
	}
}

/* Every octet by itself and behind a letter: no control character comes through. */
static void test_octets(void)
{
	for (unsigned octet = 1; octet < 256; octet++) {
		char text[] = { 'a', (char)octet, '\0' };
		g_autofree char *line = safe_text_line(text);

		for (char *p = line; *p != '\0'; p = g_utf8_next_char(p))
			g_assert_false(g_unichar_iscntrl(g_utf8_get_char(p)));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/safe-text/texts", test_texts);
	g_test_add_func("/safe-text/octets", test_octets);
	return g_test_run();
}
