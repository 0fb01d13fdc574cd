/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <string.h>

#include "lead/words.h"

static const struct {
	const char *name, *text, *want;
} folds[] = {
	{"empty", "", ""},
	{"case", "Automatic REPLY", "automatic reply"},
	{"blanks", "  a \t\r\n b  ", "a b"},
	{"no-break space", "r\u00e9ponse\u00a0: x", "reponse : x"},
	{"accents composed", "D\u00c9SINSCRIRE", "desinscrire"},
	{"accents decomposed", "de\u0301sinscrire", "desinscrire"},
	{"umlaut", "Abwesenheit im B\u00dcRO", "abwesenheit im buro"},
	{"sharp s", "AU\u1e9eER Stra\u00dfe", "ausser strasse"},
	{"full width", "\uff32\uff45\uff1a", "re:"},
	{"ligature", "o\ufb03ce", "office"},
	{"typographic apostrophe", "I\u2019m out", "i'm out"},
	{"typographic quotes", "\u201cstop\u201d", "\"stop\""},
	{"dashes", "out\u2011of\u2013office", "out-of-office"},
	{"soft hyphen", "un\u00adsub\u200bscribe", "unsubscribe"},
	{"byte order mark", "\ufeffstop", "stop"},
	{"Turkish dotted", "\u0130LT", "ilt"},
	{"Turkish dotless", "Otomatik yan\u0131t", "otomatik yanit"},
	{"Greek", "\u0391\u03c5\u03c4\u03cc\u03bc\u03b1\u03c4\u03bf\u03c2",
	 "\u03b1\u03c5\u03c4\u03bf\u03bc\u03b1\u03c4\u03bf\u03c3"},
	{"Cyrillic", "\u041e\u0422\u0412\u0415\u0422", "\u043e\u0442\u0432\u0435\u0442"},
	{"ellipsis", "wait\u2026", "wait..."},
	{"invalid byte",
	 "a\xff"
	 "b",
	 "a\xef\xbf\xbd"
	 "b"},
	{"cut sequence", "a\xc3", "a\xef\xbf\xbd"},
	{"control",
	 "a\x01"
	 "b\x7f",
	 "a b"},
	{"next line",
	 "a\xc2\x85"
	 "b\u2028c",
	 "a b c"},
};

static void test_fold(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(folds); i++) {
		g_autofree char *input =
			g_memdup2(folds[i].text, strlen(folds[i].text) + 1);
		g_autofree char *got = words_fold(input);
		g_autofree char *again = words_fold(got);

		if (strcmp(got, folds[i].want) != 0)
			g_error("%s: wanted '%s', got '%s'", folds[i].name, folds[i].want,
				got);
		if (strcmp(again, got) != 0)
			g_error("%s: folding twice gives '%s'", folds[i].name, again);
		g_assert_true(g_utf8_validate(got, -1, NULL));
	}
}

enum { HAS, STARTS, ENDS, CONTAINS };

