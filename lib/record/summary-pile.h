/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Summaries laid by in one order and taken back in order of arrival: in a temporary file
 * without a name, with 32 octets of memory for each. So an archive is read once, and may
 * come from a pipe. Private to lib/record. One
 * thread at a time, unless it says more.
 */
#ifndef LEAD_RECORD_SUMMARY_PILE_H
#define LEAD_RECORD_SUMMARY_PILE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "lead/summary.h"

typedef struct SummaryPile SummaryPile;

SummaryPile *summary_pile_new(GError **error); /* TEMPORARY */
void summary_pile_free(SummaryPile *pile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SummaryPile, summary_pile_free)

/* octets: of summary_encode(). order: what arrived in the same second keeps this order. */
bool summary_pile_add(SummaryPile *pile, int64_t at, guint64 order, GBytes *octets,
		      GError **error);
size_t summary_pile_count(const SummaryPile *pile);

/* Ends the adding, and sorts by arrival. */
void summary_pile_sort(SummaryPile *pile);
/* The one at that place. Caller unrefs. NULL with an error if the file cannot be read.
 * Any thread. */
MessageSummary *summary_pile_take(SummaryPile *pile, size_t place,
				  const char *subaddress_separators, GError **error);

#endif
