/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h" /* memmem() */

#include "mime.h"

#include <string.h>

#include "content-type.h"

enum {
	PARTS_MAX = 100,    /* visited of one message, multiparts included */
	BOUNDARY_MAX = 256, /* RFC 2046 allows 70 */
	PART_HEADER_OCTETS = 16384,
	PART_HEADER_FIELDS = 100,
};

typedef struct {
	MimeVisitor visit;
	void *context;
	HeaderSection *scratch; /* of the part being read */
	unsigned parts;
	unsigned alternatives;
	bool ended;
} Walk;

/* The asked fields of a message's or part's header section. */
typedef struct {
	ContentType *content_type; /* NULL: absent, or cannot be read */
	const char *type;	   /* its name, or what the part is without one */
	const char *encoding;
	bool is_attachment;
} PartHead;

const char *mime_part_param(const MimePart *part, const char *name)
{
	ContentType *content_type = (ContentType *)part->parsed;

	return content_type != NULL ? content_type_param(content_type, name) : NULL;
}

/* ---- head of a part ---- */

/* RFC 2045 5.2: without a Content-Type, or with one that cannot be read, it is text. The
 * head borrows from the section. */
static void part_head_read(const HeaderSection *section, const char *type_of_rest,
			   PartHead *head_out)
{
	const char *field = header_section_get(section, FIELD_CONTENT_TYPE, 0);
	const char *disposition = header_section_get(section, FIELD_CONTENT_DISPOSITION, 0);

	memset(head_out, 0, sizeof *head_out);
	if (field != NULL)
		head_out->content_type = content_type_parse(field);
	head_out->type = head_out->content_type != NULL
				 ? content_type_name(head_out->content_type)
				 : type_of_rest;
	head_out->encoding =
		header_section_get(section, FIELD_CONTENT_TRANSFER_ENCODING, 0);
	head_out->is_attachment = disposition != NULL &&
				  g_ascii_strncasecmp(disposition, "attachment", 10) == 0;
}

static void part_head_clear(PartHead *head)
{
	g_clear_pointer(&head->content_type, content_type_free);
}

/* ---- splitting ---- */

static bool is_line_start(const char *bytes, const char *at)
{
	return at == bytes || at[-1] == '\n' || at[-1] == '\r';
}

static const char *next_line(const char *at, const char *end)
{
	while (at < end && *at != '\n' && *at != '\r')
		at++;
	if (at + 1 < end && at[0] == '\r' && at[1] == '\n')
		return at + 2;
	return at < end ? at + 1 : end;
}

/* The next delimiter line (RFC 2046 5.1.1: "--" boundary, or with "--" behind it the last
 * one) at or behind from; NULL if there is none. */
static const char *find_delimiter(const char *bytes, const char *from, const char *end,
				  const char *delimiter, size_t delimiter_length,
				  bool *is_last_out)
{
	while ((from = memmem(from, (size_t)(end - from), delimiter, delimiter_length)) !=
	       NULL) {
		const char *behind = from + delimiter_length;

		*is_last_out = end - behind >= 2 && behind[0] == '-' && behind[1] == '-';
		if (*is_last_out)
			behind += 2;
		while (behind < end && (*behind == ' ' || *behind == '\t'))
			behind++;
		if (is_line_start(bytes, from) &&
		    (behind == end || *behind == '\n' || *behind == '\r'))
			return from;
		from++;
	}
	return NULL;
}

/* The line break in front of a delimiter belongs to it. */
static size_t part_length(const char *start, const char *delimiter)
{
	if (delimiter > start && delimiter[-1] == '\n')
		delimiter--;
	if (delimiter > start && delimiter[-1] == '\r')
		delimiter--;
	return (size_t)(delimiter - start);
}

/* A boundary that the header section lost: the first line of the body, if it looks like a
 * delimiter and a Content- field follows. Caller frees. */
static char *guess_boundary(const char *bytes, size_t length)
{
	const char *end = bytes + length, *at = bytes, *line_end;

	while (at < end && (*at == '\n' || *at == '\r'))
		at++;
	line_end = next_line(at, end);
	if (end - line_end < 8 || g_ascii_strncasecmp(line_end, "Content-", 8) != 0)
		return NULL;
	while (line_end > at && g_ascii_isspace(line_end[-1]))
		line_end--;
	if (line_end - at < 3 || line_end - at > BOUNDARY_MAX || at[0] != '-' ||
	    at[1] != '-')
		return NULL;
	return g_strndup(at + 2, (gsize)(line_end - at - 2));
}

