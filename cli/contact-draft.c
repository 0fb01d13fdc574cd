/* SPDX-License-Identifier: BSD-2-Clause */
#include "contact-draft.h"

#include <string.h>

ContactText *contact_text_new(void)
{
	ContactText *text = g_new0(ContactText, 1);

	text->tags = g_ptr_array_new_with_free_func(g_free);
	text->custom = g_ptr_array_new_with_free_func(g_free);
	text->owned = g_ptr_array_new_with_free_func(g_free);
	return text;
}

void contact_text_clear(ContactText *text)
{
	memset(text->cell, 0, sizeof text->cell);
	g_ptr_array_set_size(text->tags, 0);
	g_ptr_array_set_size(text->custom, 0);
	g_ptr_array_set_size(text->owned, 0);
	g_clear_pointer(&text->address, addr_spec_free);
	memset(&text->draft, 0, sizeof text->draft);
}

void contact_text_free(ContactText *text)
{
	contact_text_clear(text);
	g_ptr_array_unref(text->tags);
	g_ptr_array_unref(text->custom);
	g_ptr_array_unref(text->owned);
	g_free(text);
}

void contact_text_add_tag(ContactText *text, const char *tag)
{
	char *stripped = g_strstrip(g_strdup(tag));

	if (*stripped == '\0')
		g_free(stripped);
	else
		g_ptr_array_add(text->tags, stripped);
}

void contact_text_add_tags(ContactText *text, const char *tags)
{
	g_auto(GStrv) list = g_strsplit_set(tags, ",;", -1);

	for (char **tag = list; *tag != NULL; tag++)
		contact_text_add_tag(text, *tag);
}

void contact_text_add_custom(ContactText *text, const char *name, const char *value)
{
	char *stripped = g_strstrip(g_strdup(value));

	if (*stripped == '\0') {
		g_free(stripped);
		return;
	}
	g_ptr_array_add(text->custom, g_strdup(name));
	g_ptr_array_add(text->custom, stripped);
}

/* Outer blanks dropped, line breaks and tabs inside made blanks; NULL if nothing is left.
 */
static const char *cell_line(ContactText *text, ContactCell cell)
{
	char *line;

	if (text->cell[cell] == NULL)
		return NULL;
	line = g_strstrip(g_strdelimit(g_strdup(text->cell[cell]), "\t\r\n", ' '));
	g_ptr_array_add(text->owned, line);
	return *line != '\0' ? line : NULL;
}

static bool address_read(ContactText *text, const Settings *settings, char **why_out)
{
	const char *written = cell_line(text, CONTACT_ADDRESS);

	if (written == NULL) {
		*why_out = g_strdup("no mail address");
		return false;
	}
	text->address = addr_spec_parse(written, settings->subaddress_separator);
	if (text->address == NULL || *addr_spec_domain(text->address) == '\0') {
		*why_out = g_strdup_printf("'%s' is not a mail address", written);
		return false;
	}
	if (settings_is_local_domain(settings, addr_spec_domain(text->address))) {
		*why_out =
			g_strdup_printf("'%s' is in one of our own domains; contacts are "
					"people outside",
					written);
		return false;
	}
	text->draft.address = text->address;
	return true;
}

static bool stage_read(ContactText *text, char **why_out)
{
	const char *written = cell_line(text, CONTACT_STAGE);

	if (written == NULL || stage_from_name(written, &text->draft.stage))
		return true;
	*why_out = g_strdup_printf(
		"no stage '%s'; there are lead, prospect, customer and client", written);
	return false;
}

static void source_read(ContactText *text)
{
	text->draft.source = cell_line(text, CONTACT_SOURCE);
	text->draft.source_if_new = text->draft.source == NULL;
	if (text->draft.source == NULL)
		text->draft.source = text->default_source;
}

static const char *const *vector(GPtrArray *list)
{
	if (list->len == 0)
		return NULL;
	g_ptr_array_add(list, NULL);
	return (const char *const *)list->pdata;
}

const ContactDraft *contact_text_draft(ContactText *text, const Settings *settings,
				       char **why_out)
{
	if (!address_read(text, settings, why_out) || !stage_read(text, why_out))
		return NULL;
	text->draft.name = cell_line(text, CONTACT_NAME);
	text->draft.organization = cell_line(text, CONTACT_ORGANIZATION);
	text->draft.owner = cell_line(text, CONTACT_OWNER);
	source_read(text);
	text->draft.tags = vector(text->tags);
	text->draft.custom = vector(text->custom);
	return &text->draft;
}
