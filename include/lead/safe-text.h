/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text of strangers made safe for where it is shown. Every function returns new
 * memory that the caller frees; the input may hold any bytes but NUL, the result
 * is valid UTF-8. No state, any thread.
 */
#ifndef LEAD_SAFE_TEXT_H
#define LEAD_SAFE_TEXT_H

/* Invalid UTF-8 becomes U+FFFD; all else is kept. For what is stored. */
char *safe_text_utf8(const char *text);

/* For a terminal or a table cell: also control characters (C0, DEL, C1), line
 * breaks and bidirectional overrides become U+FFFD; a tab becomes a blank. */
char *safe_text_line(const char *text);

/* For a key=value log line: as safe_text_line(), and if the text is empty or holds a
 * blank, a quote, '=' or a backslash it is put into double quotes with \" and \\. */
char *safe_text_log(const char *text);

/* For a CSV field, before quoting: as safe_text_line(), and a leading = + - @ (or one
 * behind leading blanks) gets an apostrophe in front, so that no spreadsheet runs it. */
char *safe_text_csv(const char *text);

#endif