/* ---- walking ---- */

static void walk_part(Walk *walk, PartHead *head, const char *bytes, size_t length,
		      unsigned depth, unsigned alternative);

static void walk_section(Walk *walk, const char *bytes, size_t length,
			 const char *type_of_rest, unsigned depth, unsigned alternative)
{
	PartHead head;
	size_t body;

	header_section_clear(walk->scratch);
	body = header_section_split(walk->scratch, bytes, length);
	part_head_read(walk->scratch, type_of_rest, &head);
	walk_part(walk, &head, bytes + body, length - body, depth, alternative);
	part_head_clear(&head);
}

/* False if no delimiter is there. */
static bool walk_parts(Walk *walk, const PartHead *head, const char *boundary,
		       const char *bytes, size_t length, unsigned depth,
		       unsigned alternative)
{
	g_autofree char *delimiter = g_strconcat("--", boundary, NULL);
	bool is_digest = g_str_equal(head->type, "multipart/digest");
	size_t delimiter_length = strlen(delimiter);
	const char *end = bytes + length;
	const char *at, *next;
	bool is_last;

	at = find_delimiter(bytes, bytes, end, delimiter, delimiter_length, &is_last);
	if (at == NULL)
		return false;
	while (at != NULL && !is_last && !walk->ended) {
		const char *start = next_line(at, end);

		next = find_delimiter(bytes, start, end, delimiter, delimiter_length,
				      &is_last);
		walk_section(walk, start,
			     next ? part_length(start, next) : (size_t)(end - start),
			     is_digest ? "message/rfc822" : "text/plain", depth,
			     alternative);
		at = next;
	}
	return true;
}

static bool is_blank(const char *bytes, size_t length)
{
	size_t at = 0;

	while (at < length && g_ascii_isspace(bytes[at]))
		at++;
	return at == length;
}

static void walk_multipart(Walk *walk, PartHead *head, const char *bytes, size_t length,
			   unsigned depth, unsigned alternative)
{
	const char *boundary = NULL;
	g_autofree char *guessed = NULL;

	if (depth == 0)
		return;
	if (g_str_equal(head->type, "multipart/alternative"))
		alternative = ++walk->alternatives;
	if (head->content_type != NULL)
		boundary = content_type_param(head->content_type, "boundary");
	if (boundary != NULL && *boundary != '\0' && strlen(boundary) <= BOUNDARY_MAX &&
	    walk_parts(walk, head, boundary, bytes, length, depth - 1, alternative))
		return;

	guessed = guess_boundary(bytes, length);
	if (guessed != NULL &&
	    walk_parts(walk, head, guessed, bytes, length, depth - 1, alternative))
		return;

	/* All of it is preamble: read it as the text that it was made from. Nothing at all
	 * is left of a multipart whose parts went to an outer one of the same boundary. */
	if (is_blank(bytes, length))
		return;
	head->type = "text/plain";
	g_clear_pointer(&head->content_type, content_type_free);
	walk_part(walk, head, bytes, length, depth, alternative);
}

static void walk_part(Walk *walk, PartHead *head, const char *bytes, size_t length,
		      unsigned depth, unsigned alternative)
{
	MimePart part = {
		.type = head->type,
		.parsed = (MimeType *)head->content_type,
		.encoding = head->encoding,
		.bytes = bytes,
		.length = length,
		.alternative = alternative,
		.is_attachment = head->is_attachment,
	};

	if (walk->ended || ++walk->parts > PARTS_MAX ||
	    !walk->visit(&part, walk->context)) {
		walk->ended = true;
		return;
	}
	if (g_str_has_prefix(head->type, "multipart/"))
		walk_multipart(walk, head, bytes, length, depth, alternative);
}

void mime_walk(const HeaderSection *section, const char *bytes, size_t length,
	       unsigned depth, MimeVisitor visit, void *context)
{
	static const HeaderLimits limits = {PART_HEADER_OCTETS, PART_HEADER_FIELDS,
					    PART_HEADER_OCTETS};
	Walk walk = {.visit = visit, .context = context};
	PartHead head;

	part_head_read(section, "text/plain", &head);
	if (head.content_type == NULL) {
		g_autofree char *boundary = guess_boundary(bytes, length);

		if (boundary != NULL) {
			head.type = "multipart/mixed";
		}
	}
	if (g_str_has_prefix(head.type, "multipart/"))
		walk.scratch = header_section_new(&limits, NULL);
	walk_part(&walk, &head, bytes, length, depth, 0);
	header_section_free(walk.scratch);
	part_head_clear(&head);
}
