/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/decide.h"

#include "decide-again.h"
#include "decide-case.h"

void case_conclude(DecideCase *self, Outcome outcome, Reason reason)
{
	self->decision->outcome = outcome;
	self->decision->reason = reason;
	self->decision->keep = outcome != OUTCOME_IGNORED;
}

void case_log(DecideCase *self, Reason reason)
{
	case_conclude(self, case_has_interaction(self) ? OUTCOME_LOGGED : OUTCOME_IGNORED,
		      reason);
}

const ContactState *case_living(const DecideCase *self, int64_t contact)
{
	const ContactState *state = history_contact(self->history, contact);

	return state != NULL && !state->erased ? state : NULL;
}

AuthVerdict case_auth(const DecideCase *self)
{
	AuthVerdict auth = self->summary->auth;

	return self->summary->author_from_reply_to && auth == AUTH_PASS ? AUTH_NONE : auth;
}

const ContactState *case_contact(const DecideCase *self)
{
	if (self->match->author != NULL)
		return self->match->author;
	if (self->match->relation == RELATION_OTHER_ADDRESS && case_auth(self) != AUTH_FAIL)
		return self->match->lead;
	return NULL;
}

Party case_author_party(const DecideCase *self, const ContactState *contact)
{
	return (Party){.contact = contact->id, .address = self->summary->author};
}

/* The same message again: another rep's copy, a content filter, a lost answer, the next
 * recipient's transaction. A message of ours that comes back is an own-loop instead. */
static const RecordedMessage *find_twin(const DecideCase *self)
{
	for (unsigned i = 0; i < self->history->recorded->len; i++) {
		const RecordedMessage *recorded = self->history->recorded->pdata[i];

		if (recorded->same_author &&
		    recorded->direction == self->summary->direction &&
		    recorded->twin_digest == self->summary->twin_digest)
			return recorded;
	}
	return NULL;
}

static bool is_id_reuse(const DecideCase *self)
{
	for (unsigned i = 0; i < self->history->recorded->len; i++) {
		const RecordedMessage *recorded = self->history->recorded->pdata[i];

		if (!recorded->same_author)
			return true;
	}
	return false;
}

/* Recipients are united; who takes part only now gets an interaction, or becomes a lead
 * as he would have been in one transaction with the others. Nothing is decided again. */
static void decide_duplicate(DecideCase *self, const RecordedMessage *twin)
{
	for (unsigned i = 0; i < twin->contacts->len; i++)
		case_add_participant(self, g_array_index(twin->contacts, int64_t, i));
	if (self->summary->direction == DIRECTION_OUTBOUND)
		decide_outbound_parties(self);
	else
		decide_inbound_parties(self);
	case_conclude(self, OUTCOME_IGNORED, REASON_DUPLICATE);
	self->decision->joins = twin->message;
	self->decision->keep = true;
}

/* Of those on one side of the message, somebody, and all of them, are on the never-log
 * list: ours of inbound mail, theirs of outbound. */
static bool is_other_side_left_out(const DecideCase *self)
{
	const GArray *hits = self->history->recipients;
	unsigned left_out = 0;

	for (unsigned i = 0; i < hits->len && i < self->summary->recipients->len; i++) {
		if (g_array_index(self->summary->recipients, SummaryRecipient, i)
			    .direction != self->summary->direction)
			continue;
		if (!g_array_index(hits, AddressHit, i).left_out)
			return false;
		left_out++;
	}
	return left_out > 0;
}

/* What a rep on the list writes is nobody's outreach. */
static bool is_never_logged(const DecideCase *self)
{
	return self->history->dropped_by != 0 || is_other_side_left_out(self) ||
	       (self->history->author.left_out &&
		self->summary->direction == DIRECTION_OUTBOUND);
}

static void copy_evidence(const GArray *evidence, Decision *decision)
{
	for (unsigned i = 0; evidence != NULL && i < evidence->len; i++) {
		Sign sign = g_array_index(evidence, Sign, i);

		sign.text = g_strdup(sign.text);
		g_array_append_val(decision->evidence, sign);
	}
}

static void decide_by_direction(DecideCase *self, bool again)
{
	const MessageSummary *summary = self->summary;
	const RecordedMessage *twin = again ? NULL : find_twin(self);

	if (summary->direction == DIRECTION_TRANSIT)
		case_conclude(self, OUTCOME_IGNORED, REASON_TRANSIT);
	else if (summary->direction == DIRECTION_INTERNAL)
		case_conclude(self, OUTCOME_IGNORED, REASON_INTERNAL);
	else if (is_never_logged(self))
		case_conclude(self, OUTCOME_IGNORED, REASON_NEVER_LOG);
	else if (summary->direction == DIRECTION_INBOUND && self->class == CLASS_OWN_LOOP)
		case_conclude(self, OUTCOME_IGNORED, REASON_OWN_LOOP);
	else if (summary->spoof_suspect)
		case_conclude(self, OUTCOME_IGNORED, REASON_SPOOF_SUSPECT);
	else if (twin != NULL)
		decide_duplicate(self, twin);
	else if (summary->direction == DIRECTION_OUTBOUND)
		decide_outbound(self);
	else
		decide_inbound(self);
}

void decide_again(const MessageSummary *summary, const Classification *classification,
		  const Match *match, const History *history, const Settings *settings,
		  bool again, Decision *decision_out)
{
	g_autoptr(GHashTable) participants =
		g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	DecideCase self = {
		.summary = summary,
		.class = classification->class,
		.match = match,
		.history = history,
		.settings = settings,
		.decision = decision_out,
		.participants = participants,
	};

	decision_init(decision_out);
	decision_out->class = classification->class;
	decision_out->direction = summary->direction;
	decision_out->id_reuse = is_id_reuse(&self);
	copy_evidence(classification->evidence, decision_out);
	decide_by_direction(&self, again);
}

void decide(const MessageSummary *summary, const Classification *classification,
	    const Match *match, const History *history, const Settings *settings,
	    Decision *decision_out)
{
	decide_again(summary, classification, match, history, settings, false,
		     decision_out);
}
