/* SPDX-License-Identifier: BSD-2-Clause */
/* The history of a summary, as of its place in the order of mail. */
#include <string.h>

#include "recording.h"

enum {
	DAY = 24 * 60 * 60,
	OUTREACH_AGE = 365 * DAY,
	RECENT_AGE = 2 * 60 * 60,
	WRITTEN_MAX = 64, /* mails of one author that are looked at */
	RECIPIENTS_MAX = 32,
};

typedef struct {
	Txn *txn;
	const MessageSummary *summary;
	int64_t self;
	Moment moment;
	/* What is there for this message. Clocks differ between hosts, but an id that it
	 * names was there before it, whatever they say. */
	Moment visible;
	History *history;
} Loader;

AddressMatch address_match(Txn *txn, const AddrSpec *address, AddressRow *row_out)
{
	g_autoptr(GArray) ids = NULL;
	int64_t contact;

	if (address_load(txn, txn->ops->address_by_canonical(txn, address->canonical),
			 row_out))
		return ADDRESS_EXACT;
	ids = ids_new();
	txn->ops->addresses_by_base(txn, address->base, ids);
	if (ids->len == 0 || !address_load(txn, id_at(ids, 0), row_out))
		return ADDRESS_UNKNOWN;
	contact = row_out->contact;
	for (unsigned i = 1; i < ids->len; i++) {
		g_auto(AddressRow) other = {0};

		if (address_load(txn, id_at(ids, i), &other) && other.contact != contact)
			return ADDRESS_AMBIGUOUS;
	}
	return ADDRESS_BASE;
}

/* ---- contacts ---- */

static bool is_visible(const Loader *self, const ContactRow *row)
{
	return row->created.key == 0 || moment_compare(row->created, self->visible) <= 0;
}

/* A reply judged again does not see the promotion that it brought itself, nor one that a
 * later reply brought. A person's word is always seen. */
static Stage stage_then(const Loader *self, const ContactRow *row)
{
	g_auto(HistoryEntry) last = {0};

	if (row->stage == STAGE_LEAD || self->summary->direction != DIRECTION_INBOUND ||
	    !promotion_last(self->txn, row->id, &last))
		return row->stage;
	return moment_compare(last.moment, self->moment) >= 0 ? last.from : row->stage;
}

static char *first_address(Txn *txn, int64_t contact)
{
	g_autoptr(GArray) ids = ids_new();
	g_auto(AddressRow) row = {0};

	txn->ops->addresses_of(txn, contact, ids);
	if (ids->len > 0)
		address_load(txn, id_at(ids, 0), &row);
	return g_steal_pointer(&row.canonical);
}

static ContactState *state_of(const Loader *self, ContactRow *row)
{
	ContactState *state = contact_state_new();

	state->id = row->id;
	state->stage = stage_then(self, row);
	state->stage_since = row->stage_since;
	state->demoted_at = row->demoted_at;
	state->locked = row->locked;
	state->erased = row->erased;
	state->do_not_contact =
		row->opted_out.key != 0 && moment_compare(row->opted_out, self->moment) < 0;
	state->name = g_steal_pointer(&row->name);
	state->address = first_address(self->txn, row->id);
	state->criteria_met = row->criteria_met;
	if (row->owner != NULL)
		state->owner = self->txn->ops->rep_by_address(self->txn, row->owner);
	return state;
}

/* NULL if it is not there (yet). */
static const ContactState *load_contact(Loader *self, int64_t id)
{
	const ContactState *known = history_contact(self->history, id);
	g_auto(ContactRow) row = {0};

	if (known != NULL)
		return known;
	if (!contact_load(self->txn, id, &row) || !is_visible(self, &row))
		return NULL;
	g_ptr_array_add(self->history->contacts, state_of(self, &row));
	return history_contact(self->history, id);
}

static AddressHit load_hit(Loader *self, const AddrSpec *address)
{
	AddressHit hit = {.match = ADDRESS_UNKNOWN};
	g_auto(AddressRow) row = {0};
	AddressMatch match = address_match(self->txn, address, &row);

	if (match == ADDRESS_AMBIGUOUS)
		hit.match = match;
	else if (match != ADDRESS_UNKNOWN && load_contact(self, row.contact) != NULL)
		hit = (AddressHit){.match = match,
				   .address_id = row.id,
				   .contact = row.contact,
				   .bad = row.bad};
	if (hit.match == ADDRESS_UNKNOWN)
		hit.blocked = self->txn->ops->is_blocked(self->txn,
							 address_digest(address->base));
	return hit;
}

