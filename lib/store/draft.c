/* SPDX-License-Identifier: BSD-2-Clause */
#include "draft.h"

#include <string.h>

/*
 * A text is '+', its octets and a NUL, '=' if it is that of the address in canonical form,
 * or '-' if there is none; a list is its texts and a NUL in the place of a '+'. First a
 * letter each for stage and flags.
 */
static void put_text(GByteArray *octets, const char *text)
{
	if (text == NULL) {
		g_byte_array_append(octets, (const guint8 *)"-", 1);
		return;
	}
	g_byte_array_append(octets, (const guint8 *)"+", 1);
	g_byte_array_append(octets, (const guint8 *)text, (guint)strlen(text) + 1);
}

static void put_list(GByteArray *octets, const char *const *list)
{
	for (size_t i = 0; list != NULL && list[i] != NULL; i++)
		put_text(octets, list[i]);
	g_byte_array_append(octets, (const guint8 *)"", 1);
}

/* Most addresses are written in canonical form, and have no subaddress. */
static void put_form(GByteArray *octets, const char *form, const char *canonical)
{
	if (strcmp(form, canonical) == 0)
		g_byte_array_append(octets, (const guint8 *)"=", 1);
	else
		put_text(octets, form);
}

void draft_write(const ContactDraft *draft, GByteArray *octets)
{
	guint8 letters[] = {(guint8)draft->stage, draft->source_if_new};

	g_byte_array_append(octets, letters, sizeof letters);
	put_text(octets, draft->address->canonical);
	put_form(octets, draft->address->base, draft->address->canonical);
	put_form(octets, draft->address->original, draft->address->canonical);
	put_text(octets, draft->name);
	put_text(octets, draft->organization);
	put_text(octets, draft->owner);
	put_text(octets, draft->source);
	put_list(octets, draft->tags);
	put_list(octets, draft->custom);
}

GBytes *draft_encode(const ContactDraft *draft)
{
	GByteArray *octets = g_byte_array_new();

	draft_write(draft, octets);
	return g_byte_array_free_to_bytes(octets);
}

const char *draft_canonical(const char *octets)
{
	return octets + 3;
}

static const char *get_text(const char **at)
{
	const char *text = *at + 1;

	if (**at == '-') {
		++*at;
		return NULL;
	}
	*at = text + strlen(text) + 1;
	return text;
}

static const char *get_form(const char **at, const char *canonical)
{
	if (**at != '=')
		return get_text(at);
	++*at;
	return canonical;
}

static const char *const *get_list(const char **at, GPtrArray *list)
{
	while (**at == '+')
		g_ptr_array_add(list, (gpointer)(uintptr_t)get_text(at));
	++*at;
	g_ptr_array_add(list, NULL);
	return (const char *const *)list->pdata;
}

static char *borrowed(const char *text)
{
	return (char *)(uintptr_t)text;
}

/* The array of a copy that is read once more. */
static GPtrArray *emptied(GPtrArray *list)
{
	if (list == NULL)
		return g_ptr_array_new();
	g_ptr_array_set_size(list, 0);
	return list;
}

void draft_read(const char *octets, DraftCopy *copy)
{
	const char *at = octets, *canonical, *domain;

	*copy = (DraftCopy){
		.octets = copy->octets,
		.tags = emptied(copy->tags),
		.custom = emptied(copy->custom),
	};
	copy->draft.stage = (Stage)*at++;
	copy->draft.source_if_new = *at++ != 0;
	canonical = get_text(&at);
	copy->address.canonical = borrowed(canonical);
	copy->address.base = borrowed(get_form(&at, canonical));
	copy->address.original = borrowed(get_form(&at, canonical));
	domain = strrchr(canonical, '@');
	copy->address.at =
		domain != NULL ? (size_t)(domain - canonical) : strlen(canonical);
	copy->draft.address = &copy->address;
	copy->draft.name = get_text(&at);
	copy->draft.organization = get_text(&at);
	copy->draft.owner = get_text(&at);
	copy->draft.source = get_text(&at);
	copy->draft.tags = get_list(&at, copy->tags);
	copy->draft.custom = get_list(&at, copy->custom);
}

void draft_decode(GBytes *octets, DraftCopy *copy)
{
	*copy = (DraftCopy){.octets = g_bytes_ref(octets)};
	draft_read(g_bytes_get_data(octets, NULL), copy);
}

void draft_copy_clear(DraftCopy *copy)
{
	g_clear_pointer(&copy->tags, g_ptr_array_unref);
	g_clear_pointer(&copy->custom, g_ptr_array_unref);
	g_clear_pointer(&copy->octets, g_bytes_unref);
}
