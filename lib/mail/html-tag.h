/* SPDX-License-Identifier: BSD-2-Clause */
/* One tag of HTML mail: what it does to the text, and whether a mail program marks with
 * it what the author did not write. */
#ifndef LEAD_MAIL_HTML_TAG_H
#define LEAD_MAIL_HTML_TAG_H

#include <stdbool.h>

enum { TAG_NAME_SIZE = 16 };

typedef enum {
	MARK_NONE,
	MARK_ELEMENT,	  /* the element is not the author's */
	MARK_ATTRIBUTION, /* likewise, unless a divider stands in it: then that must stay */
	MARK_REST,	  /* the message quoted begins here */
} Mark;

typedef enum {
	TAG_INLINE,
	TAG_BLOCK,  /* begins and ends a line */
	TAG_BREAK,  /* ends a line */
	TAG_CELL,   /* parts words */
	TAG_QUOTE,  /* a block that is not the author's */
	TAG_HIDDEN, /* holds no text for a reader */
} TagKind;

/* Borrows the text it was read from. */
typedef struct {
	char name[TAG_NAME_SIZE]; /* small letters; cut */
	bool is_end;
	bool is_empty;		      /* "<x/>" */
	const char *attributes, *end; /* between name and '>' */
	TagKind kind;
} Tag;

/* Reads the tag behind the '<' at; returns where the text goes on, NULL if it is none. */
const char *html_tag_read(const char *at, const char *end, Tag *tag_out);
Mark html_tag_mark(const Tag *tag);

#endif
