/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h" /* memmem() */

#include "quote-line.h"

#include <glib.h>
#include <string.h>

#include "phrases.h"

enum {
	INDENT_MAX = 8,
	QUOTER_MAX = 10, /* octets of the name in front of a ">" */
	MARK_MAX = 4,
	RULE_MIN = 20,	       /* underscores that make a rule */
	ATTRIBUTION_LINES = 4, /* that mail programs wrap one into */
	ATTRIBUTION_OCTETS = 500,
	SIGNATURE_OCTETS = 100,
	LABEL_OCTETS = 40,
	HEADER_BLOCK_LINES = 8, /* in which the other labels must follow */
};

static char *fold(TextLine line)
{
	return phrases_fold(line.text, line.length, ATTRIBUTION_OCTETS);
}

static bool may_begin(PhraseListId list, TextLine line)
{
	return phrases_may_begin(list, line.text, line.length);
}

static bool is_blank(TextLine line)
{
	return line.length == 0;
}

/* Off both ends: blanks, dashes, stars, underscores, quotation marks. */
static TextLine strip_marks(TextLine line, const char *marks)
{
	while (line.length > 0 && *line.text != '\0' && strchr(marks, *line.text)) {
		line.text++;
		line.length--;
	}
	while (line.length > 0 && line.text[line.length - 1] != '\0' &&
	       strchr(marks, line.text[line.length - 1]))
		line.length--;
	return line;
}

/* Some quote with who wrote it ("JD> ", "Adam> "); a word and '>' are not yet that. */
bool line_is_quoted(TextLine line)
{
	size_t at = 0, word;

	while (at < line.length && at < INDENT_MAX && line.text[at] == ' ')
		at++;
	for (word = at; at < line.length && at - word < QUOTER_MAX; at++) {
		if (!g_ascii_isalpha(line.text[at]))
			break;
	}
	if (at == line.length || line.text[at] != '>')
		return false;
	return at == word || at + 1 == line.length || line.text[at + 1] == ' ' ||
	       line.text[at + 1] == '>';
}

TextLine line_foreign_mark(TextLine line)
{
	TextLine mark = {line.text, 0};

	while (mark.length < line.length && g_ascii_ispunct(line.text[mark.length]))
		mark.length++;
	if (mark.length == 0 || mark.length > MARK_MAX ||
	    strchr(")]}|:%#", mark.text[mark.length - 1]) == NULL)
		mark.length = 0;
	return mark;
}

bool line_has_mark(TextLine line, TextLine mark)
{
	return mark.length > 0 && line.length >= mark.length &&
	       memcmp(line.text, mark.text, mark.length) == 0;
}

bool line_is_signature_delimiter(TextLine line)
{
	return line.length == 2 && line.text[0] == '-' && line.text[1] == '-';
}

bool line_is_rule(TextLine line)
{
	size_t at = 0;

	while (at < line.length && line.text[at] == '_')
		at++;
	return at >= RULE_MIN && at == line.length;
}

bool line_is_divider(TextLine line)
{
	bool has_dashes;
	TextLine inner;
	g_autofree char *folded = NULL;

	if (line.length > 200)
		return false;
	if (line_is_rule(line))
		return true;
	has_dashes = line.length > 4 && strchr("-_=*", line.text[0]) &&
		     line.text[1] == line.text[0];
	if (!has_dashes && !may_begin(PHRASES_DIVIDER_BARE, line))
		return false;
	inner = strip_marks(line, " \t-_=*#");
	if (inner.length == 0)
		return false;
	folded = fold(inner);
	return (has_dashes && phrases_whole(PHRASES_DIVIDER, folded)) ||
	       phrases_whole(PHRASES_DIVIDER_BARE, folded);
}

bool line_is_device_signature(TextLine line)
{
	g_autofree char *folded = NULL;

	line = strip_marks(line, " \t-_*[]()");
	if (line.length == 0 || line.length > SIGNATURE_OCTETS ||
	    !phrases_may_be(PHRASES_SIGNATURE, line.text, line.length))
		return false;
	folded = fold(line);
	return phrases_whole(PHRASES_SIGNATURE, folded) != NULL;
}

