/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HTML mail reduced to text in one pass: what a reader sees, line by line, without style,
 * script and markup, and without what mail programs mark as quoted or as a signature. Not
 * a browser: unknown tags vanish, nothing is fetched, every octet is looked at once or
 * twice. No state; any thread.
 */
#ifndef LEAD_MAIL_HTML_TEXT_H
#define LEAD_MAIL_HTML_TEXT_H

#include <glib.h>
#include <stddef.h>

/* html: UTF-8. Caller frees. */
char *html_to_text(const char *html, size_t length);

/* Reads a character reference ("&amp;", "&#228;", "&#xe4;") at the '&' at. Returns its
 * octets, 0 if it is none; *character_out is what it stands for. */
size_t html_reference_read(const char *at, const char *end, gunichar *character_out);

#endif
