/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A Content-Type field (RFC 2045 5.1). Fields of the plain grammar, which are almost all,
 * are read here, in place; comments, continued or encoded parameters (RFC 2231), and what
 * only tolerance can read go to GMime, whose objects cost more than a small message does
 * otherwise. Either way the answers are the same. One thread a field.
 */
#ifndef LEAD_MAIL_CONTENT_TYPE_H
#define LEAD_MAIL_CONTENT_TYPE_H

typedef struct ContentType ContentType;

/* NULL if the field names no type and subtype. */
ContentType *content_type_parse(const char *field);
void content_type_free(ContentType *type); /* NULL is fine */

const char *content_type_name(const ContentType *type); /* "text/plain", lower-case */
/* Decoded; NULL if absent. */
const char *content_type_param(const ContentType *type, const char *name);

#endif
