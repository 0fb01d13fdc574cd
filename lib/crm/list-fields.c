/* SPDX-License-Identifier: BSD-2-Clause */
#include "list-fields.h"

#include <string.h>

enum { LIST_ID_MAX = 255 }; /* RFC 2919 3 */

bool list_fields_present(const HeaderSection *section)
{
	static const FieldId fields[] = {
		FIELD_LIST_ID,	      FIELD_LIST_POST,
		FIELD_LIST_HELP,      FIELD_X_MAILMAN_VERSION,
		FIELD_X_BEENTHERE,    FIELD_MAILING_LIST,
		FIELD_X_MAILING_LIST, FIELD_X_LISTPROCESSOR_VERSION,
		FIELD_X_MLSERVER,     FIELD_X_ML_NAME,
		FIELD_X_ECARTIS_VERSION,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		if (header_section_count(section, fields[i]) > 0)
			return true;
	}
	return false;
}

/* What stands in the last pair of angle brackets, else all of text; folded. */
static char *bracketed(const char *text)
{
	const char *open = strrchr(text, '<');
	const char *start = open != NULL ? open + 1 : text;
	g_autofree char *cut = g_strndup(start, MIN(strcspn(start, "> \t"), LIST_ID_MAX));

	return g_ascii_strdown(cut, -1);
}

char *list_id_read(const HeaderSection *section)
{
	const char *field = header_section_get(section, FIELD_LIST_ID, 0);

	return field != NULL ? bracketed(field) : NULL;
}

char *list_post_read(const HeaderSection *section)
{
	static const char scheme[] = "mailto:";
	const char *field = header_section_get(section, FIELD_LIST_POST, 0);
	g_autofree char *folded = field != NULL ? g_ascii_strdown(field, -1) : NULL;
	const char *start = folded != NULL ? strstr(folded, scheme) : NULL;

	if (start == NULL)
		return NULL;
	start += strlen(scheme);
	return g_strndup(start, MIN(strcspn(start, ">?, \t"), LIST_ID_MAX));
}

static bool is_named(const char *id, char *const *names)
{
	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		if (g_ascii_strcasecmp(id, names[i]) == 0)
			return true;
	}
	return false;
}

/* "sales.ours.example" is the list sales of our domain ours.example. */
static bool id_is_own(const char *id, const Settings *settings)
{
	const char *dot = strpbrk(id, ".@");

	return is_named(id, settings->own_lists) ||
	       (dot != NULL && settings_is_local_domain(settings, dot + 1));
}

static bool post_is_own(const char *address, const Settings *settings)
{
	const char *at = strrchr(address, '@');

	return is_named(address, settings->own_lists) ||
	       (at != NULL && settings_is_local_domain(settings, at + 1));
}

bool list_is_own(const HeaderSection *section, const Settings *settings)
{
	g_autofree char *id = list_id_read(section);
	g_autofree char *post = NULL;

	if (id != NULL)
		return id_is_own(id, settings);
	post = list_post_read(section);
	return post != NULL && post_is_own(post, settings);
}
