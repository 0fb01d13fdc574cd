/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows that the writer's connection has read lately: recording asks for the same contact,
 * address and rep several times a message, and for the same few reps all day. Copies, few
 * and of some kinds only; whoever changes a row here or elsewhere says so.
 */
#ifndef LEAD_STORE_SQLITE_RECENT_ROWS_H
#define LEAD_STORE_SQLITE_RECENT_ROWS_H

#include "../rows.h"

typedef struct RecentRows RecentRows;

/* Of the kinds that are kept. */
typedef union {
	Row row;
	ContactRow contact;
	AddressRow address;
	RepRow rep;
	MessageRow message;
} RecentRow;

RecentRows *recent_rows_new(void);
void recent_rows_free(RecentRows *recent); /* NULL is fine, here and below: has none */

/* A copy of the row, for the caller to clear; false if it is not among them. */
bool recent_rows_load(const RecentRows *recent, RowKind kind, int64_t id, void *row_out);
/* The row of that canonical address, of a contact or a rep; 0 if it is not among them. */
int64_t recent_rows_find(const RecentRows *recent, RowKind kind, const char *address);
void recent_rows_note(RecentRows *recent, RowKind kind, const void *row); /* was read */
void recent_rows_drop(RecentRows *recent, RowKind kind, int64_t id);	  /* changes */
void recent_rows_forget(RecentRows *recent); /* others wrote, or it was rolled back */

#endif
