/* SPDX-License-Identifier: BSD-2-Clause */
/* Field bodies that GMime reads: text with encoded words, dates. Private to lib/mail. */
#ifndef LEAD_MAIL_HEADER_DECODE_H
#define LEAD_MAIL_HEADER_DECODE_H

#include <stdint.h>

/* Unstructured text (RFC 5322 2.2.1) with its encoded words (RFC 2047) decoded; valid
 * UTF-8 whatever came. Caller frees. */
char *header_text_decode(const char *body);

/* A phrase (a display-name) that has lost its quotes, decoded likewise. */
char *header_phrase_decode(const char *phrase);

/* date-time (RFC 5322 3.3) in seconds UTC; 0 if it cannot be read. */
int64_t header_date_parse(const char *body);

#endif
