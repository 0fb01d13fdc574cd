/* SPDX-License-Identifier: BSD-2-Clause */
#include "deed.h"

#include "lead/error.h"

Deed deed_copy(const Deed *deed)
{
	return (Deed){g_strdup(deed->actor), g_strdup(deed->reason), deed->at};
}

void deed_copy_clear(Deed *copy)
{
	g_free((char *)(uintptr_t)copy->actor);
	g_free((char *)(uintptr_t)copy->reason);
}

void deed_note(Txn *txn, const Deed *deed, Action action, int64_t contact,
	       int64_t suggestion, const char *detail)
{
	g_auto(ActRow) row = {
		.at = deed->at,
		.behind = txn->ops->history_newest(txn),
		.contact = contact,
		.suggestion = suggestion,
		.action = action,
		.detail = g_strdup(detail),
		.actor = g_strdup(deed->actor),
		.reason = g_strdup(deed->reason),
	};

	txn->ops->row_add(txn, ROW_ACT, &row);
}

void deed_event(Txn *txn, const Deed *deed, int64_t contact, int64_t message,
		const char *kind, const char *text)
{
	EventRow row = {
		.at = deed->at,
		.contact = contact,
		.message = message,
		.kind = g_strdup(kind),
		.text = g_strdup(text),
	};

	txn->ops->row_add(txn, ROW_EVENT, &row);
	row_clear(ROW_EVENT, &row);
}

bool deed_contact(Txn *txn, int64_t contact, ContactRow *row_out)
{
	if (contact_load(txn, contact, row_out) && !row_out->erased)
		return true;
	if (txn->error == NULL)
		txn_fail(txn, g_error_new(LEAD_ERROR, LEAD_ERROR_NOT_FOUND,
					  "no contact %" G_GINT64_FORMAT, contact));
	return false;
}
