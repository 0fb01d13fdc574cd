/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/words.h"

#include <glib.h>
#include <string.h>

#include "word-char.h"

enum { DECOMPOSED_MAX = 18 }; /* U+FDFA, the longest of Unicode */

/* Soft hyphen, zero-width and direction marks, variation selectors: put between letters to
 * slip past word lists, and by mail programs for no reason at all. */
static bool char_is_invisible(gunichar c)
{
	return c == 0x00ad || c == 0x034f || c == 0x061c || (c >= 0x180b && c <= 0x180e) ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x2069) || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}

/* Typographic quotes and dashes have no compatibility mapping of their own. */
static gunichar char_plain(gunichar c)
{
	if (c == 0x00b4 || c == 0x02bc || c == 0x2032 || (c >= 0x2018 && c <= 0x201b))
		return '\'';
	if (c >= 0x201c && c <= 0x201f)
		return '"';
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
		return '-';
	return c;
}

static void append_blank(GString *folded)
{
	if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
		g_string_append_c(folded, ' ');
}

static void append_lower(GString *folded, gunichar c)
{
	c = g_unichar_tolower(c);
	if (c == 0x00df) /* sharp s; its capital was lowered to it */
		g_string_append(folded, "ss");
	else if (c == 0x0131) /* Turkish i without dot, which capitals cannot show */
		g_string_append_c(folded, 'i');
	else if (c == 0x03c2) /* sigma at a word's end */
		g_string_append_unichar(folded, 0x03c3);
	else
		g_string_append_unichar(folded, c);
}

/*
 * Character by character, so that no text has to be normalized as a whole: with the accents
 * gone there is nothing left to reorder or compose.
 */
static void append_folded(GString *folded, gunichar c)
{
	gunichar parts[DECOMPOSED_MAX];
	gsize count;

	if (char_is_invisible(c))
		return;
	count = g_unichar_fully_decompose(char_plain(c), TRUE, parts, G_N_ELEMENTS(parts));
	for (gsize i = 0; i < count; i++) {
		if (g_unichar_isspace(parts[i]) || g_unichar_iscntrl(parts[i]))
			append_blank(folded);
		else if (parts[i] < 0x0300 || parts[i] > 0x036f) /* not an accent */
			append_lower(folded, parts[i]);
	}
}

/* ASCII octets, folded; 0 for NUL and for those beyond. */
/* clang-format off */
#define BLANKS ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '
#define ROW(c) (c), (c) + 1, (c) + 2, (c) + 3, (c) + 4, (c) + 5, (c) + 6, (c) + 7
static const unsigned char folded_octets[256] = {
	0, ' ', ' ', ' ', ' ', ' ', ' ', ' ', BLANKS, BLANKS, BLANKS,
	ROW(' '), ROW('('), ROW('0'), ROW('8'),
	'@', 'a', 'b', 'c', 'd', 'e', 'f', 'g', ROW('h'), ROW('p'),
	'x', 'y', 'z', '[', '\\', ']', '^', '_',
	ROW('`'), ROW('h'), ROW('p'), 'x', 'y', 'z', '{', '|', '}', '~', ' ',
};
#undef ROW
#undef BLANKS
/* clang-format on */

/* Folds the ASCII octets from text on, and returns where they end. Most text is nothing
 * else: no call for each octet, and room for all that is left is made once. */
static const char *append_ascii(GString *folded, const char *text, const char *end)
{
	size_t length = folded->len;
	unsigned char octet;
	char *out;

	g_string_set_size(folded, length + (size_t)(end - text));
	out = folded->str + length;
	for (; (octet = folded_octets[(unsigned char)*text]) != '\0'; text++) {
		if (octet != ' ' || (out > folded->str && out[-1] != ' '))
			*out++ = (char)octet;
	}
	g_string_truncate(folded, (gsize)(out - folded->str));
	return text;
}

static const char *append_character(GString *folded, const char *p)
{
	gunichar c = g_utf8_get_char_validated(p, -1);
	bool valid = c < 0x110000;

	append_folded(folded, valid ? c : 0xfffd);
	return valid ? char_next(p) : p + 1;
}

char *words_fold(const char *text)
{
	const char *end = text + strlen(text);
	GString *folded = g_string_sized_new((size_t)(end - text) + 1);

	while (text < end)
		text = *text & 0x80 ? append_character(folded, text)
				    : append_ascii(folded, text, end);
	if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
		g_string_truncate(folded, folded->len - 1);
	return g_string_free(folded, FALSE);
}
