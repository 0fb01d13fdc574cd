/* SPDX-License-Identifier: BSD-2-Clause */
#include "evidence.h"

#include <string.h>

#include "lead/match.h"

/* Outreach to whom? ANYBODY where the author is no contact. */
enum { ANYBODY = 0 };

bool outreach_went_to(const OutboundMessage *outreach, int64_t contact)
{
	/* The cache is asked for the author, so what it gives went to the author. */
	if (contact == ANYBODY || outreach->cached)
		return true;
	for (unsigned i = 0; i < outreach->recipients->len; i++) {
		if (g_array_index(outreach->recipients, OutboundRecipient, i).contact ==
		    contact)
			return true;
	}
	return false;
}

const OutboundMessage *history_answered(const History *history, int64_t id_digest)
{
	const OutboundMessage *cached = NULL;

	if (id_digest == 0)
		return NULL;
	for (unsigned i = 0; i < history->answered->len; i++) {
		const OutboundMessage *message = history->answered->pdata[i];

		if (message->id_digest != id_digest)
			continue;
		if (!message->cached)
			return message;
		cached = message;
	}
	return cached;
}

/* An earlier message cannot answer a later one; only naming its id proves the contrary. */
static bool is_later(const MessageSummary *summary, const OutboundMessage *outreach)
{
	return outreach->at <= summary->at;
}

static bool is_within(const MessageSummary *summary, const OutboundMessage *outreach,
		      Tier tier)
{
	return summary->at - outreach->at <= tier_window_seconds(tier);
}

static Evidence evidence(const MessageSummary *summary, const OutboundMessage *outreach,
			 Tier tier)
{
	if (outreach == NULL)
		return (Evidence){NULL, TIER_NONE, false};
	return (Evidence){outreach, tier, is_within(summary, outreach, tier)};
}

/* The same mail may be recorded for one recipient and cached for another. For a contact the
 * record says more; an unknown author whom the cache knows was a recipient himself. */
static const OutboundMessage *find_named(const History *history, int64_t id_digest,
					 int64_t contact)
{
	const OutboundMessage *found = NULL;

	for (unsigned i = 0; i < history->answered->len; i++) {
		const OutboundMessage *message = history->answered->pdata[i];

		if (message->id_digest != id_digest ||
		    !(message->outreach || message->cached) ||
		    !outreach_went_to(message, contact))
			continue;
		if (message->cached == (contact == ANYBODY))
			return message;
		if (found == NULL)
			found = message;
	}
	return found;
}

/* The nearest named outreach that is inside the window, else the nearest. */
static Evidence by_reference(const MessageSummary *summary, const History *history,
			     int64_t contact)
{
	Evidence best = {NULL, TIER_NONE, false};

	for (unsigned i = 0; i < summary->answers->len && !best.in_window; i++) {
		const SummaryAnswer *answer =
			&g_array_index(summary->answers, SummaryAnswer, i);
		Evidence named =
			evidence(summary, find_named(history, answer->digest, contact),
				 TIER_REFERENCE);

		if (best.outreach == NULL || named.in_window)
			best = named;
	}
	return best;
}

/* The last outreach of the thread before the message. */
static Evidence by_thread_index(const MessageSummary *summary, const History *history,
				int64_t contact)
{
	const OutboundMessage *newest = NULL;

	if (summary->thread_digest == 0)
		return evidence(summary, NULL, TIER_NONE);
	for (unsigned i = 0; i < history->threads->len; i++) {
		const OutboundMessage *message = history->threads->pdata[i];

		if (message->outreach && !message->cached &&
		    message->thread_digest == summary->thread_digest &&
		    is_later(summary, message) && outreach_went_to(message, contact) &&
		    (newest == NULL || message->at > newest->at))
			newest = message;
	}
	return evidence(summary, newest, TIER_THREAD_INDEX);
}

