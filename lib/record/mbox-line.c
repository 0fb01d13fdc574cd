/* SPDX-License-Identifier: BSD-2-Clause */
#include "mbox-line.h"

#include <glib.h>
#include <string.h>

#include "lead/header-date.h"

enum { LINE_MAX_OCTETS = 512 }; /* of a separator; nobody writes longer ones */

static bool starts_with_from(const char *line, size_t length)
{
	return length >= 5 && memcmp(line, "From ", 5) == 0;
}

/* hh:mm, with one digit of the hour allowed */
static bool is_time(const char *word)
{
	size_t digits = strspn(word, "0123456789");

	return (digits == 1 || digits == 2) && word[digits] == ':' &&
	       g_ascii_isdigit(word[digits + 1]) && g_ascii_isdigit(word[digits + 2]);
}

static bool is_year(const char *word)
{
	return strspn(word, "0123456789") == 4 && word[4] == '\0';
}

static bool is_one_of(const char *word, const char *names)
{
	const char *found = strlen(word) == 3 ? strstr(names, word) : NULL;

	return found != NULL && (found - names) % 3 == 0;
}

/*
 * The words behind the address from the weekday on: a weekday, a month, a time and a year,
 * in this order. Their neighbours differ from writer to writer (zones, "remote from"), and
 * so does what stands before them (addresses with blanks, "bob at example.com"); but
 * nobody's prose has all four.
 */
static char *date_text(const char *line, size_t length)
{
	g_autofree char *text = g_strndup(line, MIN(length, LINE_MAX_OCTETS));
	g_auto(GStrv) words = g_strsplit_set(g_strstrip(text), " \t", -1);
	unsigned step = 0;
	char **start = NULL;

	for (char **word = words; *word != NULL && step < 4; word++) {
		if (is_one_of(*word, "MonTueWedThuFriSatSun")) {
			start = word;
			step = 1;
		} else if (step == 1 &&
			   is_one_of(*word, "JanFebMarAprMayJunJulAugSepOctNovDec")) {
			step = 2;
		} else if (step == 2 && is_time(*word)) {
			step = 3;
		} else if (step == 3 && is_year(*word)) {
			step = 4;
		}
	}
	return step == 4 ? g_strjoinv(" ", start) : NULL;
}

bool mbox_line_begins_file(const char *line, size_t length)
{
	const char *cr = memchr(line, '\r', length);
	bool is_bare = cr != NULL && cr + 1 < line + length && cr[1] != '\n';

	return starts_with_from(line, length) && !is_bare;
}

bool mbox_line_separates(const char *line, size_t length)
{
	g_autofree char *date =
		starts_with_from(line, length) ? date_text(line, length) : NULL;

	return date != NULL;
}

int64_t mbox_line_date(const char *line, size_t length)
{
	g_autofree char *date =
		starts_with_from(line, length) ? date_text(line, length) : NULL;

	return date != NULL ? header_date_parse(date) : 0;
}

bool mbox_line_is_field(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (line[i] == ':')
			return i > 0;
		if (!g_ascii_isgraph(line[i]))
			return false;
	}
	return false;
}

bool mbox_line_is_quoted(const char *line, size_t length)
{
	size_t quotes = 0;

	while (quotes < length && line[quotes] == '>')
		quotes++;
	return quotes > 0 && starts_with_from(line + quotes, length - quotes);
}
