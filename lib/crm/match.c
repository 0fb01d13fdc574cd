/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/match.h"

#include <string.h>

#include "evidence.h"
#include "resemblance.h"

static const ContactState *living_contact(const History *history, int64_t id)
{
	const ContactState *contact = history_contact(history, id);

	return contact != NULL && !contact->erased ? contact : NULL;
}

static const ContactState *find_author(const MessageSummary *summary,
				       const History *history)
{
	AddressMatch hit = history->author.match;

	if (summary->author == NULL || (hit != ADDRESS_EXACT && hit != ADDRESS_BASE))
		return NULL;
	return living_contact(history, history->author.contact);
}

static void take_evidence(Match *match, Evidence evidence)
{
	match->outreach = evidence.outreach;
	match->tier = evidence.tier;
	match->in_window = evidence.in_window;
}

/* The one of the recipients whom the author resembles; NULL if none, or several. */
static const ContactState *find_resembled(const MessageSummary *summary,
					  const History *history, const Settings *settings,
					  const OutboundMessage *outreach)
{
	const ContactState *found = NULL;

	for (unsigned i = 0; i < outreach->recipients->len; i++) {
		const OutboundRecipient *recipient =
			&g_array_index(outreach->recipients, OutboundRecipient, i);
		const ContactState *contact = living_contact(history, recipient->contact);

		if (contact == NULL || contact == found ||
		    !author_resembles(summary, recipient, contact, settings))
			continue;
		if (found != NULL)
			return NULL;
		found = contact;
	}
	return found;
}

static const ContactState *find_colleague(const MessageSummary *summary,
					  const History *history,
					  const OutboundMessage *outreach)
{
	for (unsigned i = 0; i < outreach->recipients->len; i++) {
		const OutboundRecipient *recipient =
			&g_array_index(outreach->recipients, OutboundRecipient, i);
		const ContactState *contact = living_contact(history, recipient->contact);

		if (contact != NULL && author_is_colleague(summary->author, recipient))
			return contact;
	}
	return NULL;
}

static void match_contact(const MessageSummary *summary, const History *history,
			  Match *match)
{
	Evidence evidence = evidence_for_contact(summary, history, match->author->id);

	match->lead = match->author;
	match->relation = RELATION_SELF;
	if (evidence.outreach == NULL) {
		evidence = evidence_for_anybody(summary, history);
		match->relation =
			evidence.outreach != NULL &&
					find_colleague(summary, history, evidence.outreach)
				? RELATION_COLLEAGUE
				: RELATION_CONTACT;
	}
	take_evidence(match, evidence);
}

static const ContactState *find_recipient(const History *history,
					  const OutboundMessage *outreach)
{
	for (unsigned i = 0; i < outreach->recipients->len; i++) {
		const ContactState *contact = living_contact(
			history,
			g_array_index(outreach->recipients, OutboundRecipient, i).contact);

		if (contact != NULL)
			return contact;
	}
	return NULL;
}

/* An author who was asked himself stands for nobody else. */
static bool was_recipient(const AddrSpec *author, const OutboundMessage *outreach)
{
	for (unsigned i = 0; i < outreach->recipients->len; i++) {
		const char *address =
			g_array_index(outreach->recipients, OutboundRecipient, i).address;

		if (address != NULL && strcmp(address, author->canonical) == 0)
			return true;
	}
	return outreach->cached;
}

/* Whom an unknown author may be, or may know. */
static void match_stranger(const MessageSummary *summary, const History *history,
			   const Settings *settings, Match *match)
{
	const OutboundMessage *outreach = match->outreach;

	match->lead = find_resembled(summary, history, settings, outreach);
	if (match->lead != NULL) {
		match->relation = outreach->external_recipients == 1
					  ? RELATION_OTHER_ADDRESS
					  : RELATION_STRANGER;
		return;
	}
	match->lead = find_colleague(summary, history, outreach);
	if (match->lead != NULL) {
		match->relation = RELATION_COLLEAGUE;
		return;
	}
	match->lead = find_recipient(history, outreach);
	if (match->lead != NULL)
		match->relation = RELATION_STRANGER;
}

void match(const MessageSummary *summary, const History *history, const Settings *settings,
	   Match *match_out)
{
	*match_out = (Match){.relation = RELATION_NONE};
	if (summary->direction != DIRECTION_INBOUND || summary->author == NULL ||
	    history->author.left_out)
		return;
	match_out->author = find_author(summary, history);
	if (match_out->author != NULL) {
		match_contact(summary, history, match_out);
		return;
	}
	take_evidence(match_out, evidence_for_anybody(summary, history));
	if (match_out->outreach != NULL &&
	    !was_recipient(summary->author, match_out->outreach))
		match_stranger(summary, history, settings, match_out);
	if (history->author.match == ADDRESS_AMBIGUOUS)
		match_out->relation = RELATION_AMBIGUOUS;
}