static bool is_to_rep(const MessageSummary *summary, const History *history,
		      const OutboundMessage *outreach)
{
	if (outreach->rep != 0 && outreach->rep == history->rep)
		return true;
	for (unsigned i = 0; outreach->rep_address != NULL && i < summary->recipients->len;
	     i++) {
		const SummaryRecipient *recipient =
			&g_array_index(summary->recipients, SummaryRecipient, i);

		if (recipient->direction == DIRECTION_INBOUND &&
		    (strcmp(recipient->address->canonical, outreach->rep_address) == 0 ||
		     strcmp(recipient->address->base, outreach->rep_address) == 0))
			return true;
	}
	return false;
}

static bool may_be_answered(const MessageSummary *summary, const History *history,
			    const OutboundMessage *outreach, int64_t contact)
{
	return outreach->outreach && !outreach->cached && is_later(summary, outreach) &&
	       outreach_went_to(outreach, contact) && is_to_rep(summary, history, outreach);
}

/* Exactly one candidate inside the window; if there is none, exactly one before it. */
static Evidence by_subject(const MessageSummary *summary, const History *history,
			   int64_t contact)
{
	const OutboundMessage *recent = NULL, *old = NULL;
	unsigned recent_count = 0, old_count = 0;

	if (!summary->subject_is_reply || summary->subject_digest == 0)
		return evidence(summary, NULL, TIER_NONE);
	for (unsigned i = 0; i < history->outreach->len; i++) {
		const OutboundMessage *message = history->outreach->pdata[i];

		if (message->subject_digest != summary->subject_digest ||
		    !may_be_answered(summary, history, message, contact))
			continue;
		if (is_within(summary, message, TIER_SUBJECT)) {
			recent = message;
			recent_count++;
		} else {
			old = message;
			old_count++;
		}
	}
	if (recent_count == 0 && old_count == 1)
		return evidence(summary, old, TIER_SUBJECT);
	return evidence(summary, recent_count == 1 ? recent : NULL, TIER_SUBJECT);
}

static Evidence by_rep(const MessageSummary *summary, const History *history,
		       int64_t contact)
{
	const OutboundMessage *newest = NULL;

	for (unsigned i = 0; i < history->outreach->len; i++) {
		const OutboundMessage *message = history->outreach->pdata[i];

		if (may_be_answered(summary, history, message, contact) &&
		    is_within(summary, message, TIER_UNTHREADED) &&
		    (newest == NULL || message->at > newest->at))
			newest = message;
	}
	return evidence(summary, newest, TIER_UNTHREADED);
}

typedef Evidence (*EvidenceFind)(const MessageSummary *, const History *, int64_t contact);

/* The first that finds something inside its window, else the first that finds something:
 * a reply that names an old mail and continues a recent thread counts for the recent. */
static Evidence find_first(const EvidenceFind *finds, size_t count,
			   const MessageSummary *summary, const History *history,
			   int64_t contact)
{
	Evidence old = {NULL, TIER_NONE, false};

	for (size_t i = 0; i < count; i++) {
		Evidence found = finds[i](summary, history, contact);

		if (found.in_window)
			return found;
		if (old.outreach == NULL)
			old = found;
	}
	return old;
}

bool match_asks_for_outreach(const MessageSummary *summary, const History *history)
{
	int64_t contact = history->author.contact;

	return !by_reference(summary, history, contact).in_window &&
	       !by_thread_index(summary, history, contact).in_window;
}

Evidence evidence_for_contact(const MessageSummary *summary, const History *history,
			      int64_t contact)
{
	static const EvidenceFind finds[] = {by_reference, by_thread_index, by_subject};
	Evidence found = find_first(finds, G_N_ELEMENTS(finds), summary, history, contact);

	return found.outreach != NULL ? found : by_rep(summary, history, contact);
}

Evidence evidence_for_anybody(const MessageSummary *summary, const History *history)
{
	static const EvidenceFind finds[] = {by_reference, by_thread_index};

	return find_first(finds, G_N_ELEMENTS(finds), summary, history, ANYBODY);
}
