/* SPDX-License-Identifier: BSD-2-Clause */
#include "addr-scan.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* "a\ ": the blank at the end is meant. */
static bool ends_escaped(Slice text)
{
	const char *p = text.end - 1;

	while (p > text.start && p[-1] == '\\')
		p--;
	return (text.end - 1 - p) % 2 == 1;
}

Slice slice_trim(Slice text)
{
	while (text.start < text.end && is_blank(*text.start))
		text.start++;
	while (text.start < text.end && is_blank(text.end[-1]) && !ends_escaped(text))
		text.end--;
	return text;
}

size_t slice_length(Slice text)
{
	return (size_t)(text.end - text.start);
}

/* "(" *([FWS] ccontent) [FWS] ")"; NULL if it is not closed. */
static const char *behind_comment(const char *p, const char *end)
{
	unsigned depth = 0;

	for (; p < end; p++) {
		if (*p == '\\')
			p++;
		else if (*p == '(')
			depth++;
		else if (*p == ')' && --depth == 0)
			return p + 1;
	}
	return NULL;
}

static const char *behind_quotes(const char *p, const char *end)
{
	for (p++; p < end; p++) {
		if (*p == '\\')
			p++;
		else if (*p == '"')
			return p + 1;
	}
	return NULL;
}

Scan scan_begin(Slice text)
{
	return (Scan){text.start, text.end, false, false};
}

static TokenKind token_kind(Scan *scan, const char **behind_out)
{
	const char *p = scan->next;

	if (is_blank(*p))
		return TOKEN_BLANK;
	if (*p == '\\' && p + 1 < scan->end) {
		*behind_out = p + 2;
		return TOKEN_PAIR;
	}
	if (*p == '"' && !scan->no_quotes) {
		*behind_out = behind_quotes(p, scan->end);
		if (*behind_out != NULL)
			return TOKEN_QUOTED;
		scan->no_quotes = true;
	}
	if (*p == '(' && !scan->no_comments) {
		*behind_out = behind_comment(p, scan->end);
		if (*behind_out != NULL)
			return TOKEN_COMMENT;
		scan->no_comments = true;
	}
	*behind_out = p + 1;
	return TOKEN_OCTET;
}

bool scan_next(Scan *scan, Token *token_out)
{
	const char *behind = scan->next + 1;

	if (scan->next >= scan->end)
		return false;
	token_out->kind = token_kind(scan, &behind);
	token_out->text = (Slice){scan->next, behind};
	scan->next = behind;
	return true;
}

bool token_is(const Token *token, char c)
{
	return token->kind == TOKEN_OCTET && *token->text.start == c;
}

static const char *find(Slice text, char c, bool last)
{
	const char *found = text.end;
	Scan scan = scan_begin(text);
	Token token;

	if (memchr(text.start, c, slice_length(text)) == NULL)
		return found;
	while (scan_next(&scan, &token)) {
		if (!token_is(&token, c))
			continue;
		found = token.text.start;
		if (!last)
			break;
	}
	return found;
}

const char *slice_find(Slice text, char c)
{
	return find(text, c, false);
}

const char *slice_find_last(Slice text, char c)
{
	return find(text, c, true);
}

char *token_copy(const Token *token, char *out)
{
	const char *p = token->text.start, *end = token->text.end;

	if (token->kind == TOKEN_QUOTED || token->kind == TOKEN_COMMENT) {
		p++;
		end--;
	}
	for (; p < end; p++) {
		if (*p == '\\' && p + 1 < end && token->kind != TOKEN_OCTET)
			p++;
		*out++ = *p;
	}
	return out;
}
