/* SPDX-License-Identifier: BSD-2-Clause */
/* Mail of ours that a message may answer. */
#include <string.h>

#include "lead/match.h"
#include "loader.h"

enum {
	OUTREACH_AGE = 365 * 24 * 60 * 60,
	RECIPIENTS_MAX = 32,
};

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
		if (match == ADDRESS_AMBIGUOUS || is_left_out(self, address, row.contact))
			row.contact = 0;
		add_recipient(self, message, row.contact, from->address);
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

void find_answered(Loader *self)
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

void load_threads(Loader *self)
{
	g_autoptr(GArray) ids = ids_new();

	if (self->summary->thread_digest == 0)
		return;
	self->txn->ops->messages_in_thread(self->txn, self->summary->thread_digest,
					   self->moment.at, ids);
	load_messages(self, self->history->threads, ids);
}

/* Outreach to the author: whoever else got it does not matter here. A reply that names what
 * it answers, as most do, needs none of it. */
void load_outreach(Loader *self)
{
	int64_t author = self->history->author.contact;
	const ContactState *contact = history_contact(self->history, author);
	GPtrArray *outreach = self->history->outreach;
	g_autoptr(GArray) ids = ids_new();

	if (contact == NULL || !match_asks_for_outreach(self->summary, self->history))
		return;
	self->txn->ops->outreach_to(self->txn, author, self->moment.at - OUTREACH_AGE,
				    self->moment.at, ids);
	load_messages(self, outreach, ids);
	for (unsigned i = 0; i < outreach->len; i++)
		add_recipient(self, outreach->pdata[i], author, contact->address);
}

void load_all_recipients(Loader *self, const GPtrArray *messages)
{
	for (unsigned i = 0; i < messages->len; i++) {
		OutboundMessage *message = messages->pdata[i];
		g_auto(MessageRow) row = {0};

		if (!message->cached && message_load(self->txn, message->message, &row))
			load_recipients(self, message, &row);
	}
}
