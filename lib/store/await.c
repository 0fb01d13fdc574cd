/* SPDX-License-Identifier: BSD-2-Clause */
/* What a message waits for: mail of ours that it names, people who are no contacts yet. */
#include "recording.h"

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

		if (recipient->direction == DIRECTION_TRANSIT && !hit->left_out)
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
	if (summary->author != NULL && !addr_spec_is_null(summary->author) &&
	    !self->history->author.left_out)
		await_digest(self, address_digest(summary->author->base),
			     is_author_known(self));
	await_digest(self, summary->thread_digest,
		     is_followed(self, summary->thread_digest));
	await_recipients(self);
}
