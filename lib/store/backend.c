/* SPDX-License-Identifier: BSD-2-Clause */
#include "backend.h"

void txn_fail(Txn *txn, GError *error_taken)
{
	if (txn->error == NULL)
		txn->error = error_taken;
	else
		g_error_free(error_taken);
}

void txn_forget(Txn *txn)
{
	g_clear_pointer(&txn->never_log, never_log_free);
	txn->never_log_is_current = false;
}
