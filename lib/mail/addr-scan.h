/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walks structured header text (RFC 5322 3.2) token by token: quoted strings, comments
 * and quoted pairs are one step each. Linear in the text whatever it holds: a quote or
 * comment that is never closed is looked for once, and then is an ordinary octet.
 * Private to lib/mail.
 */
#ifndef LEAD_MAIL_ADDR_SCAN_H
#define LEAD_MAIL_ADDR_SCAN_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
	const char *start, *end;
} Slice;

typedef enum {
	TOKEN_OCTET,
	TOKEN_BLANK,
	TOKEN_QUOTED,
	TOKEN_COMMENT,
	TOKEN_PAIR
} TokenKind;

typedef struct {
	TokenKind kind;
	Slice text; /* with its quotes, parentheses, backslash */
} Token;

typedef struct {
	const char *next, *end;
	bool no_quotes, no_comments;
} Scan;

Scan scan_begin(Slice text);
bool scan_next(Scan *scan, Token *token_out); /* false at the end */
bool token_is(const Token *token, char c);    /* an octet of its own, and c */

Slice slice_trim(Slice text);
size_t slice_length(Slice text);
/* The first, the last c outside of quotes and comments; the end if there is none. */
const char *slice_find(Slice text, char c);
const char *slice_find_last(Slice text, char c);

/* Copies a token as it is meant: quotes and escapes resolved, of a comment its inside.
 * Returns behind the copy, which is never longer than the token. No NUL is added. */
char *token_copy(const Token *token, char *out);

#endif
