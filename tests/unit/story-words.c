/* SPDX-License-Identifier: BSD-2-Clause */
#include "story-words.h"

#include <stdlib.h>
#include <string.h>

StoryWords story_words_read(const char *text)
{
	g_auto(GStrv) all = g_strsplit_set(text, " \n\t", -1);
	GPtrArray *words = g_ptr_array_new();
	bool *used;

	for (char **word = all; *word != NULL; word++) {
		if (**word != '\0')
			g_ptr_array_add(words, g_strdelimit(g_strdup(*word), "_", ' '));
	}
	g_ptr_array_add(words, NULL);
	used = g_new0(bool, words->len);
	return (StoryWords){
		.used = used,
		.words = (char **)g_ptr_array_free(words, FALSE),
		.text = text,
	};
}

void story_words_clear(StoryWords *words)
{
	for (size_t i = 0; words->words[i] != NULL; i++) {
		if (!words->used[i])
			g_error("'%s' says nothing in '%s'", words->words[i], words->text);
	}
	g_strfreev(words->words);
	g_free(words->used);
}

const char *story_words_next(StoryWords *words)
{
	for (size_t i = 0; words->words[i] != NULL; i++) {
		if (!words->used[i]) {
			words->used[i] = true;
			return words->words[i];
		}
	}
	g_error("a word is missing in '%s'", words->text);
}

bool story_words_flag(StoryWords *words, const char *flag)
{
	for (size_t i = 0; words->words[i] != NULL; i++) {
		if (!words->used[i] && strcmp(words->words[i], flag) == 0) {
			words->used[i] = true;
			return true;
		}
	}
	return false;
}

const char *story_words_value(StoryWords *words, const char *key)
{
	size_t length = strlen(key);

	for (size_t i = 0; words->words[i] != NULL; i++) {
		if (strncmp(words->words[i], key, length) == 0 &&
		    words->words[i][length] == '=') {
			words->used[i] = true;
			return words->words[i] + length + 1;
		}
	}
	return NULL;
}

int64_t story_words_number(StoryWords *words, const char *key, int64_t otherwise)
{
	const char *value = story_words_value(words, key);

	return value != NULL ? strtoll(value, NULL, 10) : otherwise;
}

char **story_words_list(StoryWords *words, const char *key)
{
	const char *value = story_words_value(words, key);

	return g_strsplit(value != NULL ? value : "", ",", -1);
}
