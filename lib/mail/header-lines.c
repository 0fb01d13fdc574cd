/* SPDX-License-Identifier: BSD-2-Clause */
#include "header-lines.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool starts(Slice text, const char *word)
{
	size_t length = strlen(word);

	return slice_length(text) >= length && memcmp(text.start, word, length) == 0;
}

/* The line at the front of the text, without its end; *next_out is behind that. */
static Slice line_at(const HeaderLines *lines, const char *start, const char **next_out)
{
	const char *p = start;

	if (lines->bare_cr) {
		while (p < lines->end && *p != '\n' && *p != '\r')
			p++;
		*next_out = p + (p < lines->end);
		if (*next_out < lines->end && *p == '\r' && **next_out == '\n')
			(*next_out)++;
		return (Slice){start, p};
	}
	p = memchr(start, '\n', (size_t)(lines->end - start));
	if (p == NULL)
		p = lines->end;
	*next_out = p + (p < lines->end);
	while (p > start && p[-1] == '\r')
		p--;
	return (Slice){start, p};
}

/* CR as the first line's end, and no LF behind it. */
static bool has_bare_cr_lines(Slice text)
{
	const char *p = text.start;

	while (p < text.end && *p != '\r' && *p != '\n')
		p++;
	if (p == text.end || *p == '\n')
		return false;
	while (p < text.end && *p == '\r')
		p++;
	return p == text.end || *p != '\n';
}

/* "From joe@b Thu Jan 1 ...", also escaped; but "From : joe@b" is a field. */
static bool is_mbox_line(Slice line)
{
	if (starts(line, ">"))
		line.start++;
	if (!starts(line, "From "))
		return false;
	line.start += strlen("From ");
	line = slice_trim(line);
	return slice_length(line) == 0 || *line.start != ':';
}

HeaderLines header_lines_begin(const char *bytes, size_t length)
{
	HeaderLines lines = {bytes, bytes + length, false};
	const char *next;

	if (starts((Slice){bytes, bytes + length}, "\xef\xbb\xbf"))
		lines.next += 3;
	lines.bare_cr = has_bare_cr_lines((Slice){lines.next, lines.end});
	while (lines.next < lines.end && is_mbox_line(line_at(&lines, lines.next, &next)))
		lines.next = next;
	return lines;
}

/* field = 1*ftext [WSP] ":" unstructured; ftext = %d33-57 / %d59-126 */
static bool field_split(Slice line, Slice *name_out, Slice *body_out)
{
	const char *p = line.start;

	while (p<line.end && * p> ' ' && *p < 0x7f && *p != ':')
		p++;
	*name_out = (Slice){line.start, p};
	while (p < line.end && is_blank(*p))
		p++;
	if (p == line.end || *p != ':' || slice_length(*name_out) == 0)
		return false;
	*body_out = (Slice){p + 1, line.end};
	return true;
}

bool header_lines_next(HeaderLines *lines, Slice *name_out, Slice *body_out)
{
	const char *next;
	Slice line;

	if (lines->next >= lines->end)
		return false;
	line = line_at(lines, lines->next, &next);
	if (slice_length(line) == 0) {
		lines->next = next; /* the blank line belongs to nobody */
		return false;
	}
	if (!field_split(line, name_out, body_out))
		return false;
	while (next < lines->end && is_blank(*next)) {
		line = line_at(lines, next, &next);
		body_out->end = line.end;
	}
	lines->next = next;
	return true;
}

/* Most fields are one line: then there is nothing to take out. */
static bool is_one_line(const char *text, size_t length)
{
	return length > 0 && !is_blank(text[0]) && !is_blank(text[length - 1]) &&
	       memchr(text, '\n', length) == NULL && memchr(text, '\r', length) == NULL &&
	       memchr(text, '\0', length) == NULL;
}

size_t header_body_unfold(char *text, size_t length)
{
	char *out = text, *end = text + length;

	if (is_one_line(text, length)) {
		*end = '\0';
		return length;
	}
	for (char *p = text; p < end; p++) {
		bool ends = *p == '\r' || *p == '\n';

		if (*p != '\0' && !ends)
			*out++ = *p;
		else if (!ends || (p + 1 < end && strchr(" \t\r\n", p[1]) == NULL))
			*out++ = ' ';
	}
	while (out > text && is_blank(out[-1]))
		out--;
	*out = '\0';
	length = strspn(text, " \t");
	memmove(text, text + length, (size_t)(out - text) - length + 1);
	return (size_t)(out - text) - length;
}
