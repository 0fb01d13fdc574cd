/* SPDX-License-Identifier: BSD-2-Clause */
/* A person's answer to a suggestion. */
#include "acceptance.h"
#include "deed.h"
#include "proposal.h"
#include "settle.h"
#include "view.h"

static bool moves_stage(Proposal proposal)
{
	return proposal == PROPOSAL_PROMOTE || proposal == PROPOSAL_LINK_AND_PROMOTE;
}

static void close_suggestion(Answering *self, const char *state)
{
	g_free(self->row.state);
	self->row.state = g_strdup(state);
	self->txn->ops->row_update(self->txn, ROW_SUGGESTION, &self->row);
}

/* Mail from the address, and what the contact wrote while nobody might write to it. */
static void judge_again_what_it_bears_on(Answering *self, Moment opted_out)
{
	DeedCause cause = {
		.met = self->met,
		.message = self->message.id,
		.contact = opted_out.key != 0 ? self->contact.id : 0,
		.since = opted_out,
	};
	RecordResult result = {0};

	settle_deed(self->txn, self->settings, &cause, &result);
	if (result.promoted_again > 0)
		self->result->done |= ANSWER_PROMOTED;
}

static void note_acceptance(Answering *self, bool moved)
{
	const char *detail = self->row.address != NULL ? self->row.address
						       : reason_name(self->row.reason);

	if (!moved || self->result->done != ANSWER_PROMOTED)
		deed_note(self->txn, self->deed, ACTION_ACCEPTED, self->contact.id,
			  self->row.id, detail);
}

static void accept(Answering *self)
{
	Proposal proposal = proposal_of(&self->row);
	Moment opted_out = self->contact.opted_out;
	bool moved = false;

	if (moves_stage(proposal) && self->contact.locked) {
		self->result->state = ANSWER_LOCKED;
		return;
	}
	if (!acceptance_correct(self, proposal)) {
		self->result->state = ANSWER_TAKEN;
		return;
	}
	close_suggestion(self, suggestion_accepted);
	if (moves_stage(proposal))
		moved = acceptance_promote(self);
	note_acceptance(self, moved);
	if (self->met->len > 0 || proposal_is_correction(proposal))
		judge_again_what_it_bears_on(self, proposal == PROPOSAL_ALLOW_CONTACT
							   ? opted_out
							   : (Moment){0, 0});
}

static void reject(Answering *self)
{
	close_suggestion(self, suggestion_rejected);
	deed_note(self->txn, self->deed, ACTION_REJECTED, self->contact.id, self->row.id,
		  self->row.address != NULL ? self->row.address
					    : reason_name(self->row.reason));
}

/* ---- one answer ---- */

static AnswerState state_before(const SuggestionRow *row, bool accept)
{
	if (suggestion_is(row, suggestion_open))
		return ANSWER_GIVEN;
	if (suggestion_is(row, accept ? suggestion_accepted : suggestion_rejected))
		return ANSWER_REPEATED;
	return suggestion_is(row, suggestion_withdrawn) ? ANSWER_NOT_FOUND
							: ANSWER_CONTRADICTS;
}

static bool load(Answering *self, int64_t id)
{
	Txn *txn = self->txn;

	return txn->ops->row_load(txn, ROW_SUGGESTION, id, &self->row) &&
	       contact_load(txn, self->row.contact, &self->contact) &&
	       !self->contact.erased &&
	       message_load(txn, self->row.message, &self->message);
}

static void answer(Answering *self, bool accepts)
{
	AnswerResult *result = self->result;

	result->reason = self->row.reason;
	result->proposal = proposal_of(&self->row);
	result->contact = self->contact.id;
	result->address = view_address(self->txn, self->contact.id);
	result->other_address = g_strdup(self->row.address);
	result->state = state_before(&self->row, accepts);
	if (result->state != ANSWER_GIVEN)
		return;
	if (accepts)
		accept(self);
	else
		reject(self);
}

void suggestion_answer(Txn *txn, int64_t id, bool accepts, const Deed *deed,
		       const Settings *settings, AnswerResult *result_out)
{
	Answering self = {
		.txn = txn,
		.deed = deed,
		.settings = settings,
		.met = ids_new(),
		.result = result_out,
	};

	*result_out = (AnswerResult){.id = id, .state = ANSWER_NOT_FOUND};
	if (load(&self, id))
		answer(&self, accepts);
	suggestion_row_clear(&self.row);
	contact_row_clear(&self.contact);
	message_row_clear(&self.message);
	g_array_unref(self.met);
}
