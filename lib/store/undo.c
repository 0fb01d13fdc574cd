/* SPDX-License-Identifier: BSD-2-Clause */
/* Taking back what mail or a suggestion did to a stage, and keeping mail from it. */
#include "deed.h"
#include "lead/error.h"
#include "view.h"

static void refuse(Txn *txn, LeadError code, int64_t contact, const char *why)
{
	g_autofree char *address = view_address(txn, contact);

	txn_fail(txn, g_error_new(LEAD_ERROR, (int)code, "cannot undo for '%s': %s",
				  address != NULL ? address : "", why));
}

/* A later undoing of that entry. */
static bool is_undone(Txn *txn, const HistoryEntry *entry)
{
	g_autoptr(GArray) ids = ids_new();
	bool undone = false;

	txn->ops->history_of(txn, entry->contact, 0, ids);
	for (unsigned i = 0; !undone && i < ids->len; i++) {
		g_auto(HistoryEntry) other = {0};

		undone = history_load_entry(txn, id_at(ids, i), &other) &&
			 other.undoes == entry->id;
	}
	return undone;
}

/* The entry asked for, or the last of the contact. False: the reason is in txn. */
static bool find_entry(Txn *txn, int64_t contact, int64_t history, HistoryEntry *entry_out)
{
	int64_t id = history != 0 ? history : txn->ops->history_last(txn, contact);

	if (history_load_entry(txn, id, entry_out))
		return true;
	if (txn->error != NULL)
		return false;
	if (history == 0)
		refuse(txn, LEAD_ERROR_NOT_FOUND, contact, "its stage was never changed");
	else
		txn_fail(txn,
			 g_error_new(LEAD_ERROR, LEAD_ERROR_NOT_FOUND,
				     "no change of stage has the number %" G_GINT64_FORMAT,
				     history));
	return false;
}

static bool may_undo(Txn *txn, const HistoryEntry *entry)
{
	if (entry->action != ACTION_PROMOTED && entry->action != ACTION_ACCEPTED)
		refuse(txn, LEAD_ERROR_NOT_FOUND, entry->contact,
		       "its stage was last changed by hand");
	else if (entry->superseded != 0 ||
		 txn->ops->history_last(txn, entry->contact) != entry->id)
		refuse(txn, LEAD_ERROR_INVALID, entry->contact,
		       "its stage was changed again since");
	return txn->error == NULL;
}

static void add_counter_entry(Txn *txn, const HistoryEntry *entry, const Deed *deed,
			      UndoResult *result)
{
	g_auto(HistoryEntry) counter = {
		.contact = entry->contact,
		.moment = {deed->at, 0},
		.from = entry->to,
		.to = entry->from,
		.action = ACTION_UNDONE,
		.detail = g_strdup(entry->detail),
		.undoes = entry->id,
		.actor = g_strdup(deed->actor),
		.reason = g_strdup(deed->reason),
		.tier = entry->tier,
		.message_id = g_strdup(entry->message_id),
		.outreach_id = g_strdup(entry->outreach_id),
	};

	result->history = txn->ops->row_add(txn, ROW_HISTORY, &counter);
	deed_event(txn, deed, entry->contact, entry->message, "promotion-undone",
		   entry->reason);
}

static void undo(Txn *txn, const HistoryEntry *entry, const Deed *deed, UndoResult *result)
{
	g_auto(ContactRow) row = {0};

	if (!deed_contact(txn, entry->contact, &row))
		return;
	row.stage = entry->from;
	row.stage_since = deed->at;
	row.demoted_at = deed->at;
	txn->ops->row_update(txn, ROW_CONTACT, &row);
	add_counter_entry(txn, entry, deed, result);
	result->changed = true;
}

void stage_undo(Txn *txn, int64_t contact, int64_t history, const Deed *deed,
		UndoResult *result_out)
{
	g_auto(HistoryEntry) entry = {0};
	bool is_counter;

	*result_out = (UndoResult){.changed = false};
	if (!find_entry(txn, contact, history, &entry))
		return;
	is_counter = entry.action == ACTION_UNDONE;
	result_out->contact = entry.contact;
	result_out->undone = is_counter ? entry.undoes : entry.id;
	result_out->from = is_counter ? entry.from : entry.to;
	result_out->to = is_counter ? entry.to : entry.from;
	if (is_counter || is_undone(txn, &entry))
		return;
	if (may_undo(txn, &entry))
		undo(txn, &entry, deed, result_out);
}

bool contact_lock(Txn *txn, int64_t contact, bool locked, const Deed *deed)
{
	g_auto(ContactRow) row = {0};

	if (!deed_contact(txn, contact, &row) || row.locked == locked)
		return false;
	row.locked = locked;
	txn->ops->row_update(txn, ROW_CONTACT, &row);
	deed_note(txn, deed, locked ? ACTION_LOCKED : ACTION_UNLOCKED, contact, 0, NULL);
	return true;
}
