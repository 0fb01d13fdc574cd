/* SPDX-License-Identifier: BSD-2-Clause */
/* The history of a summary: the message itself, its author's habits, its rep; the rest is
 * loaded by the sources beside this one. */
#include "loader.h"
#include "never-logged.h"

enum {
	HABITS_AGE = 365 * 24 * 60 * 60,
	RECENT_AGE = 2 * 60 * 60,
	DAY_AGE = 24 * 60 * 60,
	/* Mails of one author that are looked at, each somewhere else in the database: a
	 * few more than the rule of too many in two hours counts. */
	WRITTEN_MAX = 32,
};

char *message_author(Txn *txn, const MessageRow *row)
{
	g_auto(RepRow) rep = {0};

	if (row->author == NULL && row->direction == DIRECTION_OUTBOUND)
		rep_load(txn, row->rep, &rep);
	return row->author != NULL ? g_strdup(row->author) : g_steal_pointer(&rep.address);
}

static bool is_same_author(const Loader *self, const MessageRow *row)
{
	const AddrSpec *author = self->summary->author;
	g_autofree char *recorded = message_author(self->txn, row);

	/* Whoever was left out is known by the digest of author and date alone. */
	if ((row->traits & TRAIT_AUTHOR_LEFT_OUT) != 0)
		return row->twin_digest == self->summary->twin_digest;
	return g_strcmp0(author != NULL ? author->canonical : NULL, recorded) == 0;
}

static char *message_id_of(Txn *txn, int64_t message)
{
	g_auto(MessageRow) row = {0};

	message_load(txn, message, &row);
	return g_steal_pointer(&row.message_id);
}

static void load_recorded(Loader *self)
{
	g_autoptr(GArray) ids = ids_new();

	self->txn->ops->messages_with_id(self->txn, self->summary->id_digest, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(InteractionRow));
		g_auto(MessageRow) row = {0};
		RecordedMessage *recorded;

		if (id_at(ids, i) == self->self ||
		    !message_load(self->txn, id_at(ids, i), &row))
			continue;
		recorded = recorded_message_new();
		recorded->message = row.id;
		recorded->twin_digest = row.twin_digest;
		recorded->direction = row.direction;
		recorded->same_author = is_same_author(self, &row);
		recorded->class = row.class;
		recorded->outcome = row.outcome;
		recorded->reason = row.reason;
		recorded->tier = row.tier;
		recorded->contact = row.contact;
		recorded->answers = message_id_of(self->txn, row.answered);
		self->txn->ops->interactions_of_message(self->txn, row.id, rows);
		for (unsigned j = 0; j < rows->len; j++)
			g_array_append_val(recorded->contacts,
					   g_array_index(rows, InteractionRow, j).contact);
		g_ptr_array_add(self->history->recorded, recorded);
	}
}

static int64_t person_of(Txn *txn, int64_t rep)
{
	g_auto(RepRow) row = {0};

	return rep_load(txn, rep, &row) ? row.person : 0;
}

static int64_t find_rep(Txn *txn, const AddrSpec *address)
{
	int64_t rep = txn->ops->rep_by_address(txn, address->canonical);

	return rep != 0 ? rep : txn->ops->rep_by_address(txn, address->base);
}

static void load_rep(Loader *self)
{
	const MessageSummary *summary = self->summary;
	int64_t rep = 0;

	if (summary->direction == DIRECTION_OUTBOUND) {
		if (summary->author != NULL)
			rep = find_rep(self->txn, summary->author);
		if (rep == 0 && summary->login != NULL)
			rep = self->txn->ops->rep_by_login(self->txn, summary->login);
	}
	for (unsigned i = 0; rep == 0 && i < summary->recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(summary->recipients, SummaryRecipient, i);

		if (recipient->direction == DIRECTION_INBOUND)
			rep = find_rep(self->txn, recipient->address);
	}
	self->history->rep = person_of(self->txn, rep);
}

static void load_author_habits(Loader *self)
{
	g_autoptr(GArray) mentions = g_array_new(FALSE, FALSE, sizeof(Mention));
	const MessageSummary *summary = self->summary;
	int64_t contact = self->history->author.contact;

	if (contact != 0)
		self->txn->ops->written_by(self->txn, contact, self->moment.at - HABITS_AGE,
					   self->moment.at, WRITTEN_MAX, mentions);
	else if (summary->direction == DIRECTION_INBOUND && summary->author != NULL)
		self->txn->ops->messages_awaiting(
			self->txn, address_digest(summary->author->base), mentions);
	for (unsigned i = 0; i < mentions->len; i++) {
		const Mention *mention = &g_array_index(mentions, Mention, i);

		if (mention->id == self->self ||
		    moment_compare(mention->moment, self->moment) >= 0)
			continue;
		if (mention->moment.at >= self->moment.at - RECENT_AGE)
			self->history->recent_messages++;
		if (summary->body_digest != 0 &&
		    mention->body_digest == summary->body_digest)
			self->history->repeated_body = true;
	}
}

/* Those with an address that no contact has, on the side that mail makes contacts of. */
static bool has_stranger(const Loader *self)
{
	const History *history = self->history;

	if (self->summary->direction == DIRECTION_INBOUND)
		return history->author.match == ADDRESS_UNKNOWN;
	for (unsigned i = 0; i < history->recipients->len; i++) {
		if (g_array_index(history->recipients, AddressHit, i).match ==
		    ADDRESS_UNKNOWN)
			return true;
	}
	return false;
}

/* Only for mail that could make a contact: the others need no answer. */
static void load_newcomers(Loader *self)
{
	bool inbound = self->summary->direction == DIRECTION_INBOUND;
	const Settings *settings = self->settings;
	NewcomerQuestion question = {
		.until = self->moment,
		.from = self->moment.at - DAY_AGE,
		.person = inbound ? 0 : self->history->rep,
		.limit = inbound ? settings->max_new_by_strangers
				 : settings->max_new_by_rep,
	};
	bool asked = inbound ? settings->auto_create == AUTO_CREATE_SALES
			     : self->history->rep != 0;

	if (asked && question.limit > 0 && has_stranger(self))
		self->history->newcomers = self->txn->ops->newcomers(self->txn, &question);
}

History *history_read(Txn *txn, const MessageSummary *summary, const Settings *settings,
		      Moment moment, int64_t self_id)
{
	History *history = history_new();
	g_autoptr(GArray) kept = ids_new();
	Loader self = {
		.txn = txn,
		.summary = summary,
		.settings = settings,
		.self = self_id,
		.moment = moment,
		.visible = moment,
		.never_log = txn_never_log(txn),
		.kept = kept,
		.history = history,
	};

	load_kept(&self);
	load_drop(&self);
	find_answered(&self);
	load_hits(&self);
	load_threads(&self);
	load_all_recipients(&self, history->answered);
	load_all_recipients(&self, history->threads);
	load_outreach(&self);
	load_recorded(&self);
	load_rep(&self);
	load_author_habits(&self);
	load_newcomers(&self);
	return history;
}
