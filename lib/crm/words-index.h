/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One index holds the phrases of all lists, under their first two tokens (or the only
 * one), so that a text is walked once, however many lists are asked and however long they
 * are: most pairs of words begin no phrase at all. Filled by words_init(), then only read.
 */
#ifndef LEAD_CRM_WORDS_INDEX_H
#define LEAD_CRM_WORDS_INDEX_H

#include <glib.h>
#include <stdint.h>

#include "lead/words.h"

typedef struct {
	char *text; /* folded */
	size_t length;
	WordList list;
	uint32_t next; /* index + 1 of the next phrase of the same place; 0: none */
} Phrase;

typedef struct {
	GArray *phrases;            /* of Phrase */
	GHashTable *whole[WORDS_N]; /* the texts of each list, borrowed */
	uint32_t *places;           /* index + 1 of the first phrase of a chain; 0: none */
	uint32_t mask;              /* number of places - 1; a power of two */
} WordIndex;

extern WordIndex words;

/* A phrase stands at the hash of its only token, or of its first two. */
uint32_t token_hash(const char *p, size_t length);
uint32_t pair_hash(uint32_t first, uint32_t second);
const char *skip_blank(const char *p);

#endif
