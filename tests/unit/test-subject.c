/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <string.h>

#include "lead/subject.h"
#include "lead/words.h"

enum {
	REPLY = 1,
	FORWARD = 2,
	AUTOMATIC = 4,
	ABSENCE = 8,
	MARKED = 16,
	ANSWERED = 32,
	SPECIFIC = 64,
	AUTO = AUTOMATIC | MARKED,
	AWAY = AUTO | ABSENCE,
};

/* clang-format off */
static const struct {
	const char *name, *subject, *key;
	unsigned want;
} rows[] = {
	{"none", NULL, "", 0},
	{"empty", "", "", 0},
	{"plain", "Offer for pumps", "offer for pumps", SPECIFIC},
	{"short", "Pumps", "pumps", 0},
	{"generic", "Quick question", "quick question", 0},
	{"generic in German", "Kurze Frage", "kurze frage", 0},
	{"reply", "Re: Offer for pumps", "offer for pumps", REPLY | SPECIFIC},
	{"reply of a generic one", "Re: Quick question", "quick question", REPLY},
	{"no blank", "RE:Offer for pumps", "offer for pumps", REPLY | SPECIFIC},
	{"French blank", "RE\u00a0: Offre de pompes", "offre de pompes", REPLY | SPECIFIC},
	{"German reply", "AW: Angebot Pumpen", "angebot pumpen", REPLY | SPECIFIC},
	{"German forward", "WG: Angebot Pumpen", "angebot pumpen", FORWARD | SPECIFIC},
	{"Swedish reply", "Sv: Offert p\u00e5 pumpar", "offert pa pumpar", REPLY | SPECIFIC},
	{"Finnish or Danish", "VS: Tarjous pumpuista", "tarjous pumpuista", SPECIFIC},
	{"either, then reply", "VS: RE: Offer for pumps", "offer for pumps", REPLY | SPECIFIC},
	{"Italian letter", "R: Offerta pompe", "offerta pompe", REPLY | SPECIFIC},
	{"Italian forward letter", "I: Offerta pompe", "offerta pompe", FORWARD | SPECIFIC},
	{"Polish reply", "Odp: Oferta na pompy", "oferta na pompy", REPLY | SPECIFIC},
	{"Turkish reply", "YNT: Pompa teklifi", "pompa teklifi", REPLY | SPECIFIC},
	{"Turkish forward", "\u0130LT: Pompa teklifi", "pompa teklifi", FORWARD | SPECIFIC},
	{"Greek reply", "\u0391\u03a0: \u03a0\u03c1\u03bf\u03c3\u03c6\u03bf\u03c1\u03ac 2",
	 "\u03c0\u03c1\u03bf\u03c3\u03c6\u03bf\u03c1\u03b1 2", REPLY | SPECIFIC},
	{"Chinese reply", "\u56de\u590d\uff1a\u6c34\u6cf5\u62a5\u4ef7\u5355\u4e8c\u3007\u4e8c\u516d",
	 "\u6c34\u6cf5\u62a5\u4ef7\u5355\u4e8c\u3007\u4e8c\u516d", REPLY | SPECIFIC},
	{"Chinese forward", "\u8f6c\u53d1: pumps offer", "pumps offer", FORWARD | SPECIFIC},
	{"counted", "Re[2]: Offer for pumps", "offer for pumps", REPLY | SPECIFIC},
	{"counted with caret", "Re^3: Offer for pumps", "offer for pumps", REPLY | SPECIFIC},
	{"counted with blank", "Re (4): Offer for pumps", "offer for pumps", REPLY | SPECIFIC},
	{"many", "Re: AW: Fwd: RE: Offer for pumps", "offer for pumps", REPLY | SPECIFIC},
	{"forward of a reply", "Fwd: Re: Offer for pumps", "offer for pumps",
	 FORWARD | SPECIFIC},
	{"word without colon", "Re Offer for pumps", "re offer for pumps", SPECIFIC},
	{"word with prefix inside", "Retail: offer", "retail: offer", SPECIFIC},
	{"gateway tag", "[EXTERNAL] Re: Offer for pumps", "offer for pumps", REPLY | SPECIFIC},
	{"tag behind prefix", "Re: [EXT] Offer for pumps", "offer for pumps", REPLY | SPECIFIC},
	{"caution", "CAUTION: Offer for pumps", "offer for pumps", SPECIFIC},
	{"list tag", "[pumps-talk] Re: Offer for pumps", "offer for pumps", REPLY | SPECIFIC},
	{"ticket stays", "Re: [PUMP-1234] Offer", "[pump-1234] offer", REPLY | SPECIFIC},
	{"tag is all", "[pumps-talk]", "[pumps-talk]", SPECIFIC},
	{"tag without end", "[pumps talk", "[pumps talk", SPECIFIC},

	{"automatic", "Automatic reply: Offer for pumps", "offer for pumps", AUTO | SPECIFIC},
	{"automatic alone", "Automatic reply", "", AUTO},
	{"automatic, then reply", "Automatic reply: Re: Offer for pumps", "offer for pumps",
	 AUTO | SPECIFIC},
	{"tag before automatic", "[External] Automatic reply: Offer for pumps",
	 "offer for pumps", AUTO | SPECIFIC},
	{"automatic in brackets", "[Auto-reply] Offer for pumps", "offer for pumps",
	 AUTO | SPECIFIC},
	{"automatic in round brackets", "(Autoreply) Offer for pumps", "offer for pumps",
	 AUTO | SPECIFIC},
	{"Polish in brackets", "[Automatyczna odpowied\u017a] test", "test", AUTO},
	{"bracket that goes on", "[Automatic reply feature] Offer",
	 "[automatic reply feature] offer", SPECIFIC},
	{"automatic, dash", "Autoreply - Offer for pumps", "- offer for pumps", AUTO | SPECIFIC},
	{"automatic, number", "Automated response (PR#7081)", "(pr#7081)", AUTO | SPECIFIC},
	{"about automatic replies", "Auto reply feature of the pump", "feature of the pump",
	 AUTOMATIC | SPECIFIC},
	{"absence", "Out of Office: Offer for pumps", "offer for pumps", AWAY | SPECIFIC},
	{"absence alone", "Out of Office", "", AWAY},
	{"absence and more", "Out of office hours for pumps", "hours for pumps",
	 AUTOMATIC | ABSENCE | SPECIFIC},
	{"automatic, and absent at the end", "AUTO: Jane Roe is out of the office. (returning 05/10)",
	 "jane roe is out of the office. (returning 05/10)", AWAY | SPECIFIC},
	{"automatic alone at the end", "AUTO: Pumps are in the office",
	 "pumps are in the office", AUTO | SPECIFIC},
	{"German absence", "Abwesenheitsnotiz: Angebot", "angebot", AWAY},
	{"German automatic", "Automatische Antwort: Angebot", "angebot", AUTO},
	{"French automatic", "R\u00e9ponse automatique\u00a0: Offre", "offre", AUTO},
	{"Spanish automatic", "Respuesta autom\u00e1tica: Oferta", "oferta", AUTO},
	{"Hungarian automatic", "Automatikus v\u00e1lasz: Aj\u00e1nlat", "ajanlat", AUTO},
	{"Russian automatic",
	 "\u0410\u0432\u0442\u043e\u043c\u0430\u0442\u0438\u0447\u0435\u0441\u043a\u0438\u0439 "
	 "\u043e\u0442\u0432\u0435\u0442: pumps", "pumps", AUTO},
	{"Japanese absence", "\u4e0d\u5728\u901a\u77e5: pumps", "pumps", AWAY},
	{"Hebrew automatic",
	 "\u05ea\u05e9\u05d5\u05d1\u05d4 \u05d0\u05d5\u05d8\u05d5\u05de\u05d8\u05d9\u05ea: pumps",
	 "pumps", AUTO},
	{"suffix", "Jane Roe is out of the office", "jane roe is out of the office",
	 AWAY | SPECIFIC},
	{"suffix with date", "Jane Roe is out of the office (returning 12/03/2026).",
	 "jane roe is out of the office (returning 12/03/2026).", AWAY | SPECIFIC},
	{"suffix with full stop", "Jane Roe is out of the office.",
	 "jane roe is out of the office.", AWAY | SPECIFIC},
	{"German suffix", "Max Muster ist nicht im B\u00fcro", "max muster ist nicht im buro",
	 AWAY | SPECIFIC},
	{"a person answers one", "Re: Automatic reply: Offer for pumps", "offer for pumps",
	 REPLY | ANSWERED | SPECIFIC},
	{"a person forwards one", "Fwd: Out of Office: Offer for pumps", "offer for pumps",
	 FORWARD | ANSWERED | SPECIFIC},
	{"a person answers, either", "VS: Automaattinen vastaus: x", "x", ANSWERED},
	{"a person answers a suffix", "Re: Jane Roe is out of the office",
	 "jane roe is out of the office", REPLY | SPECIFIC},
	{"about one", "My automatic reply to you", "my automatic reply to you", SPECIFIC},
};
/* clang-format on */

