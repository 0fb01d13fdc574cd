/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/field.h"

#include <glib.h>
#include <string.h>

/* Every row of LEAD_FIELDS is found by its name in any case, and is there once. */
static void test_all(void)
{
	for (FieldId id = 0; id < FIELD_SPAM_VERDICT; id++) {
		const char *name = field_name(id);
		g_autofree char *upper = g_ascii_strup(name, -1);
		g_autofree char *lower = g_ascii_strdown(name, -1);
		g_autofree char *longer = g_strconcat(name, "x", NULL);

		g_assert_cmpstr(field_name(field_id(name)), ==, name);
		g_assert_cmpint(field_id(name), ==, id);
		g_assert_cmpint(field_id(upper), ==, id);
		g_assert_cmpint(field_id(lower), ==, id);
		g_assert_cmpint(field_id(longer), ==, FIELD_NONE);
		g_assert_cmpint(field_id_of(longer, strlen(name)), ==, id);
		g_assert_cmpint(field_id_of(name, strlen(name) - 1), !=, id);
	}
}

static void test_unknown(void)
{
	static const char *const names[] = { "", "X", "X-Nobody", "From ", " From", "From:", "DKIM-Signature",
					     "(spam verdict)", "\xff", "Fro\xcd" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		g_assert_cmpint(field_id(names[i]), ==, FIELD_NONE);
	g_assert_nonnull(field_name(FIELD_NONE));
	g_assert_nonnull(field_name(FIELD_SPAM_VERDICT));
}

/* The hash has 256 places; a table that outgrows half of them wants more. */
static void test_room(void)
{
	g_assert_cmpint(FIELD_SPAM_VERDICT, <, 128);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/field/all", test_all);
	g_test_add_func("/field/unknown", test_unknown);
	g_test_add_func("/field/room", test_room);
	return g_test_run();
}
