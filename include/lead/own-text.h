/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The own text of a message: what the author wrote, without quoted lines, attribution
 * lines ("On ... wrote:"), Outlook dividers and signatures. Used in memory only.
 */
#ifndef LEAD_OWN_TEXT_H
#define LEAD_OWN_TEXT_H

#include <stddef.h>

/* text: decoded UTF-8 of a text/plain body, of which the first 64 KiB are read. Caller
 * frees. */
char *own_text_from_plain(const char *text, size_t length);
/* html: decoded UTF-8 of a text/html body: tags, styles and blockquotes dropped. */
char *own_text_from_html(const char *html, size_t length);

#endif
