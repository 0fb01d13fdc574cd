/* SPDX-License-Identifier: BSD-2-Clause */
/* Weighs the signs: the first class that a strong one speaks for; else two weak ones of
 * different causes; else a person. */
#include <string.h>

#include "class-rule.h"
#include "signs.h"

/* rule as it counts on this message. */
static Strength rule_strength(const ClassRule *rule, const ClassContext *context)
{
	if (rule->weak_if_answers && context->answers_outreach)
		return STRENGTH_WEAK;
	return rule->strength;
}

/* A list's rule that lost its strength is one of the list's signs. */
static SignGroup rule_group(const ClassRule *rule)
{
	return rule->weak_if_answers ? GROUP_LIST : rule->group;
}

static const ClassRule *sign_rule(const GArray *signs, guint at)
{
	uint16_t rule = g_array_index(signs, Sign, at).rule;

	return rule < class_rule_count() ? &class_rules[rule] : NULL;
}

/* All signs of the message, and those that the history gives. */
static GArray *gather(const GArray *signs, const ClassContext *context)
{
	GArray *all = signs_new();

	for (guint i = 0; i < signs->len; i++) {
		const Sign *sign = &g_array_index(signs, Sign, i);

		signs_add(all, sign->rule, sign->text);
	}
	for (size_t i = 0; i < class_rule_count(); i++) {
		if (class_rules[i].context != NULL &&
		    class_rules[i].context(context, signs))
			signs_add(all, (uint16_t)i, NULL);
	}
	return all;
}

static MessageClass strong_class(const GArray *signs, const ClassContext *context)
{
	MessageClass first = CLASS_HUMAN;

	for (guint i = 0; i < signs->len; i++) {
		const ClassRule *rule = sign_rule(signs, i);

		if (rule != NULL && rule_strength(rule, context) == STRENGTH_STRONG)
			first = MIN(first, rule->class);
	}
	return first;
}

static unsigned groups_of(const GArray *signs, const ClassContext *context,
			  Strength strength)
{
	unsigned groups = 0;

	for (guint i = 0; i < signs->len; i++) {
		const ClassRule *rule = sign_rule(signs, i);

		if (rule != NULL && rule_strength(rule, context) == strength)
			groups |= 1u << rule_group(rule);
	}
	return groups;
}

/* Two weak signs of different groups that nothing takes back, or one that suffices. */
static bool weak_enough(const GArray *signs, const ClassContext *context)
{
	unsigned restored = groups_of(signs, context, STRENGTH_RESTORE);
	unsigned weak = groups_of(signs, context, STRENGTH_WEAK) & ~restored;

	if (restored & 1u << GROUP_ALL)
		return false;
	for (guint i = 0; i < signs->len; i++) {
		const ClassRule *rule = sign_rule(signs, i);

		if (rule != NULL && rule->suffices && (weak & 1u << rule_group(rule)))
			return true;
	}
	return (weak & (weak - 1)) != 0;
}

static bool any_says_absence(const GArray *signs)
{
	for (guint i = 0; i < signs->len; i++) {
		const ClassRule *rule = sign_rule(signs, i);

		if (rule != NULL && rule->says_absence)
			return true;
	}
	return false;
}

static MessageClass weigh(const GArray *signs, const ClassContext *context)
{
	MessageClass class = strong_class(signs, context);

	if (class == CLASS_AUTO_REPLY && any_says_absence(signs))
		return CLASS_OUT_OF_OFFICE;
	if (class == CLASS_HUMAN && weak_enough(signs, context))
		return CLASS_SUSPECT;
	return class;
}

/* Whether a sign helped to decide for class. */
static bool rule_decides(const ClassRule *rule, MessageClass class,
			 const ClassContext *context)
{
	if (rule == NULL)
		return false;
	if (class == CLASS_SUSPECT)
		return rule->class == class ||
		       rule_strength(rule, context) == STRENGTH_WEAK;
	if (class == CLASS_OUT_OF_OFFICE &&
	    (rule->says_absence || rule->class == CLASS_AUTO_REPLY))
		return true;
	return rule->class == class;
}

static GArray *order(const GArray *signs, MessageClass class, const ClassContext *context)
{
	GArray *ordered = signs_new();

	for (int decides = 1; decides >= 0; decides--) {
		for (guint i = 0; i < signs->len; i++) {
			const Sign *sign = &g_array_index(signs, Sign, i);

			if (rule_decides(sign_rule(signs, i), class, context) ==
			    (decides == 1))
				signs_add(ordered, sign->rule, sign->text);
		}
	}
	return ordered;
}

void classify(const GArray *signs, const ClassContext *context, const Settings *settings,
	      Classification *classification_out)
{
	g_autoptr(GArray) all = gather(signs, context);

	(void)settings;
	classification_out->class = weigh(all, context);
	classification_out->evidence = order(all, classification_out->class, context);
}

void classification_clear(Classification *classification)
{
	g_clear_pointer(&classification->evidence, g_array_unref);
}
