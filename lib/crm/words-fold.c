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

static char ascii_lower(char c) /* without a call: most text is nothing else */
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

char *words_fold(const char *text)
{
	GString *folded = g_string_sized_new(strlen(text) + 1);

	for (const char *p = text; *p != '\0';) {
		unsigned char byte = (unsigned char)*p;

		if (byte > ' ' && byte < 0x7f) {
			g_string_append_c(folded, ascii_lower(*p));
			p++;
		} else if (byte < 0x80) {
			append_blank(folded);
			p++;
		} else {
			gunichar c = g_utf8_get_char_validated(p, -1);
			bool valid = c < 0x110000;

			append_folded(folded, valid ? c : 0xfffd);
			p = valid ? char_next(p) : p + 1;
		}
	}
	if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
		g_string_truncate(folded, folded->len - 1);
	return g_string_free(folded, FALSE);
}
