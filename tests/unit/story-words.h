/* SPDX-License-Identifier: BSD-2-Clause */
/* The words of a sentence, and what each must be used for. */
#ifndef LEAD_TESTS_STORY_WORDS_H
#define LEAD_TESTS_STORY_WORDS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
	char **words;
	bool *used;
	const char *text;
} StoryWords;

StoryWords story_words_read(const char *text);
void story_words_clear(StoryWords *words); /* ends the test if a word was not used */

/* The next plain word; ends the test if there is none. */
const char *story_words_next(StoryWords *words);
bool story_words_flag(StoryWords *words, const char *flag);
/* NULL if absent. '_' has become a blank. */
const char *story_words_value(StoryWords *words, const char *key);
int64_t story_words_number(StoryWords *words, const char *key, int64_t otherwise);
/* An empty list if absent. Caller frees. */
char **story_words_list(StoryWords *words, const char *key);

#endif
