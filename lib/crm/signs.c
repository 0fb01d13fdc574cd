/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules that need the message alone, and the signs they leave. */
#include <string.h>

#include "class-rule.h"
#include "lead/safe-text.h"
#include "signs.h"

enum { SIGN_TEXT_OCTETS = 200 };

static void sign_clear(gpointer sign)
{
	g_free(((Sign *)sign)->text);
}

GArray *signs_new(void)
{
	GArray *signs = g_array_new(FALSE, TRUE, sizeof(Sign));

	g_array_set_clear_func(signs, sign_clear);
	return signs;
}

/* Made safe to show, and cut between characters. */
static char *sign_text(const char *text)
{
	char *safe = safe_text_line(text);
	size_t length = strlen(safe);

	if (length > SIGN_TEXT_OCTETS) {
		length = SIGN_TEXT_OCTETS;
		while (length > 0 && ((unsigned char)safe[length] & 0xc0) == 0x80)
			length--;
		safe[length] = '\0';
	}
	return safe;
}

void signs_add(GArray *signs, uint16_t rule, const char *text)
{
	Sign sign = {.rule = rule, .text = text != NULL ? sign_text(text) : NULL};

	g_array_append_val(signs, sign);
}

/* Weak signs tell a stranger's machine from a person. Our own mail is known by strong
 * ones: a rep at sales@ who thanks for an inquiry is at work. */
static bool rule_applies(const ClassRule *rule, const Reading *reading)
{
	return rule->message != NULL &&
	       (rule->strength != STRENGTH_WEAK ||
		reading->direction->direction != DIRECTION_OUTBOUND);
}

void signs_of_reading(const Reading *reading, GArray *signs)
{
	for (size_t i = 0; i < class_rule_count(); i++) {
		const ClassRule *rule = &class_rules[i];
		g_autofree char *text = NULL;

		if (rule_applies(rule, reading) && rule->message(rule, reading, &text))
			signs_add(signs, (uint16_t)i, text);
	}
}

void signs_read(const MessageFacts *facts, const DirectionVerdict *direction,
		const Settings *settings, GArray *signs)
{
	Reading reading;

	reading_init(&reading, facts, direction, settings);
	signs_of_reading(&reading, signs);
	reading_clear(&reading);
}

const char *class_rule_name(uint16_t rule)
{
	return rule < class_rule_count() ? class_rules[rule].name : NULL;
}

bool class_rule_from_name(const char *name, uint16_t *rule_out)
{
	for (size_t i = 0; i < class_rule_count(); i++) {
		if (strcmp(class_rules[i].name, name) == 0) {
			*rule_out = (uint16_t)i;
			return true;
		}
	}
	return false;
}

bool signs_have_rule(const GArray *signs, const char *name)
{
	for (guint i = 0; i < signs->len; i++) {
		const char *fired = class_rule_name(g_array_index(signs, Sign, i).rule);

		if (fired != NULL && strcmp(fired, name) == 0)
			return true;
	}
	return false;
}

bool signs_tell_list(const GArray *signs)
{
	return signs_have_strong(signs, CLASS_LIST) || signs_have_strong(signs, CLASS_BULK);
}

bool signs_have_strong(const GArray *signs, MessageClass class)
{
	for (guint i = 0; i < signs->len; i++) {
		uint16_t rule = g_array_index(signs, Sign, i).rule;

		if (rule < class_rule_count() && class_rules[rule].class == class &&
		    class_rules[rule].strength == STRENGTH_STRONG)
			return true;
	}
	return false;
}
