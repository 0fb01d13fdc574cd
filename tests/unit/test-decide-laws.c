/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Laws that every decision keeps, tried on stories that chance wrote: a table shows what
 * its author thought of, chance finds pairs of circumstances that nobody did.
 */
#include <string.h>

#include "lead/words.h"
#include "story.h"

enum { STORIES = 4000 };

typedef struct {
	char *world, *message;
	Settings *settings;
	StoryMessage read;
	History *history;
	Match match;
	Decision decision;
} Trial;

static const char *const people[] = {
	"jane@lead.example", "bob@lead.example",	"jane@home.example", "info@lead.example",
	"zoe@gmail.com",     "jane+x@lead.example", "noreply@lead.example",
};
static const char *const ids[] = {"o1", "o2", "o3", "theirs"};
static const char *const keys[] = {"a", "b"};
static const char *const policies[] = {
	"", "[contacts]\nauto_create = none", "[promotion]\nmode = suggest",
	"[contacts]\nauto_create = sales\nsales_addresses = rep@ours.example\nmax_recipients = 1",
};

static int chance(int sides)
{
	return g_test_rand_int_range(0, sides);
}

#define ANY(list) ((list)[chance(G_N_ELEMENTS(list))])

static void maybe(GString *text, const char *word)
{
	if (chance(4) == 0)
		g_string_append_printf(text, " %s", word);
}

static void write_contact(GString *text, int id)
{
	static const char *const stages[] = {"lead", "lead", "lead", "prospect", "customer"};

	g_string_append_printf(text, "; contact %d %s stage=%s", id, people[id], ANY(stages));
	if (chance(5) == 0)
		g_string_append_printf(text, " demoted=%d", chance(10) - 5);
	if (chance(8) == 0)
		g_string_append(text, " locked");
	if (chance(8) == 0)
		g_string_append(text, " erased");
	if (chance(8) == 0)
		g_string_append(text, " unwanted");
}

static void write_sent(GString *text, int row)
{
	g_string_append_printf(text, "; sent %d %s to=%s,%s day=%d subject=%s thread=%s", row,
			       ANY(ids), ANY(people), ANY(people), -chance(400), ANY(keys),
			       ANY(keys));
	if (chance(3) == 0)
		g_string_append_printf(text, " external=%d", 1 + chance(40));
	maybe(text, "machine");
	maybe(text, "cached");
}

static char *write_world(void)
{
	GString *text = g_string_new("blocked zoe@gmail.com");

	for (int id = 1; id < (int)G_N_ELEMENTS(people); id++) {
		if (chance(2) == 0)
			write_contact(text, id);
	}
	for (int row = 10 + chance(4); row > 10; row--)
		write_sent(text, row);
	return g_string_free(text, FALSE);
}

static char *write_message(void)
{
	static const char *const auths[] = {"unknown", "none", "fail", "pass"};
	bool inbound = chance(3) > 0;
	GString *text = g_string_new(inbound ? "in" : "out");

	g_string_append_printf(text, " id=m1 from=%s to=%s,%s others=%s",
			       inbound ? ANY(people) : "rep@ours.example",
			       inbound ? "rep@ours.example" : ANY(people), ANY(people),
			       ANY(people));
	if (chance(3) > 0)
		g_string_append_printf(text, " answers=%s,%s", ANY(ids), ANY(ids));
	if (chance(2) == 0)
		g_string_append_printf(text, " subject=%s thread=%s", ANY(keys), ANY(keys));
	g_string_append_printf(text, " auth=%s", ANY(auths));
	if (chance(2) == 0)
		g_string_append_printf(text, " class=%s",
				       message_class_name((MessageClass)chance(CLASS_HUMAN)));
	g_string_append_printf(text, " calendar=%s returned=%s bounced=%s:hard absent=%d",
			       story_calendar_name((CalendarKind)chance(9)), ANY(ids),
			       ANY(people), chance(20) - 5);
	maybe(text, "re");
	if (chance(10) == 0)
		g_string_append(text, " spoof");
	if (chance(10) == 0)
		g_string_append(text, " many");
	return g_string_free(text, FALSE);
}

static void trial_decide(Trial *trial, const char *more)
{
	g_autofree char *world = g_strconcat(trial->world, more, NULL);
	Classification classification;

	trial->read = story_message(trial->message);
	trial->history = story_history(world, trial->read.summary);
	classification = (Classification){.class = trial->read.class};
	match(trial->read.summary, trial->history, trial->settings, &trial->match);
	decide(trial->read.summary, &classification, &trial->match, trial->history,
	       trial->settings, &trial->decision);
}

