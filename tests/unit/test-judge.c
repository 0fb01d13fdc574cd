/* SPDX-License-Identifier: BSD-2-Clause */
/* judge(): what the history says to the rules, and the three steps together. */
#include <string.h>

#include "lead/words.h"
#include "story.h"

#define JANE "contact 1 jane@lead.example name=Jane_Doe; "
#define SENT "sent 10 o1 to=jane@lead.example day=-5"
#define FROM_JANE "in from=jane@lead.example to=rep@ours.example "
#define REPLY FROM_JANE "answers=o1 "
#define OUT "out from=rep@ours.example to=jane@lead.example "
#define AUTHOR "interaction 1 author"
#define PROMOTED \
	"human promoted reply-reference reference o1 | keep | " AUTHOR ", ok 1, promote 1 reply-reference"

static const struct {
	const char *name, *world, *message, *wanted;
} rows[] = {
	/* clang-format off */
	{ "reply", JANE SENT, REPLY, PROMOTED },
	{ "no sign, no outreach", JANE, FROM_JANE, "human logged no-outreach | keep | " AUTHOR ", ok 1" },
	{ "automatic reply", JANE SENT, REPLY "signs=x-autoreply",
	  "auto-reply logged auto-reply reference o1 | keep | " AUTHOR },
	{ "a weak sign alone", JANE SENT, REPLY "signs=x-auto-response-suppress", PROMOTED },
	{ "two weak signs", JANE SENT, REPLY "signs=x-auto-response-suppress,no-own-text",
	  "suspect suggested suspect reference o1 | keep | " AUTHOR ", suggest 1 suspect" },
	{ "a weak sign, and the body once more", JANE SENT "; repeated", REPLY "signs=x-auto-response-suppress",
	  "suspect suggested suspect reference o1 | keep | " AUTHOR ", suggest 1 suspect" },
	{ "a weak sign, and in haste", JANE "sent 10 o1 to=jane@lead.example", REPLY "signs=no-own-text",
	  "suspect suggested suspect reference o1 | keep | " AUTHOR ", suggest 1 suspect" },
	{ "in haste alone", JANE "sent 10 o1 to=jane@lead.example", REPLY, PROMOTED },
	{ "named before it was sent", JANE "sent 10 o1 to=jane@lead.example day=1", REPLY "signs=no-own-text",
	  PROMOTED },
	{ "in haste to a rep's absence notice", JANE "sent 10 o1 to=jane@lead.example machine",
	  REPLY "signs=automatic-subject",
	  "auto-reply logged auto-reply | keep | " AUTHOR },

	/* lists */
	{ "List-Unsubscribe", JANE, FROM_JANE "signs=list-unsubscribe", "bulk logged bulk | keep | " AUTHOR },
	{ "List-Unsubscribe on an answer to us", JANE SENT, REPLY "signs=list-unsubscribe", PROMOTED },
	{ "the same by Thread-Index", JANE SENT " thread=t", FROM_JANE "signs=list-unsubscribe thread=t",
	  "human promoted reply-thread-index thread-index o1 | keep | " AUTHOR ", ok 1, promote 1 reply-thread-index" },
	{ "List-Unsubscribe on an answer from another address", JANE SENT,
	  "in from=jane@home.example to=rep@ours.example answers=o1 signs=list-unsubscribe",
	  "human suggested other-address reference o1 | keep | " AUTHOR ", suggest 1 other-address" },
	{ "List-Unsubscribe on a stranger's answer", JANE SENT,
	  "in from=zoe@else.example to=rep@ours.example answers=o1 signs=list-unsubscribe",
	  "bulk ignored bulk reference o1 | keep |" },
	{ "List-Unsubscribe of whom the cache knows", JANE SENT " cached", REPLY "signs=list-unsubscribe", PROMOTED },
	{ "answer through a list", JANE SENT, REPLY "signs=list-id",
	  "list suggested via-list reference o1 | keep | " AUTHOR ", suggest 1 via-list" },
	{ "subscriber answers a rep's article", "contact 1 pumps@lists.example; sent 10 o1 to=pumps@lists.example",
	  "in from=zoe@else.example to=rep@ours.example answers=o1 signs=list-id",
	  "list ignored list reference o1 | keep |" },
	{ "a list's mail that answers nothing", JANE, "in from=zoe@else.example to=rep@ours.example signs=list-id",
	  "list ignored list | drop |" },
	{ "a list's answer to what may come", JANE, "in from=zoe@else.example to=rep@ours.example answers=x9 signs=list-id",
	  "list ignored list | keep |" },

	/* loops */
	{ "our message comes back", JANE "seen 20 m1 by=rep@ours.example out has=1",
	  "in id=m1 from=rep@ours.example to=rep@ours.example spoof",
	  "own-loop ignored own-loop | drop |" },
	{ "our id on another's message", JANE SENT "; seen 20 m1 by=rep@ours.example out has=1", REPLY "id=m1",
	  "human promoted reply-reference reference o1 | id-reuse keep | " AUTHOR ", ok 1, promote 1 reply-reference" },
	{ "our message through a filter", JANE "seen 20 m1 by=rep@ours.example out has=1", OUT "id=m1",
	  "human ignored duplicate | outreach joins=20 keep |" },
	{ "a contact's message at the next rep", JANE "seen 20 m1 by=jane@lead.example has=1", FROM_JANE "id=m1",
	  "human ignored duplicate | joins=20 keep |" },
	{ "too many of one sender", JANE SENT "; busy=21", REPLY, "own-loop ignored own-loop | drop |" },
	{ "many of one sender", JANE SENT "; busy=20", REPLY, PROMOTED },
	{ "a busy rep with a template", JANE "busy=500; repeated", OUT "signs=x-auto-response-suppress",
	  "human logged outreach | outreach keep | interaction 1 to" },
	{ "a rep's absence notice", JANE, OUT "signs=auto-submitted-vacation",
	  "out-of-office logged not-outreach | keep | interaction 1 to" },
	/* clang-format on */
};

