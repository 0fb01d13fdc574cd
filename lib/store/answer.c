/* SPDX-License-Identifier: BSD-2-Clause */
/* A person's answer to a suggestion, and what follows from it. */
#include <string.h>

#include "deed.h"
#include "draft.h"
#include "proposal.h"
#include "settle.h"
#include "view.h"

typedef struct {
	Txn *txn;
	const Deed *deed;
	const Settings *settings;
	SuggestionRow row;
	ContactRow contact;
	MessageRow message;
	GArray *met; /* of int64_t: digests of whom it made a contact's */
	AnswerResult *result;
} Answering;

/* ---- what may follow ---- */

/* The compare-and-set: still only a lead becomes a prospect. */
static bool promote(Answering *self)
{
	g_auto(MessageRow) outreach = {0};
	g_auto(HistoryEntry) entry = {0};
	Txn *txn = self->txn;
	const char *suggested = reason_name(self->row.reason), *reason = self->deed->reason;

	if (!txn->ops->contact_move(txn, self->contact.id, STAGE_LEAD, STAGE_PROSPECT,
				    self->deed->at))
		return false;
	message_load(txn, self->message.answered, &outreach);
	entry = (HistoryEntry){
		.contact = self->contact.id,
		.moment = {self->deed->at, 0},
		.from = STAGE_LEAD,
		.to = STAGE_PROSPECT,
		.action = ACTION_ACCEPTED,
		.detail = g_strdup(suggested),
		.actor = g_strdup(self->deed->actor),
		.reason = g_strdup(reason != NULL ? reason : suggested),
		.tier = self->message.tier,
		.message_id = g_strdup(self->message.message_id),
		.outreach_id = g_strdup(outreach.message_id),
		.evidence = g_strdup(self->message.evidence),
	};
	txn->ops->row_add(txn, ROW_HISTORY, &entry);
	deed_event(txn, self->deed, self->contact.id, self->message.id, "promotion",
		   suggested);
	self->result->done |= ANSWER_PROMOTED;
	return true;
}

static void meet(Answering *self, const AddrSpec *address)
{
	int64_t digests[] = {address_digest(address->base),
			     recipient_digest(address->base)};

	g_array_append_vals(self->met, digests, G_N_ELEMENTS(digests));
}

static int64_t owner_of(Txn *txn, const AddrSpec *address)
{
	g_auto(AddressRow) row = {0};

	address_load(txn, txn->ops->address_by_canonical(txn, address->canonical), &row);
	return row.contact;
}

static bool is_erased(Txn *txn, const AddrSpec *address)
{
	return txn->ops->is_blocked(txn, address_digest(address->base));
}

static void link_address(Answering *self, const AddrSpec *address)
{
	address_add(self->txn, self->contact.id, address);
	meet(self, address);
	self->result->done |= ANSWER_LINKED;
}

/* Known now as the organization and the owner of whoever was written to. */
static void add_colleague(Answering *self, const AddrSpec *address)
{
	g_autofree char *referrer = view_address(self->txn, self->contact.id);
	g_autofree char *source =
		g_strconcat("referral:", referrer != NULL ? referrer : "", NULL);
	g_autofree char *owner = contact_owner(self->txn, &self->contact);
	g_auto(OrganizationRow) organization = {0};
	const char *name = self->message.author_name;
	ContactDraft draft = {
		.address = address,
		.name = name != NULL && strchr(name, '@') == NULL ? name : NULL,
		.source = source,
		.owner = owner,
	};
	int64_t id;

	self->txn->ops->row_load(self->txn, ROW_ORGANIZATION, self->contact.organization,
				 &organization);
	draft.organization = organization.name;
	draft_put(self->txn, &draft, self->deed->actor, self->deed->at, &id);
	meet(self, address);
	self->result->done |= ANSWER_ADDED;
}

static void allow_contact(Answering *self)
{
	self->contact.opted_out = (Moment){0, 0};
	self->contact.allowed_at = self->deed->at;
	self->txn->ops->row_update(self->txn, ROW_CONTACT, &self->contact);
	deed_event(self->txn, self->deed, self->contact.id, self->message.id,
		   "contact-allowed", NULL);
	self->result->done |= ANSWER_ALLOWED;
}

/* As if the contact had said so; the key is no mail's, so that none takes it back. */
static void stop_contact(Answering *self)
{
	self->contact.opted_out = (Moment){self->message.at, G_MAXINT64};
	self->contact.allowed_at = MIN(self->contact.allowed_at, self->message.at - 1);
	self->txn->ops->row_update(self->txn, ROW_CONTACT, &self->contact);
	deed_event(self->txn, self->deed, self->contact.id, self->message.id,
		   "do-not-contact", reason_name(self->row.reason));
	self->result->done |= ANSWER_STOPPED;
}

/* ---- accepting ---- */

/* The contact's own now, or nobody's; else the address cannot become the contact's. */
static bool address_is_free(Answering *self, const AddrSpec *address)
{
	int64_t owner = owner_of(self->txn, address);

	return owner != 0 ? owner == self->contact.id : !is_erased(self->txn, address);
}

static bool take_address(Answering *self)
{
	g_autoptr(AddrSpec) address =
		addr_spec_parse(self->row.address, self->settings->subaddress_separator);

	if (address == NULL || !address_is_free(self, address))
		return false;
	if (owner_of(self->txn, address) == 0)
		link_address(self, address);
	self->txn->ops->interaction_add(self->txn, &(InteractionRow){
							   .contact = self->contact.id,
							   .at = self->message.at,
							   .message = self->message.id,
							   .role = ROLE_AUTHOR,
						   });
	return true;
}

static bool take_colleague(Answering *self)
{
	g_autoptr(AddrSpec) address =
		addr_spec_parse(self->row.address, self->settings->subaddress_separator);

	if (address == NULL || is_erased(self->txn, address))
		return false;
	if (owner_of(self->txn, address) == 0)
		add_colleague(self, address);
	return true;
}

static bool moves_stage(Proposal proposal)
{
	return proposal == PROPOSAL_PROMOTE || proposal == PROPOSAL_LINK_AND_PROMOTE;
}

/* What must be known before the message is judged again. False if it cannot be. */
static bool correct(Answering *self, Proposal proposal)
{
	switch (proposal) {
	case PROPOSAL_LINK_ADDRESS:
	case PROPOSAL_LINK_AND_PROMOTE:
		return take_address(self);
	case PROPOSAL_ADD_COLLEAGUE:
		return take_colleague(self);
	case PROPOSAL_ALLOW_CONTACT:
		if (self->contact.opted_out.key != 0)
			allow_contact(self);
		return true;
	case PROPOSAL_DO_NOT_CONTACT:
		if (self->contact.opted_out.key == 0)
			stop_contact(self);
		return true;
	default:
		return true;
	}
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
	if (!correct(self, proposal)) {
		self->result->state = ANSWER_TAKEN;
		return;
	}
	close_suggestion(self, suggestion_accepted);
	if (moves_stage(proposal))
		moved = promote(self);
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
