/* SPDX-License-Identifier: BSD-2-Clause */
/* The octets of a CSV file, looked at as text before anything is made of them. */
#ifndef LEADCTL_CSV_TEXT_H
#define LEADCTL_CSV_TEXT_H

#include <glib.h>

/* Reads all of path ("-": standard input), at most limit octets. NOT_FOUND, PERMANENT,
 * LIMIT. Caller frees. */
GByteArray *csv_text_read(const char *path, size_t limit, GError **error);

/* INVALID unless it is UTF-8 without NUL; the text names the line. */
gboolean csv_text_check(const char *path, const GByteArray *text, GError **error);

/* The end of the line that starts at from: behind its LF, CR LF or CR; else the length. */
size_t csv_text_line_end(const GByteArray *text, size_t from);

/* The delimiter that the line has most of, outside quotes: comma, semicolon or tab. */
unsigned char csv_text_delimiter(const GByteArray *text, size_t from, size_t to);

#endif