static char *judgement(const Decision *decision)
{
	g_autofree char *text = story_decision(decision);

	return g_strdup_printf("%s %s", message_class_name(decision->class), text);
}

static void test_rows(void)
{
	g_autoptr(Settings) settings = story_settings(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		StoryMessage message = story_message(rows[i].message);
		g_autoptr(History) history = story_history(rows[i].world, message.summary);
		g_autofree char *got = NULL;
		Decision decision;

		judge(message.summary, history, settings, &decision);
		got = judgement(&decision);
		if (strcmp(got, rows[i].wanted) != 0) {
			g_test_message("%s:\n  wanted '%s'\n  got    '%s'", rows[i].name,
				       rows[i].wanted, got);
			g_test_fail();
		}
		decision_clear(&decision);
		story_message_clear(&message);
	}
}

static void test_evidence(void)
{
	g_autoptr(Settings) settings = story_settings(NULL);
	StoryMessage message = story_message(REPLY "signs=no-own-text");
	g_autoptr(History) history = story_history(JANE SENT "; repeated", message.summary);
	Decision decision;

	judge(message.summary, history, settings, &decision);
	g_assert_cmpuint(decision.evidence->len, ==, 2);
	g_assert_cmpstr(class_rule_name(g_array_index(decision.evidence, Sign, 0).rule), ==,
			"no-own-text");
	g_assert_cmpstr(class_rule_name(g_array_index(decision.evidence, Sign, 1).rule), ==,
			"repeated-body");
	decision_clear(&decision);
	story_message_clear(&message);
}

/* A reply that came before its outreach: kept, and then decided as it would have been. */
static void test_again(void)
{
	static const struct {
		const char *name, *message, *before, *after;
		MessageClass class;
	} cases[] = {
		/* clang-format off */
		{ "human", REPLY "id=m1", "human ignored unknown-author | keep |", PROMOTED, CLASS_HUMAN },
		{ "absence", REPLY "id=m1 signs=auto-submitted-vacation absent=9",
		  "out-of-office ignored out-of-office | keep |",
		  "out-of-office logged out-of-office reference o1 | keep | " AUTHOR ", absent 1 9",
		  CLASS_OUT_OF_OFFICE },
		{ "bounce", "in id=m1 from=mailer-daemon@mx.example signs=delivery-report returned=o1 "
		  "bounced=jane@lead.example:hard",
		  "bounce ignored bounce | keep |", "bounce logged bounce o1 | keep | interaction 1 to, bad 1",
		  CLASS_BOUNCE },
		/* clang-format on */
	};
	g_autoptr(Settings) settings = story_settings(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		StoryMessage message = story_message(cases[i].message);
		g_autoptr(History) before = story_history("", message.summary);
		g_autofree char *world = g_strconcat(JANE SENT "; seen 20 m1 by=",
						     message.summary->author->canonical,
						     NULL);
		g_autoptr(History) after = story_history(world, message.summary);
		g_autofree char *got_before = NULL, *got_after = NULL;
		Decision decision;

		judge(message.summary, before, settings, &decision);
		got_before = judgement(&decision);
		decision_clear(&decision);
		judge_again(message.summary, cases[i].class, after, settings, &decision);
		got_after = judgement(&decision);
		decision_clear(&decision);
		if (strcmp(got_before, cases[i].before) != 0 ||
		    strcmp(got_after, cases[i].after) != 0) {
			g_test_message("%s: got '%s', then '%s'", cases[i].name, got_before,
				       got_after);
			g_test_fail();
		}
		story_message_clear(&message);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	g_test_add_func("/judge/rows", test_rows);
	g_test_add_func("/judge/evidence", test_evidence);
	g_test_add_func("/judge/again", test_again);
	return g_test_run();
}
