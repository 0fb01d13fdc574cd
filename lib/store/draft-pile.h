/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Drafts laid by in any order and taken back in order of address: in a scratch file, so
 * that a million of them need no memory but 32 octets each and some 40 to find it by. One
 * thread at a time.
 */
#ifndef LEAD_STORE_DRAFT_PILE_H
#define LEAD_STORE_DRAFT_PILE_H

#include "draft.h"

typedef struct DraftPile DraftPile;

DraftPile *draft_pile_new(GError **error); /* TEMPORARY, as with all errors below */
void draft_pile_free(DraftPile *pile);	   /* NULL is fine */

/* The draft of that address. NULL if there is none, or with an error. */
GBytes *draft_pile_find(DraftPile *pile, const char *canonical, GError **error);
/* Instead of one of the same address. */
bool draft_pile_put(DraftPile *pile, const ContactDraft *draft, GError **error);

/* Ends the putting: they are in order of address from then on. */
bool draft_pile_sort(DraftPile *pile, GError **error);
size_t draft_pile_count(const DraftPile *pile);
/* The one at that place, as draft_read() reads it. Any thread. */
void draft_pile_read(const DraftPile *pile, size_t place, DraftCopy *copy);

#endif
