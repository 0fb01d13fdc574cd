/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lines of a text/plain body, and which of them belong to the quotation of another
 * message or to a signature. Wordings are data (data/attribution.txt, signature.txt).
 */
#ifndef LEAD_MAIL_QUOTE_LINE_H
#define LEAD_MAIL_QUOTE_LINE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
	const char *text; /* borrowed, not NUL-terminated, trailing blanks left out */
	size_t length;
} TextLine;

/* "> text", ">text", "JD> text" */
bool line_is_quoted(TextLine line);
/* What else some put before quoted lines: ") ", "--]", "|". Length 0 if line begins with
 * no such mark. */
TextLine line_foreign_mark(TextLine line);
bool line_has_mark(TextLine line, TextLine mark);
/* RFC 3676 4.3: "-- ", and "--" of those that trim. */
bool line_is_signature_delimiter(TextLine line);
/* A rule of underscores: Outlook's divider, a list's above its footer, a decoration. */
bool line_is_rule(TextLine line);
/* "-----Original Message-----", a rule of underscores, "Begin forwarded message:" */
bool line_is_divider(TextLine line);
/* "Sent from my telephone" */
bool line_is_device_signature(TextLine line);
/* "Sent: Monday" */
bool line_is_label(TextLine line);
/* lines[0] begins a block of From, Sent, To, Subject as Outlook puts it in front */
bool lines_begin_header_block(const TextLine *lines, size_t count);
/* How many lines from lines[0] on form an attribution ("On ... wrote:"); 0 if none.
 * is_before_quote_out tells whether a quoted line follows. */
size_t lines_attribution(const TextLine *lines, size_t count, bool *is_before_quote_out);

#endif
