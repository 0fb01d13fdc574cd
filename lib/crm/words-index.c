/* SPDX-License-Identifier: BSD-2-Clause */
#include "words-index.h"

#include <gio/gio.h>
#include <stdint.h>
#include <string.h>

#include "word-char.h"

WordIndex words;

/* The files of a list. Phrases that say absence stand in files of their own and belong to
 * the general list as well. */
static const char *const files[WORDS_N][4] = {
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
	[WORDS_ABSENCE_TEXT] = {"absence-text", "absence-return", "absence-promise"},
	[WORDS_ABSENCE_STATE] = {"absence-text"},
	[WORDS_ABSENCE_PROMISE] = {"absence-promise"},
	[WORDS_ACKNOWLEDGEMENT_TEXT] = {"acknowledgement-text"},
	[WORDS_AUTOMATION_TEXT] = {"automation-text"},
	[WORDS_ACKNOWLEDGEMENT_SUBJECT] = {"acknowledgement-subject"},
	[WORDS_DESK_TEXT] = {"desk-text"},
	[WORDS_RECEIPT_SUBJECT] = {"receipt-subject"},
	[WORDS_RECEIPT_TEXT] = {"receipt-text"},
	[WORDS_NOTICE_SUBJECT] = {"notice-subject"},
	[WORDS_NOTICE_TEXT] = {"notice-text"},
	[WORDS_BULK_TEXT] = {"bulk-text"},
	[WORDS_BOUNCE_SUBJECT] = {"bounce-subject"},
	[WORDS_CHALLENGE] = {"challenge"},
	[WORDS_BULK_MAILER] = {"bulk-mailer"},
	[WORDS_FREE_MAIL] = {"free-mail"},
};

GResource *lead_words_get_resource(void); /* generated, without a header */

enum { HASH_START = 2166136261u, HASH_FACTOR = 16777619u }; /* FNV-1a */

static uint32_t hash_finish(uint32_t hash)
{
	return hash ^ hash >> 15;
}

static uint32_t token_hash(const char *p, size_t length)
{
	uint32_t hash = HASH_START;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)p[i]) * HASH_FACTOR;
	return hash_finish(hash);
}

size_t token_read(const char *p, uint32_t *hash_out)
{
	uint32_t hash = HASH_START;
	const char *end = p;
	size_t length;

	for (; char_is_ascii_word(*end); end++)
		hash = (hash ^ (unsigned char)*end) * HASH_FACTOR;
	if (end > p && (*end & 0x80) == 0) {
		*hash_out = hash_finish(hash);
		return (size_t)(end - p);
	}
	length = token_length(p);
	*hash_out = token_hash(p, length);
	return length;
}

/* "[de]": the language of the lines that follow. */
static bool line_is_language(const char *line)
{
	return line[0] == '[' && g_ascii_islower(line[1]) && g_ascii_islower(line[2]) &&
	       strcmp(line + 3, "]") == 0;
}

static void add_line(WordList list, char *line)
{
	Phrase phrase = {.list = list};

	g_strstrip(line);
	if (line[0] == '#' || line_is_language(line))
		return;
	phrase.text = words_fold(line);
	phrase.length = strlen(phrase.text);
	if (phrase.length == 0 || g_hash_table_contains(words.whole[list], phrase.text)) {
		g_free(phrase.text); /* two languages share it */
		return;
	}
	g_hash_table_add(words.whole[list], phrase.text);
	g_array_append_val(words.phrases, phrase);
}

static void add_file(WordList list, const char *file)
{
	g_autofree char *path = g_strdup_printf("/leadmilter/words/%s.txt", file);
	g_autoptr(GBytes) bytes = g_resource_lookup_data(
		lead_words_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
	g_auto(GStrv) lines = NULL;

	g_assert_nonnull(bytes); /* the build put it there */
	lines = g_strsplit(g_bytes_get_data(bytes, NULL), "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++)
		add_line(list, lines[i]);
}

/* Where a phrase stands: under its first two tokens, or under its only one. */
static uint32_t phrase_hash(const char *text)
{
	size_t first = token_length(text);
	const char *rest = skip_blank(text + first);
	uint32_t hash = token_hash(text, first);

	return *rest != '\0' ? pair_hash(hash, token_hash(rest, token_length(rest))) : hash;
}

static void words_take(uint32_t hash)
{
	words.taken[hash / 32 % G_N_ELEMENTS(words.taken)] |= 1u << hash % 32;
}

static void index_phrases(void)
{
	uint32_t places = 1024;

	while (places < 2 * words.phrases->len)
		places *= 2;
	words.mask = places - 1;
	words.places = g_new0(uint32_t, places);
	for (guint i = 0; i < words.phrases->len; i++) {
		Phrase *phrase = &g_array_index(words.phrases, Phrase, i);
		uint32_t hash = phrase_hash(phrase->text);
		uint32_t place = hash & words.mask;

		words_take(hash);
		phrase->next = words.places[place];
		words.places[place] = i + 1;
	}
}

void words_init(void)
{
	static gsize loaded;

	if (!g_once_init_enter(&loaded))
		return;
	words.phrases = g_array_new(FALSE, FALSE, sizeof(Phrase));
	for (WordList list = 0; list < WORDS_N; list++) {
		words.whole[list] = g_hash_table_new(g_str_hash, g_str_equal);
		for (size_t i = 0; files[list][i] != NULL; i++)
			add_file(list, files[list][i]);
	}
	index_phrases();
	g_once_init_leave(&loaded, 1);
}
