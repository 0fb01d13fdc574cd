/* SPDX-License-Identifier: BSD-2-Clause */
/* The effects of a decision, one function a kind. */
#include <string.h>

#include "proposal.h"
#include "recording.h"

int64_t recording_party(const Recording *self, const Party *party)
{
	g_auto(AddressRow) row = {0};

	if (party->contact != 0)
		return party->contact;
	if (party->address == NULL ||
	    address_match(self->txn, party->address, &row) == ADDRESS_AMBIGUOUS)
		return 0;
	return row.contact;
}

static const char *recipient_name(const Recording *self, const AddrSpec *address)
{
	const GArray *recipients = self->summary->recipients;

	for (unsigned i = 0; address != NULL && i < recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(recipients, SummaryRecipient, i);

		/* The effect borrows the address: no text is compared among thousands. */
		if (recipient->address == address)
			return recipient->name;
	}
	return NULL;
}

/* What the contact is called: by us when we write, by himself when he does. */
static const char *name_given(const Recording *self, const Effect *effect)
{
	const MessageRow *row = self->row;
	bool is_author = effect->role == ROLE_AUTHOR && effect->party.address != NULL &&
			 self->history->author.contact != 0;

	if (row->direction == DIRECTION_OUTBOUND)
		return recipient_name(self, effect->party.address);
	return is_author && !message_class_is_automatic(row->class)
		       ? self->summary->author_name
		       : NULL;
}

static void apply_interaction(Recording *self, const Effect *effect)
{
	InteractionRow row = {
		.contact = recording_party(self, &effect->party),
		.at = self->moment.at,
		.message = self->row->id,
		.role = effect->role,
		.outbound = self->row->direction == DIRECTION_OUTBOUND,
	};

	if (row.contact == 0)
		return;
	if (self->txn->ops->interaction_add(self->txn, &row)) {
		self->result->contacts++;
		if (self->parties != NULL)
			g_array_append_val(self->parties, row.contact);
	}
	/* Of several recipients none is the one: their order is not kept. */
	if (self->row->contact == 0 && row.role == ROLE_AUTHOR)
		self->row->contact = row.contact;
	if (self->result->contact == 0)
		self->result->contact = row.contact;
	recording_name(self, row.contact, name_given(self, effect));
	recording_own(self, row.contact);
}

static void apply_promote(Recording *self, const Effect *effect)
{
	int64_t contact = recording_party(self, &effect->party);

	if (contact != 0 && promotion_make(self, contact, effect->reason))
		return;
	self->row->outcome = OUTCOME_LOGGED;
	self->row->reason = REASON_NOT_LEAD;
}

static bool is_same_suggestion(const SuggestionRow *left, const SuggestionRow *right)
{
	return left->contact == right->contact && left->reason == right->reason &&
	       g_strcmp0(left->address, right->address) == 0;
}

/* What was asked before: a question that mail had withdrawn is open again under its old
 * number, and what a person has answered is not asked again. */
static bool is_asked_before(Txn *txn, const SuggestionRow *asked)
{
	g_autoptr(GArray) ids = ids_new();
	bool before = false;

	txn->ops->suggestions_of(txn, asked->message, ids);
	for (unsigned i = 0; !before && i < ids->len; i++) {
		g_auto(SuggestionRow) row = {0};

		before = txn->ops->row_load(txn, ROW_SUGGESTION, id_at(ids, i), &row) &&
			 is_same_suggestion(&row, asked);
		if (!before || !suggestion_is(&row, suggestion_withdrawn))
			continue;
		g_free(row.state);
		row.state = g_strdup(suggestion_open);
		txn->ops->row_update(txn, ROW_SUGGESTION, &row);
	}
	return before;
}

static void apply_suggest(Recording *self, const Effect *effect)
{
	int64_t contact = recording_party(self, &effect->party);
	SuggestionRow row = {
		.contact = contact,
		.message = self->row->id,
		.reason = effect->reason,
		.state = g_strdup(suggestion_open),
	};

	if (self->history->author.contact != contact && self->summary->author != NULL)
		row.address = g_strdup(self->summary->author->canonical);
	if (contact != 0 && !is_asked_before(self->txn, &row)) {
		self->txn->ops->row_add(self->txn, ROW_SUGGESTION, &row);
		event_add(self, contact, "suggestion", reason_name(effect->reason));
	}
	suggestion_row_clear(&row);
}

static bool is_human_mail_from(const Recording *self, int64_t message,
			       const AddressRow *address)
{
	g_auto(MessageRow) row = {0};
	g_auto(AddressRow) author = {0};
	g_autoptr(AddrSpec) spec = NULL;

	if (!message_load(self->txn, message, &row) || row.class != CLASS_HUMAN ||
	    row.auth == AUTH_FAIL || row.author == NULL)
		return false;
	spec = addr_spec_parse(row.author, self->settings->subaddress_separator);
	return spec != NULL &&
	       address_match(self->txn, spec, &author) != ADDRESS_AMBIGUOUS &&
	       author.id == address->id;
}

/* Whoever writes has a good address. That is not noted each time he writes: who hears of
 * a bounce looks for later mail. */
