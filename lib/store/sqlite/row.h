/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef LEAD_STORE_SQLITE_ROW_H
#define LEAD_STORE_SQLITE_ROW_H

#include "connection.h"

bool sqlite_row_load(Txn *txn, RowKind kind, int64_t id, void *row_out);
int64_t sqlite_row_add(Txn *txn, RowKind kind, const void *row);
void sqlite_rows_add(Txn *txn, RowKind kind, void *rows, size_t count);
void sqlite_row_update(Txn *txn, RowKind kind, const void *row);
void sqlite_row_remove(Txn *txn, RowKind kind, int64_t id);
void sqlite_rows_all(Txn *txn, RowKind kind, GArray *ids);

#endif
