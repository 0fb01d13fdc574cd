/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/words.h"

#include <gio/gio.h>
#include <stdint.h>
#include <string.h>

#include "word-char.h"

/*
 * Each list is indexed by the first token of its phrases, so that a text is walked once,
 * however long the list is: hash a token, look at the few phrases that begin with it.
 */
typedef struct {
	char *text; /* folded */
	size_t length;
	size_t next; /* index + 1 of the next phrase with the same first token; 0: none */
} Phrase;

typedef struct {
	GArray *phrases;   /* of Phrase */
	GHashTable *whole; /* the same texts, borrowed */
	size_t *places;	   /* index + 1 of the first phrase of a chain; 0: free */
	size_t mask;	   /* number of places - 1; a power of two */
} WordIndex;

/* The files of a list. Phrases that say absence stand in files of their own and belong to
 * the general list as well. */
static const char *const files[WORDS_N][3] = {
	[WORDS_AUTO_SUBJECT] = {"auto-subject", "absence-subject"},
	[WORDS_AUTO_SUBJECT_SUFFIX] = {"auto-subject-suffix", "absence-subject-suffix"},
	[WORDS_ABSENCE_SUBJECT] = {"absence-subject", "absence-subject-suffix"},
	[WORDS_REPLY_PREFIX] = {"reply-prefix"},
	[WORDS_FORWARD_PREFIX] = {"forward-prefix"},
	[WORDS_EITHER_PREFIX] = {"either-prefix"},
	[WORDS_SUBJECT_TAG] = {"subject-tag"},
	[WORDS_GENERIC_SUBJECT] = {"generic-subject"},
	[WORDS_STOP] = {"stop"},
	[WORDS_STOP_SENTENCE] = {"stop-sentence"},
	[WORDS_DECLINED] = {"declined"},
	[WORDS_LEFT_COMPANY] = {"left-company"},
	[WORDS_ABSENCE_TEXT] = {"absence-text"},
	[WORDS_ACKNOWLEDGEMENT_TEXT] = {"acknowledgement-text"},
	[WORDS_BOUNCE_SUBJECT] = {"bounce-subject"},
	[WORDS_CHALLENGE] = {"challenge"},
	[WORDS_BULK_MAILER] = {"bulk-mailer"},
	[WORDS_FREE_MAIL] = {"free-mail"},
};

static WordIndex indexes[WORDS_N];

GResource *lead_words_get_resource(void); /* generated, without a header */

static uint32_t token_hash(const char *p, size_t length)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)p[i]) * 16777619u;
	return hash ^ hash >> 15;
}

/* "[de]": the language of the lines that follow. */
static bool line_is_language(const char *line)
{
	return line[0] == '[' && g_ascii_islower(line[1]) && g_ascii_islower(line[2]) &&
	       strcmp(line + 3, "]") == 0;
}

static void index_line(WordIndex *index, char *line)
{
	Phrase phrase = {0};

	g_strstrip(line);
	if (line[0] == '#' || line_is_language(line))
		return;
	phrase.text = words_fold(line);
	phrase.length = strlen(phrase.text);
	if (phrase.length == 0 || g_hash_table_contains(index->whole, phrase.text)) {
		g_free(phrase.text); /* two languages share it */
		return;
	}
	g_hash_table_add(index->whole, phrase.text);
	g_array_append_val(index->phrases, phrase);
}

static void index_file(WordIndex *index, const char *file)
{
	g_autofree char *path = g_strdup_printf("/leadmilter/words/%s.txt", file);
	g_autoptr(GBytes) bytes = g_resource_lookup_data(
		lead_words_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
	g_auto(GStrv) lines = NULL;

	g_assert_nonnull(bytes); /* the build put it there */
	lines = g_strsplit(g_bytes_get_data(bytes, NULL), "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++)
		index_line(index, lines[i]);
}

static void index_chain(WordIndex *index)
{
	size_t places = 64;

	while (places < 2 * (size_t)index->phrases->len)
		places *= 2;
	index->mask = places - 1;
	index->places = g_new0(size_t, places);
	for (guint i = 0; i < index->phrases->len; i++) {
		Phrase *phrase = &g_array_index(index->phrases, Phrase, i);
		size_t place =
			token_hash(phrase->text, token_length(phrase->text)) & index->mask;

		phrase->next = index->places[place];
		index->places[place] = i + 1;
	}
}

void words_init(void)
{
	static gsize loaded;

	if (!g_once_init_enter(&loaded))
		return;
	for (WordList list = 0; list < WORDS_N; list++) {
		WordIndex *index = &indexes[list];

		index->phrases = g_array_new(FALSE, FALSE, sizeof(Phrase));
		index->whole = g_hash_table_new(g_str_hash, g_str_equal);
		for (size_t i = 0; files[list][i] != NULL; i++)
			index_file(index, files[list][i]);
		index_chain(index);
	}
	g_once_init_leave(&loaded, 1);
}

static const WordIndex *word_index(WordList list)
{
	words_init();
	return &indexes[list];
}

/* Whether a word ends behind the phrase that stands at p: its last token is the text's. */
static bool phrase_ends_word(const Phrase *phrase, const char *p)
{
	const char *end = p + phrase->length;
	const char *token = p;

	while (token < end)
		token += token_length(token);
	return token == end;
}

/* The longest phrase at p that ends at a word's end, and, if until is not NULL, just
 * there. */
static const Phrase *phrase_at(const WordIndex *index, const char *p, size_t token,
			       const char *until)
{
	const Phrase *longest = NULL;

	for (size_t i = index->places[token_hash(p, token) & index->mask]; i != 0;) {
		const Phrase *phrase = &g_array_index(index->phrases, Phrase, i - 1);

		if ((longest == NULL || phrase->length > longest->length) &&
		    strncmp(p, phrase->text, phrase->length) == 0 &&
		    phrase_ends_word(phrase, p) &&
		    (until == NULL || p + phrase->length == until))
			longest = phrase;
		i = phrase->next;
	}
	return longest;
}

bool words_has(WordList list, const char *folded)
{
	return g_hash_table_contains(word_index(list)->whole, folded);
}

const char *words_starts(WordList list, const char *folded)
{
	const Phrase *phrase =
		phrase_at(word_index(list), folded, token_length(folded), NULL);

	return phrase != NULL ? phrase->text : NULL;
}

static const char *phrase_within(WordList list, const char *folded, const char *until)
{
	const WordIndex *index = word_index(list);
	size_t token;

	for (const char *p = folded; *p != '\0'; p += token) {
		const Phrase *phrase;

		token = token_length(p);
		if (*p == ' ')
			continue;
		phrase = phrase_at(index, p, token, until);
		if (phrase != NULL)
			return phrase->text;
	}
	return NULL;
}

const char *words_ends(WordList list, const char *folded)
{
	return phrase_within(list, folded, folded + strlen(folded));
}

const char *words_contains(WordList list, const char *folded)
{
	return phrase_within(list, folded, NULL);
}
