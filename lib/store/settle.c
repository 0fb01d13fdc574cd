/* SPDX-License-Identifier: BSD-2-Clause */
#include "settle.h"

#include "proposal.h"

enum {
	BEHIND_MAX = 10000, /* mails of one contact that are looked at again */
	/* Outreach is answered that long; what names it later has waited for it. */
	ANSWER_SECONDS = 366 * 24 * 60 * 60,
	HABIT_SECONDS = 2 * 60 * 60, /* mail that close counts as a sign */
};

/* What is to be decided again, the earliest first, each once. */
typedef struct {
	Recording *cause;
	GSequence *queue; /* of Mention * */
} Settling;

static int compare_mentions(const void *a, const void *b, void *user)
{
	const Mention *left = a, *right = b;
	int order = moment_compare(left->moment, right->moment);

	(void)user;
	return order != 0 ? order : left->id < right->id ? -1 : left->id > right->id;
}

static void enqueue(Settling *self, const Mention *mention)
{
	Mention copy = *mention;

	if (g_sequence_lookup(self->queue, &copy, compare_mentions, NULL) == NULL)
		g_sequence_insert_sorted(self->queue, g_memdup2(&copy, sizeof copy),
					 compare_mentions, NULL);
}

static void enqueue_awaiting(Settling *self, int64_t digest)
{
	g_autoptr(GArray) mentions = g_array_new(FALSE, FALSE, sizeof(Mention));
	Txn *txn = self->cause->txn;

	if (digest != 0)
		txn->ops->messages_awaiting(txn, digest, mentions);
	for (unsigned i = 0; i < mentions->len; i++)
		enqueue(self, &g_array_index(mentions, Mention, i));
}

/* Those behind the moment; habits_of: only what the habits of that message's author may
 * bear on. */
static void enqueue_behind(Settling *self, const GArray *mentions, Moment behind,
			   const MessageRow *habits_of)
{
	for (unsigned i = 0; i < mentions->len; i++) {
		const Mention *mention = &g_array_index(mentions, Mention, i);
		bool near = habits_of == NULL ||
			    mention->moment.at <= behind.at + HABIT_SECONDS ||
			    (habits_of->body_digest != 0 &&
			     mention->body_digest == habits_of->body_digest);

		if (near && moment_compare(mention->moment, behind) > 0)
			enqueue(self, mention);
	}
}

/* All that the contact wrote. */
static void enqueue_written(Settling *self, int64_t contact, Moment behind, int64_t until,
			    const MessageRow *habits_of)
{
	g_autoptr(GArray) mentions = g_array_new(FALSE, FALSE, sizeof(Mention));
	Txn *txn = self->cause->txn;

	txn->ops->written_by(txn, contact, behind.at, until, BEHIND_MAX, mentions);
	enqueue_behind(self, mentions, behind, habits_of);
}

/* An author whom nobody knows has habits, too. */
static void enqueue_stranger(Settling *self, const Recording *cause)
{
	g_autoptr(GArray) mentions = g_array_new(FALSE, FALSE, sizeof(Mention));
	const AddrSpec *author = cause->summary->author;
	Txn *txn = cause->txn;

	if (cause->row->direction != DIRECTION_INBOUND || author == NULL ||
	    cause->history->author.contact != 0)
		return;
	txn->ops->messages_awaiting(txn, address_digest(author->base), mentions);
	enqueue_behind(self, mentions, cause->moment,
		       cause->standing_changed ? NULL : cause->row);
}

/* Of mail that is new all are known who take part; it has no others. */
static GArray *participants_of(const Recording *cause)
{
	g_autoptr(GArray) rows = NULL;
	GArray *contacts;

	if (cause->parties != NULL && cause->decision->joins == 0)
		return g_array_ref(cause->parties);
	rows = g_array_new(FALSE, FALSE, sizeof(InteractionRow));
	contacts = ids_new();
	cause->txn->ops->interactions_of_message(cause->txn, cause->row->id, rows);
	for (unsigned i = 0; i < rows->len; i++)
		g_array_append_val(contacts,
				   g_array_index(rows, InteractionRow, i).contact);
	return contacts;
}

