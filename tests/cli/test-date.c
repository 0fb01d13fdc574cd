/* SPDX-License-Identifier: BSD-2-Clause */
/* Dates in and out. */
#include <glib.h>
#include <string.h>

#include "../../cli/date.h"

enum { NOW = 1793600000 }; /* 2026-11-02T06:13:20Z */

static const struct {
	const char *text;
	int64_t wanted; /* -1: no date */
	const char *shown;
} cases[] = {
	/* clang-format off */
	{ "2026-11-01",                1793491200, "2026-11-01T00:00:00Z" },
	{ "2026-11-01T09:30:00Z",      1793525400, "2026-11-01T09:30:00Z" },
	{ "2026-11-01T09:30:00+01:00", 1793521800, "2026-11-01T08:30:00Z" },
	{ "2026-11-01T09:30:00.5Z",    1793525400, "2026-11-01T09:30:00Z" },
	{ "2026-11-01T09:30:00",       1793525400, "2026-11-01T09:30:00Z" },
	{ "1969-12-31",                    -86400, "1969-12-31T00:00:00Z" },
	{ "0d",                               NOW, "2026-11-02T06:13:20Z" },
	{ "30d",             NOW - 30 * INT64_C(86400), "2026-10-03T06:13:20Z" },
	{ "12h",                 NOW - 12 * 3600, "2026-11-01T18:13:20Z" },
	{ "2w",              NOW - 14 * INT64_C(86400), "2026-10-19T06:13:20Z" },
	{ "99999999999999999999d", -1, NULL },
	{ "1000001d",              -1, NULL },
	{ "-30d",                  -1, NULL },
	{ "30",                    -1, NULL },
	{ "30x",                   -1, NULL },
	{ "30 d",                  -1, NULL },
	{ "d",                     -1, NULL },
	{ "",                      -1, NULL },
	{ "2026-13-01",            -1, NULL },
	{ "2026-02-30",            -1, NULL },
	{ "2026-11",               -1, NULL },
	{ "01.11.2026",            -1, NULL },
	{ "yesterday",             -1, NULL },
	/* clang-format on */
};

static void test_dates(void)
{
	bool sound = true;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = g_strdup(cases[i].text), *shown = NULL;
		int64_t at = -1;
		bool read = date_read(text, NOW, &at);

		shown = read ? date_text(at) : NULL;
		if ((read ? at : -1) == cases[i].wanted && g_strcmp0(shown, cases[i].shown) == 0)
			continue;
		sound = false;
		g_test_message("'%s': wanted %" G_GINT64_FORMAT " %s, got %" G_GINT64_FORMAT " %s",
			       text, cases[i].wanted, cases[i].shown, at, shown);
	}
	g_assert_true(sound);
	g_assert_null(date_text(0));
	g_assert_null(date_text(INT64_MAX)); /* beyond what a calendar has */
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/date/all", test_dates);
	return g_test_run();
}
