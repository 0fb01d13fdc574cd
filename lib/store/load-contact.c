/* SPDX-License-Identifier: BSD-2-Clause */
/* Contacts as they were, and the addresses by which they are known. */
#include "loader.h"

AddressMatch address_match(Txn *txn, const AddrSpec *address, AddressRow *row_out)
{
	g_autoptr(GArray) ids = NULL;
	int64_t contact;

	if (address_load(txn, txn->ops->address_by_canonical(txn, address->canonical),
			 row_out))
		return ADDRESS_EXACT;
	ids = ids_new();
	txn->ops->addresses_by_base(txn, address->base, ids);
	if (ids->len == 0 || !address_load(txn, id_at(ids, 0), row_out))
		return ADDRESS_UNKNOWN;
	contact = row_out->contact;
	for (unsigned i = 1; i < ids->len; i++) {
		g_auto(AddressRow) other = {0};

		if (address_load(txn, id_at(ids, i), &other) && other.contact != contact)
			return ADDRESS_AMBIGUOUS;
	}
	return ADDRESS_BASE;
}

static bool is_visible(const Loader *self, const ContactRow *row)
{
	return row->created.key == 0 || moment_compare(row->created, self->visible) <= 0;
}

/* A reply judged again does not see the promotion that it brought itself, nor one that a
 * later reply brought. A person's word is always seen. */
static Stage stage_then(const Loader *self, const ContactRow *row)
{
	g_auto(HistoryEntry) last = {0};

	if (row->stage == STAGE_LEAD || self->summary->direction != DIRECTION_INBOUND ||
	    !promotion_last(self->txn, row->id, &last))
		return row->stage;
	return moment_compare(last.moment, self->moment) >= 0 ? last.from : row->stage;
}

static char *first_address(Txn *txn, int64_t contact)
{
	g_autoptr(GArray) ids = ids_new();
	g_auto(AddressRow) row = {0};

	txn->ops->addresses_of(txn, contact, ids);
	if (ids->len > 0)
		address_load(txn, id_at(ids, 0), &row);
	return g_steal_pointer(&row.canonical);
}

static ContactState *state_of(const Loader *self, ContactRow *row)
{
	ContactState *state = contact_state_new();

	state->id = row->id;
	state->stage = stage_then(self, row);
	state->stage_since = row->stage_since;
	state->demoted_at = row->demoted_at;
	state->locked = row->locked;
	state->erased = row->erased;
	state->do_not_contact =
		row->opted_out.key != 0 && moment_compare(row->opted_out, self->moment) < 0;
	state->name = g_steal_pointer(&row->name);
	state->address = first_address(self->txn, row->id);
	state->criteria_met = row->criteria_met;
	if (row->owner != NULL)
		state->owner = self->txn->ops->rep_by_address(self->txn, row->owner);
	return state;
}

const ContactState *load_contact(Loader *self, int64_t id)
{
	const ContactState *known = history_contact(self->history, id);
	g_auto(ContactRow) row = {0};

	if (known != NULL)
		return known;
	if (!contact_load(self->txn, id, &row) || !is_visible(self, &row))
		return NULL;
	g_ptr_array_add(self->history->contacts, state_of(self, &row));
	return history_contact(self->history, id);
}

static AddressHit load_hit(Loader *self, const AddrSpec *address)
{
	AddressHit hit = {.match = ADDRESS_UNKNOWN};
	g_auto(AddressRow) row = {0};
	AddressMatch match = address_match(self->txn, address, &row);

	if (is_left_out(self, address, row.contact))
		return (AddressHit){.left_out = true};
	if (match == ADDRESS_AMBIGUOUS)
		hit.match = match;
	else if (match != ADDRESS_UNKNOWN && load_contact(self, row.contact) != NULL)
		hit = (AddressHit){.match = match,
				   .address_id = row.id,
				   .contact = row.contact,
				   .bad = row.bad};
	if (hit.match == ADDRESS_UNKNOWN)
		hit.blocked = self->txn->ops->is_blocked(self->txn,
							 address_digest(address->base));
	return hit;
}

void load_hits(Loader *self)
{
	const MessageSummary *summary = self->summary;

	if (summary->direction == DIRECTION_INBOUND && summary->author != NULL &&
	    !addr_spec_is_null(summary->author))
		self->history->author = load_hit(self, summary->author);
	else if (summary->direction == DIRECTION_OUTBOUND)
		self->history->author.left_out = is_left_out(self, summary->author, 0);
	for (unsigned i = 0; i < summary->recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(summary->recipients, SummaryRecipient, i);
		AddressHit hit = {.match = ADDRESS_UNKNOWN};

		/* Ours are reps, not contacts. */
		if (recipient->direction != DIRECTION_INBOUND &&
		    recipient->direction != DIRECTION_INTERNAL)
			hit = load_hit(self, recipient->address);
		else
			hit.left_out = is_left_out(self, recipient->address, 0);
		g_array_append_val(self->history->recipients, hit);
	}
}
