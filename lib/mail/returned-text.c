/* SPDX-License-Identifier: BSD-2-Clause */
/* A returned message inside running text: quoted, indented, or just pasted below. */
#include <glib.h>
#include <string.h>

#include "report-parts.h"

enum {
	SECTION_OCTETS = 65536, /* kept of the header section found */
	FIELDS_MIN = 3,		/* that make one without a Message-ID */
};

/* Fields by which a header section is known. */
static const char *const known_fields[] = {
	"Message-ID", "Received", "From",	 "To",
	"Subject",    "Date",	  "Return-Path", "MIME-Version",
};

typedef struct {
	const char *start; /* behind quotation marks and indentation */
	const char *end;   /* of the line, without its break */
	const char *next;
	size_t prefix; /* octets of quotation marks and indentation */
} Line;

typedef struct {
	const char *start; /* NULL outside of a block */
	size_t prefix;
	unsigned seen; /* bit by known field */
} Block;

static bool is_prefix(char c)
{
	return c == '>' || c == ' ' || c == '|' || c == '\t';
}

static Line line_read(const char *at, const char *end)
{
	Line line = {.start = at};

	while (line.start < end && is_prefix(*line.start))
		line.start++;
	line.prefix = (size_t)(line.start - at);
	line.end = line.start;
	while (line.end < end && *line.end != '\n' && *line.end != '\r')
		line.end++;
	line.next = line.end;
	if (end - line.next > 1 && line.next[0] == '\r' && line.next[1] == '\n')
		line.next += 2;
	else if (line.next < end)
		line.next++;
	return line;
}

/* field-name = 1*ftext, then ":" (RFC 5322 3.6.8). */
static bool is_field(const Line *line)
{
	const char *at = line->start;

	while (at < line->end && g_ascii_isgraph(*at) && *at != ':')
		at++;
	return at > line->start && at < line->end && *at == ':';
}

static bool is_named(const Line *line, const char *name)
{
	size_t length = strlen(name);

	return (size_t)(line->end - line->start) > length &&
	       g_ascii_strncasecmp(line->start, name, length) == 0 &&
	       line->start[length] == ':';
}

/* The header section from start on, quotation marks and indentation removed. */
static char *block_copy(const Block *block, const char *end)
{
	GString *copy = g_string_new(NULL);
	const char *at = block->start;

	while (at < end && copy->len < SECTION_OCTETS) {
		Line line = line_read(at, end);

		if (line.start == line.end)
			break;
		if (line.prefix > block->prefix)
			g_string_append_c(copy, ' ');
		g_string_append_len(copy, line.start, line.end - line.start);
		g_string_append_c(copy, '\n');
		at = line.next;
	}
	g_string_append_c(copy, '\n');
	return g_string_free(copy, FALSE);
}

/* A block is a run of fields and their folded lines. */
static void block_follow(Block *block, const Line *line, const char *at)
{
	bool continues = block->start != NULL && line->prefix > block->prefix;

	if (line->start == line->end || (!is_field(line) && !continues)) {
		*block = (Block){NULL, 0, 0};
		return;
	}
	if (block->start == NULL)
		*block = (Block){at, line->prefix, 0};
	for (unsigned i = 0; i < G_N_ELEMENTS(known_fields); i++) {
		if (is_named(line, known_fields[i]))
			block->seen |= 1u << i;
	}
}

static unsigned fields_seen(unsigned seen)
{
	unsigned n = 0;

	for (; seen != 0; seen &= seen - 1)
		n++;
	return n;
}

size_t report_find_returned(const char *text, size_t length, char **section_out)
{
	const char *end = text + length;
	Block block = {NULL, 0, 0}, first = {NULL, 0, 0};
	bool has_id = false;

	for (const char *at = text; at < end && !has_id;) {
		Line line = line_read(at, end);

		block_follow(&block, &line, at);
		has_id = block.seen & 1;
		if (first.start == NULL &&
		    (has_id || fields_seen(block.seen) >= FIELDS_MIN))
			first = block;
		at = line.next;
	}
	if (section_out != NULL)
		*section_out =
			first.start ? block_copy(has_id ? &block : &first, end) : NULL;
	return first.start ? (size_t)(first.start - text) : length;
}
