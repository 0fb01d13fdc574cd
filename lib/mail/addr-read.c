/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads a path or addr-spec: brackets, source route, comments, quotes, escapes. */
#include <string.h>

#include "addr-parts.h"
#include "addr-scan.h"

/* [ "<" ] [ "@" domain *("," "@" domain) ":" ] addr-spec [ ">" ]; a display-name in
 * front of the bracket is not looked at, nor is what stands behind it. */
static Slice path_inner(Slice path)
{
	const char *bracket = slice_find(path, '<');

	if (bracket < path.end)
		path.start = bracket + 1;
	path.end = slice_find(path, '>');
	for (path = slice_trim(path); path.start < path.end && *path.start == '<';)
		path.start++; /* "<<a@b>>" */
	if (path.start < path.end && *path.start == '@') {
		const char *colon = slice_find(path, ':');

		if (colon < path.end)
			path.start = colon + 1;
	}
	return slice_trim(path); /* still with '@' in front: a route and nothing behind */
}

/* Comments in front and behind are no part of the address: old mail programs put the name
 * there, "a@b (Joe Doe)". */
static Slice trim_comments(Slice text)
{
	Slice left = {text.end, text.end};
	Scan scan = scan_begin(text);
	Token token;

	if (memchr(text.start, '(', slice_length(text)) == NULL)
		return text;
	while (scan_next(&scan, &token)) {
		if (token.kind == TOKEN_BLANK || token.kind == TOKEN_COMMENT)
			continue;
		if (left.start == text.end)
			left.start = token.text.start;
		left.end = token.text.end;
	}
	return left;
}

/*
 * local-part = dot-atom / quoted-string / obs-local-part. Blanks and comments beside a
 * dot or at the ends mean nothing; inside they are kept as one blank, lest "a b@c" become
 * another person's address. out has room for the text.
 */
static size_t unquote_local(Slice text, char *out)
{
	Scan scan = scan_begin(text);
	bool blank = false;
	char *o = out;
	Token token;

	while (scan_next(&scan, &token)) {
		if (token.kind == TOKEN_COMMENT || token.kind == TOKEN_BLANK) {
			blank = true;
			continue;
		}
		if (blank && o > out && o[-1] != '.' && !token_is(&token, '.'))
			*o++ = ' ';
		blank = false;
		o = token_copy(&token, o);
	}
	return (size_t)(o - out);
}

/* Blanks beside dots mean nothing; any other ends the domain ("<a@b SIZE=1>"). 0 for
 * one with quotes or escapes: no domain has them, and "a@"b@c"" is not for us to guess. */
static size_t strip_domain(Slice text, char *out)
{
	Scan scan = scan_begin(text);
	bool blank = false;
	char *o = out;
	Token token;

	while (scan_next(&scan, &token)) {
		if (token.kind == TOKEN_COMMENT || token.kind == TOKEN_BLANK) {
			blank = true;
			continue;
		}
		if (blank && o > out && o[-1] != '.' && !token_is(&token, '.'))
			break;
		if (token.kind != TOKEN_OCTET)
			return 0;
		blank = false;
		*o++ = *token.text.start;
	}
	return (size_t)(o - out);
}

bool addr_parts_read(const char *path, AddrParts *parts_out)
{
	size_t length = strnlen(path, PATH_MAX_OCTETS + 1);
	char buffer[PATH_MAX_OCTETS];
	Slice inner, original;
	const char *at;

	if (length > PATH_MAX_OCTETS)
		return false;
	inner = path_inner((Slice){path, path + length});
	original = trim_comments(inner);
	if (original.start < original.end && *original.start == '@')
		return false; /* a route and nothing behind, or what would read as one */
	if (slice_find(inner, '<') < inner.end)
		return false; /* "<a@b<c>" is not for us to guess */
	at = slice_find_last(inner, '@');
	parts_out->has_domain = at < inner.end;
	parts_out->original = original.start;
	parts_out->original_length = slice_length(original);

	length = unquote_local((Slice){inner.start, at}, buffer);
	if (!text_fold(buffer, length, parts_out->local, sizeof parts_out->local))
		return false;
	parts_out->domain[0] = '\0';
	if (!parts_out->has_domain)
		return true;
	length = strip_domain(slice_trim((Slice){at + 1, inner.end}), buffer);
	return text_fold(buffer, length, parts_out->domain, sizeof parts_out->domain) &&
	       domain_to_ascii(parts_out->domain, sizeof parts_out->domain) &&
	       parts_out->local[0] != '\0' && parts_out->domain[0] != '\0';
}
