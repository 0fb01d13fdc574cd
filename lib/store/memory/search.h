/* SPDX-License-Identifier: BSD-2-Clause */
/* Looking at every row of a table, in order of id: the memory's only index. */
#ifndef LEAD_STORE_MEMORY_SEARCH_H
#define LEAD_STORE_MEMORY_SEARCH_H

#include "memory.h"

typedef bool (*RowHolds)(const void *row, const void *question);

GPtrArray *rows_that(Txn *txn, unsigned table, RowHolds holds, const void *question);
void append_ids(GPtrArray *rows, size_t limit, GArray *ids); /* 0: no limit */
void find_ids(Txn *txn, unsigned table, RowHolds holds, const void *question, GArray *ids);
int64_t find_id(Txn *txn, unsigned table, RowHolds holds, const void *question);
/* Of a link table, whose rows have no id inside: the id of the first that holds; 0. */
int64_t find_link(Txn *txn, unsigned table, RowHolds holds, const void *question);
bool is_any(const void *row, const void *question); /* holds for every row */

/* What belongs to somebody in a span of time. */
typedef struct {
	int64_t of, from, until;
} Span;

bool is_within(const void *interaction, const void *span);
int by_moment(const void *a, const void *b); /* of MessageRow *: newest first */

#endif
