/* SPDX-License-Identifier: BSD-2-Clause */
#include <gmime/gmime.h>
#include <string.h>

#include "lead/address.h"

/* wanted: canonical addresses, each with "=name" if it has one, parted by '|' */
static const struct {
	const char *name, *field, *wanted;
} fields[] = {
	{ "addr-spec", "a@b.de", "a@b.de" },
	{ "name-addr", "Joe <a@b.de>", "a@b.de=Joe" },
	{ "empty", "", "" },
	{ "blanks", " \t ", "" },
	{ "null path", "<>", "" },
	{ "mailer daemon and null path", "MAILER-DAEMON <>", "mailer-daemon=MAILER-DAEMON" },
	{ "mailer daemon, quoted", "\"Mailer-Daemon\" < >", "mailer-daemon=Mailer-Daemon" },
	{ "two words and null path", "Mail Delivery <>", "" },
	{ "name and null path", "Joe <>", "" },
	{ "quoted name", "\"Doe, Joe\" <a@b.de>, c@d.de", "a@b.de=Doe, Joe|c@d.de" },
	{ "escapes in the name", "\"Joe \\\"J\\\" Doe\" <a@b.de>", "a@b.de=Joe \"J\" Doe" },
	{ "quotes missing around a comma", "Doe, Joe <a@b.de>, Roe, Ann <c@d.de>", "a@b.de=Doe, Joe|c@d.de=Roe, Ann" },
	{ "titles", "Mr. J. Doe, PhD <a@b.de>", "a@b.de=Mr. J. Doe, PhD" },
	{ "name is an address", "c@d.de <a@b.de>", "a@b.de=c@d.de" },
	{ "name is the bracketed address", "\"<c@d.de>\" <a@b.de>", "a@b.de=<c@d.de>" },
	{ "address in the quoted name", "\"c@d.de, x\" <a@b.de>", "a@b.de=c@d.de, x" },
	{ "empty name", "\"\" <a@b.de>", "a@b.de" },
	{ "comment for a name", "a@b.de (Joe Doe)", "a@b.de=Joe Doe" },
	{ "comment in front", "(Joe) a@b.de", "a@b.de=Joe" },
	{ "comment beside a name", "Joe (sales) <a@b.de> (x)", "a@b.de=Joe" },
	{ "comment with delimiters", "a@b.de (x, <c@d.de>; y: z), e@f.de", "a@b.de=x, <c@d.de>; y: z|e@f.de" },
	{ "only a comment", "(a@b.de)", "" },

	{ "group", "G: a@b.de, Joe <c@d.de>;, e@f.de", "a@b.de|c@d.de=Joe|e@f.de" },
	{ "empty group", "undisclosed-recipients:;", "" },
	{ "empty group without its end", "undisclosed recipients:", "" },
	{ "group without its end", "G: a@b.de", "a@b.de" },
	{ "group in a group", "G: H: a@b.de;;", "a@b.de" },
	{ "quoted group name", "\"G, H\": a@b.de;", "a@b.de" },
	{ "mailto", "mailto:a@b.de", "a@b.de" },
	{ "semicolons", "a@b.de; c@d.de;", "a@b.de|c@d.de" },
	{ "empty elements", ",,a@b.de,, ,c@d.de,", "a@b.de|c@d.de" },
	{ "line break", "a@b.de\n\tc@d.de", "c@d.de=a@b.de" },
	{ "line break behind the comma", "a@b.de,\n\tc@d.de", "a@b.de|c@d.de" },

	{ "route", "<@x.de,@y.de:a@b.de>, c@d.de", "a@b.de|c@d.de" },
	{ "route with a name", "Joe <@x.de,@y.de:a@b.de>", "a@b.de=Joe" },
	{ "route without end", "<@x.de,a@b.de", "" },
	{ "literal with colons", "a@[IPv6:::1], c@d.de", "a@[ipv6:::1]|c@d.de" },
	{ "literal never closed", "a@[IPv6:1, c@d.de", "a@[ipv6:1|c@d.de" },
	{ "colon in a name", "Re: Joe <a@b.de>", "a@b.de=Joe" },
	{ "colon in brackets in a name", "[x: y] Joe <a@b.de>", "a@b.de=[x: y] Joe" },
	{ "bracket never closed", "Joe <a@b.de", "a@b.de=Joe" },
	{ "bracket never closed, then another", "Joe <a@b.de, Ann <c@d.de>", "a@b.de=Joe|c@d.de=Ann" },
	{ "double brackets", "Joe <<a@b.de>>", "a@b.de=Joe" },
	{ "two in brackets", "Joe <a@b.de> <c@d.de>", "a@b.de=Joe|c@d.de" },
	{ "quote never closed", "\"Joe <a@b.de>, c@d.de", "a@b.de=\"Joe|c@d.de" },
	{ "quote within a name", "Joe \"Q <a@b.de>", "a@b.de=Joe \"Q" },
	{ "comment never closed", "Joe (x <a@b.de>", "a@b.de=Joe (x" },
	{ "no brackets", "Joe Doe a@b.de", "a@b.de=Joe Doe" },
	{ "no brackets, quoted name", "\"Joe Doe\" a@b.de", "a@b.de=Joe Doe" },
	{ "apostrophes", "'a@b.de'", "a@b.de" },
	{ "apostrophes in brackets", "'a@b.de' <'a@b.de'>", "a@b.de='a@b.de'" },
	{ "apostrophe of a person", "o'neill@b.de, d'arc'@b.de", "o'neill@b.de|d'arc'@b.de" },
	{ "blanks in the address", "Joe <a @ b . de>", "a@b.de=Joe" },
	{ "blanks in a bare address", "a . x @ b . de", "a.x@b.de" },
	{ "quoted local part", "\"odd local\"@b.de", "\"odd local\"@b.de" },
	{ "quoted local part in brackets", "Joe <\"a@b\"@c.de>", "\"a@b\"@c.de=Joe" },
	{ "dots", "a..b@c.de, .d@e.de, f.@g.de", "a..b@c.de|.d@e.de|f.@g.de" },
	{ "bare name", "root", "root" },
	{ "quoted name alone", "\"Joe Doe\"", "" },
	{ "quoted word alone", "\"root\"", "" },
	{ "bare names", "Joe Doe", "" },
	{ "at in words", "a at b.de", "" },
	{ "no domain", "Joe <a@>, c@d.de", "c@d.de" },
	{ "no local part", "<@b.de>, c@d.de", "" },

	{ "encoded name", "=?utf-8?q?J=C3=B6?= <a@b.de>", "a@b.de=J\xc3\xb6" },
	{ "encoded name in quotes", "\"=?utf-8?q?J=C3=B6?=\" <a@b.de>", "a@b.de=J\xc3\xb6" },
	{ "encoded comma", "=?utf-8?q?Doe=2C_J?= <a@b.de>", "a@b.de=Doe, J" },
	{ "encoded base64", "=?iso-8859-1?B?SvY=?= <a@b.de>", "a@b.de=J\xc3\xb6" },
	{ "encoded name, two words", "=?utf-8?q?J=C3=B6?= =?utf-8?q?rg?= <a@b.de>", "a@b.de=J\xc3\xb6rg" },
	{ "encoded address is none", "=?utf-8?q?=3Cc=40d=2Ede=3E=2C?= <a@b.de>", "a@b.de=<c@d.de>," },
	{ "raw UTF-8 name", "J\xc3\xb6 <a@b.de>", "a@b.de=J\xc3\xb6" },
	{ "raw Latin-1 name", "J\xf6 <a@b.de>", "a@b.de=J\xc3\xb6" },
	{ "raw UTF-8 address", "J\xc3\xb6@b\xc3\xbc\x63her.de", "j\xc3\xb6@xn--bcher-kva.de" },
	{ "raw Latin-1 address", "Joe <j\xf6@b.de>", "j\xc3\xb6@b.de=Joe" },
	{ "group of Bcc", "Bcc: ;", "" },
	{ "VERP", "bounces+joe=orig.de@list.de", "joe@orig.de" },
};

