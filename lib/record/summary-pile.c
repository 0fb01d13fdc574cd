/* SPDX-License-Identifier: BSD-2-Clause */
#include "summary-pile.h"

#include "lead/error.h"
#include "lead/scratch-file.h"
#include "lead/spool.h"

typedef struct {
	int64_t at;
	guint64 order, offset;
	guint32 length;
} Place;

struct SummaryPile {
	ScratchFile *file;
	GArray *places; /* of Place */
};

SummaryPile *summary_pile_new(GError **error)
{
	ScratchFile *file = scratch_file_new(error);
	SummaryPile *pile;

	if (file == NULL)
		return NULL;
	pile = g_new0(SummaryPile, 1);
	pile->file = file;
	pile->places = g_array_new(FALSE, FALSE, sizeof(Place));
	return pile;
}

void summary_pile_free(SummaryPile *pile)
{
	if (pile == NULL)
		return;
	scratch_file_free(pile->file);
	g_array_unref(pile->places);
	g_free(pile);
}

size_t summary_pile_count(const SummaryPile *pile)
{
	return pile->places->len;
}

bool summary_pile_add(SummaryPile *pile, int64_t at, guint64 order, GBytes *octets,
		      GError **error)
{
	Place place = {at, order, 0, (guint32)g_bytes_get_size(octets)};

	if (!scratch_file_add(pile->file, g_bytes_get_data(octets, NULL), place.length,
			      &place.offset, error))
		return false;
	g_array_append_val(pile->places, place);
	return true;
}

static int compare_places(gconstpointer a, gconstpointer b)
{
	const Place *first = a, *second = b;

	if (first->at != second->at)
		return first->at < second->at ? -1 : 1;
	return first->order < second->order ? -1 : first->order > second->order;
}

void summary_pile_sort(SummaryPile *pile)
{
	g_array_sort(pile->places, compare_places);
}

MessageSummary *summary_pile_take(SummaryPile *pile, size_t place,
				  const char *subaddress_separators, GError **error)
{
	const Place *here = &g_array_index(pile->places, Place, place);
	g_autofree void *octets = g_malloc(here->length);
	MessageSummary *summary;

	if (!scratch_file_read(pile->file, here->offset, octets, here->length, error))
		return NULL;
	summary = summary_decode(octets, here->length, subaddress_separators);
	if (summary == NULL)
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "a summary does not read back from a temporary file in '%s'",
			    g_get_tmp_dir());
	return summary;
}
