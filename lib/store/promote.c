/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Promotions. A lead becomes a prospect on the earliest reply that warrants it. A reply
 * that turns up late takes the promotion over from the later one that had it, and one
 * that is judged otherwise with all mail at hand (he had opted out before it) loses it;
 * both leave the old entry in the history, superseded.
 *
 * Mail never undoes what a person did: once a person has moved the contact, promotions
 * from before stand as they are.
 */
#include "lead/error.h"
#include "recording.h"

static const char promoted_by[] = "leadmilter";

bool promotion_last(Txn *txn, int64_t contact, HistoryEntry *entry_out)
{
	int64_t last = txn->ops->history_last(txn, contact);

	return history_load_entry(txn, last, entry_out) && entry_out->message != 0;
}

int64_t event_add(Recording *self, int64_t contact, const char *kind, const char *text)
{
	EventRow row = {
		.at = self->moment.at,
		.contact = contact,
		.message = self->row->id,
		.kind = g_strdup(kind),
		.text = g_strdup(text),
	};
	int64_t id = self->txn->ops->row_add(self->txn, ROW_EVENT, &row);

	row_clear(ROW_EVENT, &row);
	return id;
}

/* Of remembered outreach the reply alone knows the id, and a reply that is judged again is
 * rebuilt without it: then nothing is named, in whatever order mail came. */
static const char *outreach_id(const Decision *decision)
{
	return decision->outreach_message != 0 ? decision->answers : NULL;
}

static int64_t entry_add(Recording *self, int64_t contact, Reason reason)
{
	const Decision *decision = self->decision;
	g_auto(HistoryEntry) entry = {
		.contact = contact,
		.moment = self->moment,
		.from = STAGE_LEAD,
		.to = STAGE_PROSPECT,
		.action = ACTION_PROMOTED,
		.actor = g_strdup(promoted_by),
		.reason = g_strdup(reason_name(reason)),
		.tier = decision->tier,
		.message = self->row->id,
		.message_id = g_strdup(self->row->message_id),
		.outreach_id = g_strdup(outreach_id(decision)),
		.evidence = g_strdup(self->row->evidence),
	};

	return self->txn->ops->row_add(self->txn, ROW_HISTORY, &entry);
}

static void supersede(Recording *self, HistoryEntry *entry, int64_t by)
{
	entry->superseded = by;
	self->txn->ops->row_update(self->txn, ROW_HISTORY, entry);
}

static void set_stage_since(Recording *self, int64_t contact, int64_t since)
{
	g_auto(ContactRow) row = {0};

	if (!contact_load(self->txn, contact, &row))
		return;
	row.stage_since = since;
	self->txn->ops->row_update(self->txn, ROW_CONTACT, &row);
}

static bool is_same_evidence(const Recording *self, const HistoryEntry *entry,
			     Reason reason)
{
	return entry->message == self->row->id &&
	       moment_compare(entry->moment, self->moment) == 0 &&
	       g_strcmp0(entry->reason, reason_name(reason)) == 0 &&
	       g_strcmp0(entry->outreach_id, outreach_id(self->decision)) == 0 &&
	       g_strcmp0(entry->evidence, self->row->evidence) == 0;
}

/* The contact is a prospect by that entry already. */
static bool take_over(Recording *self, HistoryEntry *entry, Reason reason)
{
	if (is_same_evidence(self, entry, reason))
		return true;
	if (entry->message != self->row->id &&
	    moment_compare(entry->moment, self->moment) <= 0)
		return false;
	supersede(self, entry, entry_add(self, entry->contact, reason));
	set_stage_since(self, entry->contact, self->moment.at);
	if (entry->message != self->row->id)
		event_add(self, entry->contact, "promotion-moved", reason_name(reason));
	self->standing_changed = true;
	return true;
}

bool promotion_make(Recording *self, int64_t contact, Reason reason)
{
	Txn *txn = self->txn;
	g_auto(HistoryEntry) last = {0};

	if (txn->ops->contact_move(txn, contact, STAGE_LEAD, STAGE_PROSPECT,
				   self->moment.at)) {
		entry_add(self, contact, reason);
		event_add(self, contact, "promotion", reason_name(reason));
		self->standing_changed = true;
		return true;
	}
	return promotion_last(txn, contact, &last) && take_over(self, &last, reason);
}

/* Settings, or the never-log list, of today do not undo a promotion of yesterday. */
static bool is_by_settings(Reason reason)
{
	return reason == REASON_MODE || reason == REASON_NEVER_PROMOTE ||
	       reason == REASON_MANY_RECIPIENTS || reason == REASON_NEVER_LOG;
}

/* A person wants the stage to stay. */
static bool is_locked(Txn *txn, int64_t contact)
{
	g_auto(ContactRow) row = {0};

	return contact_load(txn, contact, &row) && row.locked;
}

static int64_t stage_since_before(Txn *txn, const HistoryEntry *entry)
{
	g_autoptr(GArray) ids = ids_new();
	g_auto(HistoryEntry) before = {0};
	g_auto(ContactRow) row = {0};

	txn->ops->history_of(txn, entry->contact, 1, ids);
	if (ids->len > 0 && history_load_entry(txn, id_at(ids, 0), &before))
		return before.moment.at;
	contact_load(txn, entry->contact, &row);
	return row.created.at;
}

bool promotion_withdraw(Recording *self, Reason reason)
{
	Txn *txn = self->txn;
	g_auto(HistoryEntry) last = {0};
	int64_t contact = self->row->contact;

	if (!promotion_last(txn, contact, &last) || is_locked(txn, contact))
		return false;
	/* Taken over by an earlier reply: nothing is left to take back. */
	if (last.message != self->row->id)
		return moment_compare(last.moment, self->moment) < 0;
	if (is_by_settings(reason))
		return false;
	supersede(self, &last, last.id);
	txn->ops->contact_move(txn, contact, STAGE_PROSPECT, STAGE_LEAD,
			       stage_since_before(txn, &last));
	event_add(self, contact, "promotion-withdrawn", reason_name(reason));
	self->standing_changed = true;
	return true;
}
