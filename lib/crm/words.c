/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/words.h"

#include <string.h>

#include "word-char.h"
#include "words-index.h"

G_STATIC_ASSERT(WORDS_N <= 32);

/* What is asked of a text: which lists, where a phrase must end, and what was found. */
typedef struct {
	uint32_t lists;	   /* a bit for each list that is asked */
	const char *until; /* NULL: anywhere */
	const Phrase *found[WORDS_N];
	const char *at[WORDS_N];
} Search;

/* Whether a word ends behind the phrase that stands at p: its last token is the text's. */
static bool phrase_ends_word(const Phrase *phrase, const char *p)
{
	const char *end = p + phrase->length;
	const char *token = p;

	while (token < end)
		token += token_length(token);
	return token == end;
}

static bool phrase_fits(const Phrase *phrase, const char *p, const char *until)
{
	return strncmp(p, phrase->text, phrase->length) == 0 &&
	       (until == NULL || p + phrase->length == until) &&
	       phrase_ends_word(phrase, p);
}

/* Keeps, for each list, the longest phrase at the first place that has one. */
static void search_place(Search *search, const char *p, uint32_t hash)
{
	for (uint32_t i = words.places[hash & words.mask]; i != 0;) {
		const Phrase *phrase = &g_array_index(words.phrases, Phrase, i - 1);
		const Phrase *found = search->found[phrase->list];

		if ((search->lists & 1u << phrase->list) &&
		    (found == NULL ||
		     (search->at[phrase->list] == p && found->length < phrase->length)) &&
		    phrase_fits(phrase, p, search->until)) {
			search->found[phrase->list] = phrase;
			search->at[phrase->list] = p;
		}
		i = phrase->next;
	}
}

/* Looks at every token of text, or at the first one alone. */
static void search_text(Search *search, const char *text, bool first_only)
{
	uint32_t hash, next_hash;
	size_t length = token_read(text, &hash);

	for (const char *p = text; *p != '\0';) {
		const char *next = skip_blank(p + length);
		size_t next_length = token_read(next, &next_hash);

		if (words_may_stand_at(hash))
			search_place(search, p, hash);
		if (next_length > 0 && words_may_stand_at(pair_hash(hash, next_hash)))
			search_place(search, p, pair_hash(hash, next_hash));
		if (first_only)
			return;
		p = next;
		length = next_length;
		hash = next_hash;
	}
}

static const char *search_list(WordList list, const char *text, const char *until,
			       bool first_only)
{
	Search search = {.lists = 1u << list, .until = until};

	words_init();
	search_text(&search, text, first_only);
	return search.found[list] != NULL ? search.found[list]->text : NULL;
}

bool words_has(WordList list, const char *folded)
{
	words_init();
	return g_hash_table_contains(words.whole[list], folded);
}

const char *words_starts(WordList list, const char *folded)
{
	return search_list(list, folded, NULL, true);
}

const char *words_ends(WordList list, const char *folded)
{
	return search_list(list, folded, folded + strlen(folded), false);
}

const char *words_contains(WordList list, const char *folded)
{
	return search_list(list, folded, NULL, false);
}

void words_scan(const char *folded, const WordList *lists, size_t count,
		const char **phrases_out)
{
	Search search = {0};

	words_init();
	for (size_t i = 0; i < count; i++)
		search.lists |= 1u << lists[i];
	search_text(&search, folded, false);
	for (size_t i = 0; i < count; i++) {
		const Phrase *found = search.found[lists[i]];

		phrases_out[i] = found != NULL ? found->text : NULL;
	}
}