static void trial_forget(Trial *trial)
{
	decision_clear(&trial->decision);
	history_free(trial->history);
	story_message_clear(&trial->read);
}

static const Effect *find_effect(const Decision *decision, EffectKind kind)
{
	for (unsigned i = 0; i < decision->effects->len; i++) {
		const Effect *effect = &g_array_index(decision->effects, Effect, i);

		if (effect->kind == kind)
			return effect;
	}
	return NULL;
}

static unsigned count_effects(const Decision *decision, EffectKind kind)
{
	unsigned count = 0;

	for (unsigned i = 0; i < decision->effects->len; i++)
		count += g_array_index(decision->effects, Effect, i).kind == kind;
	return count;
}

/* ---- the laws: each says whether it was kept ---- */

static bool promotes_only_leads_by_people(const Trial *trial)
{
	const Effect *effect = find_effect(&trial->decision, EFFECT_PROMOTE);
	const MessageSummary *summary = trial->read.summary;
	const ContactState *contact;

	if (effect == NULL)
		return true;
	contact = history_contact(trial->history, effect->party.contact);
	return trial->decision.class == CLASS_HUMAN && !summary->spoof_suspect &&
	       summary->direction == DIRECTION_INBOUND && summary->auth != AUTH_FAIL &&
	       !summary->many_authors && contact == trial->match.author &&
	       contact->stage == STAGE_LEAD && !contact->locked && !contact->erased &&
	       !contact->do_not_contact && summary->at > contact->demoted_at &&
	       trial->match.in_window && trial->match.tier != TIER_UNTHREADED &&
	       (trial->match.tier != TIER_SUBJECT || summary->auth == AUTH_PASS) &&
	       trial->settings->promotion_mode == PROMOTION_AUTO;
}

static bool outcome_is_what_the_effects_say(const Trial *trial)
{
	const Decision *decision = &trial->decision;

	return count_effects(decision, EFFECT_PROMOTE) ==
		       (decision->outcome == OUTCOME_PROMOTED) &&
	       count_effects(decision, EFFECT_SUGGEST) ==
		       (decision->outcome == OUTCOME_SUGGESTED) &&
	       (decision->outcome != OUTCOME_LOGGED ||
		find_effect(decision, EFFECT_INTERACTION) != NULL);
}

static bool ignored_mail_touches_nobody(const Trial *trial)
{
	const Decision *decision = &trial->decision;

	return decision->outcome != OUTCOME_IGNORED ||
	       count_effects(decision, EFFECT_REMEMBER) == decision->effects->len;
}

static bool what_is_not_kept_has_no_party(const Trial *trial)
{
	return trial->decision.keep || ignored_mail_touches_nobody(trial);
}

static bool nobody_takes_part_twice(const Trial *trial)
{
	const GArray *effects = trial->decision.effects;

	for (unsigned i = 0; i < effects->len; i++) {
		const Effect *one = &g_array_index(effects, Effect, i);

		for (unsigned j = i + 1; j < effects->len; j++) {
			const Effect *other = &g_array_index(effects, Effect, j);

			if (one->kind == EFFECT_INTERACTION && other->kind == one->kind &&
			    one->party.contact != 0 &&
			    one->party.contact == other->party.contact)
				return false;
		}
	}
	return true;
}

static bool only_people_make_leads(const Trial *trial)
{
	const Decision *decision = &trial->decision;

	for (unsigned i = 0; i < decision->effects->len; i++) {
		const Effect *effect = &g_array_index(decision->effects, Effect, i);

		if (effect->kind == EFFECT_CREATE &&
		    (decision->class != CLASS_HUMAN ||
		     trial->settings->auto_create == AUTO_CREATE_NONE ||
		     addr_spec_is_role(effect->party.address) ||
		     strcmp(effect->party.address->canonical, "zoe@gmail.com") == 0))
			return false;
	}
	return true;
}

static bool a_forger_changes_nothing(const Trial *trial)
{
	const Decision *decision = &trial->decision;
	bool report = decision->class == CLASS_BOUNCE || decision->class == CLASS_COMPLAINT;

	return trial->read.summary->auth != AUTH_FAIL || report ||
	       trial->read.summary->direction == DIRECTION_OUTBOUND ||
	       (find_effect(decision, EFFECT_ADDRESS_OK) == NULL &&
		find_effect(decision, EFFECT_DO_NOT_CONTACT) == NULL &&
		find_effect(decision, EFFECT_ABSENT_UNTIL) == NULL &&
		find_effect(decision, EFFECT_CREATE) == NULL);
}

