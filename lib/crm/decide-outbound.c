/* SPDX-License-Identifier: BSD-2-Clause */
/* Outbound mail: is it outreach, and who becomes a contact by it? */
#include <string.h>

#include "decide-case.h"

/*
 * Bulk mail of ours is outreach to those whom we know already: mail-merge programs must
 * send List-Unsubscribe today, and a person who answers such a mail answers us. It makes
 * no contacts. A rep's absence notice, opt-out or suspect mail is none.
 */
static bool is_written_outreach(MessageClass class, CalendarKind calendar)
{
	switch (class) {
	case CLASS_HUMAN:
	case CLASS_BULK:
	case CLASS_DECLINED:
	case CLASS_LEFT_COMPANY:
		return true;
	case CLASS_CALENDAR:
		return calendar == CALENDAR_REQUEST || calendar == CALENDAR_COUNTER;
	default:
		return false;
	}
}

/* A person of ours: the address says so, or the login, whatever the author field says. */
static bool is_from_rep(const DecideCase *self)
{
	const AddrSpec *author = self->summary->author;

	if (author == NULL || addr_spec_is_mailer_daemon(author))
		return false;
	return self->summary->login != NULL ||
	       settings_is_local_domain(self->settings, addr_spec_domain(author));
}

static bool is_person(const AddrSpec *address)
{
	const char *found = strstr(address->canonical, "unsubscribe");

	return !addr_spec_is_null(address) && !addr_spec_is_role(address) &&
	       (found == NULL || found > address->canonical + address->at);
}

static const AddressHit *recipient_hit(const DecideCase *self, unsigned at)
{
	static const AddressHit unknown;

	return at < self->history->recipients->len
		       ? &g_array_index(self->history->recipients, AddressHit, at)
		       : &unknown;
}

static bool is_outreach(const DecideCase *self)
{
	const GArray *recipients = self->summary->recipients;

	if (!is_written_outreach(self->class, self->summary->calendar) ||
	    !is_from_rep(self))
		return false;
	for (unsigned i = 0; i < recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(recipients, SummaryRecipient, i);

		const AddressHit *hit = recipient_hit(self, i);

		if (recipient->direction == DIRECTION_OUTBOUND && !hit->left_out &&
		    (hit->contact != 0 || is_person(recipient->address)))
			return true;
	}
	return false;
}

static bool may_create(const DecideCase *self)
{
	const GArray *recipients = self->summary->recipients;
	size_t external = self->summary->recipients_left_out;

	for (unsigned i = 0; i < recipients->len; i++) {
		external += g_array_index(recipients, SummaryRecipient, i).direction ==
			    DIRECTION_OUTBOUND;
	}
	return self->class == CLASS_HUMAN &&
	       self->settings->auto_create != AUTO_CREATE_NONE &&
	       external <= (size_t)self->settings->max_recipients;
}

static bool is_flood(const DecideCase *self, GHashTable *created)
{
	int64_t most = self->settings->max_new_by_rep;

	return most > 0 && self->history->newcomers + g_hash_table_size(created) >=
				   (uint64_t)most;
}

/* Somebody nobody knows: made a lead, or remembered in case that he is imported later.
 * created holds base forms: two spellings of one mailbox make one lead. */
static void meet(DecideCase *self, const SummaryRecipient *recipient, const AddressHit *hit,
		 GHashTable *created)
{
	Party party = {.contact = 0, .address = recipient->address};

	if (hit->blocked || hit->left_out || hit->contact != 0 ||
	    !is_person(recipient->address))
		return;
	if (created == NULL || hit->match == ADDRESS_AMBIGUOUS || is_flood(self, created))
		effect_add(self, EFFECT_REMEMBER, party, REASON_UNKNOWN_RECIPIENT);
	else if (g_hash_table_add(created, recipient->address->base))
		effect_create(self, recipient->address, recipient->name,
			      g_strdup("outreach"), recipient->role);
}

void decide_outbound_parties(DecideCase *self)
{
	g_autoptr(GHashTable) created =
		may_create(self) ? g_hash_table_new(g_str_hash, g_str_equal) : NULL;

	self->decision->outreach = is_outreach(self);
	for (unsigned i = 0; i < self->summary->recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(self->summary->recipients, SummaryRecipient, i);
		const AddressHit *hit = recipient_hit(self, i);
		const ContactState *contact = case_living(self, hit->contact);

		if (recipient->direction != DIRECTION_OUTBOUND)
			continue;
		if (contact != NULL)
			effect_interaction(self, (Party){contact->id, recipient->address},
					   recipient->role);
		else if (self->decision->outreach)
			meet(self, recipient, hit, created);
	}
}

void decide_outbound(DecideCase *self)
{
	decide_outbound_parties(self);
	if (!self->decision->outreach)
		case_log(self, REASON_NOT_OUTREACH);
	else if (case_has_interaction(self))
		case_conclude(self, OUTCOME_LOGGED, REASON_OUTREACH);
	else
		case_conclude(self, OUTCOME_IGNORED, REASON_UNKNOWN_RECIPIENT);
}