static char *list_to_text(const GPtrArray *list)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < list->len; i++) {
		const Mailbox *mailbox = list->pdata[i];

		g_string_append_printf(text, "%s%s", i > 0 ? "|" : "",
				       mailbox->address->canonical);
		if (mailbox->name != NULL)
			g_string_append_printf(text, "=%s", mailbox->name);
	}
	return g_string_free(text, FALSE);
}

static void test_fields(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		g_autoptr(GPtrArray) list = mailbox_list_new();
		g_autofree char *field = g_strdup(fields[i].field), *got = NULL;

		g_assert_cmpuint(mailbox_list_parse(list, field, "+", 100), ==, 0);
		got = list_to_text(list);
		if (strcmp(got, fields[i].wanted) == 0)
			continue;
		g_test_message("%s: wanted '%s', got '%s'", fields[i].name,
			       fields[i].wanted, got);
		g_test_fail();
	}
}

/* What nobody can name is kept as text that can be stored. */
static void test_unknown_charset(void)
{
	g_autoptr(GPtrArray) list = mailbox_list_new();
	const Mailbox *mailbox;

	mailbox_list_parse(list, "=?x-nobody?q?J=F6?= <a@b.de>, \xff\xfe <c@d.de>", "+", 9);
	g_assert_cmpuint(list->len, ==, 2);
	for (guint i = 0; i < list->len; i++) {
		mailbox = list->pdata[i];
		g_assert_true(mailbox->name == NULL || g_utf8_validate(mailbox->name, -1, NULL));
	}
}