static void load_hits(Loader *self)
{
	const MessageSummary *summary = self->summary;

	if (summary->direction == DIRECTION_INBOUND && summary->author != NULL &&
	    !addr_spec_is_null(summary->author))
		self->history->author = load_hit(self, summary->author);
	for (unsigned i = 0; i < summary->recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(summary->recipients, SummaryRecipient, i);
		AddressHit hit = {.match = ADDRESS_UNKNOWN};

		/* Ours are reps, not contacts. */
		if (recipient->direction != DIRECTION_INBOUND &&
		    recipient->direction != DIRECTION_INTERNAL)
			hit = load_hit(self, recipient->address);
		g_array_append_val(self->history->recipients, hit);
	}
}

/* ---- outbound messages ---- */

static void add_recipient(Loader *self, OutboundMessage *message, int64_t contact,
			  const char *address)
{
	const ContactState *state = load_contact(self, contact);
	OutboundRecipient recipient = {
		.contact = state != NULL ? contact : 0,
		.address = g_strdup(address),
		.name = g_strdup(state != NULL ? state->name : NULL),
	};

	g_array_append_val(message->recipients, recipient);
}

static bool is_address(const AddrSpec *address, const char *canonical)
{
	return address != NULL && (strcmp(address->canonical, canonical) == 0 ||
				   strcmp(address->base, canonical) == 0);
}

/* The author's, or one that a report names: to be loaded before the limit is reached. */
static bool is_asked_for(const Loader *self, const char *canonical)
{
	const GPtrArray *reported = self->summary->bounced;

	if (is_address(self->summary->author, canonical))
		return true;
	for (unsigned i = 0; reported != NULL && i < reported->len; i++) {
		const ReportRecipient *recipient = reported->pdata[i];

		if (is_address(recipient->recipient, canonical) ||
		    is_address(recipient->original, canonical))
			return true;
	}
	return false;
}

static void add_recipients(Loader *self, OutboundMessage *message, const GArray *recipients,
			   bool asked_for)
{
	for (unsigned i = 0;
	     i < recipients->len && message->recipients->len < RECIPIENTS_MAX; i++) {
		const MessageRecipient *from =
			&g_array_index(recipients, MessageRecipient, i);
		g_autoptr(AddrSpec) address = NULL;
		g_auto(AddressRow) row = {0};
		AddressMatch match;

		if (from->direction != DIRECTION_OUTBOUND ||
		    is_asked_for(self, from->address) != asked_for)
			continue;
		address = addr_spec_parse(from->address, "");
		if (address == NULL)
			continue;
		match = address_match(self->txn, address, &row);
		add_recipient(self, message, match == ADDRESS_AMBIGUOUS ? 0 : row.contact,
			      from->address);
	}
}

/* The author's contact first: he may have written from another of his addresses. */
static void load_recipients(Loader *self, OutboundMessage *message, const MessageRow *row)
{
	g_autoptr(GArray) recipients = message_recipients(row);
	g_autoptr(GArray) interactions = g_array_new(FALSE, FALSE, sizeof(InteractionRow));
	int64_t author = self->history->author.contact;

	add_recipients(self, message, recipients, true);
	if (author != 0)
		self->txn->ops->interactions_of_message(self->txn, row->id, interactions);
	for (unsigned i = 0; i < interactions->len; i++) {
		if (g_array_index(interactions, InteractionRow, i).contact == author)
			add_recipient(self, message, author, NULL);
	}
	add_recipients(self, message, recipients, false);
}

static OutboundMessage *load_outbound(Loader *self, MessageRow *row)
{
	OutboundMessage *message = outbound_message_new();
	g_auto(RepRow) rep = {0};

	message->message = row->id;
	message->msg_id = g_strdup(row->message_id);
	message->id_digest = row->id_digest;
	message->at = row->at;
	message->outreach = row->outreach;
	message->thread_digest = row->thread_digest;
	message->subject_digest = row->subject_digest;
	message->external_recipients = row->external;
	if (rep_load(self->txn, row->rep, &rep)) {
		message->rep = rep.person;
		message->rep_address = g_steal_pointer(&rep.address);
	}
	return message;
}

