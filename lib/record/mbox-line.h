/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The line that separates the messages of an mbox (RFC 4155): "From ", an address, a
 * date as asctime(3) writes it. Private to lib/record.
 */
#ifndef LEAD_RECORD_MBOX_LINE_H
#define LEAD_RECORD_MBOX_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True if a file whose first line it is is an mbox: it begins with "From ", whatever
 * follows. Not where its lines end in a bare CR: to the LF it is one line, with a lone
 * message that its reader splits. */
bool mbox_line_begins_file(const char *line, size_t length);
/* True if the line begins with "From " and ends in a date; line need not end with NUL. */
bool mbox_line_separates(const char *line, size_t length);
/* Its date in s UTC; 0 if it has none. */
int64_t mbox_line_date(const char *line, size_t length);
/* True for a header field's first line (RFC 5322 2.2: ftext up to a colon). */
bool mbox_line_is_field(const char *line, size_t length);
/* True for ">From ", ">>From " ...: mboxrd put one '>' there, mboxo one at most. */
bool mbox_line_is_quoted(const char *line, size_t length);

#endif
