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

/* Ends the putting. In order of address, until visit says no; draft is borrowed. */
typedef bool (*DraftVisit)(const ContactDraft *draft, void *user);
bool draft_pile_each(DraftPile *pile, DraftVisit visit, void *user, GError **error);

#endif
