/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A listing: the columns that table, JSON and CSV share. One row of a column table says
 * the name, the heading, and where in the row struct the value is and of what type; the
 * three faces are made from it and so cannot differ. Static and constant.
 */
#ifndef LEADCTL_COLUMN_H
#define LEADCTL_COLUMN_H

#include <glib.h>
#include <json-glib/json-glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum {		     /* type of the member; how JSON shows it */
	       CELL_TEXT,    /* const char *; string, null */
	       CELL_INTEGER, /* int64_t; number */
	       CELL_ID,	     /* int64_t, 0 none; number, null */
	       CELL_COUNT,   /* int64_t, below 0 unknown; number, null */
	       CELL_REAL,    /* double; number */
	       CELL_FLAG,    /* bool; true, false. In text: yes, or nothing */
	       CELL_TIME,    /* int64_t, s UTC, 0 none; RFC 3339 string, null */
	       CELL_WORD,    /* an enum, named by the column's word(); string, null */
	       CELL_LIST,    /* const char *const *; array of strings */
	       CELL_WORDS, /* const char * of words with blanks between; array of strings */
	       CELL_OBJECT, /* const char *, text of a JSON object; object */
	       CELL_ROWS,   /* GPtrArray * of rows of another listing; array of objects. In
			     * JSON   alone: a cell has no room for it */
	       CELL_RECORD, /* const void *, one row of another listing or NULL; object,
			     * null. Upright and in CSV its columns stand among the others,
			     * named after both. Not among the columns of a table */
} CellType;

typedef struct Listing Listing;

typedef struct {
	const char *name;    /* in JSON, and in the first line of CSV */
	const char *heading; /* in a table; NULL: left out there. A card has all, by name */
	CellType type;
	size_t offset;
	const char *(*word)(const void *member);   /* CELL_WORD; NULL from it: none */
	const char *(*colour)(const void *member); /* on a terminal; NULL: plain */
	const Listing *rows;			   /* CELL_ROWS, CELL_RECORD */
	const char *none; /* CELL_RECORD: what stands for NULL where it is upright */
	bool narrow;	  /* may be cut short where the terminal is too narrow */
	bool if_any;	  /* JSON leaves the name out where there is no value */
} Column;

struct Listing {
	const char *name; /* of the array in JSON */
	const Column *columns;
	size_t count;
};

#define COLUMN(row, member, heading_, type_)                                               \
	{                                                                                  \
		.name = #member, .heading = heading_, .type = type_,                       \
		.offset = offsetof(row, member)                                            \
	}
#define COLUMN_TEXT(row, member, heading_)                                                 \
	{                                                                                  \
		.name = #member, .heading = heading_, .type = CELL_TEXT,                   \
		.offset = offsetof(row, member), .narrow = true                            \
	}
#define COLUMN_WORD(row, member, heading_, word_, colour_)                                 \
	{                                                                                  \
		.name = #member, .heading = heading_, .type = CELL_WORD,                   \
		.offset = offsetof(row, member), .word = word_, .colour = colour_          \
	}
#define LISTING(name_, columns_)                                                           \
	{                                                                                  \
		.name = name_, .columns = columns_, .count = G_N_ELEMENTS(columns_)        \
	}

/* The cell as text, before it is made safe for where it goes. NULL: no value. */
char *column_text(const Column *column, const void *row);
/* The same for a terminal and for CSV; never NULL. */
char *column_line(const Column *column, const void *row);
char *column_csv(const Column *column, const void *row);
const char *column_colour(const Column *column, const void *row); /* or NULL */

/* Adds the row to a JSON object, its names in the order of the columns. */
void listing_fill(const Listing *listing, const void *row, JsonObject *object);

#endif