static unsigned flags_of(const Subject *subject)
{
	return (subject->is_reply ? REPLY : 0u) | (subject->is_forward ? FORWARD : 0u) |
	       (subject->is_automatic ? AUTOMATIC : 0u) |
	       (subject->is_absence ? ABSENCE : 0u) | (subject->is_marked ? MARKED : 0u) |
	       (subject->was_answered ? ANSWERED : 0u) |
	       (subject->is_specific ? SPECIFIC : 0u);
}

static void test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *key = words_fold(rows[i].key);
		g_autofree char *text =
			rows[i].subject != NULL
				? g_memdup2(rows[i].subject, strlen(rows[i].subject) + 1)
				: NULL;
		Subject subject;

		subject_read(text, &subject);
		if (strcmp(subject.key, key) != 0)
			g_error("%s: wanted key '%s', got '%s'", rows[i].name, key,
				subject.key);
		if (flags_of(&subject) != rows[i].want)
			g_error("%s: wanted flags %u, got %u", rows[i].name, rows[i].want,
				flags_of(&subject));
		g_assert_true(subject.is_automatic == (subject.phrase != NULL));
		subject_clear(&subject);
	}
}

/* Hostile ones: nothing to assert but that they end, and soon. */
static void test_long(void)
{
	static const char *const pieces[] = {"Re: ",
					     "[x] ",
					     "[",
					     "Re[1",
					     "Out of office ",
					     "(",
					     "\u56de\u590d\uff1a",
					     "***SPAM***"};

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		GString *text = g_string_new(NULL);
		Subject subject;

		while (text->len < 60000)
			g_string_append(text, pieces[i]);
		subject_read(text->str, &subject);
		g_assert_cmpuint(strlen(subject.key), <=, text->len * 2);
		subject_clear(&subject);
		g_string_free(text, TRUE);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/subject/rows", test_rows);
	g_test_add_func("/subject/long", test_long);
	return g_test_run();
}
