/* SPDX-License-Identifier: BSD-2-Clause */
/* The lines of a header section as a file has them. Private to lib/mail. */
#ifndef LEAD_MAIL_HEADER_LINES_H
#define LEAD_MAIL_HEADER_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "addr-scan.h"

typedef struct {
	const char *next, *end; /* next: in the end the first octet of the body */
	bool bare_cr;		/* CR alone ends lines, too */
} HeaderLines;

/* Behind a byte order mark and mbox lines. Whether a bare CR ends lines is decided by
 * the first line: in other files it is an octet of the field, as for MTAs, so that
 * nobody can smuggle fields in behind one. */
HeaderLines header_lines_begin(const char *bytes, size_t length);

/* The next field, its folded lines included; false at the end of the section. */
bool header_lines_next(HeaderLines *lines, Slice *name_out, Slice *body_out);

/* In place: drops line ends within folding, makes other line ends and NUL blanks, trims.
 * Returns the new length; text[that] is NUL, so text has room for length + 1. */
size_t header_body_unfold(char *text, size_t length);

#endif