static bool the_erased_stay_erased(const Trial *trial)
{
	for (unsigned i = 0; i < trial->decision.effects->len; i++) {
		const Effect *effect =
			&g_array_index(trial->decision.effects, Effect, i);
		const ContactState *contact =
			history_contact(trial->history, effect->party.contact);

		if (contact != NULL && contact->erased)
			return false;
	}
	return true;
}

static const struct {
	const char *name;
	bool (*is_kept)(const Trial *trial);
} laws[] = {
	{"only a person's reply promotes, and only a lead", promotes_only_leads_by_people},
	{"the outcome is what the effects say", outcome_is_what_the_effects_say},
	{"ignored mail touches nobody", ignored_mail_touches_nobody},
	{"what is not kept has no party", what_is_not_kept_has_no_party},
	{"nobody takes part twice", nobody_takes_part_twice},
	{"only people make leads", only_people_make_leads},
	{"a forger changes nothing", a_forger_changes_nothing},
	{"the erased stay erased", the_erased_stay_erased},
};

static void complain(const Trial *trial, const char *law)
{
	g_autofree char *got = story_decision(&trial->decision);

	g_test_message("%s: broken by\n  world   %s\n  message %s\n  got     %s", law,
		       trial->world, trial->message, got);
	g_test_fail();
}

static void check_laws(Trial *trial)
{
	trial_decide(trial, "");
	for (size_t i = 0; i < G_N_ELEMENTS(laws); i++) {
		if (!laws[i].is_kept(trial))
			complain(trial, laws[i].name);
	}
}

static void check_repeatable(Trial *trial)
{
	g_autofree char *first = story_decision(&trial->decision), *second = NULL;

	trial_forget(trial);
	trial_decide(trial, "");
	second = story_decision(&trial->decision);
	if (strcmp(first, second) != 0)
		complain(trial, "the same gives the same");
}

/* The sentence that a store would hold after this decision. */
static char *write_seen(const Trial *trial)
{
	GString *text = g_string_new("; seen 20 m1 has=0");
	const MessageSummary *summary = trial->read.summary;

	for (unsigned i = 0; i < trial->decision.effects->len; i++) {
		const Effect *effect =
			&g_array_index(trial->decision.effects, Effect, i);

		if (effect->kind == EFFECT_INTERACTION && effect->party.contact != 0)
			g_string_append_printf(text, ",%d", (int)effect->party.contact);
	}
	g_string_append_printf(text, " by=%s %s", summary->author->original,
			       summary->direction == DIRECTION_OUTBOUND ? "out" : "in");
	return g_string_free(text, FALSE);
}

/* Except for new contacts: this world does not learn of them. */
static bool is_settled(const Decision *decision)
{
	return decision->keep && find_effect(decision, EFFECT_CREATE) == NULL;
}

static void check_twice_is_once(Trial *trial)
{
	g_autofree char *more = NULL, *first = story_decision(&trial->decision);
	Decision again;

	if (!is_settled(&trial->decision))
		return;
	more = write_seen(trial);
	trial_forget(trial);
	trial_decide(trial, more);
	if (trial->decision.reason != REASON_DUPLICATE ||
	    !ignored_mail_touches_nobody(trial))
		complain(trial, "twice is once");
	judge_again(trial->read.summary, trial->read.class, trial->history, trial->settings,
		    &again);
	decision_clear(&trial->decision);
	trial->decision = again;
	more = (g_free(more), story_decision(&again));
	if (strcmp(first, more) != 0)
		complain(trial, "decided again with nothing new, it stays");
}

static void test_laws(void)
{
	for (int i = 0; i < STORIES && !g_test_failed(); i++) {
		Trial trial = {
			.world = write_world(),
			.message = write_message(),
			.settings = story_settings(ANY(policies)),
		};

		check_laws(&trial);
		check_repeatable(&trial);
		check_twice_is_once(&trial);
		trial_forget(&trial);
		settings_unref(trial.settings);
		g_free(trial.world);
		g_free(trial.message);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	g_test_add_func("/decide/laws", test_laws);
	return g_test_run();
}
