/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole middle: what the history says to the rules, then classify, match, decide. */
#include "decide-again.h"
#include "evidence.h"

/* Its own id on outbound mail of ours: the message came back. */
static bool is_own(const MessageSummary *summary, const History *history)
{
	for (unsigned i = 0; i < history->recorded->len; i++) {
		const RecordedMessage *recorded = history->recorded->pdata[i];

		if (recorded->direction == DIRECTION_OUTBOUND && recorded->same_author &&
		    summary->direction != DIRECTION_OUTBOUND)
			return true;
	}
	return false;
}

/* The nearest outbound mail of ours that it names, outreach or not. */
static const OutboundMessage *find_answered(const MessageSummary *summary,
					    const History *history)
{
	for (unsigned i = 0; i < summary->answers->len; i++) {
		const OutboundMessage *message = history_answered(
			history, g_array_index(summary->answers, SummaryAnswer, i).digest);

		if (message != NULL)
			return message;
	}
	return NULL;
}

/* Subscribers of a list answer what a rep wrote to the list, so an id alone does not tell
 * a correspondent from a list: the outreach must have gone to the author. */
static bool answers_outreach(const Match *match)
{
	return (match->relation == RELATION_SELF ||
		match->relation == RELATION_OTHER_ADDRESS) &&
	       (match->tier == TIER_REFERENCE || match->tier == TIER_THREAD_INDEX);
}

/* Haste, repetition and number are signs of a stranger's machine. A rep who sends thirty
 * letters in an hour, with one template, is at work. */
static ClassContext context_of(const MessageSummary *summary, const History *history,
			       const Match *match)
{
	const OutboundMessage *answered = find_answered(summary, history);
	ClassContext context = {
		.own_message_id = is_own(summary, history),
		.answers_outreach = answers_outreach(match),
		.seconds_after = -1,
	};

	if (summary->direction != DIRECTION_INBOUND)
		return context;
	if (answered != NULL && answered->at <= summary->at)
		context.seconds_after = summary->at - answered->at;
	context.repeated_body = history->repeated_body;
	context.recent_messages = history->recent_messages;
	return context;
}

void judge(const MessageSummary *summary, const History *history, const Settings *settings,
	   Decision *decision_out)
{
	Classification classification;
	ClassContext context;
	Match found;

	match(summary, history, settings, &found);
	context = context_of(summary, history, &found);
	classify(summary->signs, &context, settings, &classification);
	decide(summary, &classification, &found, history, settings, decision_out);
	classification_clear(&classification);
}

void judge_again(const MessageSummary *summary, MessageClass class, const History *history,
		 const Settings *settings, Decision *decision_out)
{
	Classification classification = {.class = class, .evidence = NULL};
	Match found;

	match(summary, history, settings, &found);
	decide_again(summary, &classification, &found, history, settings, true,
		     decision_out);
}
