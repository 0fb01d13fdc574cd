/* SPDX-License-Identifier: BSD-2-Clause */
/* One message: judged, recorded, applied; then those behind it settled again. */
#include "recording.h"
#include "settle.h"

/* What names nothing recorded waits for it; what has come waits no more. */
static void await_digest(Recording *self, int64_t digest, bool is_there)
{
	if (digest == 0)
		return;
	if (!is_there)
		self->txn->ops->await(self->txn, self->row->id, digest);
	else if (self->again)
		self->txn->ops->await_no_more(self->txn, self->row->id, digest);
}

static bool is_named(const History *history, int64_t digest)
{
	for (unsigned i = 0; i < history->answered->len; i++) {
		const OutboundMessage *message = history->answered->pdata[i];

		if (message->id_digest == digest && !message->cached)
			return true;
	}
	return false;
}

/* Inbound mail makes a contact of its author only. */
static bool is_author_known(const Recording *self)
{
	const GArray *effects = self->decision->effects;

	for (unsigned i = 0; i < effects->len; i++) {
		if (g_array_index(effects, Effect, i).kind == EFFECT_CREATE)
			return true;
	}
	return self->history->author.match != ADDRESS_UNKNOWN;
}

/* Of an unknown author's mail it matters who else got what it names: a copy of that to
 * another recipient may come later. So his mail waits on. */
void recording_await(Recording *self)
{
	const MessageSummary *summary = self->summary;
	const History *history = self->history;
	bool known = is_author_known(self);

	if (self->row->direction != DIRECTION_INBOUND)
		return;
	for (unsigned i = 0; i < summary->answers->len; i++) {
		int64_t digest = g_array_index(summary->answers, SummaryAnswer, i).digest;

		await_digest(self, digest, known && is_named(history, digest));
	}
	await_digest(self, summary->returned_id_digest,
		     known && is_named(history, summary->returned_id_digest));
	if (summary->author != NULL && !addr_spec_is_null(summary->author))
		await_digest(self, address_digest(summary->author->base), known);
}

static void insert(Recording *self)
{
	MessageRow *row = self->row;

	message_row_fill(row, self->summary, self->decision);
	row->rep = rep_of_message(self->txn, row, self->summary->login);
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
	changed = message_row_unite(self->row, self->summary);
	self->moment = moment_of_row(self->row);
	if (moment_compare(self->moment, before) != 0)
		move_to(self, before);
	recording_apply(self);
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

void record_message(Txn *txn, const MessageSummary *summary, const Settings *settings,
		    RecordResult *result_out)
{
	g_autoptr(History) history = history_read(txn, summary, settings, 0);
	g_autoptr(GArray) met = ids_new();
	g_auto(MessageRow) row = {0};
	Decision decision;
	Recording self = {
		.txn = txn,
		.summary = summary,
		.settings = settings,
		.history = history,
		.decision = &decision,
		.row = &row,
		.moment = moment_of(summary),
		.result = result_out,
		.met = met,
	};

	*result_out = (RecordResult){0};
	if (txn->error != NULL)
		return;
	judge(summary, history, settings, &decision);
	record_decided(&self);
	decision_clear(&decision);
}
