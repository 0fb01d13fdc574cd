/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A summary as octets:
 *
 *   summary = format *field
 *   field   = tag length *OCTET       ; one octet, four, length octets
 *
 * A row of the tables below is a member and its tag. Members that are zero or NULL are
 * left out; unknown tags are passed over. So a member can be added without a new format;
 * a tag is never used again for something else, and a change of an enumeration's numbers
 * raises the format. Numbers are little-endian. Private to lib/record.
 */
#ifndef LEAD_RECORD_SUMMARY_ROWS_H
#define LEAD_RECORD_SUMMARY_ROWS_H

#include <stddef.h>

enum { SUMMARY_FORMAT = 1, SUMMARY_FIELD_HEAD = 5 };

typedef enum {
	KIND_TEXT,   /* char *, with its NUL left out */
	KIND_DIRECTION_RULE, /* const char *, static */
	KIND_NUMBER, /* int64_t */
	KIND_COUNT,  /* size_t */
	KIND_BOOL,
	KIND_ENUM,    /* from 0 to most */
	KIND_RULE,    /* uint16_t of a classifier rule, by name: rows may move */
	KIND_ADDRESS, /* AddrSpec * */
	KIND_LIST,    /* GArray * of structs, one field each */
	KIND_BOUNCED, /* GPtrArray * of ReportRecipient * */
} Kind;

typedef struct Row {
	unsigned char tag;
	Kind kind;
	size_t offset;
	int most;		/* of an enumeration */
	const struct Row *rows; /* of a list's structs */
	size_t size;		/* of one of them */
} Row;

enum { SUMMARY_ROWS_END = 0 }; /* tag of the row that ends a table */

extern const Row summary_rows[];
extern const Row summary_bounced_rows[];

#endif