/* clang-format off */
static const struct {
	const char *name;
	WordList list;
	int question;
	const char *text;
	const char *want; /* NULL: none; folded here, so that rows read as people write */
} questions[] = {
	{"whole", WORDS_STOP, HAS, "Unsubscribe", "Unsubscribe"},
	{"whole in French", WORDS_STOP, HAS, "D\u00e9sinscrire", "D\u00e9sinscrire"},
	{"whole without accents", WORDS_STOP, HAS, "desinscrire", "desinscrire"},
	{"not the whole", WORDS_STOP, HAS, "please stop by our booth", NULL},
	{"empty is no phrase", WORDS_STOP, HAS, "", NULL},
	{"language line is no phrase", WORDS_STOP, HAS, "[de]", NULL},
	{"comment is no phrase", WORDS_EITHER_PREFIX, HAS, "# reply in one language", NULL},
	{"free mail", WORDS_FREE_MAIL, HAS, "gmail.com", "gmail.com"},
	{"not free mail", WORDS_FREE_MAIL, HAS, "example.com", NULL},
	{"free mail's sub-domain", WORDS_FREE_MAIL, HAS, "mail.gmail.com", NULL},
	{"tag in brackets", WORDS_SUBJECT_TAG, STARTS, "[EXT] Offer", "[ext]"},
	{"start", WORDS_AUTO_SUBJECT, STARTS, "Automatic reply: Offer", "Automatic reply"},
	{"start is the whole", WORDS_AUTO_SUBJECT, STARTS, "Autosvar", "Autosvar"},
	{"start inside a word", WORDS_AUTO_SUBJECT, STARTS, "Autosvaren fra oss", NULL},
	{"later is no start", WORDS_AUTO_SUBJECT, STARTS, "An automatic reply", NULL},
	{"longest start", WORDS_AUTO_SUBJECT, STARTS, "Out of Office AutoReply: x",
	 "out of office autoreply"},
	{"absence belongs to the general list", WORDS_AUTO_SUBJECT, STARTS,
	 "Abwesenheitsnotiz: x", "Abwesenheitsnotiz"},
	{"and is absence", WORDS_ABSENCE_SUBJECT, HAS, "Abwesenheitsnotiz",
	 "Abwesenheitsnotiz"},
	{"automatic is no absence", WORDS_ABSENCE_SUBJECT, HAS, "Automatic reply", NULL},
	{"Japanese start", WORDS_AUTO_SUBJECT, STARTS, "\u81ea\u52d5\u5fdc\u7b54: \u4ef6\u540d",
	 "\u81ea\u52d5\u5fdc\u7b54"},
	{"Japanese start without a blank", WORDS_AUTO_SUBJECT, STARTS,
	 "\u4e0d\u5728\u901a\u77e5\u3067\u3059", "\u4e0d\u5728\u901a\u77e5"},
	{"Korean", WORDS_AUTO_SUBJECT, STARTS, "\uc790\ub3d9 \ud68c\uc2e0: x",
	 "\uc790\ub3d9 \ud68c\uc2e0"},
	{"Arabic", WORDS_AUTO_SUBJECT, STARTS, "\u0631\u062f \u062a\u0644\u0642\u0627\u0626\u064a: x",
	 "\u0631\u062f \u062a\u0644\u0642\u0627\u0626\u064a"},
	{"French with no-break space", WORDS_AUTO_SUBJECT, STARTS,
	 "R\u00e9ponse automatique\u00a0: Offre", "R\u00e9ponse automatique"},
	{"end", WORDS_AUTO_SUBJECT_SUFFIX, ENDS, "Jane Roe is out of the office",
	 "is out of the office"},
	{"not at the end", WORDS_AUTO_SUBJECT_SUFFIX, ENDS,
	 "Jane is out of the office, I am not", NULL},
	{"end is longest from its first word", WORDS_AUTO_SUBJECT_SUFFIX, ENDS,
	 "A. Dupont est absent du bureau", "est absent du bureau"},
	{"Japanese end", WORDS_AUTO_SUBJECT_SUFFIX, ENDS, "\u7530\u4e2d\u306f\u4e0d\u5728\u3067\u3059",
	 "\u306f\u4e0d\u5728\u3067\u3059"},
	{"inside", WORDS_DECLINED, CONTAINS, "Sorry, we are not interested.", "not interested"},
	{"inside, at a line break", WORDS_DECLINED, CONTAINS, "Sorry, not\r\ninterested",
	 "not interested"},
	{"inside a word", WORDS_DECLINED, CONTAINS, "knot interested", NULL},
	{"into a word", WORDS_DECLINED, CONTAINS, "not interestedly", NULL},
	{"behind punctuation", WORDS_DECLINED, CONTAINS, "(kein Interesse)", "kein Interesse"},
	{"Chinese inside", WORDS_DECLINED, CONTAINS, "\u6211\u4eec\u4e0d\u611f\u5174\u8da3\u8c22\u8c22",
	 "\u4e0d\u611f\u5174\u8da3"},
	{"empty text", WORDS_DECLINED, CONTAINS, "", NULL},
	{"reply prefix", WORDS_REPLY_PREFIX, HAS, "AW", "aw"},
	{"WG is a forward", WORDS_FORWARD_PREFIX, HAS, "WG", "wg"},
	{"WG is no reply", WORDS_REPLY_PREFIX, HAS, "WG", NULL},
	{"VS is neither", WORDS_REPLY_PREFIX, HAS, "VS", NULL},
	{"VS is either", WORDS_EITHER_PREFIX, HAS, "VS", "vs"},
};
/* clang-format on */

static const char *ask(WordList list, int question, const char *folded)
{
	switch (question) {
	case HAS:
		return words_has(list, folded) ? folded : NULL;
	case STARTS:
		return words_starts(list, folded);
	case ENDS:
		return words_ends(list, folded);
	default:
		return words_contains(list, folded);
	}
}

