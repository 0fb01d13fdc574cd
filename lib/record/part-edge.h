/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a MIME part begins (RFC 2046 5.1.1), as far as lines alone can tell: no message
 * of an mbox begins there, whatever the line looks like. Private to lib/record.
 */
#ifndef LEAD_RECORD_PART_EDGE_H
#define LEAD_RECORD_PART_EDGE_H

#include <stddef.h>

typedef enum {
	PART_NONE,	/* somewhere else */
	PART_DELIMITER, /* behind "--boundary", or a rule of dashes */
	PART_HEADER,	/* among the part's fields, of which one is Content-... */
	PART_START,	/* before the first line of its content */
} PartEdge;

/* Where one is behind the line; it need not end with NUL. */
PartEdge part_edge_next(PartEdge edge, const char *line, size_t length);

#endif