static bool has_message(const GPtrArray *messages, int64_t id)
{
	for (unsigned i = 0; i < messages->len; i++) {
		if (((const OutboundMessage *)messages->pdata[i])->message == id)
			return true;
	}
	return false;
}

static void see_until(Loader *self, int64_t at)
{
	if (at >= self->visible.at)
		self->visible = (Moment){at, G_MAXINT64};
}

/* Mail of ours that is named. The digest is the one asked for: it may be the id that our
 * MTA gave the message. */
static void find_named(Loader *self, GPtrArray *messages, int64_t digest)
{
	g_autoptr(GArray) ids = ids_new();

	self->txn->ops->messages_with_id(self->txn, digest, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(MessageRow) row = {0};
		OutboundMessage *message;

		if (id_at(ids, i) == self->self || has_message(messages, id_at(ids, i)) ||
		    !message_load(self->txn, id_at(ids, i), &row) ||
		    row.direction != DIRECTION_OUTBOUND)
			continue;
		message = load_outbound(self, &row);
		message->id_digest = digest;
		g_ptr_array_add(messages, message);
		see_until(self, row.at);
	}
}

static void find_remembered(Loader *self, GPtrArray *messages, int64_t digest)
{
	const AddrSpec *author = self->summary->author;
	OutboundMessage *message;
	RememberedRow row;

	if (author == NULL ||
	    !self->txn->ops->remembered(self->txn, digest, address_digest(author->base),
					&row))
		return;
	message = outbound_message_new();
	message->id_digest = digest;
	message->at = row.at;
	message->outreach = message->cached = true;
	message->rep = row.rep;
	message->external_recipients = row.external;
	g_ptr_array_add(messages, message);
}

static void find_answered(Loader *self)
{
	const MessageSummary *summary = self->summary;

	for (unsigned i = 0; i < summary->answers->len; i++) {
		int64_t digest = g_array_index(summary->answers, SummaryAnswer, i).digest;

		find_named(self, self->history->answered, digest);
		find_remembered(self, self->history->answered, digest);
	}
	if (summary->returned_id_digest != 0)
		find_named(self, self->history->answered, summary->returned_id_digest);
}

static void load_messages(Loader *self, GPtrArray *messages, const GArray *ids)
{
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(MessageRow) row = {0};

		if (message_load(self->txn, id_at(ids, i), &row))
			g_ptr_array_add(messages, load_outbound(self, &row));
	}
}

static void load_threads(Loader *self)
{
	g_autoptr(GArray) ids = ids_new();

	if (self->summary->thread_digest == 0)
		return;
	self->txn->ops->messages_in_thread(self->txn, self->summary->thread_digest,
					   self->moment.at, ids);
	load_messages(self, self->history->threads, ids);
}

/* Outreach to the author: whoever else got it does not matter here. */
static void load_outreach(Loader *self)
{
	int64_t author = self->history->author.contact;
	const ContactState *contact = history_contact(self->history, author);
	GPtrArray *outreach = self->history->outreach;
	g_autoptr(GArray) ids = ids_new();

	if (contact == NULL)
		return;
	self->txn->ops->outreach_to(self->txn, author, self->moment.at - OUTREACH_AGE,
				    self->moment.at, ids);
	load_messages(self, outreach, ids);
	for (unsigned i = 0; i < outreach->len; i++)
		add_recipient(self, outreach->pdata[i], author, contact->address);
}

/* Recipients come last: that they are there depends on all that is named. */
static void load_all_recipients(Loader *self, const GPtrArray *messages)
{
	for (unsigned i = 0; i < messages->len; i++) {
		OutboundMessage *message = messages->pdata[i];
		g_auto(MessageRow) row = {0};

		if (!message->cached && message_load(self->txn, message->message, &row))
			load_recipients(self, message, &row);
	}
}

/* ---- the message itself, its author, and its rep ---- */

char *message_author(Txn *txn, const MessageRow *row)
{
	g_auto(RepRow) rep = {0};

	if (row->author == NULL && row->direction == DIRECTION_OUTBOUND)
		rep_load(txn, row->rep, &rep);
	return row->author != NULL ? g_strdup(row->author) : g_steal_pointer(&rep.address);
}