static void enqueue_participants(Settling *self, const Recording *cause)
{
	g_autoptr(GArray) contacts = participants_of(cause);
	bool outreach = cause->row->outreach, changed = cause->standing_changed;
	int64_t until =
		outreach && !changed ? cause->moment.at + ANSWER_SECONDS : G_MAXINT64;

	for (unsigned i = 0; i < contacts->len; i++)
		enqueue_written(self, id_at(contacts, i), cause->moment, until,
				outreach || changed ? NULL : cause->row);
}

/* Whether an address is good depends on what came last, a bounce or a person's mail. */
static void enqueue_bounces(Settling *self, int64_t contact)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(InteractionRow));
	Txn *txn = self->cause->txn;

	txn->ops->interactions_of_contact(txn, contact, BEHIND_MAX, rows);
	for (unsigned i = 0; i < rows->len; i++) {
		const InteractionRow *taken = &g_array_index(rows, InteractionRow, i);
		g_auto(MessageRow) row = {0};

		if (!taken->outbound && taken->role != ROLE_AUTHOR &&
		    message_load(txn, taken->message, &row) && row.class == CLASS_BOUNCE)
			enqueue(self, &(Mention){row.id, moment_of_row(&row), 0});
	}
}

static void enqueue_replaced(Settling *self, const Recording *cause)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(InteractionRow));

	cause->txn->ops->interactions_of_message(cause->txn, cause->row->id, rows);
	for (unsigned i = 0; i < rows->len; i++)
		enqueue_bounces(self, g_array_index(rows, InteractionRow, i).contact);
}

/* Outreach to nobody known leaves no row; what names it may be a contact's by now. */
static void enqueue_awaiting_remembered(Settling *self)
{
	const MessageSummary *summary = self->cause->summary;

	if (summary->direction != DIRECTION_OUTBOUND || !self->cause->decision->outreach)
		return;
	enqueue_awaiting(self, summary->id_digest);
	enqueue_awaiting(self, summary->alternate_id_digest);
}

/* ---- deciding again ---- */

static void judge_recorded(const MessageSummary *summary, bool class_is_given,
			   const MessageRow *row, const History *history,
			   const Settings *settings, Decision *decision_out)
{
	if (class_is_given)
		judge_again(summary, row->class, history, settings, decision_out);
	else
		judge(summary, history, settings, decision_out);
}

static void withdraw_suggestions(Txn *txn, int64_t message)
{
	g_autoptr(GArray) ids = ids_new();

	txn->ops->suggestions_of(txn, message, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(SuggestionRow) row = {0};

		if (!txn->ops->row_load(txn, ROW_SUGGESTION, id_at(ids, i), &row) ||
		    !suggestion_is(&row, suggestion_open))
			continue;
		g_free(row.state);
		row.state = g_strdup(suggestion_withdrawn);
		txn->ops->row_update(txn, ROW_SUGGESTION, &row);
	}
}

/* A promotion that is not made again is withdrawn, or keeps its message as it is. */
static bool is_left_as_it_is(Recording *self)
{
	return self->row->outcome == OUTCOME_PROMOTED &&
	       self->decision->outcome != OUTCOME_PROMOTED &&
	       !promotion_withdraw(self, self->decision->reason);
}

static void take_decision(MessageRow *row, const MessageSummary *summary,
			  const History *history, const Decision *decision,
			  bool class_is_given)
{
	MessageRow fresh = {0};

	message_row_fill(&fresh, summary, history, decision);
	row->outcome = fresh.outcome;
	row->reason = fresh.reason;
	row->tier = fresh.tier;
	row->contact = fresh.contact;
	row->answered = fresh.answered;
	if (!class_is_given) {
		row->class = fresh.class;
		g_free(row->evidence);
		row->evidence = g_steal_pointer(&fresh.evidence);
		g_free(row->derived);
		row->derived = g_steal_pointer(&fresh.derived);
	}
	message_row_clear(&fresh);
}

