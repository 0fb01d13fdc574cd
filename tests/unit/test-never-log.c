/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/never-log.h"

#include <string.h>

#include "lead/error.h"

/* clang-format off */
static const struct {
	const char *name, *text, *pattern; /* NULL: refused */
} pattern_rows[] = {
	{ "address", "jane@lead.example", "jane@lead.example" },
	{ "address in capitals, in brackets", "<Jane@Lead.Example>", "jane@lead.example" },
	{ "subaddress", "jane+news@lead.example", "jane+news@lead.example" },
	{ "domain", "Lead.Example", "lead.example" },
	{ "domain in another script", "m\xc3\xbcller.example", "xn--mller-kva.example" },
	{ "that domain alone", "@lead.example", "*@lead.example" },
	{ "sub-domains alone", ".lead.example", "*.lead.example" },
	{ "glob", "Law*@Lead.Example", "law*@lead.example" },
	{ "glob, domain in another script", "*@m\xc3\xbcller.example", "*@xn--mller-kva.example" },
	{ "glob of domains", "mail?.lead.example", "mail?.lead.example" },
	{ "everything", "*", NULL },
	{ "everything with an @", "*@*", NULL },
	{ "everything with a dot", "*.?", NULL },
	{ "empty", "", NULL },
	{ "a word", "jane", NULL },
	{ "two words", "a@b.example c@d.example", NULL },
	{ "a line break", "a@b.example\n", NULL },
	{ "no local part", "@", NULL },
	{ "no domain", "jane@", NULL },
	{ "dots", "...", NULL },
	{ "invalid octets", "jane\xff@lead.example", NULL },
};

static const struct {
	const char *name, *patterns, *address;
	NeverLogScope scope;
	gint64 number; /* place in patterns, from 1 */
} find_rows[] = {
	{ "nothing", "", "jane@lead.example", NEVER_LOG_NOT, 0 },
	{ "address", "jane@lead.example", "Jane@Lead.example", NEVER_LOG_PARTICIPANT, 1 },
	{ "another address", "jane@lead.example", "joe@lead.example", NEVER_LOG_NOT, 0 },
	{ "base form", "jane@lead.example", "jane+news@lead.example", NEVER_LOG_PARTICIPANT, 1 },
	{ "subaddress", "jane+news@lead.example", "jane@lead.example", NEVER_LOG_NOT, 0 },
	{ "domain", "lead.example", "jane@lead.example", NEVER_LOG_PARTICIPANT, 1 },
	{ "sub-domain", "lead.example", "jane@a.b.lead.example", NEVER_LOG_PARTICIPANT, 1 },
	{ "a domain that ends alike", "lead.example", "jane@mislead.example", NEVER_LOG_NOT, 0 },
	{ "sub-domains alone, below", ".lead.example", "jane@mx.lead.example", NEVER_LOG_PARTICIPANT, 1 },
	{ "sub-domains alone, itself", ".lead.example", "jane@lead.example", NEVER_LOG_NOT, 0 },
	{ "domain alone, itself", "@lead.example", "jane@lead.example", NEVER_LOG_PARTICIPANT, 1 },
	{ "domain alone, below", "@lead.example", "jane@mx.lead.example", NEVER_LOG_NOT, 0 },
	{ "glob", "j*e@lead.*", "jane.doe@lead.example", NEVER_LOG_PARTICIPANT, 1 },
	{ "glob that goes back", "*ab@x.example", "aabab@x.example", NEVER_LOG_PARTICIPANT, 1 },
	{ "glob at its end", "jane@*", "jane@", NEVER_LOG_NOT, 0 },
	{ "one character", "j?e@lead.example", "j\xc3\xb6" "e@lead.example", NEVER_LOG_PARTICIPANT, 1 },
	{ "one character, none there", "j?e@lead.example", "je@lead.example", NEVER_LOG_NOT, 0 },
	{ "glob of domains", "mail?.lead.example", "x@mail1.lead.example", NEVER_LOG_PARTICIPANT, 1 },
	{ "glob of domains, not a local part", "mail?.example", "mail1.example@lead.test", NEVER_LOG_NOT, 0 },
	{ "the stronger scope", "lead.example !jane@lead.example", "jane@lead.example", NEVER_LOG_MESSAGE, 2 },
	{ "the stronger scope first", "!lead.example jane@lead.example", "jane@lead.example", NEVER_LOG_MESSAGE, 1 },
	{ "null reverse-path", "!lead.example", "<>", NEVER_LOG_NOT, 0 },
	{ "many stars", "*a*a*a*a*a*a*a*a*b@lead.example", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lead.example",
	  NEVER_LOG_NOT, 0 },
};
/* clang-format on */

static void test_patterns(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(pattern_rows); i++) {
		/* an exact-size copy, so that a sanitizer sees one octet too many */
		g_autofree char *text = g_strdup(pattern_rows[i].text);
		g_autoptr(GError) error = NULL;
		g_autofree char *got = never_log_pattern(text, &error);
		g_autofree char *again = NULL;

		if (g_strcmp0(got, pattern_rows[i].pattern) != 0) {
			g_test_message("%s: wanted '%s', got '%s'", pattern_rows[i].name,
				       pattern_rows[i].pattern, got);
			g_test_fail();
		}
		g_assert_true((got == NULL) ==
			      g_error_matches(error, LEAD_ERROR, LEAD_ERROR_INVALID));
		if (got != NULL)
			again = never_log_pattern(got, NULL);
		g_assert_cmpstr(again, ==, got);
	}
}

static NeverLog *list_of(const char *patterns)
{
	g_auto(GStrv) words = g_strsplit(patterns, " ", -1);
	NeverLog *list = never_log_new();

	for (size_t i = 0; words[i] != NULL && words[i][0] != '\0'; i++) {
		bool strong = words[i][0] == '!';
		g_autofree char *pattern = never_log_pattern(words[i] + strong, NULL);

		never_log_add(list, pattern,
			      strong ? NEVER_LOG_MESSAGE : NEVER_LOG_PARTICIPANT,
			      (gint64)i + 1);
	}
	return list;
}

static void test_find(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(find_rows); i++) {
		g_autoptr(NeverLog) list = list_of(find_rows[i].patterns);
		g_autoptr(AddrSpec) address = addr_spec_parse(find_rows[i].address, "+");
		gint64 number = -1;
		NeverLogScope scope = never_log_find(list, address, &number);

		if (scope != find_rows[i].scope || number != find_rows[i].number) {
			g_test_message("%s: wanted %d by %d, got %d by %d",
				       find_rows[i].name, find_rows[i].scope,
				       (int)find_rows[i].number, scope, (int)number);
			g_test_fail();
		}
	}
}

static void test_scopes(void)
{
	NeverLogScope scope;

	g_assert_true(never_log_scope_from_name("Message", &scope));
	g_assert_cmpint(scope, ==, NEVER_LOG_MESSAGE);
	g_assert_cmpstr(never_log_scope_name(NEVER_LOG_PARTICIPANT), ==, "participant");
	g_assert_null(never_log_scope_name(NEVER_LOG_NOT));
	g_assert_false(never_log_scope_from_name("both", &scope));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/never-log/patterns", test_patterns);
	g_test_add_func("/never-log/find", test_find);
	g_test_add_func("/never-log/scopes", test_scopes);
	return g_test_run();
}
