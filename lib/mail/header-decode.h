/* SPDX-License-Identifier: BSD-2-Clause */
/* Text with encoded words, as GMime reads it. Private to lib/mail. */
#ifndef LEAD_MAIL_HEADER_DECODE_H
#define LEAD_MAIL_HEADER_DECODE_H

/* Unstructured text (RFC 5322 2.2.1) with its encoded words (RFC 2047) decoded; valid
 * UTF-8 whatever came. Caller frees. */
char *header_text_decode(const char *body);

/* A phrase (a display-name) that has lost its quotes, decoded likewise. */
char *header_phrase_decode(const char *phrase);

#endif
