/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A CSV file (RFC 4180) as rows, each with the line of the file on which it began; line
 * breaks inside quotes count. Commas, semicolons or tabs, whichever the first line has
 * most of; a UTF-8 byte order mark is dropped.
 */
#ifndef LEADCTL_CSV_FILE_H
#define LEADCTL_CSV_FILE_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

typedef struct CsvFile CsvFile;

typedef enum {
	CSV_ROW,     /* fields are there */
	CSV_BAD_ROW, /* quotes that fit no grammar within one line; the next row is sound */
	CSV_END,
	CSV_DAMAGED, /* where rows begin is no longer known; error is set */
} CsvRead;

enum {
	CSV_FILE_MAX = 256 * 1024 * 1024, /* octets; a larger one is refused */
	CSV_FIELD_MAX = 1024 * 1024,
	CSV_FIELDS_MAX = 1000, /* of a row; those behind are counted, not kept */
};

/* Reads the file ("-": standard input) and checks that it is UTF-8 text. INVALID, LIMIT,
 * NOT_FOUND, PERMANENT; the text names file and line. */
CsvFile *csv_file_open(const char *path, GError **error);
void csv_file_close(CsvFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CsvFile, csv_file_close)

CsvRead csv_file_next(CsvFile *file, GError **error); /* rows of nothing are passed over */
char **csv_file_fields(const CsvFile *file);	      /* borrowed until the next row */
size_t csv_file_count(const CsvFile *file); /* of fields; more than kept is possible */
int64_t csv_file_line(const CsvFile *file); /* on which the row began, from 1 */
size_t csv_file_done(const CsvFile *file);  /* octets read, for progress */
size_t csv_file_total(const CsvFile *file);

#endif
