/* SPDX-License-Identifier: BSD-2-Clause */
/* Inbound mail, by its class: who took part, and what it changes besides the stage. */
#include "decide-case.h"

enum { ABSENCE_MAX_SECONDS = 366 * 24 * 60 * 60 };

static void log_as_class(DecideCase *self);
static void decide_absence(DecideCase *self);
static void decide_list(DecideCase *self);
static void decide_opt_out(DecideCase *self);

/* One row a class. written: a person wrote it, so whoever else got it took part. waits:
 * it may name mail of ours that is recorded after it, and is then decided again. */
static const struct {
	Reason reason;
	bool written, waits;
	void (*decide)(DecideCase *self);
} by_class[] = {
	/* clang-format off */
	[CLASS_OWN_LOOP]      = { REASON_OWN_LOOP,      false, false, log_as_class },
	[CLASS_BOUNCE]        = { REASON_BOUNCE,        false, true,  decide_bounce },
	[CLASS_COMPLAINT]     = { REASON_COMPLAINT,     false, true,  decide_complaint },
	[CLASS_RECEIPT]       = { REASON_RECEIPT,       false, true,  log_as_class },
	[CLASS_CALENDAR]      = { REASON_CALENDAR,      true,  true,  decide_reply },
	[CLASS_SPAM]          = { REASON_SPAM,          false, false, log_as_class },
	[CLASS_OUT_OF_OFFICE] = { REASON_OUT_OF_OFFICE, false, true,  decide_absence },
	[CLASS_AUTO_REPLY]    = { REASON_AUTO_REPLY,    false, true,  log_as_class },
	[CLASS_MACHINE]       = { REASON_MACHINE,       false, false, log_as_class },
	[CLASS_LIST]          = { REASON_LIST,          false, true,  decide_list },
	[CLASS_BULK]          = { REASON_BULK,          false, true,  log_as_class },
	[CLASS_OPT_OUT]       = { REASON_OPT_OUT,       true,  true,  decide_opt_out },
	[CLASS_LEFT_COMPANY]  = { REASON_LEFT_COMPANY,  true,  true,  log_as_class },
	[CLASS_DECLINED]      = { REASON_DECLINED,      true,  true,  decide_reply },
	[CLASS_SUSPECT]       = { REASON_SUSPECT,       true,  true,  decide_reply },
	[CLASS_HUMAN]         = { REASON_NO_OUTREACH,   true,  true,  decide_reply },
	/* clang-format on */
};

static void other_participants(DecideCase *self)
{
	const GArray *hits = self->history->recipients;

	for (unsigned i = 0; i < hits->len && i < self->summary->recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(self->summary->recipients, SummaryRecipient, i);
		const ContactState *contact =
			case_living(self, g_array_index(hits, AddressHit, i).contact);

		if (contact != NULL)
			effect_interaction(self, (Party){contact->id, recipient->address},
					   recipient->role);
	}
}

void decide_inbound_parties(DecideCase *self)
{
	const ContactState *contact = case_contact(self);

	if (contact != NULL)
		effect_interaction(self, case_author_party(self, contact), ROLE_AUTHOR);
	if (by_class[self->class].written)
		other_participants(self);
}

static void log_as_class(DecideCase *self)
{
	decide_inbound_parties(self);
	case_log(self, by_class[self->class].reason);
}

/* A day in the past says nothing, one years ahead would silence follow-up for good. */
static void decide_absence(DecideCase *self)
{
	const ContactState *contact = case_contact(self);
	int64_t until = self->summary->absent_until;

	log_as_class(self);
	if (contact != NULL && case_auth(self) != AUTH_FAIL && until > self->summary->at &&
	    until - self->summary->at <= ABSENCE_MAX_SECONDS)
		effect_absent(self, case_author_party(self, contact), until);
}

/* Somebody who answers our mail through a list is a person on a list, not a list. */
static void decide_list(DecideCase *self)
{
	bool answers = self->match->relation == RELATION_SELF &&
		       self->match->tier == TIER_REFERENCE;

	if (answers)
		decide_reply(self);
	else
		log_as_class(self);
}

/* Whoever asks for an end is heard at once, unless he may be somebody else: then a person
 * of ours hears of it. */
static void decide_opt_out(DecideCase *self)
{
	const ContactState *contact = case_contact(self), *lead = self->match->lead;
	bool failed = case_auth(self) == AUTH_FAIL;

	log_as_class(self);
	if (contact != NULL && failed) {
		case_conclude(self, OUTCOME_LOGGED, REASON_AUTH_FAIL);
	} else if (contact != NULL) {
		effect_add(self, EFFECT_DO_NOT_CONTACT, case_author_party(self, contact),
			   REASON_OPT_OUT);
	} else if (lead != NULL && !failed) {
		effect_add(self, EFFECT_SUGGEST, case_author_party(self, lead),
			   REASON_OPT_OUT);
		self->decision->contact = lead->id;
		case_conclude(self, OUTCOME_SUGGESTED, REASON_OPT_OUT);
	}
}

/* A reply by its prefix may answer by subject or Thread-Index, which name nothing. */
static bool waits_for_outreach(const DecideCase *self)
{
	const MessageSummary *summary = self->summary;
	bool looks_like_reply =
		summary->subject_is_reply &&
		(summary->subject_digest != 0 || summary->thread_digest != 0);

	return by_class[self->class].waits &&
	       (summary->answers->len > 0 || summary->returned_id_digest != 0 ||
		looks_like_reply);
}

/* As we wrote it: a summary rebuilt from the store has digests alone. Of the cache there
 * is only what the message wrote. */
static const char *answered_id(const MessageSummary *summary,
			       const OutboundMessage *outreach)
{
	for (unsigned i = 0; outreach->msg_id == NULL && i < summary->answers->len; i++) {
		const SummaryAnswer *answer =
			&g_array_index(summary->answers, SummaryAnswer, i);

		if (answer->digest == outreach->id_digest)
			return answer->id;
	}
	return outreach->msg_id;
}

/* A later mail is no answer by being later: only the suggestion made of it names what it
 * may answer. */
static void name_outreach(const DecideCase *self)
{
	const Match *match = self->match;
	Decision *decision = self->decision;

	if (match->outreach == NULL || decision->outreach_message != 0 ||
	    (match->tier == TIER_UNTHREADED && decision->outcome < OUTCOME_SUGGESTED))
		return;
	decision->tier = match->tier;
	decision->outreach_message = match->outreach->message;
	decision->answers = g_strdup(answered_id(self->summary, match->outreach));
}

/* Somebody outside got it who may become a contact yet. */
static bool has_others(const DecideCase *self)
{
	const GArray *hits = self->history->recipients;

	for (unsigned i = 0; i < hits->len && i < self->summary->recipients->len; i++) {
		if (g_array_index(self->summary->recipients, SummaryRecipient, i)
				    .direction == DIRECTION_TRANSIT &&
		    !g_array_index(hits, AddressHit, i).left_out)
			return true;
	}
	return false;
}

/* Whoever else got it took part; its author did not. */
static void decide_left_out(DecideCase *self)
{
	decide_inbound_parties(self);
	case_log(self, REASON_NEVER_LOG);
	if (by_class[self->class].written && waits_for_outreach(self) && has_others(self))
		self->decision->keep = true;
}

void decide_inbound(DecideCase *self)
{
	if (self->history->author.left_out) {
		decide_left_out(self);
		return;
	}
	by_class[self->class].decide(self);
	name_outreach(self);
	if (waits_for_outreach(self))
		self->decision->keep = true;
}