static bool wrote_after(const Recording *self, const AddressRow *address)
{
	enum { LOOKED_AT = 64 };
	g_autoptr(GArray) mentions = g_array_new(FALSE, FALSE, sizeof(Mention));
	bool wrote = false;

	self->txn->ops->written_by(self->txn, address->contact, self->moment.at, G_MAXINT64,
				   LOOKED_AT, mentions);
	for (unsigned i = 0; !wrote && i < mentions->len; i++) {
		const Mention *mention = &g_array_index(mentions, Mention, i);

		wrote = moment_compare(mention->moment, self->moment) > 0 &&
			is_human_mail_from(self, mention->id, address);
	}
	return wrote;
}

/* The last mail that says something about an address is right. */
static void note_address(Recording *self, const Effect *effect, bool bad)
{
	g_auto(AddressRow) row = {0};
	AddressMatch match = ADDRESS_UNKNOWN;

	if (effect->party.address != NULL)
		match = address_match(self->txn, effect->party.address, &row);
	if ((match != ADDRESS_EXACT && match != ADDRESS_BASE) || (!bad && !row.bad) ||
	    moment_compare(self->moment, row.noted) <= 0 ||
	    (bad && wrote_after(self, &row)))
		return;
	row.bad = bad;
	row.noted = self->moment;
	self->txn->ops->row_update(self->txn, ROW_ADDRESS, &row);
}

static void apply_address_bad(Recording *self, const Effect *effect)
{
	note_address(self, effect, true);
}

static void apply_address_ok(Recording *self, const Effect *effect)
{
	note_address(self, effect, false);
}

static void apply_do_not_contact(Recording *self, const Effect *effect)
{
	int64_t contact = recording_party(self, &effect->party);
	g_auto(ContactRow) row = {0};

	if (!contact_load(self->txn, contact, &row) || self->moment.at <= row.allowed_at ||
	    (row.opted_out.key != 0 && moment_compare(row.opted_out, self->moment) <= 0))
		return;
	row.opted_out = self->moment;
	self->txn->ops->row_update(self->txn, ROW_CONTACT, &row);
	self->standing_changed = true;
	event_add(self, contact, "do-not-contact", reason_name(effect->reason));
}

static void apply_absent_until(Recording *self, const Effect *effect)
{
	g_auto(ContactRow) row = {0};

	if (!contact_load(self->txn, recording_party(self, &effect->party), &row) ||
	    (row.absent_noted.key != 0 &&
	     moment_compare(self->moment, row.absent_noted) <= 0))
		return;
	row.absent_until = effect->until;
	row.absent_noted = self->moment;
	self->txn->ops->row_update(self->txn, ROW_CONTACT, &row);
}

static unsigned count_external(const MessageSummary *summary)
{
	unsigned count = (unsigned)summary->recipients_left_out;

	for (unsigned i = 0; i < summary->recipients->len; i++)
		count +=
			g_array_index(summary->recipients, SummaryRecipient, i).direction ==
			DIRECTION_OUTBOUND;
	return count;
}

static void apply_remember(Recording *self, const Effect *effect)
{
	const MessageSummary *summary = self->summary;
	RememberedRow row = {
		.id_digest = summary->id_digest,
		.at = summary->at,
		.rep = self->history->rep,
		.external = count_external(summary),
	};

	if (effect->party.address == NULL)
		return;
	row.recipient_digest = address_digest(effect->party.address->base);
	self->txn->ops->remember(self->txn, &row);
	if (summary->alternate_id_digest == 0)
		return;
	row.id_digest = summary->alternate_id_digest;
	self->txn->ops->remember(self->txn, &row);
}

static const struct {
	void (*apply)(Recording *self, const Effect *effect);
	bool needs_message;
} appliers[] = {
	[EFFECT_CREATE] = {recording_create, true},
	[EFFECT_INTERACTION] = {apply_interaction, true},
	[EFFECT_PROMOTE] = {apply_promote, true},
	[EFFECT_SUGGEST] = {apply_suggest, true},
	[EFFECT_ADDRESS_BAD] = {apply_address_bad, false},
	[EFFECT_ADDRESS_OK] = {apply_address_ok, false},
	[EFFECT_DO_NOT_CONTACT] = {apply_do_not_contact, true},
	[EFFECT_ABSENT_UNTIL] = {apply_absent_until, true},
	[EFFECT_REMEMBER] = {apply_remember, false},
};

void recording_apply(Recording *self)
{
	const GArray *effects = self->decision->effects;

	for (unsigned i = 0; i < effects->len; i++) {
		const Effect *effect = &g_array_index(effects, Effect, i);

		if (self->row->id != 0 || !appliers[effect->kind].needs_message)
			appliers[effect->kind].apply(self, effect);
	}
}

void recording_apply_interactions(Recording *self)
{
	const GArray *effects = self->decision->effects;

	for (unsigned i = 0; i < effects->len; i++) {
		const Effect *effect = &g_array_index(effects, Effect, i);

		if (effect->kind == EFFECT_INTERACTION)
			apply_interaction(self, effect);
	}
}
