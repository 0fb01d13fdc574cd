/* SPDX-License-Identifier: BSD-2-Clause */
#include "acceptance.h"

#include <string.h>

#include "deed.h"
#include "draft.h"
#include "recording.h"
#include "view.h"

bool acceptance_promote(Answering *self)
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

bool acceptance_correct(Answering *self, Proposal proposal)
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
