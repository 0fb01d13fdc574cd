/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/own-text.h"

#include <glib.h>
#include <string.h>

#include "html-text.h"
#include "quote-line.h"

enum {
	/* Read of a text: what an author writes by hand is shorter. */
	PLAIN_OCTETS = 65536,
	HTML_OCTETS = 4 * PLAIN_OCTETS,
	FOOTER_LINES = 15, /* of a mailing list */
	OWN_OCTETS = 1024, /* at first */
};

/* At most limit octets, and no half of a character. */
static size_t text_cut(const char *text, size_t length, size_t limit)
{
	if (length <= limit)
		return length;
	while (limit > 0 && (text[limit] & 0xc0) == 0x80)
		limit--;
	return limit;
}

/* Where the line at text ends: LF, CR, or both. memchr() sees many octets at once. */
static const char *line_end(const char *text, const char *end)
{
	const char *lf = memchr(text, '\n', (size_t)(end - text));
	const char *limit = lf != NULL ? lf : end;
	const char *cr = memchr(text, '\r', (size_t)(limit - text));

	return cr != NULL ? cr : limit;
}

static GArray *lines_split(const char *text, size_t length)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(TextLine));
	const char *end = text + length;

	while (text < end) {
		TextLine line = {text, 0};

		text = line_end(text, end);
		line.length = (size_t)(text - line.text);
		while (line.length > 0 && g_ascii_isspace(line.text[line.length - 1]))
			line.length--;
		g_array_append_val(lines, line);
		text += end - text > 1 && text[0] == '\r' && text[1] == '\n' ? 2
									     : text < end;
	}
	return lines;
}

static void line_append(GString *own, TextLine line)
{
	if (line.length == 0) { /* one blank line is as good as ten, and none before text */
		if (own->len > 0 && !g_str_has_suffix(own->str, "\n\n"))
			g_string_append_c(own, '\n');
		return;
	}
	g_string_append_len(own, line.text, (gssize)line.length);
	g_string_append_c(own, '\n');
}

/* A device signature is a paragraph of its own or the last line before a quotation;
 * the same words within a paragraph are the author's. */
static bool ends_paragraph(const TextLine *lines, size_t count)
{
	return count < 2 || lines[1].length == 0 || line_is_quoted(lines[1]) ||
	       line_is_signature_delimiter(lines[1]) || line_is_divider(lines[1]);
}

/* A rule that divides nothing: labels stand below Outlook's (whose tongue we may not
 * know, so that any colon will do), and below a list's there is but a footer. */
static bool is_decoration(const TextLine *lines, size_t count, bool is_first)
{
	size_t next = 1;

	if (!line_is_rule(lines[0]) || (!is_first && count <= FOOTER_LINES))
		return false;
	while (next < count && lines[next].length == 0)
		next++;
	return next < count && memchr(lines[next].text, ':', lines[next].length) == NULL;
}

typedef enum {
	LINES_OWN,
	LINES_SKIP,
	LINES_QUOTE, /* a quotation without marks begins: it goes on to the end */
	LINES_END,
} Verdict;

/* What becomes of the first of lines; *taken_out is how many share its fate. */
static Verdict lines_judge(const TextLine *lines, size_t count, size_t *taken_out)
{
	bool is_before_quote = false;
	size_t attribution;

	*taken_out = 1;
	if (lines[0].length == 0)
		return LINES_OWN;
	if (line_is_quoted(lines[0]))
		return LINES_SKIP;
	if (line_is_signature_delimiter(lines[0]))
		return LINES_END;
	if (line_is_divider(lines[0]) || lines_begin_header_block(lines, count))
		return LINES_QUOTE;
	attribution = lines_attribution(lines, count, &is_before_quote);
	if (attribution > 0) {
		*taken_out = attribution;
		return is_before_quote ? LINES_SKIP : LINES_QUOTE;
	}
	if (line_is_device_signature(lines[0]) && ends_paragraph(lines, count))
		return LINES_SKIP;
	return LINES_OWN;
}

/* A divider or an attribution stands above all own text. If what follows is quoted with
 * marks after all, the answers stand below or between. Returns how many lines to pass
 * over, 0 if what follows is just a message without a word of the author's. */
static size_t quote_pass(const TextLine *lines, size_t count, size_t taken, TextLine *mark)
{
	while (taken < count && (lines[taken].length == 0 || line_is_label(lines[taken])))
		taken++;
	if (taken == count)
		return 0;
	if (line_is_quoted(lines[taken]))
		return taken;
	*mark = line_foreign_mark(lines[taken]);
	return mark->length > 0 ? taken : 0;
}

static GString *own_lines(const TextLine *lines, size_t count)
{
	GString *own = g_string_sized_new(OWN_OCTETS);
	TextLine mark = {NULL, 0};
	size_t taken;

	for (size_t at = 0; at < count; at += taken) {
		Verdict verdict = lines_judge(lines + at, count - at, &taken);

		if (line_has_mark(lines[at], mark) ||
		    is_decoration(lines + at, count - at, own->len == 0))
			verdict = LINES_SKIP;
		if (verdict == LINES_QUOTE && own->len == 0) {
			taken = quote_pass(lines + at, count - at, taken, &mark);
			verdict = taken > 0 ? LINES_SKIP : LINES_END;
		}
		if (verdict == LINES_END || verdict == LINES_QUOTE)
			break;
		if (verdict == LINES_OWN)
			line_append(own, lines[at]);
	}
	return own;
}

char *own_text_from_plain(const char *text, size_t length)
{
	const char *start = length > 0 ? text : ""; /* NULL has no end */
	g_autoptr(GArray) lines =
		lines_split(start, text_cut(start, length, PLAIN_OCTETS));
	GString *own = own_lines((const TextLine *)(gconstpointer)lines->data, lines->len);

	while (own->len > 0 && g_ascii_isspace(own->str[own->len - 1]))
		g_string_truncate(own, own->len - 1);
	return g_string_free(own, FALSE);
}

char *own_text_from_html(const char *html, size_t length)
{
	const char *start = length > 0 ? html : "";
	g_autofree char *text = html_to_text(start, text_cut(start, length, HTML_OCTETS));

	return own_text_from_plain(text, strlen(text));
}
