/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "lead/address.h"
#include "lead/error.h"

static DomainSet *set_of(const char *words, GError **error)
{
	g_auto(GStrv) list = g_strsplit(words, "|", -1);

	return domain_set_new(list, error);
}

static void test_set(void)
{
	static const struct {
		const char *domain;
		bool has;
	} rows[] = {
		{ "example.com", true },
		{ "mx.example.com", false },
		{ "ample.com", false },
		{ "example.org", false },
		{ "mx.example.org", true },
		{ "a.b.example.org", true },
		{ "badexample.org", false },
		{ "xn--bcher-kva.de", true },
		{ "final.net", true },
		{ "[192.0.2.1]", true },
		{ "a.co.uk", true },
		{ "co.uk", false },
		{ "uk", false },
		{ "", false },
		{ ".", false },
		{ "..example.org", true },
		{ "com", false },
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(DomainSet) set =
		set_of("example.com|.Example.ORG|b\xc3\xbc\x63her.de|final.net.|[192.0.2.1]|.co.uk",
		       &error);

	g_assert_no_error(error);
	g_assert_false(domain_set_is_empty(set));
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *domain = g_strdup(rows[i].domain);

		
		g_assert_cmpint(domain_set_has(set, domain), ==, rows[i].has);
	}
}

static void test_set_empty(void)
{
	g_autoptr(DomainSet) below = set_of(".b.de", NULL);
	g_autoptr(DomainSet) empty = set_of("", NULL); /* splits into no word at all */
	g_autoptr(DomainSet) null = domain_set_new(NULL, NULL);

	g_assert_false(domain_set_is_empty(below));
	g_assert_true(domain_set_is_empty(empty));
	g_assert_true(domain_set_is_empty(null));
	g_assert_false(domain_set_has(empty, "b.de"));
	domain_set_free(NULL);
}

static void test_set_refuses(void)
{
	static const char *const words[] = {
		"", ".", "..", "a..b", "a@b.de", "a b.de", "http://b.de/", "*.b.de", "[", "[]x",
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.de", "\xe2\x98\x83 .de",
		"..b.de",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autofree char *list = g_strdup_printf("ok.de|%s", words[i]);
		g_autoptr(GError) error = NULL;
		g_autoptr(DomainSet) set = set_of(list, &error);

		g_assert_null(set);
		g_assert_error(error, LEAD_ERROR, LEAD_ERROR_INVALID);
		g_assert_nonnull(strstr(error->message, words[i]));
	}
}

static void test_set_long(void)
{
	g_autofree char *label = g_strnfill(50, 'a');
	g_autofree char *fits = g_strdup_printf("%s.%s.%s.%s.%s", label, label, label, label, label);
	g_autofree char *too_long = g_strdup_printf("%s.%s", fits, label);
	g_autoptr(DomainSet) set = set_of(fits, NULL);

	g_assert_true(domain_set_has(set, fits));
	g_assert_null(set_of(too_long, NULL));
}

static void test_registrable(void)
{
	static const struct {
		const char *domain, *registrable;
	} rows[] = {
		{ "example.com", "example.com" },
		{ "mx.example.com", "example.com" },
		{ "a.b.example.co.uk", "example.co.uk" },
		{ "example.co.uk", "example.co.uk" },
		{ "co.uk", "co.uk" },
		{ "com", "com" },
		{ "a.b.unknowntld", "b.unknowntld" },
		{ "mx.xn--bcher-kva.de", "xn--bcher-kva.de" },
		{ "a.b.xn--p1ai", "b.xn--p1ai" },
		{ "localhost", "localhost" },
		{ "[192.0.2.1]", "[192.0.2.1]" },
		{ "", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *domain = g_strdup(rows[i].domain);
		const char *got = domain_registrable(domain);

		g_assert_cmpstr(got, ==, rows[i].registrable);
		g_assert_true(got >= domain && got <= domain + strlen(domain));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/domain/set", test_set);
	g_test_add_func("/domain/set empty", test_set_empty);
	g_test_add_func("/domain/set refuses", test_set_refuses);
	g_test_add_func("/domain/set long", test_set_long);
	g_test_add_func("/domain/registrable", test_registrable);
	return g_test_run();
}
