/* SPDX-License-Identifier: BSD-2-Clause */
#include "sign-words.h"

#include <glib.h>
#include <string.h>

/* A word of the row with its length; NULL behind the last. */
static const char *next_word(const char **words, size_t *length_out)
{
	const char *word = *words;

	if (word == NULL || *word == '\0')
		return NULL;
	*length_out = strcspn(word, "|");
	*words = word + *length_out + (word[*length_out] == '|');
	return word;
}

bool row_words_start(const char *folded, const char *words)
{
	const char *word;
	size_t length;

	while ((word = next_word(&words, &length)) != NULL) {
		if (length > 0 && strncmp(folded, word, length) == 0 &&
		    !(g_ascii_isalnum(word[length - 1]) && g_ascii_isalnum(folded[length])))
			return true;
	}
	return false;
}

static bool holds(const char *text, const char *word, size_t length)
{
	for (; *text != '\0'; text++) {
		if (strncmp(text, word, length) == 0)
			return true;
	}
	return false;
}

bool row_words_within(const char *folded, const char *words)
{
	const char *word;
	size_t length;

	while ((word = next_word(&words, &length)) != NULL) {
		if (holds(folded, word, length))
			return true;
	}
	return false;
}
