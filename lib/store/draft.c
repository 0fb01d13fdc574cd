/* SPDX-License-Identifier: BSD-2-Clause */
#include "draft.h"

#include <string.h>

/*
 * A text is '+', its octets and a NUL, or '-' if there is none; a list is its texts and a
 * NUL in the place of a '+'. First a letter each for stage and flags.
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

GBytes *draft_encode(const ContactDraft *draft)
{
	GByteArray *octets = g_byte_array_new();
	guint8 letters[] = {(guint8)draft->stage, draft->source_if_new};

	g_byte_array_append(octets, letters, sizeof letters);
	put_text(octets, draft->address->canonical);
	put_text(octets, draft->address->base);
	put_text(octets, draft->address->original);
	put_text(octets, draft->name);
	put_text(octets, draft->organization);
	put_text(octets, draft->owner);
	put_text(octets, draft->source);
	put_list(octets, draft->tags);
	put_list(octets, draft->custom);
	return g_byte_array_free_to_bytes(octets);
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

void draft_decode(GBytes *octets, DraftCopy *copy)
{
	const char *at = g_bytes_get_data(octets, NULL);
	const char *domain;

	*copy = (DraftCopy){
		.octets = g_bytes_ref(octets),
		.tags = g_ptr_array_new(),
		.custom = g_ptr_array_new(),
	};
	copy->draft.stage = (Stage)*at++;
	copy->draft.source_if_new = *at++ != 0;
	copy->address.canonical = borrowed(get_text(&at));
	copy->address.base = borrowed(get_text(&at));
	copy->address.original = borrowed(get_text(&at));
	domain = strrchr(copy->address.canonical, '@');
	copy->address.at = domain != NULL ? (size_t)(domain - copy->address.canonical)
					  : strlen(copy->address.canonical);
	copy->draft.address = &copy->address;
	copy->draft.name = get_text(&at);
	copy->draft.organization = get_text(&at);
	copy->draft.owner = get_text(&at);
	copy->draft.source = get_text(&at);
	copy->draft.tags = get_list(&at, copy->tags);
	copy->draft.custom = get_list(&at, copy->custom);
}

void draft_copy_clear(DraftCopy *copy)
{
	g_clear_pointer(&copy->tags, g_ptr_array_unref);
	g_clear_pointer(&copy->custom, g_ptr_array_unref);
	g_clear_pointer(&copy->octets, g_bytes_unref);
}
