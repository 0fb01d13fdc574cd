/* SPDX-License-Identifier: BSD-2-Clause */
#include "header-decode.h"

#include <gmime/gmime.h>
#include <stdbool.h>
#include <string.h>

/* Most text is plain ASCII, and GMime would only copy it. */
static bool needs_decoding(const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		if ((*p & 0x80) || (p[0] == '=' && p[1] == '?'))
			return true;
	}
	return false;
}

static char *decode(const char *text, char *(*decoder)(GMimeParserOptions *, const char *))
{
	g_autofree char *utf8 = NULL, *decoded = NULL;

	if (!needs_decoding(text))
		return g_strdup(text);
	if (!g_utf8_validate(text, -1, NULL)) /* raw 8-bit: the likeliest charset */
		text = utf8 = g_mime_utils_decode_8bit(NULL, text, strlen(text));
	decoded = decoder(NULL, text);
	/* a charset that nobody knows comes out as it was sent */
	return g_utf8_make_valid(decoded != NULL ? decoded : text, -1);
}

char *header_text_decode(const char *body)
{
	return decode(body, g_mime_utils_header_decode_text);
}

char *header_phrase_decode(const char *phrase)
{
	return decode(phrase, g_mime_utils_header_decode_phrase);
}
