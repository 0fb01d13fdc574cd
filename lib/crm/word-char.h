/* SPDX-License-Identifier: BSD-2-Clause */
/* Where words begin and end in folded text. */
#ifndef LEAD_CRM_WORD_CHAR_H
#define LEAD_CRM_WORD_CHAR_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* Scripts that put no blanks between words (Thai, Lao, Burmese, Khmer, kana, Han), and
 * Hangul, whose particles stick to the word. Jamo: folded text is decomposed. */
bool char_stands_alone(gunichar c);

/* g_utf8_next_char() without its cast. */
static inline const char *char_next(const char *p)
{
	return p + g_utf8_skip[(guchar)*p];
}

/* Letters and digits of ASCII: almost every octet of a text is asked. */
extern const bool char_ascii_words[256];

static inline bool char_is_ascii_word(char c)
{
	return char_ascii_words[(unsigned char)c];
}

/* The octets of the token at p: a run of letters, digits and marks, or one character of
 * any other kind or of a script without word breaks. 0 at the end. */
size_t token_length(const char *p);

/* Words in text, counting each character of a script without word breaks as half a word;
 * stops counting above limit. */
size_t words_count(const char *folded, size_t limit);

#endif
