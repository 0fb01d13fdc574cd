/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The MIME structure of a message (RFC 2045, 2046), walked part by part without copying.
 *
 * The structure is split here, all decoding (content types, transfer encodings, charsets)
 * is GMime's. Its parser is not used: it nests to 1,024 levels, compares every line with
 * every open boundary, and makes some thirty objects of a small report; this walk is
 * bounded by depth and parts, reads a truncated multipart to its last octet, and hands
 * over a returned message as octets. No state; any thread.
 */
#ifndef LEAD_MAIL_MIME_H
#define LEAD_MAIL_MIME_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "lead/header-section.h"

typedef struct MimeType MimeType; /* a parsed Content-Type field */

typedef struct {
	const char *type;     /* "text/plain", lower-case */
	MimeType *parsed;     /* for mime_part_param() */
	const char *encoding; /* Content-Transfer-Encoding as written, or NULL */
	const char *bytes;    /* the body, still encoded */
	size_t length;
	unsigned alternative; /* number of the multipart/alternative around it; or 0 */
	bool is_attachment;   /* Content-Disposition says so */
} MimePart;

/* Called for every part in order, a multipart before its parts; all members are borrowed
 * for the call. False ends the walk. */
typedef bool (*MimeVisitor)(const MimePart *part, void *context);

/* Multiparts are entered down to depth; a message/... part is never entered. */
void mime_walk(const HeaderSection *section, const char *bytes, size_t length,
	       unsigned depth, MimeVisitor visit, void *context);

/* A parameter of Content-Type ("report-type"), decoded; NULL if absent. Borrowed. */
const char *mime_part_param(const MimePart *part, const char *name);

/* The content with its transfer encoding undone; text is valid UTF-8 without NUL. May
 * share the part's octets: release it before they go. */
GBytes *mime_part_content(const MimePart *part);
GBytes *mime_part_text(const MimePart *part);

void mime_init(void); /* once before any thread */

#endif
