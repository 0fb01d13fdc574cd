/* SPDX-License-Identifier: BSD-2-Clause */
/* Decisions and matches as one line that a row can write down. */
#include "story.h"

static const char *const effect_names[] = {
	[EFFECT_CREATE] = "create",	      [EFFECT_INTERACTION] = "interaction",
	[EFFECT_PROMOTE] = "promote",	      [EFFECT_SUGGEST] = "suggest",
	[EFFECT_ADDRESS_BAD] = "bad",	      [EFFECT_ADDRESS_OK] = "ok",
	[EFFECT_DO_NOT_CONTACT] = "unwanted", [EFFECT_ABSENT_UNTIL] = "absent",
	[EFFECT_REMEMBER] = "remember",
};

static void append_effect(GString *text, const Effect *effect)
{
	g_string_append(text, effect_names[effect->kind]);
	if (effect->party.contact != 0)
		g_string_append_printf(text, " %d", (int)effect->party.contact);
	else
		g_string_append_printf(text, " %s", effect->party.address->canonical);
	switch (effect->kind) {
	case EFFECT_CREATE:
		g_string_append_printf(text, " %s", effect->source);
		if (effect->name != NULL)
			g_string_append_printf(text, " '%s'", effect->name);
		break;
	case EFFECT_INTERACTION:
		g_string_append_printf(text, " %s", party_role_name(effect->role));
		break;
	case EFFECT_ABSENT_UNTIL:
		g_string_append_printf(text, " %d",
				       (int)((effect->until - story_day(0)) / 86400));
		break;
	case EFFECT_PROMOTE:
	case EFFECT_SUGGEST:
	case EFFECT_DO_NOT_CONTACT:
		g_string_append_printf(text, " %s", reason_name(effect->reason));
		break;
	default:
		break;
	}
}

char *story_decision(const Decision *decision)
{
	GString *text = g_string_new(outcome_name(decision->outcome));

	g_string_append_printf(text, " %s", reason_name(decision->reason));
	if (decision->tier != TIER_NONE)
		g_string_append_printf(text, " %s", tier_name(decision->tier));
	if (decision->answers != NULL)
		g_string_append_printf(text, " %s", decision->answers);
	g_string_append(text, decision->outreach ? " | outreach" : " |");
	if (decision->joins != 0)
		g_string_append_printf(text, " joins=%d", (int)decision->joins);
	if (decision->id_reuse)
		g_string_append(text, " id-reuse");
	g_string_append(text, decision->keep ? " keep |" : " drop |");
	for (unsigned i = 0; i < decision->effects->len; i++) {
		g_string_append(text, i == 0 ? " " : ", ");
		append_effect(text, &g_array_index(decision->effects, Effect, i));
	}
	return g_string_free(text, FALSE);
}

char *story_match(const Match *match)
{
	static const char *const relations[] = {
		[RELATION_NONE] = "none",
		[RELATION_SELF] = "self",
		[RELATION_CONTACT] = "contact",
		[RELATION_OTHER_ADDRESS] = "other-address",
		[RELATION_COLLEAGUE] = "colleague",
		[RELATION_STRANGER] = "stranger",
		[RELATION_AMBIGUOUS] = "ambiguous",
	};
	GString *text = g_string_new(relations[match->relation]);

	if (match->lead != NULL)
		g_string_append_printf(text, " %d", (int)match->lead->id);
	if (match->outreach != NULL)
		g_string_append_printf(text, " %s %d %s", tier_name(match->tier),
				       (int)match->outreach->message,
				       match->in_window ? "in" : "old");
	return g_string_free(text, FALSE);
}