/* Inbound mail took part in nothing but what its decision says. */
static void revise(Settling *settling, Recording *self, bool class_is_given)
{
	g_autoptr(GArray) retracted = ids_new();
	Txn *txn = self->txn;
	Outcome before = self->row->outcome;
	Reason reason_before = self->row->reason;

	/* What a person has answered stays; another copy may still bring participants. */
	if (message_is_settled(txn, self->row->id)) {
		recording_apply_interactions(self);
		return;
	}
	if (is_left_as_it_is(self))
		return;
	recording_retract(self, retracted);
	take_decision(self->row, self->summary, self->history, self->decision,
		      class_is_given);
	self->row->rep = rep_of_message(txn, self->row, NULL);
	txn->ops->interactions_drop(txn, self->row->id);
	withdraw_suggestions(txn, self->row->id);
	recording_await(self);
	recording_apply(self);
	txn->ops->row_update(txn, ROW_MESSAGE, self->row);
	for (unsigned i = 0; i < retracted->len; i++)
		enqueue_written(settling, id_at(retracted, i), (Moment){0, 0}, G_MAXINT64,
				NULL);
	if (self->row->outcome != before || self->row->reason != reason_before)
		self->result->decided_again++;
	if (self->row->outcome == OUTCOME_PROMOTED && before != OUTCOME_PROMOTED)
		self->result->promoted_again++;
}

static void decide_row_again(Settling *settling, MessageRow *row)
{
	const Recording *cause = settling->cause;
	bool class_is_given;
	g_autoptr(MessageSummary) summary =
		summary_rebuild(row, cause->settings, &class_is_given);
	g_autoptr(History) history =
		history_read(cause->txn, summary, cause->settings, moment_of_row(row),
			     row->id);
	g_autoptr(GArray) met = ids_new();
	RecordResult result = {0};
	Decision decision;
	Recording self = {
		.txn = cause->txn,
		.summary = summary,
		.settings = cause->settings,
		.history = history,
		.decision = &decision,
		.row = row,
		.moment = moment_of_row(row),
		.result = &result,
		.again = true,
		.met = met,
	};

	if (cause->txn->error != NULL)
		return;
	judge_recorded(summary, class_is_given, row, history, cause->settings, &decision);
	if (decision.joins == 0)
		revise(settling, &self, class_is_given);
	cause->result->created += result.created;
	cause->result->decided_again += result.decided_again;
	cause->result->promoted_again += result.promoted_again;
	if (self.standing_changed)
		enqueue_participants(settling, &self);
	decision_clear(&decision);
}

static void run(Settling *self)
{
	Txn *txn = self->cause->txn;

	while (txn->error == NULL && !g_sequence_is_empty(self->queue)) {
		GSequenceIter *first = g_sequence_get_begin_iter(self->queue);
		int64_t id = ((const Mention *)g_sequence_get(first))->id;
		g_auto(MessageRow) row = {0};

		g_sequence_remove(first);
		if (message_load(txn, id, &row) && row.direction == DIRECTION_INBOUND)
			decide_row_again(self, &row);
	}
}

void settle_behind(Recording *cause)
{
	Settling self = {cause, g_sequence_new(g_free)};
	const MessageRow *row = cause->row;

	if (row->id == 0) {
		enqueue_awaiting_remembered(&self);
	} else if (row->direction == DIRECTION_OUTBOUND) {
		enqueue_awaiting(&self, row->id_digest);
		enqueue_awaiting(&self, row->alternate);
		enqueue_awaiting(&self, row->thread_digest);
	} else if (cause->decision->joins != 0) {
		Mention itself = {row->id, moment_of_row(row), 0};

		enqueue(&self, &itself);
		if (cause->replaced)
			enqueue_replaced(&self, cause);
	}
	for (unsigned i = 0; i < cause->met->len; i++)
		enqueue_awaiting(&self, id_at(cause->met, i));
	if (row->id != 0) {
		enqueue_participants(&self, cause);
		enqueue_stranger(&self, cause);
	}
	run(&self);
	g_sequence_free(self.queue);
}

void settle_deed(Txn *txn, const Settings *settings, const DeedCause *deed,
		 RecordResult *result)
{
	Recording cause = {.txn = txn, .settings = settings, .result = result};
	Settling self = {&cause, g_sequence_new(g_free)};
	g_auto(MessageRow) row = {0};

	for (unsigned i = 0; i < deed->met->len; i++)
		enqueue_awaiting(&self, id_at(deed->met, i));
	if (message_load(txn, deed->message, &row)) {
		Mention itself = {row.id, moment_of_row(&row), 0};

		enqueue(&self, &itself);
	}
	if (deed->contact != 0)
		enqueue_written(&self, deed->contact, deed->since, G_MAXINT64, NULL);
	run(&self);
	g_sequence_free(self.queue);
}
