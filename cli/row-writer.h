/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes the rows of a listing to standard output: for people as a table, for programs as
 * JSON or CSV. JSON and CSV go out row by row; only a table waits for the last one.
 */
#ifndef LEADCTL_ROW_WRITER_H
#define LEADCTL_ROW_WRITER_H

#include <stdbool.h>

#include "column.h"
#include "leadctl.h"

typedef enum {		     /* in JSON; as a table */
	       SHAPE_ROWS,   /* {"v": 1, NAME: [row, ...]}; lines */
	       SHAPE_CARD,   /* the same; each row upright, every column that has a value */
	       SHAPE_LINES,  /* {"v": 1, ...} a row; lines */
	       SHAPE_RECORD, /* {"v": 1, ...}, for exactly one row; upright */
} Shape;

typedef struct RowWriter RowWriter;

RowWriter *row_writer_new(Format format, const Listing *listing, Shape shape);
void row_writer_add(RowWriter *writer, const void *row);
size_t row_writer_count(const RowWriter *writer);
void row_writer_end(RowWriter *writer); /* writes what is left, and frees */

void record_write(Format format, const Listing *listing, const void *row);

/* The three faces, for row-writer.c. */
typedef struct {
	void *(*begin)(const Listing *listing, Shape shape);
	void (*add)(void *face, const void *row);
	void (*end)(void *face); /* frees */
} RowFace;
extern const RowFace row_face_table, row_face_json, row_face_csv;

#endif
