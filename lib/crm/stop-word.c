/* SPDX-License-Identifier: BSD-2-Clause */
#include "stop-word.h"

#include <glib.h>
#include <string.h>

#include "lead/words.h"

static const char around[] = " \"'.,!:;*-<>()";

const char *stop_word_of(const char *folded)
{
	const char *start = folded + strspn(folded, around);
	g_autofree char *bare = g_strdup(start);
	size_t length = strlen(bare);
	const char *phrase;

	while (length > 0 && strchr(around, bare[length - 1]) != NULL)
		length--;
	bare[length] = '\0';
	phrase = words_starts(WORDS_STOP, bare);
	return phrase != NULL && strlen(phrase) == length ? phrase : NULL;
}
