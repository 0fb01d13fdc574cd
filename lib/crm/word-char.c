/* SPDX-License-Identifier: BSD-2-Clause */
#include "word-char.h"

/* clang-format off */
#define FOUR true, true, true, true
#define LETTERS FOUR, FOUR, FOUR, FOUR, FOUR, FOUR, true, true
const bool char_ascii_words[256] = {
	['0'] = FOUR, FOUR, true, true,
	['A'] = LETTERS,
	['a'] = LETTERS,
};
/* clang-format on */

static const struct {
	gunichar first, last;
} unbroken[] = {
	{0x0e00, 0x0eff},   /* Thai, Lao */
	{0x1000, 0x109f},   /* Burmese */
	{0x1100, 0x11ff},   /* Hangul, decomposed */
	{0x1780, 0x17ff},   /* Khmer */
	{0x3005, 0x3007},   /* Han marks */
	{0x3040, 0x30ff},   /* kana */
	{0x3400, 0x9fff},   /* Han */
	{0xac00, 0xd7a3},   /* Hangul */
	{0xf900, 0xfaff},   /* Han */
	{0x20000, 0x3ffff}, /* Han */
};

bool char_stands_alone(gunichar c)
{
	for (size_t i = 0; i < G_N_ELEMENTS(unbroken) && c >= unbroken[i].first; i++) {
		if (c <= unbroken[i].last)
			return true;
	}
	return false;
}

static bool char_is_word(gunichar c)
{
	if (c < 0x80)
		return char_is_ascii_word((char)c);
	return (g_unichar_isalnum(c) || g_unichar_ismark(c)) && !char_stands_alone(c);
}

size_t token_length(const char *p)
{
	const char *end = p;

	if (*p == '\0')
		return 0;
	while (char_is_ascii_word(*end))
		end++;
	if ((*end & 0x80) == 0)
		return end > p ? (size_t)(end - p) : 1;
	while (*end != '\0' && char_is_word(g_utf8_get_char(end)))
		end = char_next(end);
	return end == p ? (size_t)(char_next(p) - p) : (size_t)(end - p);
}

size_t words_count(const char *folded, size_t limit)
{
	size_t halves = 0;

	for (const char *p = folded; *p != '\0' && halves <= 2 * limit;
	     p += token_length(p)) {
		gunichar c = *p & 0x80 ? g_utf8_get_char(p) : (gunichar)*p;

		if (c >= 0x80 && char_stands_alone(c))
			halves++;
		else if (char_is_word(c))
			halves += 2;
	}
	return (halves + 1) / 2;
}