/* ---- blocks of labels ---- */

/* The colon that may end a label: ':', or its full-width form. */
static const char *label_end(TextLine line)
{
	static const char wide[] = "：";
	size_t limit = MIN(line.length, LABEL_OCTETS);
	const char *colon = memchr(line.text, ':', limit);

	return colon ? colon : memmem(line.text, limit, wide, strlen(wide));
}

static bool has_label(TextLine line, PhraseListId list)
{
	g_autofree char *folded = NULL;
	const char *end;

	line = strip_marks(line, " \t*|");
	if (line.length == 0 || !may_begin(list, line))
		return false;
	end = label_end(line);
	if (end == NULL)
		return false;
	line.length = (size_t)(end - line.text);
	folded = fold(strip_marks(line, " \t*"));
	return phrases_whole(list, folded) != NULL;
}

bool line_is_label(TextLine line)
{
	return has_label(line, PHRASES_LABEL_FROM) || has_label(line, PHRASES_LABEL);
}

bool lines_begin_header_block(const TextLine *lines, size_t count)
{
	unsigned labels = 0;

	if (!has_label(lines[0], PHRASES_LABEL_FROM))
		return false;
	for (size_t at = 1; at < MIN(count, HEADER_BLOCK_LINES) && labels < 2; at++)
		labels += has_label(lines[at], PHRASES_LABEL);
	return labels >= 2;
}

/* ---- attributions ---- */

static bool may_end_attribution(TextLine line)
{
	static const struct {
		const char *text;
		size_t length;
	} ends[] = {
#define END(text) {text, sizeof text - 1}
		END(":"), END("："), END("wrote"), END("a écrit"), END("--"), END("message"),
#undef END
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(ends); i++) {
		size_t length = ends[i].length;

		if (line.length >= length &&
		    line.text[line.length - 1] == ends[i].text[length - 1] &&
		    memcmp(line.text + line.length - length, ends[i].text, length) == 0)
			return true;
	}
	return false;
}

/* A date or an address: what a sentence that only ends alike does not have. */
static bool names_date_or_address(TextLine line)
{
	for (size_t at = 0; at < line.length; at++) {
		if (g_ascii_isdigit(line.text[at]) || line.text[at] == '@')
			return true;
	}
	return false;
}

static bool quote_follows(const TextLine *lines, size_t count)
{
	for (size_t at = 0; at < MIN(count, 3); at++) {
		if (!is_blank(lines[at]))
			return line_is_quoted(lines[at]);
	}
	return false;
}

static const char *attribution_phrase(TextLine line)
{
	g_autofree char *folded = fold(line);

	return phrases_whole(PHRASES_ATTRIBUTION, folded);
}

/* A phrase with an open beginning ("* wrote:") fits any line before it too: it takes a
 * second line in only if that one is no attribution by itself. */
static bool takes_lines(const char *phrase, const TextLine *lines, size_t n)
{
	if (phrase == NULL)
		return false;
	return *phrase != '*' || n == 1 || (n == 2 && attribution_phrase(lines[1]) == NULL);
}

size_t lines_attribution(const TextLine *lines, size_t count, bool *is_before_quote_out)
{
	if (!may_begin(PHRASES_ATTRIBUTION, lines[0]))
		return 0;
	for (size_t n = 1; n <= MIN(count, ATTRIBUTION_LINES); n++) {
		TextLine whole = {lines[0].text, 0};

		if (is_blank(lines[n - 1]) || line_is_quoted(lines[n - 1]))
			return 0;
		whole.length =
			(size_t)(lines[n - 1].text + lines[n - 1].length - whole.text);
		if (whole.length > ATTRIBUTION_OCTETS)
			return 0;
		if (!may_end_attribution(lines[n - 1]) ||
		    !takes_lines(attribution_phrase(whole), lines, n))
			continue;
		*is_before_quote_out = quote_follows(lines + n, count - n);
		if (*is_before_quote_out || names_date_or_address(whole))
			return n;
	}
	return 0;
}