static void test_limit(void)
{
	g_autoptr(GPtrArray) list = mailbox_list_new();

	g_assert_cmpuint(mailbox_list_parse(list, "a@b, c@d, e@f", "+", 2), ==, 1);
	g_assert_cmpuint(list->len, ==, 2);
	g_assert_cmpuint(mailbox_list_parse(list, "G: g@h;", "+", 2), ==, 1);
	g_assert_cmpuint(mailbox_list_parse(list, "g@h", "+", 3), ==, 0);
	g_assert_cmpuint(list->len, ==, 3);
	g_assert_cmpuint(mailbox_list_parse(list, "", "+", 0), ==, 0);
}

/* A megabyte of each delimiter: done in linear time, without deep calls. */
/* Under valgrind all takes fifty times as long, and its time tells nothing. */
static void test_floods(void)
{
	const size_t octets = g_getenv("LEAD_MEMCHECK") != NULL ? 20000 : 1000000;
	static const char *const units[] = { "a:", "(",  "\"", ",",  "<",   "a@b,", "@",  "\\", ":",
					     "a ", "()", "<@a,", "[", "a<", ";", "a@(", "(\"", "<>",
					     "a:b;", "=?utf-8?q?a?= ", "'", ".", "\\(", "\xff", "\"\" " };

	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		g_autoptr(GPtrArray) list = mailbox_list_new();
		g_autoptr(GString) field = g_string_new(NULL);
		g_autofree char *copy = NULL;

		while (field->len < octets)
			g_string_append(field, units[i]);
		copy = g_strdup(field->str);
		g_test_timer_start();
		mailbox_list_parse(list, copy, "+", 1000);
		g_test_timer_elapsed();
		if (g_test_timer_last() > 1.0)
			g_test_message("'%s': %.1f s", units[i], g_test_timer_last());
		g_assert_cmpfloat(g_test_timer_last(), <, 20.0);
		g_assert_cmpuint(list->len, <=, 1000);
	}
}

static void test_mailbox(void)
{
	Mailbox *with = mailbox_new(addr_spec_parse("a@b", "+"), "J\xf6");
	Mailbox *without = mailbox_new(addr_spec_parse("a@b", "+"), NULL);

	g_assert_cmpstr(with->name, ==, "J\xef\xbf\xbd");
	g_assert_null(without->name);
	mailbox_free(with);
	mailbox_free(without);
	mailbox_free(NULL);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_mime_init();
	g_test_add_func("/mailbox list/fields", test_fields);
	g_test_add_func("/mailbox list/unknown charset", test_unknown_charset);
	g_test_add_func("/mailbox list/limit", test_limit);
	g_test_add_func("/mailbox list/floods", test_floods);
	g_test_add_func("/mailbox list/mailbox", test_mailbox);
	return g_test_run();
}
