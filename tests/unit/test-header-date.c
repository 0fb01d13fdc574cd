/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/header-date.h"

#include <gmime/gmime.h>
#include <string.h>

static const struct {
	const char *body;
	int64_t wanted;
} dates[] = {
	{ "Thu, 1 Jan 1970 00:00:10 +0000", 10 },
	{ "Thu, 01 Jan 1970 01:00:10 +0100", 10 },
	{ "Wed, 31 Dec 1969 14:00:10 -1000", 10 },
	{ "1 Jan 1970 00:00:10 GMT", 10 },
	{ "Thu, 1 Jan 1970 00:00:10 -0000 (UTC)", 10 },
	{ "Thu, 1 Jan 70 00:00:10 UT", 10 },
	{ "Thu, 1 Jan 1970 00:01 +0000", 60 },
	{ "Thu,1 Jan 1970 00:00:10 +0000", 10 },
	{ "  Thu,  1  Jan  1970  00:00:10  +0000  ", 10 },
	{ "Thu Jan  1 00:00:10 1970", 10 },
	{ "Wed, 31 Dec 1969 19:00:10 EST", 10 },
	{ "Mon, 2 Mar 2026 11:11:00 +0100", 1772446260 },
	{ "Tue, 29 Feb 2000 12:00:00 +0000", 951825600 },
	{ "Tue, 19 Jan 2038 03:14:08 +0000", 2147483648 },
	{ "", 0 },
	{ "yesterday", 0 },
	{ "Thu", 0 },
	{ "32 Foo 1970 25:61:61", 0 },
	{ "\xff\xfe", 0 },
	{ ",,,,::::", 0 },
};

static void test_dates(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
		g_autofree char *body = g_strdup(dates[i].body);
		int64_t got = header_date_parse(body);

		if (got == dates[i].wanted)
			continue;
		g_test_message("'%s': wanted %" G_GINT64_FORMAT ", got %" G_GINT64_FORMAT,
			       dates[i].body, dates[i].wanted, got);
		g_test_fail();
	}
}

/* Numbers as large as a field can hold, and words without end. */
static void test_long(void)
{
	static const char *const units[] = { "9", "Thu, ", "1 Jan ", ":", "+", "(", " " };

	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		g_autoptr(GString) body = g_string_new("Thu, 1 Jan 1970 00:00:10 +");

		while (body->len < 100000)
			g_string_append(body, units[i]);
		header_date_parse(body->str);
		g_string_prepend(body, units[i]);
		header_date_parse(body->str + strlen("Thu, 1 Jan 1970 00:00:10 +"));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_mime_init();
	g_test_add_func("/header-date/dates", test_dates);
	g_test_add_func("/header-date/long", test_long);
	return g_test_run();
}