static void test_questions(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(questions); i++) {
		g_autofree char *folded = words_fold(questions[i].text);
		g_autofree char *exact = g_memdup2(folded, strlen(folded) + 1);
		g_autofree char *want =
			questions[i].want != NULL ? words_fold(questions[i].want) : NULL;
		const char *got = ask(questions[i].list, questions[i].question, exact);

		if (g_strcmp0(got, want) != 0)
			g_error("%s: wanted '%s', got '%s'", questions[i].name,
				want != NULL ? want : "(none)",
				got != NULL ? got : "(none)");
	}
}

/* Every list came in, and none is a line or two. */
static void test_lists(void)
{
	static const char *const one_of[WORDS_N] = {
		[WORDS_AUTO_SUBJECT] = "automatische antwort",
		[WORDS_AUTO_SUBJECT_SUFFIX] = "is on vacation",
		[WORDS_ABSENCE_SUBJECT] = "out of office",
		[WORDS_REPLY_PREFIX] = "re",
		[WORDS_FORWARD_PREFIX] = "fwd",
		[WORDS_EITHER_PREFIX] = "vs",
		[WORDS_SUBJECT_TAG] = "[external]",
		[WORDS_GENERIC_SUBJECT] = "quick question",
		[WORDS_STOP] = "abmelden",
		[WORDS_STOP_SENTENCE] = "unsubscribe me",
		[WORDS_DECLINED] = "kein interesse",
		[WORDS_LEFT_COMPANY] = "no longer works",
		[WORDS_ABSENCE_TEXT] = "on annual leave",
		[WORDS_ABSENCE_STATE] = "on annual leave",
		[WORDS_ABSENCE_PROMISE] = "in urgent cases",
		[WORDS_ACKNOWLEDGEMENT_SUBJECT] = "thank you for contacting",
		[WORDS_DESK_TEXT] = "our support team will",
		[WORDS_RECEIPT_SUBJECT] = "gelesen:",
		[WORDS_RECEIPT_TEXT] = "was read on",
		[WORDS_ACKNOWLEDGEMENT_TEXT] = "will get back to you",
		[WORDS_AUTOMATION_TEXT] = "this is an automated message",
		[WORDS_NOTICE_SUBJECT] = "virus alert",
		[WORDS_NOTICE_TEXT] = "virus was found",
		[WORDS_BULK_TEXT] = "to unsubscribe",
		[WORDS_BOUNCE_SUBJECT] = "undeliverable",
		[WORDS_CHALLENGE] = "please confirm your message",
		[WORDS_BULK_MAILER] = "mailchimp",
		[WORDS_FREE_MAIL] = "web.de",
	};

	for (WordList list = 0; list < WORDS_N; list++) {
		if (!words_has(list, one_of[list]))
			g_error("list %u lacks '%s'", list, one_of[list]);
	}
}

/* A long text of first words that lead nowhere must cost no more than its length. */
static void test_long_text(void)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < 20000; i++)
		g_string_append(text, "not in the ");
	g_assert_null(words_contains(WORDS_DECLINED, text->str));
	g_string_append(text, "market");
	g_assert_cmpstr(words_contains(WORDS_DECLINED, text->str), ==, "not in the market");
	g_string_free(text, TRUE);
}

/* Several lists in one walk say what each says alone. */
static void test_scan(void)
{
	static const WordList lists[] = {WORDS_DECLINED, WORDS_ABSENCE_TEXT, WORDS_LEFT_COMPANY,
					 WORDS_BULK_TEXT};
	static const char *const texts[] = {
		"", "not interested", "i am out of the office, and we are not interested",
		"jane no longer works here. to unsubscribe, write to john",
		"to unsubscribe from this list click here"};

	for (size_t at = 0; at < G_N_ELEMENTS(texts); at++) {
		const char *phrases[G_N_ELEMENTS(lists)];

		words_scan(texts[at], lists, G_N_ELEMENTS(lists), phrases);
		for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
			const char *alone = words_contains(lists[i], texts[at]);

			if (g_strcmp0(phrases[i], alone) != 0)
				g_error("'%s', list %u: wanted '%s', got '%s'", texts[at],
					lists[i], alone, phrases[i]);
		}
	}
	g_assert_nonnull(words_contains(WORDS_BULK_TEXT, texts[4]));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/words/fold", test_fold);
	g_test_add_func("/words/questions", test_questions);
	g_test_add_func("/words/scan", test_scan);
	g_test_add_func("/words/lists", test_lists);
	g_test_add_func("/words/long-text", test_long_text);
	return g_test_run();
}
