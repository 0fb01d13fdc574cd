/* SPDX-License-Identifier: BSD-2-Clause */
#include "draft-pile.h"

#include <string.h>

#include "lead/scratch-file.h"

enum {
	BEGINNING = 2,
	AHEAD = 8, /* drafts whose octets are asked for before they are read */
};

typedef struct {
	uint64_t beginning[BEGINNING]; /* of the address: most compare by it alone */
	uint64_t offset;
	uint32_t length;
	uint32_t next; /* place of another address of the same digest, from 1 on; 0: none */
} Place;

struct DraftPile {
	ScratchFile *file;
	GArray *places;	    /* of Place */
	GHashTable *known;  /* digest of an address: its place, from 1 on */
	GByteArray *octets; /* of the draft at hand */
	const char *map;    /* of the file; NULL until it is sorted */
};

DraftPile *draft_pile_new(GError **error)
{
	ScratchFile *file = scratch_file_new(error);
	DraftPile *pile;

	if (file == NULL)
		return NULL;
	pile = g_new0(DraftPile, 1);
	pile->file = file;
	pile->places = g_array_new(FALSE, FALSE, sizeof(Place));
	pile->known = g_hash_table_new(NULL, NULL);
	pile->octets = g_byte_array_new();
	return pile;
}

void draft_pile_free(DraftPile *pile)
{
	if (pile == NULL)
		return;
	scratch_file_free(pile->file);
	g_array_unref(pile->places);
	g_hash_table_unref(pile->known);
	g_byte_array_unref(pile->octets);
	g_free(pile);
}

/* FNV-1a. Two addresses with one digest are told apart by themselves. */
static gpointer digest(const char *canonical)
{
	uint64_t digest = 0xcbf29ce484222325u;

	for (const char *p = canonical; *p != '\0'; p++)
		digest = (digest ^ (uint8_t)*p) * 0x100000001b3u;
	return GSIZE_TO_POINTER((gsize)digest);
}

static Place *place_at(const DraftPile *pile, uint32_t number)
{
	return &g_array_index(pile->places, Place, number - 1);
}

/* The number of the first of those with the digest of that address; 0: none. */
static uint32_t first_place(const DraftPile *pile, const char *canonical)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(pile->known, digest(canonical)));
}

/* The place of that address, its octets read; NULL if there is none, or with an error. */
static Place *find(DraftPile *pile, const char *canonical, GError **error)
{
	uint32_t number = first_place(pile, canonical);

	while (number != 0) {
		Place *place = place_at(pile, number);

		g_byte_array_set_size(pile->octets, place->length);
		if (!scratch_file_read(pile->file, place->offset, pile->octets->data,
				       place->length, error))
			return NULL;
		if (strcmp(draft_canonical((const char *)pile->octets->data), canonical) ==
		    0)
			return place;
		number = place->next;
	}
	return NULL;
}

GBytes *draft_pile_find(DraftPile *pile, const char *canonical, GError **error)
{
	if (find(pile, canonical, error) == NULL)
		return NULL;
	return g_bytes_new(pile->octets->data, pile->octets->len);
}

/* So that they compare as their octets do. */
static void read_beginning(const char *canonical, uint64_t *beginning_out)
{
	char octets[BEGINNING * sizeof(uint64_t)] = {0};

	memcpy(octets, canonical, strnlen(canonical, sizeof octets));
	memcpy(beginning_out, octets, sizeof octets);
	for (size_t i = 0; i < BEGINNING; i++)
		beginning_out[i] = GUINT64_FROM_BE(beginning_out[i]);
}

static void add_place(DraftPile *pile, const char *canonical, Place place)
{
	read_beginning(canonical, place.beginning);
	place.next = first_place(pile, canonical);
	g_array_append_val(pile->places, place);
	g_hash_table_insert(pile->known, digest(canonical),
			    GUINT_TO_POINTER(pile->places->len));
}

bool draft_pile_put(DraftPile *pile, const ContactDraft *draft, GError **error)
{
	GError *failed = NULL;
	const char *canonical = draft->address->canonical;
	Place *before = find(pile, canonical, &failed);
	Place place = {.offset = 0};

	if (failed != NULL) {
		g_propagate_error(error, failed);
		return false;
	}
	g_byte_array_set_size(pile->octets, 0);
	draft_write(draft, pile->octets);
	place.length = pile->octets->len;
	if (!scratch_file_add(pile->file, pile->octets->data, pile->octets->len,
			      &place.offset, error))
		return false;
	if (before == NULL) {
		add_place(pile, canonical, place);
	} else {
		before->offset = place.offset;
		before->length = place.length;
	}
	return true;
}

static int compare_places(gconstpointer a, gconstpointer b, gpointer octets)
{
	const Place *first = a, *second = b;

	for (size_t i = 0; i < BEGINNING; i++) {
		if (first->beginning[i] != second->beginning[i])
			return first->beginning[i] < second->beginning[i] ? -1 : 1;
	}
	return strcmp(draft_canonical((const char *)octets + first->offset),
		      draft_canonical((const char *)octets + second->offset));
}

bool draft_pile_sort(DraftPile *pile, GError **error)
{
	pile->map = scratch_file_map(pile->file, error);
	if (pile->map == NULL)
		return false;
	g_hash_table_remove_all(pile->known); /* places change, and it is not needed */
	g_array_sort_with_data(pile->places, compare_places,
			       (gpointer)(uintptr_t)pile->map);
	return true;
}

size_t draft_pile_count(const DraftPile *pile)
{
	return pile->places->len;
}

static const char *octets_at(const DraftPile *pile, size_t place)
{
	return pile->map + g_array_index(pile->places, Place, place).offset;
}

/* They lie anywhere in the file: each would be waited for twice. */
void draft_pile_read(const DraftPile *pile, size_t place, DraftCopy *copy)
{
	if (place + AHEAD < pile->places->len)
		__builtin_prefetch(octets_at(pile, place + AHEAD));
	draft_read(octets_at(pile, place), copy);
}
