/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reports about mail of ours. Anybody can write one, so it changes something only with
 * proof: it returns the Message-ID of recorded outbound mail, and names a recipient that
 * this mail had.
 */
#include <string.h>

#include "decide-case.h"
#include "evidence.h"

static const OutboundMessage *returned_mail(const DecideCase *self)
{
	const OutboundMessage *message =
		history_answered(self->history, self->summary->returned_id_digest);

	return message != NULL && !message->cached ? message : NULL;
}

static const ContactState *find_recipient(const DecideCase *self,
					  const OutboundMessage *returned,
					  const AddrSpec *address)
{
	for (unsigned i = 0; address != NULL && i < returned->recipients->len; i++) {
		const OutboundRecipient *recipient =
			&g_array_index(returned->recipients, OutboundRecipient, i);

		if (recipient->address != NULL &&
		    strcmp(recipient->address, address->canonical) == 0)
			return case_living(self, recipient->contact);
	}
	return NULL;
}

static void name_returned(DecideCase *self, const OutboundMessage *returned)
{
	g_free(self->decision->answers);
	self->decision->answers = g_strdup(
		returned->msg_id != NULL ? returned->msg_id : self->summary->returned_id);
	self->decision->outreach_message = returned->message;
}

typedef void (*ReportEffect)(DecideCase *self, Party party,
			     const ReportRecipient *recipient);

/* The address we wrote to is the original one where the report tells both. */
static const ContactState *find_reported(const DecideCase *self,
					 const OutboundMessage *returned,
					 const ReportRecipient *reported,
					 const AddrSpec **address_out)
{
	const ContactState *contact = find_recipient(self, returned, reported->recipient);

	*address_out = reported->recipient;
	if (contact != NULL || reported->original == NULL)
		return contact;
	*address_out = reported->original;
	return find_recipient(self, returned, reported->original);
}

static void concern(DecideCase *self, Party party, const ReportRecipient *recipient,
		    ReportEffect effect)
{
	effect_interaction(self, party, ROLE_TO);
	effect(self, party, recipient);
}

static void concern_recipients(DecideCase *self, const OutboundMessage *returned,
			       ReportEffect effect)
{
	const GPtrArray *named = self->summary->bounced;

	for (unsigned i = 0; named != NULL && i < named->len; i++) {
		const ReportRecipient *recipient = named->pdata[i];
		const AddrSpec *address;
		const ContactState *contact =
			find_reported(self, returned, recipient, &address);

		if (contact != NULL)
			concern(self, (Party){contact->id, address}, recipient, effect);
	}
}

static void bounce_effect(DecideCase *self, Party party, const ReportRecipient *recipient)
{
	if (recipient->kind == BOUNCE_HARD)
		effect_add(self, EFFECT_ADDRESS_BAD, party, REASON_BOUNCE);
}

void decide_bounce(DecideCase *self)
{
	const OutboundMessage *returned = returned_mail(self);

	if (returned != NULL) {
		name_returned(self, returned);
		concern_recipients(self, returned, bounce_effect);
	}
	decide_inbound_parties(self);
	case_log(self, REASON_BOUNCE);
}

static void complaint_effect(DecideCase *self, Party party,
			     const ReportRecipient *recipient)
{
	(void)recipient;
	effect_add(self, EFFECT_DO_NOT_CONTACT, party, REASON_COMPLAINT);
}

/* Most feedback loops redact the recipient: mail that went to one person needs no name. */
static void concern_only_recipient(DecideCase *self, const OutboundMessage *returned)
{
	const ContactState *contact;

	if (returned->external_recipients != 1 || returned->recipients->len != 1)
		return;
	contact = case_living(
		self, g_array_index(returned->recipients, OutboundRecipient, 0).contact);
	if (contact != NULL)
		concern(self, (Party){contact->id, NULL}, NULL, complaint_effect);
}

void decide_complaint(DecideCase *self)
{
	const OutboundMessage *returned = returned_mail(self);
	const GPtrArray *named = self->summary->bounced;

	if (returned != NULL) {
		name_returned(self, returned);
		if (named != NULL && named->len > 0)
			concern_recipients(self, returned, complaint_effect);
		else
			concern_only_recipient(self, returned);
	}
	decide_inbound_parties(self);
	case_log(self, REASON_COMPLAINT);
}
