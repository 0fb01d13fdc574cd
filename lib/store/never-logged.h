/* SPDX-License-Identifier: BSD-2-Clause */
/* The never-log list within a transaction. */
#ifndef LEAD_STORE_NEVER_LOGGED_H
#define LEAD_STORE_NEVER_LOGGED_H

#include "backend.h"

/* As the transaction sees it: kept with the transaction's connection, read again when
 * somebody has changed it. Never NULL. */
const NeverLog *txn_never_log(Txn *txn);
/* One message more was dropped by that pattern. */
void never_log_count(Txn *txn, int64_t pattern);

#endif
