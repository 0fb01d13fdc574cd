/* SPDX-License-Identifier: BSD-2-Clause */
/* Predicates on header fields. A field that is not there costs one look. */
#include <string.h>

#include "class-rule.h"
#include "lead/words.h"
#include "sign-words.h"

static char *field_text(const Reading *reading, FieldId field, size_t at)
{
	return g_strdup_printf("%s: %s", header_section_name(reading->section, field, at),
			       header_section_get(reading->section, field, at));
}

typedef bool (*ValueTest)(const char *folded, const char *words);

/* The first instance of rule's field whose folded value passes. */
static bool field_passes(const ClassRule *rule, const Reading *reading, ValueTest test,
			 char **text_out)
{
	size_t count = header_section_count(reading->section, rule->field);

	for (size_t at = 0; at < count; at++) {
		g_autofree char *folded =
			words_fold(header_section_get(reading->section, rule->field, at));

		if (test(folded, rule->words)) {
			*text_out = field_text(reading, rule->field, at);
			return true;
		}
	}
	return false;
}

bool field_is_present(const ClassRule *rule, const Reading *reading, char **text_out)
{
	if (header_section_count(reading->section, rule->field) == 0)
		return false;
	*text_out = field_text(reading, rule->field, 0);
	return true;
}

bool field_says(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return field_passes(rule, reading, row_words_start, text_out);
}

bool field_holds(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return field_passes(rule, reading, row_words_within, text_out);
}

static bool value_affirms(const char *folded, const char *words)
{
	return !row_words_start(folded, words);
}

bool field_affirms(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return field_passes(rule, reading, value_affirms, text_out);
}

static bool value_is_mailer(const char *folded, const char *words)
{
	(void)words;
	return words_contains(WORDS_BULK_MAILER, folded) != NULL;
}

bool foreign_mailer(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return !reading->own_list && field_passes(rule, reading, value_is_mailer, text_out);
}

/* Trackers and lists write their own address there; only ours means a loop through us. */
bool x_loop_is_ours(const ClassRule *rule, const Reading *reading, char **text_out)
{
	const char *value = header_section_get(reading->section, rule->field, 0);
	const char *at = value != NULL ? strrchr(value, '@') : NULL;

	if (at != NULL && settings_is_local_domain(reading->settings, at + 1)) {
		*text_out = field_text(reading, rule->field, 0);
		return true;
	}
	return field_says(rule, reading, text_out);
}
