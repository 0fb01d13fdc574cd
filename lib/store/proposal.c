/* SPDX-License-Identifier: BSD-2-Clause */
#include "proposal.h"

static const char *const names[PROPOSAL_N] = {
	[PROPOSAL_PROMOTE] = "promote",
	[PROPOSAL_LINK_ADDRESS] = "link-address",
	[PROPOSAL_LINK_AND_PROMOTE] = "link-address-and-promote",
	[PROPOSAL_ADD_COLLEAGUE] = "add-colleague",
	[PROPOSAL_ALLOW_CONTACT] = "allow-contact",
	[PROPOSAL_DO_NOT_CONTACT] = "do-not-contact",
};

const char *proposal_name(Proposal proposal)
{
	return (size_t)proposal < PROPOSAL_N ? names[proposal] : NULL;
}

Proposal proposal_of(const SuggestionRow *row)
{
	if (row->reason == REASON_OPT_OUT)
		return PROPOSAL_DO_NOT_CONTACT;
	if (row->reason == REASON_DO_NOT_CONTACT)
		return PROPOSAL_ALLOW_CONTACT;
	if (row->address == NULL)
		return PROPOSAL_PROMOTE;
	if (row->reason == REASON_OTHER_ADDRESS)
		return PROPOSAL_LINK_ADDRESS;
	return row->reason == REASON_COLLEAGUE ? PROPOSAL_ADD_COLLEAGUE
					       : PROPOSAL_LINK_AND_PROMOTE;
}

bool proposal_is_correction(Proposal proposal)
{
	return proposal == PROPOSAL_LINK_ADDRESS || proposal == PROPOSAL_ADD_COLLEAGUE ||
	       proposal == PROPOSAL_ALLOW_CONTACT;
}

bool suggestion_is_moot(const SuggestionRow *row, const ContactRow *contact)
{
	if (contact->erased)
		return true;
	switch (proposal_of(row)) {
	case PROPOSAL_PROMOTE:
	case PROPOSAL_LINK_AND_PROMOTE:
		return contact->stage != STAGE_LEAD;
	case PROPOSAL_ALLOW_CONTACT:
		return contact->opted_out.key == 0;
	case PROPOSAL_DO_NOT_CONTACT:
		return contact->opted_out.key != 0;
	default:
		return false;
	}
}

bool message_is_settled(Txn *txn, int64_t message)
{
	g_autoptr(GArray) ids = ids_new();
	bool settled = false;

	txn->ops->suggestions_of(txn, message, ids);
	for (unsigned i = 0; !settled && i < ids->len; i++) {
		g_auto(SuggestionRow) row = {0};

		if (txn->ops->row_load(txn, ROW_SUGGESTION, id_at(ids, i), &row))
			settled = suggestion_is(&row, suggestion_rejected) ||
				  (suggestion_is(&row, suggestion_accepted) &&
				   !proposal_is_correction(proposal_of(&row)));
	}
	return settled;
}
