/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One index holds the phrases of all lists, under their first two tokens (or the only
 * one), so that a text is walked once, however many lists are asked and however long they
 * are: most pairs of words begin no phrase at all. Filled by words_init(), then only read.
 */
#ifndef LEAD_CRM_WORDS_INDEX_H
#define LEAD_CRM_WORDS_INDEX_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/words.h"

typedef struct {
	char *text; /* folded */
	size_t length;
	WordList list;
	uint32_t next; /* index + 1 of the next phrase of the same place; 0: none */
} Phrase;

enum { WORDS_TAKEN_BITS = 1 << 17 };

typedef struct {
	GArray *phrases;            /* of Phrase */
	GHashTable *whole[WORDS_N]; /* the texts of each list, borrowed */
	uint32_t *places;           /* index + 1 of the first phrase of a chain; 0: none */
	uint32_t mask;              /* number of places - 1; a power of two */
	/* a bit for each hash where a phrase stands: small enough to stay at hand, and most
	 * tokens of a text are known by it to begin nothing */
	uint32_t taken[WORDS_TAKEN_BITS / 32];
} WordIndex;

extern WordIndex words;

static inline bool words_may_stand_at(uint32_t hash)
{
	return (words.taken[hash / 32 % G_N_ELEMENTS(words.taken)] & 1u << hash % 32) != 0;
}

/* A phrase stands at the hash of its only token, or of its first two. */
size_t token_read(const char *p, uint32_t *hash_out); /* token_length(), and its hash */
static inline uint32_t pair_hash(uint32_t first, uint32_t second)
{
	return first * 31 + second;
}

static inline const char *skip_blank(const char *p)
{
	return *p == ' ' ? p + 1 : p;
}

#endif
