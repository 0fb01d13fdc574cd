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

static bool went_to(const OutboundMessage *message, int64_t contact)
{
	for (unsigned i = 0; i < message->recipients->len; i++) {
		if (g_array_index(message->recipients, OutboundRecipient, i).contact ==
		    contact)
			return true;
	}
	return false;
}

/* Mail of ours to the author is followed by what he wrote behind it (settle.c). Mail to
 * others is not, nor what stands before it by clocks that differ; and copies of it to
 * other people may come later. So that is waited for even if it is there. */
static bool is_followed_among(const Recording *self, const GPtrArray *messages,
			      int64_t digest)
{
	for (unsigned i = 0; i < messages->len; i++) {
		const OutboundMessage *message = messages->pdata[i];

		if ((message->id_digest == digest || message->thread_digest == digest) &&
		    !message->cached && message->at <= self->moment.at &&
		    went_to(message, self->history->author.contact))
			return true;
	}
	return false;
}

static bool is_followed(const Recording *self, int64_t digest)
{
	return is_author_known(self) &&
	       (is_followed_among(self, self->history->answered, digest) ||
		is_followed_among(self, self->history->threads, digest));
}

static void await_recipients(Recording *self)
{
	const GArray *recipients = self->summary->recipients;

	for (unsigned i = 0; i < recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(recipients, SummaryRecipient, i);
		const AddressHit *hit =
			&g_array_index(self->history->recipients, AddressHit, i);

		if (recipient->direction == DIRECTION_TRANSIT)
			await_digest(self, recipient_digest(recipient->address->base),
				     hit->match != ADDRESS_UNKNOWN);
	}
}

void recording_await(Recording *self)
{
	const MessageSummary *summary = self->summary;

	if (self->row->direction != DIRECTION_INBOUND)
		return;
	for (unsigned i = 0; i < summary->answers->len; i++) {
		int64_t digest = g_array_index(summary->answers, SummaryAnswer, i).digest;

		await_digest(self, digest, is_followed(self, digest));
	}
	await_digest(self, summary->returned_id_digest, false);
	if (summary->author != NULL && !addr_spec_is_null(summary->author))
		await_digest(self, address_digest(summary->author->base),
			     is_author_known(self));
	await_digest(self, summary->thread_digest,
		     is_followed(self, summary->thread_digest));
	await_recipients(self);
}

static void insert(Recording *self)
{
	MessageRow *row = self->row;

	message_row_fill(row, self->summary, self->decision);
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
	changed = message_row_unite(self->row, self->summary);
	self->moment = moment_of_row(self->row);
	if (moment_compare(self->moment, before) != 0)
		move_to(self, before);
	/* Inbound mail is judged again as a whole, with all its copies. */
	if (self->row->direction == DIRECTION_OUTBOUND)
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
	*history = history_read(self->txn, self->summary, moment_of_row(&row), 0);
	judge(self->summary, *history, self->settings, decision);
}

void record_message(Txn *txn, const MessageSummary *summary, const Settings *settings,
		    RecordResult *result_out)
{
	g_autoptr(History) history = history_read(txn, summary, moment_of(summary), 0);
	g_autoptr(GArray) met = ids_new();
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
	};

	*result_out = (RecordResult){0};
	if (txn->error != NULL)
		return;
	judge(summary, history, settings, &decision);
	if (decision.joins != 0)
		judge_copy(&self, &history, &decision);
	self.history = history;
	record_decided(&self);
	decision_clear(&decision);
}
