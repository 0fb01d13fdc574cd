/* SPDX-License-Identifier: BSD-2-Clause */
#include "recent-rows.h"

#include <string.h>

enum { PLACES = 64 }; /* of a kind; a row has its place by its id */

typedef struct {
	RowKind kind;
	ptrdiff_t address; /* offset of the text that it is found by; -1: none */
} RecentKind;

static const RecentKind kinds[] = {
	{ROW_CONTACT, -1},
	{ROW_ADDRESS, offsetof(AddressRow, canonical)},
	{ROW_REP, offsetof(RepRow, address)},
	{ROW_MESSAGE, -1},
};

struct RecentRows {
	RecentRow places[G_N_ELEMENTS(kinds)][PLACES]; /* id 0: empty */
	int64_t by_address[G_N_ELEMENTS(kinds)][PLACES];
};

static int index_of(RowKind kind)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (kinds[i].kind == kind)
			return (int)i;
	}
	return -1;
}

static const char *address_of(int index, const void *row)
{
	return *(char *const *)((const char *)row + kinds[index].address);
}

RecentRows *recent_rows_new(void)
{
	return g_new0(RecentRows, 1);
}

void recent_rows_free(RecentRows *self)
{
	recent_rows_forget(self);
	g_free(self);
}

/* NULL: it is not among them. */
static const RecentRow *place_of(const RecentRows *self, int index, int64_t id)
{
	const RecentRow *place = &self->places[index][(uint64_t)id % PLACES];

	return place->row.id == id ? place : NULL;
}

bool recent_rows_load(const RecentRows *self, RowKind kind, int64_t id, void *row_out)
{
	int index = self != NULL && id != 0 ? index_of(kind) : -1;
	const RecentRow *place = index >= 0 ? place_of(self, index, id) : NULL;

	if (place != NULL)
		row_copy(kind, place, row_out);
	return place != NULL;
}

int64_t recent_rows_find(const RecentRows *self, RowKind kind, const char *address)
{
	int index = self != NULL ? index_of(kind) : -1;
	int64_t id = index >= 0 ? self->by_address[index][g_str_hash(address) % PLACES] : 0;
	const RecentRow *place = id != 0 ? place_of(self, index, id) : NULL;

	return place != NULL && strcmp(address_of(index, place), address) == 0 ? id : 0;
}

void recent_rows_note(RecentRows *self, RowKind kind, const void *row)
{
	int index = self != NULL ? index_of(kind) : -1;
	int64_t id = ((const Row *)row)->id;
	RecentRow *place;

	if (index < 0)
		return;
	place = &self->places[index][(uint64_t)id % PLACES];
	row_clear(kind, place);
	row_copy(kind, row, place);
	if (kinds[index].address >= 0)
		self->by_address[index][g_str_hash(address_of(index, row)) % PLACES] = id;
}

void recent_rows_drop(RecentRows *self, RowKind kind, int64_t id)
{
	int index = self != NULL ? index_of(kind) : -1;

	if (index >= 0 && place_of(self, index, id) != NULL)
		row_clear(kind, &self->places[index][(uint64_t)id % PLACES]);
}

void recent_rows_forget(RecentRows *self)
{
	for (size_t i = 0; self != NULL && i < G_N_ELEMENTS(kinds); i++) {
		for (size_t place = 0; place < PLACES; place++) {
			if (self->places[i][place].row.id != 0)
				row_clear(kinds[i].kind, &self->places[i][place]);
		}
	}
}
