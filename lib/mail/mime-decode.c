/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <gmime/gmime.h>
#include <string.h>

#include "mime.h"

static GMimeParserOptions *options; /* immutable after mime_init() */

void mime_init(void)
{
	/* 8-bit text without a charset, or with a wrong one, is mostly one of these. */
	static const char *charsets[] = {"utf-8", "windows-1252", "iso-8859-1", NULL};

	if (options != NULL)
		return;
	g_mime_init();
	options = g_mime_parser_options_new();
	g_mime_parser_options_set_fallback_charsets(options, charsets);
}

static GBytes *transfer_decode(const MimePart *part, GMimeContentEncoding encoding)
{
	GMimeEncoding state;
	char *decoded;
	size_t length;

	g_mime_encoding_init_decode(&state, encoding);
	decoded = g_malloc(g_mime_encoding_outlen(&state, part->length) + 1);
	length = g_mime_encoding_flush(&state, part->bytes, part->length, decoded);
	return g_bytes_new_take(decoded, length);
}

GBytes *mime_part_content(const MimePart *part)
{
	GMimeContentEncoding encoding = GMIME_CONTENT_ENCODING_DEFAULT;

	if (part->encoding != NULL)
		encoding = g_mime_content_encoding_from_string(part->encoding);
	switch (encoding) {
	case GMIME_CONTENT_ENCODING_BASE64:
	case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE:
	case GMIME_CONTENT_ENCODING_UUENCODE:
		return transfer_decode(part, encoding);
	default:
		return g_bytes_new_static(part->bytes, part->length);
	}
}

static bool is_unicode(const char *charset)
{
	return charset == NULL || g_ascii_strcasecmp(charset, "utf-8") == 0 ||
	       g_ascii_strcasecmp(charset, "us-ascii") == 0 ||
	       g_ascii_strcasecmp(charset, "utf8") == 0;
}

/* No octet beyond ASCII and no NUL, eight at a time: most text is so, and looking at each
 * octet was what most text cost. */
static bool is_plain(const char *text, size_t length)
{
	static const guint64 high = G_GUINT64_CONSTANT(0x8080808080808080);
	static const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101);
	size_t at = 0;
	guint64 word;

	for (; at + sizeof word <= length; at += sizeof word) {
		memcpy(&word, text + at, sizeof word);
		if (((word | (word - ones)) & high) != 0)
			return false;
	}
	while (at < length && (signed char)text[at] > 0)
		at++;
	return at == length;
}

static bool is_utf8(const char *text, size_t length)
{
	return is_plain(text, length) || g_utf8_validate_len(text, length, NULL);
}

/* NULL if the charset is not known, or was not the true one. */
static char *from_charset(const char *text, size_t length, const char *charset)
{
	GMimeFilter *filter = g_mime_filter_charset_new(charset, "utf-8");
	g_autofree char *in = NULL; /* filters may write in front of their input */
	size_t out_length, out_space;
	char *out, *copy = NULL;

	if (filter == NULL)
		return NULL;
	in = g_memdup2(text, length);
	g_mime_filter_complete(filter, in, length, 0, &out, &out_length, &out_space);
	if (g_utf8_validate_len(out, out_length, NULL))
		copy = g_strndup(out, out_length);
	g_object_unref(filter);
	return copy;
}

/* Text of an unknown or false charset; NUL octets read as blanks. */
static char *from_guess(const char *text, size_t length)
{
	char *copy = g_malloc(length + 1), *guess, *valid;

	for (size_t at = 0; at < length; at++)
		copy[at] = text[at] == '\0' ? ' ' : text[at];
	copy[length] = '\0';
	if (g_utf8_validate(copy, -1, NULL))
		return copy;
	/* GMime takes four octets beyond U+10FFFF for UTF-8. */
	guess = g_mime_utils_decode_8bit(options, copy, length);
	valid = g_utf8_make_valid(guess, -1);
	g_free(guess);
	g_free(copy);
	return valid;
}

GBytes *mime_part_text(const MimePart *part)
{
	g_autoptr(GBytes) content = mime_part_content(part);
	const char *charset = mime_part_param(part, "charset");
	char *converted = NULL;
	const char *text;
	size_t length;

	text = g_bytes_get_data(content, &length);
	if (length == 0)
		return g_steal_pointer(&content);
	if (!is_unicode(charset))
		converted = from_charset(text, length, charset);
	else if (is_utf8(text, length))
		return g_steal_pointer(&content);
	if (converted == NULL)
		converted = from_guess(text, length);
	return g_bytes_new_take(converted, strlen(converted));
}
