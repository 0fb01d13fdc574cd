/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a message once said of a contact, and does not say any more now that all mail is
 * at hand: it is taken back, and whoever said it before or after is asked again.
 */
#include "recording.h"

static bool says(const Recording *self, EffectKind kind, int64_t contact)
{
	const GArray *effects = self->decision->effects;

	for (unsigned i = 0; i < effects->len; i++) {
		const Effect *effect = &g_array_index(effects, Effect, i);

		if (effect->kind == kind &&
		    recording_party(self, &effect->party) == contact)
			return true;
	}
	return false;
}

static bool is_retracted(const Recording *self, EffectKind kind, int64_t contact,
			 Moment noted)
{
	return noted.key != 0 && moment_compare(noted, self->moment) == 0 &&
	       !says(self, kind, contact);
}

static bool retract_from(Recording *self, int64_t contact)
{
	g_auto(ContactRow) row = {0};
	bool opted_out, absent;

	if (!contact_load(self->txn, contact, &row))
		return false;
	opted_out = is_retracted(self, EFFECT_DO_NOT_CONTACT, contact, row.opted_out);
	absent = is_retracted(self, EFFECT_ABSENT_UNTIL, contact, row.absent_noted);
	if (opted_out)
		row.opted_out = (Moment){0, 0};
	if (absent) {
		row.absent_until = 0;
		row.absent_noted = (Moment){0, 0};
	}
	if (opted_out || absent)
		self->txn->ops->row_update(self->txn, ROW_CONTACT, &row);
	return opted_out || absent;
}

void recording_retract(Recording *self, GArray *contacts)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(InteractionRow));

	self->txn->ops->interactions_of_message(self->txn, self->row->id, rows);
	for (unsigned i = 0; i < rows->len; i++) {
		int64_t contact = g_array_index(rows, InteractionRow, i).contact;

		if (retract_from(self, contact))
			g_array_append_val(contacts, contact);
	}
}

static void forget_note(Txn *txn, int64_t address, Moment noted)
{
	g_auto(AddressRow) row = {0};

	if (!address_load(txn, address, &row) || row.noted.key == 0 ||
	    moment_compare(row.noted, noted) != 0)
		return;
	row.bad = false;
	row.noted = (Moment){0, 0};
	txn->ops->row_update(txn, ROW_ADDRESS, &row);
}

void recording_retract_addresses(Recording *self, Moment before)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(InteractionRow));

	self->txn->ops->interactions_of_message(self->txn, self->row->id, rows);
	for (unsigned i = 0; i < rows->len; i++) {
		g_autoptr(GArray) addresses = ids_new();

		self->txn->ops->addresses_of(self->txn,
					     g_array_index(rows, InteractionRow, i).contact,
					     addresses);
		for (unsigned j = 0; j < addresses->len; j++)
			forget_note(self->txn, id_at(addresses, j), before);
	}
}
