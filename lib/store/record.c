/* SPDX-License-Identifier: BSD-2-Clause */
/* One message: judged, recorded, applied; then those behind it settled again. */
#include "never-logged.h"
#include "recording.h"
#include "settle.h"

static void insert(Recording *self)
{
	MessageRow *row = self->row;

	message_row_fill(row, self->summary, self->history, self->decision);
	row->rep = rep_of_message(self->txn, row, self->summary->login);
	if (row->rep != 0 && row->direction == DIRECTION_OUTBOUND)
		g_clear_pointer(&row->author, g_free);
	row->id = self->txn->ops->row_add(self->txn, ROW_MESSAGE, row);
	recording_await(self);
}

static void apply_to_new(Recording *self)
{
	int64_t contact;
	Outcome outcome;

	if (self->decision->keep)
		insert(self);
	contact = self->row->contact;
	outcome = self->row->outcome;
	recording_apply(self);
	if (self->row->id != 0 &&
	    (self->row->contact != contact || self->row->outcome != outcome))
		self->txn->ops->row_update(self->txn, ROW_MESSAGE, self->row);
	self->result->outcome =
		self->row->id != 0 ? self->row->outcome : self->decision->outcome;
	self->result->reason =
		self->row->id != 0 ? self->row->reason : self->decision->reason;
}

/* The message arrived earlier than was known: so did all that it brought. */
static void move_to(Recording *self, Moment before)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(InteractionRow));

	self->txn->ops->interactions_of_message(self->txn, self->row->id, rows);
	self->txn->ops->interactions_drop(self->txn, self->row->id);
	for (unsigned i = 0; i < rows->len; i++) {
		InteractionRow *row = &g_array_index(rows, InteractionRow, i);

		row->at = self->row->at;
		self->txn->ops->interaction_add(self->txn, row);
		recording_shift(self, row->contact, before);
	}
}

/* Another copy. True if it brought anything new. */
static bool apply_to_recorded(Recording *self)
{
	unsigned contacts = self->result->contacts;
	Moment before;
	bool changed;

	if (!message_load(self->txn, self->decision->joins, self->row))
		return false;
	before = moment_of_row(self->row);
	changed = message_row_unite(self->row, self->summary, self->history);
	self->moment = moment_of_row(self->row);
	self->replaced = moment_compare(self->moment, before) != 0;
	if (self->replaced)
		move_to(self, before);
	/* Inbound mail is judged again as a whole, with all its copies. */
	if (self->row->direction == DIRECTION_OUTBOUND)
		recording_apply(self);
	else if (recording_take_copy(self))
		changed = self->replaced = self->standing_changed = true;
	if (self->replaced)
		recording_retract_addresses(self, before);
	if (self->decision->outreach)
		self->row->outreach = true;
	changed = changed || self->result->contacts > contacts;
	if (changed)
		self->txn->ops->row_update(self->txn, ROW_MESSAGE, self->row);
	self->result->outcome = self->decision->outcome;
	self->result->reason = self->decision->reason;
	return changed;
}

static void record_decided(Recording *self)
{
	bool changed = true;

	if (self->decision->joins != 0)
		changed = apply_to_recorded(self);
	else
		apply_to_new(self);
	self->result->class = self->decision->class;
	self->result->tier = self->decision->tier;
	if (self->row->contact != 0)
		self->result->contact = self->row->contact;
	self->result->message = self->row->id;
	if (changed)
		settle_behind(self);
}

/* A copy of outbound mail belongs to the earliest of its arrivals: whom it makes a contact
 * is seen from there. */
static void judge_copy(Recording *self, History **history, Decision *decision)
{
	g_auto(MessageRow) row = {0};

	if (!message_load(self->txn, decision->joins, &row) ||
	    row.direction != DIRECTION_OUTBOUND || row.at >= self->summary->at)
		return;
	history_free(*history);
	decision_clear(decision);
	*history = history_read(self->txn, self->summary, self->settings,
				moment_of_row(&row), 0);
	judge(self->summary, *history, self->settings, decision);
}

void record_message(Txn *txn, const MessageSummary *summary, const Settings *settings,
		    RecordResult *result_out)
{
	g_autoptr(History) history =
		history_read(txn, summary, settings, moment_of(summary), 0);
	g_autoptr(GArray) met = ids_new(), parties = ids_new();
	g_auto(MessageRow) row = {0};
	Decision decision;
	Recording self = {
		.txn = txn,
		.summary = summary,
		.settings = settings,
		.decision = &decision,
		.row = &row,
		.moment = moment_of(summary),
		.result = result_out,
		.met = met,
		.parties = parties,
	};

	*result_out = (RecordResult){0};
	if (txn->error != NULL)
		return;
	judge(summary, history, settings, &decision);
	if (decision.joins != 0)
		judge_copy(&self, &history, &decision);
	self.history = history;
	if (decision.reason == REASON_NEVER_LOG && history->dropped_by != 0)
		never_log_count(txn, history->dropped_by);
	record_decided(&self);
	decision_clear(&decision);
}
