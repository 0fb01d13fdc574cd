/* SPDX-License-Identifier: BSD-2-Clause */
#include "csv-text.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "lead/error.h"

static bool stream_read(FILE *stream, GByteArray *text, size_t limit)
{
	guint8 piece[65536];
	size_t length;

	while ((length = fread(piece, 1, sizeof piece, stream)) > 0) {
		g_byte_array_append(text, piece, (guint)length);
		if (text->len > limit)
			return false;
	}
	return true;
}

static GByteArray *failed(FILE *stream, GByteArray *text)
{
	if (stream != NULL && stream != stdin)
		fclose(stream);
	if (text != NULL)
		g_byte_array_unref(text);
	return NULL;
}

GByteArray *csv_text_read(const char *path, size_t limit, GError **error)
{
	FILE *stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	GByteArray *text;

	if (stream == NULL) {
		g_set_error(error, LEAD_ERROR,
			    errno == ENOENT ? LEAD_ERROR_NOT_FOUND : LEAD_ERROR_PERMANENT,
			    "cannot open '%s': %s", path, g_strerror(errno));
		return NULL;
	}
	text = g_byte_array_new();
	if (!stream_read(stream, text, limit)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_LIMIT,
			    "'%s' is larger than %zu MiB; split it", path, limit >> 20);
		return failed(stream, text);
	}
	if (ferror(stream)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT, "cannot read '%s': %s",
			    path, g_strerror(errno));
		return failed(stream, text);
	}
	if (stream != stdin)
		fclose(stream);
	return text;
}

size_t csv_text_line_end(const GByteArray *text, size_t from)
{
	for (size_t i = from; i < text->len; i++) {
		if (text->data[i] == '\n')
			return i + 1;
		if (text->data[i] == '\r')
			return i + 1 < text->len && text->data[i + 1] == '\n' ? i + 2
									      : i + 1;
	}
	return text->len;
}

static int64_t line_of(const GByteArray *text, size_t offset)
{
	int64_t line = 0;

	for (size_t at = 0; at <= offset && at < text->len; line++)
		at = csv_text_line_end(text, at);
	return line;
}

static bool is_utf16(const GByteArray *text)
{
	return text->len >= 2 && (memcmp(text->data, "\xff\xfe", 2) == 0 ||
				  memcmp(text->data, "\xfe\xff", 2) == 0);
}

gboolean csv_text_check(const char *path, const GByteArray *text, GError **error)
{
	const char *bytes = (const char *)text->data, *end = NULL;
	size_t offset;

	if (is_utf16(text)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
			    "%s: the file is UTF-16; save it as UTF-8", path);
		return FALSE;
	}
	/* stops at NUL, too: no text has one */
	if (text->len == 0 || g_utf8_validate_len(bytes, text->len, &end))
		return TRUE;
	offset = (size_t)(end - bytes);
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
		    "%s:%" G_GINT64_FORMAT
		    ": octet 0x%02x is not UTF-8 text; save the file as "
		    "UTF-8",
		    path, line_of(text, offset), text->data[offset]);
	return FALSE;
}

unsigned char csv_text_delimiter(const GByteArray *text, size_t from, size_t to)
{
	static const unsigned char delimiters[] = {',', ';', '\t'};
	size_t counts[G_N_ELEMENTS(delimiters)] = {0}, best = 0;
	bool quoted = false;

	for (size_t i = from; i < to; i++) {
		quoted ^= text->data[i] == '"';
		for (size_t d = 0; !quoted && d < G_N_ELEMENTS(delimiters); d++)
			counts[d] += text->data[i] == delimiters[d];
	}
	for (size_t d = 1; d < G_N_ELEMENTS(delimiters); d++) {
		if (counts[d] > counts[best])
			best = d;
	}
	return delimiters[best];
}
