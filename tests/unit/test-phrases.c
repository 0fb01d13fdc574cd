/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <string.h>

#include "lib/mail/phrases.h"

typedef const char *(*Finder)(PhraseListId list, const char *folded);

static const struct {
	const char *name, *text;
	PhraseListId list;
	Finder find;
	const char *phrase; /* NULL: none */
} rows[] = {
	{"the whole", "Original Message", PHRASES_DIVIDER, phrases_whole,
	 "original message"},
	{"more than the whole", "Original Message 2", PHRASES_DIVIDER, phrases_whole, NULL},
	{"open end", "Forwarded by Ann", PHRASES_DIVIDER, phrases_whole, "forwarded by *"},
	{"open beginning and middle", "Ann Example wrote on 3 March:", PHRASES_ATTRIBUTION,
	 phrases_whole, "* wrote on *:"},
	{"both ends fixed", "On 3 March Ann wrote:", PHRASES_ATTRIBUTION, phrases_whole,
	 "on * wrote:"},
	{"ends may not overlap", "On wrote:", PHRASES_ATTRIBUTION, phrases_whole,
	 "* wrote:"},
	{"no end", "On 3 March Ann", PHRASES_ATTRIBUTION, phrases_whole, NULL},
	{"beginning", "Mail Delivery System <x>", PHRASES_DAEMON, phrases_begin,
	 "mail delivery system"},
	{"beginning of a word", "postmasters of the world", PHRASES_DAEMON, phrases_begin,
	 NULL},
	{"not at the beginning", "to postmaster", PHRASES_DAEMON, phrases_begin, NULL},
	{"within", "550 5.1.1 <a@b.c>: User unknown; sorry", PHRASES_TEXT_HARD_SURE,
	 phrases_within, "user unknown"},
	{"at an edge of letters", "superuser unknown", PHRASES_TEXT_HARD_SURE,
	 phrases_within, NULL},
	{"a gap", "user <bo@example.org> does not exist", PHRASES_TEXT_HARD_SURE,
	 phrases_within, "user * does not exist"},
	{"too wide a gap",
	 "user 123456789 123456789 123456789 123456789 123456789 123456789 123456789 "
	 "123456789 123456789 123456789 123456789 does not exist",
	 PHRASES_TEXT_HARD_SURE, phrases_within, NULL},
	{"second beginning fits", "user? user of ours does not exist",
	 PHRASES_TEXT_HARD_SURE, phrases_within, "user * does not exist"},
	{"open end within a word", "MicrosoftExchange329e71ec@example.org", PHRASES_DAEMON,
	 phrases_begin, "microsoftexchange*"},
	{"nothing", "", PHRASES_TEXT_SOFT, phrases_within, NULL},
	{"beginning of nothing", "", PHRASES_DAEMON, phrases_begin, NULL},
	{"whole of nothing", "", PHRASES_LABEL, phrases_whole, NULL},
};

static void test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *folded =
			phrases_fold(rows[i].text, strlen(rows[i].text), G_MAXSIZE);
		const char *phrase = rows[i].find(rows[i].list, folded);

		if (rows[i].phrase == NULL ? phrase != NULL
					   : g_strcmp0(phrase, rows[i].phrase) != 0)
			g_test_message("row '%s'", rows[i].name);
		if (rows[i].phrase == NULL)
			g_assert_null(phrase);
		else
			g_assert_cmpstr(phrase, ==, rows[i].phrase);
	}
}

static const struct {
	const char *text;
	size_t limit;
	const char *folded;
} folds[] = {
	{"  A  b\t\r\nC ", 100, "a b c"},
	{"\302\240a\342\200\257b\343\200\200", 100, "a b"},
	{"ÄÖÜ ΑΩ ДЖ", 100, "äöü αω дж"},
	{"it’s „so“", 100, "it's \"so\""},
	{"\374ber \303", 100, "?ber ?"},
	{"Ⱥ", 100, "ⱥ"}, /* two octets become three */
	{"ⱾⱾⱾ ȺȺȺ", 100, "ȿȿȿ ⱥⱥⱥ"},
	{"abcdef", 3, "abc"},
	{"aé", 2, "a?"},
	{"", 100, ""},
	{"   ", 100, ""},
};

static void test_fold(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(folds); i++) {
		size_t length = strlen(folds[i].text);
		g_autofree char *exact = g_memdup2(folds[i].text, length);
		g_autofree char *folded = phrases_fold(exact, length, folds[i].limit);

		if (strcmp(folded, folds[i].folded) != 0)
			g_test_message("text '%s'", folds[i].text);
		g_assert_cmpstr(folded, ==, folds[i].folded);
	}
}

static void test_may_begin(void)
{
	static const struct {
		PhraseListId list;
		const char *text;
		bool wanted;
	} beginnings[] = {
		{PHRASES_LABEL_FROM, "From: Joe", true},
		{PHRASES_LABEL_FROM, "from: joe", true},
		{PHRASES_LABEL_FROM, "FROM: JOE", true},
		{PHRASES_LABEL_FROM, "Fxom: Joe", false},
		{PHRASES_LABEL_FROM, "1", false},
		{PHRASES_LABEL_FROM, "F", true}, /* there might be more, for all it knows */
		{PHRASES_LABEL_FROM, "", false},
		{PHRASES_LABEL_FROM, "F\xc3\xb6", true},
		{PHRASES_DIVIDER_BARE, "Begin forwarded message:", true},
		{PHRASES_DIVIDER_BARE, "The machines", false},
		{PHRASES_ATTRIBUTION, "1", true}, /* "* wrote:" */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(beginnings); i++) {
		size_t length = strlen(beginnings[i].text);
		g_autofree char *exact = g_memdup2(beginnings[i].text, MAX(length, 1));
		bool got = phrases_may_begin(beginnings[i].list, exact, length);

		if (got != beginnings[i].wanted)
			g_error("'%s': wanted %d, got %d", beginnings[i].text, beginnings[i].wanted,
				got);
	}
}

static void test_may_be(void)
{
	static const char sent[] = "Sent from my iPhone", tail[] = "Sent from my iPhonf";

	g_assert_true(phrases_may_be(PHRASES_SIGNATURE, sent, strlen(sent)));
	g_assert_true(phrases_may_begin(PHRASES_SIGNATURE, tail, strlen(tail)));
	g_assert_true(phrases_may_be(PHRASES_SIGNATURE, "My cihaz\xc4\xb1mdan g\xc3\xb6nderildi",
				     strlen("My cihaz\xc4\xb1mdan g\xc3\xb6nderildi")));
	g_assert_false(phrases_may_be(PHRASES_SIGNATURE, "The works", strlen("The works")));
	g_assert_true(phrases_may_be(PHRASES_SIGNATURE, "The works\xc4\xb1",
				     strlen("The works\xc4\xb1"))); /* for all it knows */
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/phrases/beginnings", test_rows);
	g_test_add_func("/phrases/fold", test_fold);
	g_test_add_func("/phrases/may-begin", test_may_begin);
	g_test_add_func("/phrases/may-be", test_may_be);
	return g_test_run();
}
