/* SPDX-License-Identifier: BSD-2-Clause */
#include "summary-pile.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "lead/error.h"
#include "lead/spool.h"

enum { BUFFER_OCTETS = 1024 * 1024 };

typedef struct {
	int64_t at;
	guint64 order, offset;
	guint32 length;
} Place;

struct SummaryPile {
	int descriptor;
	GByteArray *buffer; /* not written yet */
	guint64 written;
	GArray *places; /* of Place */
};

static bool fail(const char *what, GError **error)
{
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY,
		    "cannot %s a temporary file in '%s': %s", what, g_get_tmp_dir(),
		    g_strerror(errno));
	return false;
}

SummaryPile *summary_pile_new(GError **error)
{
	g_autofree char *path = g_build_filename(g_get_tmp_dir(), "leadctl-XXXXXX", NULL);
	int descriptor = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
	SummaryPile *pile;

	if (descriptor < 0) {
		fail("make", error);
		return NULL;
	}
	unlink(path);
	pile = g_new0(SummaryPile, 1);
	pile->descriptor = descriptor;
	pile->buffer = g_byte_array_sized_new(BUFFER_OCTETS);
	pile->places = g_array_new(FALSE, FALSE, sizeof(Place));
	return pile;
}

void summary_pile_free(SummaryPile *pile)
{
	if (pile == NULL)
		return;
	close(pile->descriptor);
	g_byte_array_unref(pile->buffer);
	g_array_unref(pile->places);
	g_free(pile);
}

size_t summary_pile_count(const SummaryPile *pile)
{
	return pile->places->len;
}

static bool flush(SummaryPile *pile, GError **error)
{
	size_t done = 0;

	while (done < pile->buffer->len) {
		ssize_t got = write(pile->descriptor, pile->buffer->data + done,
				    pile->buffer->len - done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return fail("write", error);
		done += (size_t)got;
	}
	pile->written += done;
	g_byte_array_set_size(pile->buffer, 0);
	return true;
}

bool summary_pile_add(SummaryPile *pile, int64_t at, guint64 order, GBytes *octets,
		      GError **error)
{
	Place place = {at, order, pile->written + pile->buffer->len,
		       (guint32)g_bytes_get_size(octets)};

	g_array_append_val(pile->places, place);
	g_byte_array_append(pile->buffer, g_bytes_get_data(octets, NULL), place.length);
	return pile->buffer->len < BUFFER_OCTETS || flush(pile, error);
}

static int compare_places(gconstpointer a, gconstpointer b)
{
	const Place *first = a, *second = b;

	if (first->at != second->at)
		return first->at < second->at ? -1 : 1;
	return first->order < second->order ? -1 : first->order > second->order;
}

bool summary_pile_sort(SummaryPile *pile, GError **error)
{
	g_array_sort(pile->places, compare_places);
	return flush(pile, error);
}

static bool read_all(int descriptor, void *octets, size_t length, guint64 offset)
{
	char *at = octets;

	while (length > 0) {
		ssize_t got = pread(descriptor, at, length, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0)
			errno = EIO;
		if (got <= 0)
			return false;
		at += got;
		offset += (size_t)got;
		length -= (size_t)got;
	}
	return true;
}

MessageSummary *summary_pile_take(SummaryPile *pile, size_t place,
				  const char *subaddress_separators, GError **error)
{
	const Place *here = &g_array_index(pile->places, Place, place);
	g_autofree void *octets = g_malloc(here->length);
	MessageSummary *summary;

	if (!read_all(pile->descriptor, octets, here->length, here->offset)) {
		fail("read", error);
		return NULL;
	}
	summary = summary_decode(octets, here->length, subaddress_separators);
	if (summary == NULL)
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "a summary does not read back from a temporary file in '%s'",
			    g_get_tmp_dir());
	return summary;
}
