/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/safe-text.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define REPLACEMENT 0xfffd

char *safe_text_utf8(const char *text)
{
	return g_utf8_make_valid(text, -1);
}

/*
 * Characters that act instead of being seen: controls, line and paragraph separators,
 * and what turns the direction of text (Unicode's "Trojan source"); also the invisible
 * tag characters.
 */
static bool is_acting(gunichar c)
{
	static const struct {
		gunichar first, last;
	} ranges[] = {
		{0x00, 0x1f},	  {0x7f, 0x9f},	    {0x061c, 0x061c},
		{0x200e, 0x200f}, {0x2028, 0x202e}, {0x2066, 0x2069},
		{0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++) {
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	}
	return false;
}

static GString *line_of(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	GString *line = g_string_sized_new(strlen(valid) + 16);

	for (const char *p = valid; *p != '\0'; p += g_utf8_skip[(guchar)*p]) {
		gunichar c = g_utf8_get_char(p);

		if (c == '\t')
			g_string_append_c(line, ' ');
		else
			g_string_append_unichar(line, is_acting(c) ? REPLACEMENT : c);
	}
	return line;
}

char *safe_text_line(const char *text)
{
	return g_string_free(line_of(text), FALSE);
}

/* U+00A0 and the like read as a blank, too: a value must not seem to end there. */
static bool needs_quotes(const char *line)
{
	if (line[0] == '\0' || strpbrk(line, "\"=\\") != NULL)
		return true;
	for (; *line != '\0'; line += g_utf8_skip[(guchar)*line]) {
		if (g_unichar_isspace(g_utf8_get_char(line)))
			return true;
	}
	return false;
}

char *safe_text_log(const char *text)
{
	g_autofree char *line = safe_text_line(text);
	GString *quoted;

	if (!needs_quotes(line))
		return g_steal_pointer(&line);
	quoted = g_string_sized_new(strlen(line) + 16);
	g_string_append_c(quoted, '"');
	for (const char *p = line; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			g_string_append_c(quoted, '\\');
		g_string_append_c(quoted, *p);
	}
	g_string_append_c(quoted, '"');
	return g_string_free(quoted, FALSE);
}

char *safe_text_csv(const char *text)
{
	GString *line = line_of(text);
	const char *p = line->str;

	while (g_unichar_isspace(g_utf8_get_char(p)))
		p += g_utf8_skip[(guchar)*p];
	/* some programs read the full-width forms as the signs themselves */
	if (*p != '\0' &&
	    g_utf8_strchr("=+-@\xef\xbc\x9d\xef\xbc\x8b\xef\xbc\x8d\xef\xbc\xa0", -1,
			  g_utf8_get_char(p)) != NULL)
		g_string_prepend_c(line, '\'');
	return g_string_free(line, FALSE);
}
