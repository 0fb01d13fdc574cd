/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/auto-submitted.h"

#include <string.h>

enum { KEYWORD_SIZE = 64 };

static const struct {
	const char *keyword;
	AutoSubmitted meaning;
} keywords[] = {
	{"no", AUTO_SUBMITTED_NO},
	{"false", AUTO_SUBMITTED_NO}, /* from those who write "true" */
	{"auto-generated", AUTO_SUBMITTED_GENERATED},
	{"auto-notified", AUTO_SUBMITTED_NOTIFIED},
	{"auto-replied", AUTO_SUBMITTED_REPLIED},
	{"auto-reply", AUTO_SUBMITTED_REPLIED},
	{"auto", AUTO_SUBMITTED_REPLIED},
	{"yes", AUTO_SUBMITTED_REPLIED},
	{"true", AUTO_SUBMITTED_REPLIED},
	{"vacation", AUTO_SUBMITTED_REPLIED},
};

/* In a comment, in a parameter, as the keyword. */
static const char *const absence_words[] = {"vacation", "absence", "out of office",
					    "out-of-office"};

/* Behind blanks, quotes and (nested) comments; a comment never closed hides the rest. */
static const char *skip_filler(const char *p)
{
	unsigned depth = 0;

	for (; *p != '\0'; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && depth > 0)
			depth--;
		else if (*p == '\\' && p[1] != '\0')
			p++;
		else if (depth == 0 && (unsigned char)*p > ' ' && *p != '"')
			break;
	}
	return p;
}

/* auto-submitted-field = "Auto-Submitted:" [CFWS] auto-submitted [CFWS] *(";" parameter) */
static void read_keyword(const char *field, char keyword[KEYWORD_SIZE])
{
	const char *p = skip_filler(field);
	size_t length = 0;

	for (; (unsigned char)*p > ' ' && strchr("(;,\"", *p) == NULL; p++) {
		if (length < KEYWORD_SIZE - 1)
			keyword[length++] = *p == '_' ? '-' : g_ascii_tolower(*p);
	}
	keyword[length] = '\0';
}

static bool says_absence(const char *field)
{
	g_autofree char *folded = g_ascii_strdown(field, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(absence_words); i++) {
		if (strstr(folded, absence_words[i]) != NULL)
			return true;
	}
	return false;
}

AutoSubmitted auto_submitted_parse(const char *field)
{
	AutoSubmitted meaning = AUTO_SUBMITTED_GENERATED; /* of what nobody registered */
	char keyword[KEYWORD_SIZE];

	read_keyword(field, keyword);
	for (size_t i = 0; i < G_N_ELEMENTS(keywords); i++) {
		if (strcmp(keywords[i].keyword, keyword) == 0)
			meaning = keywords[i].meaning;
	}
	if (meaning != AUTO_SUBMITTED_NO && says_absence(field))
		return AUTO_SUBMITTED_REPLIED_VACATION;
	return meaning;
}

AutoSubmitted auto_submitted_read(const HeaderSection *section, const char **text_out)
{
	AutoSubmitted strongest = AUTO_SUBMITTED_ABSENT;
	const char *field;

	if (text_out != NULL)
		*text_out = NULL;
	for (size_t at = 0;
	     (field = header_section_get(section, FIELD_AUTO_SUBMITTED, at)) != NULL;
	     at++) {
		AutoSubmitted one = auto_submitted_parse(field);

		if (one <= strongest)
			continue;
		strongest = one;
		if (text_out != NULL)
			*text_out = field;
	}
	return strongest;
}
