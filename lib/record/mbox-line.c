/* SPDX-License-Identifier: BSD-2-Clause */
#include "mbox-line.h"

#include <glib.h>
#include <stdlib.h>
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

static bool is_day(const char *word)
{
	size_t digits = strspn(word, "0123456789");
	unsigned long day = strtoul(word, NULL, 10);

	return (digits == 1 || digits == 2) && word[digits] == '\0' && day >= 1 && day <= 31;
}

/* A year, with a zone of at most two words before it. */
static bool has_year(char *const *words)
{
	enum { ZONE_WORDS = 2 };

	for (size_t i = 0; i <= ZONE_WORDS && words[i] != NULL; i++)
		if (is_year(words[i]))
			return true;
	return false;
}

/*
 * asctime(3): a weekday, a month, a day, a time and a year, one behind the other. What
 * stands before and behind them differs from writer to writer (addresses with blanks,
 * "bob at example.com", zones, "remote from"); but nobody's prose has all five.
 */
static bool is_asctime(char *const *words, size_t count)
{
	return count >= 5 && is_one_of(words[0], "MonTueWedThuFriSatSun") &&
	       is_one_of(words[1], "JanFebMarAprMayJunJulAugSepOctNovDec") &&
	       is_day(words[2]) && is_time(words[3]) && has_year(words + 4);
}

static void remove_empty(char **words)
{
	size_t kept = 0;

	for (char **word = words; *word != NULL; word++) {
		if (**word != '\0')
			words[kept++] = *word;
		else
			g_free(*word);
	}
	words[kept] = NULL;
}

/* From the weekday on, each word once apart. */
static char *date_text(const char *line, size_t length)
{
	g_autofree char *text = g_strndup(line, MIN(length, LINE_MAX_OCTETS));
	g_auto(GStrv) words = g_strsplit_set(g_strstrip(text), " \t", -1);
	size_t count;

	remove_empty(words);
	count = g_strv_length(words);
	for (size_t i = 1; i < count; i++)
		if (is_asctime(words + i, count - i))
			return g_strjoinv(" ", words + i);
	return NULL;
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
