/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/header-section.h"

#include <stdint.h>
#include <string.h>

#include "header-lines.h"

typedef struct {
	FieldId id;
	guint next; /* index of the next entry of this id; 0 is none */
	size_t place;
	const char *name; /* of LEAD_FIELDS or spam_fields: not owned */
	const char *body; /* in bodies */
} Entry;

enum { BODIES_BLOCK = 4096 };

struct HeaderSection {
	HeaderLimits limits;
	char *const *spam_fields;
	GStringChunk *bodies;
	GArray *entries;	 /* of Entry; the first is none */
	guint first[FIELD_NONE]; /* index of an id's first entry; 0 is none */
	guint last[FIELD_NONE];
	size_t kept_octets;
	size_t octets, fields;
	bool was_cut;
};

HeaderSection *header_section_new(const HeaderLimits *limits, char *const *spam_fields)
{
	HeaderSection *self = g_new0(HeaderSection, 1);

	self->limits = *limits;
	self->spam_fields = spam_fields;
	self->bodies = g_string_chunk_new(BODIES_BLOCK);
	self->entries = g_array_sized_new(FALSE, TRUE, sizeof(Entry), 32);
	g_array_set_size(self->entries, 1);
	return self;
}

void header_section_free(HeaderSection *section)
{
	if (section == NULL)
		return;
	g_string_chunk_free(section->bodies);
	g_array_unref(section->entries);
	g_free(section);
}

void header_section_clear(HeaderSection *section)
{
	g_string_chunk_clear(section->bodies);
	g_array_set_size(section->entries, 1);
	memset(section->first, 0, sizeof section->first);
	memset(section->last, 0, sizeof section->last);
	section->kept_octets = section->octets = section->fields = 0;
	section->was_cut = false;
}

static const char *spam_field_name(const HeaderSection *section, Slice name)
{
	char *const *known = section->spam_fields;
	size_t length = slice_length(name);

	for (; known != NULL && *known != NULL; known++) {
		if (length > 0 && ((**known ^ *name.start) & ~0x20) == 0 &&
		    strlen(*known) == length &&
		    g_ascii_strncasecmp(*known, name.start, length) == 0)
			return *known;
	}
	return NULL;
}

static void entry_add(HeaderSection *section, FieldId id, const char *name,
		      const char *body)
{
	guint index = section->entries->len;
	Entry entry = {.id = id, .place = section->fields - 1, .name = name, .body = body};

	g_array_append_val(section->entries, entry);
	if (section->first[id] == 0)
		section->first[id] = index;
	else
		g_array_index(section->entries, Entry, section->last[id]).next = index;
	section->last[id] = index;
}

/* Where to cut a body that is too long: not within a character, for then the whole text
 * would be no UTF-8. */
static size_t cut_length(const char *body, size_t limit)
{
	for (size_t back = 0; back < MIN(limit, 4); back++) {
		if ((body[limit - back] & 0xc0) != 0x80)
			return limit - back;
	}
	return limit;
}

/* Copies a body within the limits; NULL if there is no room for it. */
static const char *body_keep(HeaderSection *section, size_t name_length, Slice body)
{
	size_t length = slice_length(body), octets;
	char *copy;

	if (length > section->limits.field_octets) {
		length = cut_length(body.start, section->limits.field_octets);
		section->was_cut = true;
	}
	octets = name_length + length;
	if (section->entries->len > section->limits.fields ||
	    octets > section->limits.octets - section->kept_octets) {
		section->was_cut = true;
		return NULL;
	}
	copy = g_string_chunk_insert_len(section->bodies, body.start, (gssize)length);
	header_body_unfold(copy, length);
	section->kept_octets += octets;
	return copy;
}

static void field_add(HeaderSection *section, Slice name, Slice body)
{
	FieldId id = field_id_of(name.start, slice_length(name));
	const char *spam_name = spam_field_name(section, name);
	const char *kept;

	section->fields++;
	section->octets +=
		slice_length(name) + strlen(":") + slice_length(body) + strlen("\r\n");
	if (id == FIELD_NONE && spam_name == NULL)
		return;
	kept = body_keep(section, slice_length(name), slice_trim(body));
	if (kept == NULL)
		return;
	if (id != FIELD_NONE)
		entry_add(section, id, field_name(id), kept);
	if (spam_name != NULL)
		entry_add(section, FIELD_SPAM_VERDICT, spam_name, kept);
}

void header_section_add(HeaderSection *section, const char *name, const char *body)
{
	field_add(section, slice_trim((Slice){name, name + strlen(name)}),
		  (Slice){body, body + strlen(body)});
}

size_t header_section_split(HeaderSection *section, const char *bytes, size_t length)
{
	HeaderLines lines = header_lines_begin(bytes, length);
	Slice name, body;

	while (header_lines_next(&lines, &name, &body))
		field_add(section, name, body);
	return (size_t)(lines.next - bytes);
}

static const Entry *entry_at(const HeaderSection *section, FieldId id, size_t at)
{
	guint index = id < FIELD_NONE ? section->first[id] : 0;

	for (; index != 0; at--) {
		const Entry *entry = &g_array_index(section->entries, Entry, index);

		if (at == 0)
			return entry;
		index = entry->next;
	}
	return NULL;
}

const char *header_section_get(const HeaderSection *section, FieldId id, size_t at)
{
	const Entry *entry = entry_at(section, id, at);

	return entry != NULL ? entry->body : NULL;
}

const char *header_section_name(const HeaderSection *section, FieldId id, size_t at)
{
	const Entry *entry = entry_at(section, id, at);

	return entry != NULL ? entry->name : NULL;
}

size_t header_section_place(const HeaderSection *section, FieldId id, size_t at)
{
	const Entry *entry = entry_at(section, id, at);

	return entry != NULL ? entry->place : SIZE_MAX;
}

size_t header_section_count(const HeaderSection *section, FieldId id)
{
	size_t count = 0;

	for (guint index = id < FIELD_NONE ? section->first[id] : 0; index != 0; count++)
		index = g_array_index(section->entries, Entry, index).next;
	return count;
}

size_t header_section_octets(const HeaderSection *section)
{
	return section->octets;
}

size_t header_section_fields(const HeaderSection *section)
{
	return section->fields;
}

bool header_section_was_cut(const HeaderSection *section)
{
	return section->was_cut;
}