static bool is_same_author(const Loader *self, const MessageRow *row)
{
	const AddrSpec *author = self->summary->author;
	g_autofree char *recorded = message_author(self->txn, row);

	return g_strcmp0(author != NULL ? author->canonical : NULL, recorded) == 0;
}

static char *message_id_of(Txn *txn, int64_t message)
{
	g_auto(MessageRow) row = {0};

	message_load(txn, message, &row);
	return g_steal_pointer(&row.message_id);
}

static void load_recorded(Loader *self)
{
	g_autoptr(GArray) ids = ids_new();

	self->txn->ops->messages_with_id(self->txn, self->summary->id_digest, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(InteractionRow));
		g_auto(MessageRow) row = {0};
		RecordedMessage *recorded;

		if (id_at(ids, i) == self->self ||
		    !message_load(self->txn, id_at(ids, i), &row))
			continue;
		recorded = recorded_message_new();
		recorded->message = row.id;
		recorded->twin_digest = row.twin_digest;
		recorded->direction = row.direction;
		recorded->same_author = is_same_author(self, &row);
		recorded->class = row.class;
		recorded->outcome = row.outcome;
		recorded->reason = row.reason;
		recorded->tier = row.tier;
		recorded->contact = row.contact;
		recorded->answers = message_id_of(self->txn, row.answered);
		self->txn->ops->interactions_of_message(self->txn, row.id, rows);
		for (unsigned j = 0; j < rows->len; j++)
			g_array_append_val(recorded->contacts,
					   g_array_index(rows, InteractionRow, j).contact);
		g_ptr_array_add(self->history->recorded, recorded);
	}
}

static int64_t person_of(Txn *txn, int64_t rep)
{
	g_auto(RepRow) row = {0};

	return rep_load(txn, rep, &row) ? row.person : 0;
}

static int64_t find_rep(Txn *txn, const AddrSpec *address)
{
	int64_t rep = txn->ops->rep_by_address(txn, address->canonical);

	return rep != 0 ? rep : txn->ops->rep_by_address(txn, address->base);
}

static void load_rep(Loader *self)
{
	const MessageSummary *summary = self->summary;
	int64_t rep = 0;

	if (summary->direction == DIRECTION_OUTBOUND) {
		if (summary->author != NULL)
			rep = find_rep(self->txn, summary->author);
		if (rep == 0 && summary->login != NULL)
			rep = self->txn->ops->rep_by_login(self->txn, summary->login);
	}
	for (unsigned i = 0; rep == 0 && i < summary->recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(summary->recipients, SummaryRecipient, i);

		if (recipient->direction == DIRECTION_INBOUND)
			rep = find_rep(self->txn, recipient->address);
	}
	self->history->rep = person_of(self->txn, rep);
}

static void load_author_habits(Loader *self)
{
	g_autoptr(GArray) mentions = g_array_new(FALSE, FALSE, sizeof(Mention));
	const MessageSummary *summary = self->summary;
	int64_t contact = self->history->author.contact;

	if (contact != 0)
		self->txn->ops->written_by(self->txn, contact,
					   self->moment.at - OUTREACH_AGE, self->moment.at,
					   WRITTEN_MAX, mentions);
	else if (summary->direction == DIRECTION_INBOUND && summary->author != NULL)
		self->txn->ops->messages_awaiting(
			self->txn, address_digest(summary->author->base), mentions);
	for (unsigned i = 0; i < mentions->len; i++) {
		const Mention *mention = &g_array_index(mentions, Mention, i);

		if (mention->id == self->self ||
		    moment_compare(mention->moment, self->moment) >= 0)
			continue;
		if (mention->moment.at >= self->moment.at - RECENT_AGE)
			self->history->recent_messages++;
		if (summary->body_digest != 0 &&
		    mention->body_digest == summary->body_digest)
			self->history->repeated_body = true;
	}
}

History *history_read(Txn *txn, const MessageSummary *summary, Moment moment,
		      int64_t self_id)
{
	History *history = history_new();
	Loader self = {txn, summary, self_id, moment, moment, history};

	find_answered(&self);
	load_hits(&self);
	load_threads(&self);
	load_all_recipients(&self, history->answered);
	load_all_recipients(&self, history->threads);
	load_outreach(&self);
	load_recorded(&self);
	load_rep(&self);
	load_author_habits(&self);
	return history;
}
