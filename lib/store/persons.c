/* SPDX-License-Identifier: BSD-2-Clause */
/* Contacts and organizations, as mail makes them known. Whatever mail says of them
 * is what the earliest mail says; what a person says stands above that. */
#include <string.h>

#include "lead/words.h"
#include "recording.h"

int64_t organization_of(Txn *txn, const char *name)
{
	OrganizationRow row = {.name = g_strdup(name)};
	int64_t id = txn->ops->organization_by_name(txn, name);

	if (id == 0)
		id = txn->ops->row_add(txn, ROW_ORGANIZATION, &row);
	organization_row_clear(&row);
	return id;
}

static int64_t mail_organization(Txn *txn, const AddrSpec *address)
{
	const char *domain = domain_registrable(addr_spec_domain(address));

	if (domain[0] == '\0' || words_has(WORDS_FREE_MAIL, addr_spec_domain(address)) ||
	    words_has(WORDS_FREE_MAIL, domain))
		return 0;
	return organization_of(txn, domain);
}

/* Some mail programs put the address where the name belongs. */
static bool is_name(const char *name)
{
	return name != NULL && name[0] != '\0' && strchr(name, '@') == NULL;
}

static bool take_name(ContactRow *row, const char *name, Moment moment)
{
	bool by_later_mail = row->named.key != 0 && moment_compare(moment, row->named) < 0;

	if (!is_name(name) || (row->name != NULL && !by_later_mail))
		return false;
	g_free(row->name);
	row->name = g_strdup(name);
	row->named = moment;
	return true;
}

void recording_name(Recording *self, int64_t contact, const char *name)
{
	g_auto(ContactRow) row = {0};

	if (is_name(name) && contact_load(self->txn, contact, &row) &&
	    take_name(&row, name, self->moment))
		self->txn->ops->row_update(self->txn, ROW_CONTACT, &row);
}

static void note_met(Recording *self, const char *base)
{
	int64_t digests[] = {address_digest(base), recipient_digest(base)};

	g_array_append_vals(self->met, digests, G_N_ELEMENTS(digests));
	self->standing_changed = true;
}

static void take_origin(Recording *self, ContactRow *row, const Effect *effect)
{
	row->created = self->moment;
	g_free(row->source);
	row->source = g_strdup(effect->source);
	row->message = self->row->id;
	take_name(row, effect->name, self->moment);
}

/* A contact that later mail had made: it began here. */
static void move_origin(Recording *self, int64_t contact, const Effect *effect)
{
	g_auto(ContactRow) row = {0};
	bool since_creation;

	if (!contact_load(self->txn, contact, &row) || row.created.key == 0 ||
	    moment_compare(self->moment, row.created) >= 0)
		return;
	since_creation = self->txn->ops->history_last(self->txn, contact) == 0;
	take_origin(self, &row, effect);
	if (since_creation)
		row.stage_since = row.created.at;
	self->txn->ops->row_update(self->txn, ROW_CONTACT, &row);
	note_met(self, effect->party.address->base);
}

static bool shift(Moment *moment, Moment before, Moment now)
{
	bool is_of_message = moment_compare(*moment, before) == 0;

	if (is_of_message)
		*moment = now;
	return is_of_message;
}

/* The first outreach says whose the contact is, as far as nobody says otherwise. */
static bool take_owner(const Recording *self, ContactRow *row)
{
	bool is_first = row->owned.key == 0 || moment_compare(self->moment, row->owned) < 0;

	if (!self->decision->outreach || self->row->rep == 0 || !is_first)
		return false;
	row->rep = self->row->rep;
	row->owned = self->moment;
	return true;
}

void recording_own(Recording *self, int64_t contact)
{
	g_auto(ContactRow) row = {0};

	if (self->decision->outreach && contact_load(self->txn, contact, &row) &&
	    take_owner(self, &row))
		self->txn->ops->row_update(self->txn, ROW_CONTACT, &row);
}

static void meet_addresses(Recording *self, int64_t contact)
{
	g_autoptr(GArray) ids = ids_new();

	self->txn->ops->addresses_of(self->txn, contact, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(AddressRow) row = {0};

		if (address_load(self->txn, id_at(ids, i), &row))
			note_met(self, row.base != NULL ? row.base : row.canonical);
	}
}

/* Outreach that went back before what had made the contact is what made it. */
static bool begin_earlier(Recording *self, ContactRow *row)
{
	Effect outreach = {.source = (char[]){"outreach"}};

	if (!self->row->outreach || row->created.key == 0 ||
	    moment_compare(self->moment, row->created) >= 0)
		return false;
	take_origin(self, row, &outreach);
	return true;
}

void recording_shift(Recording *self, int64_t contact, Moment before)
{
	g_auto(ContactRow) row = {0};
	bool since_creation, shifted;

	if (!contact_load(self->txn, contact, &row))
		return;
	since_creation = self->txn->ops->history_last(self->txn, contact) == 0;
	shifted = shift(&row.created, before, self->moment) || begin_earlier(self, &row);
	if (shifted && since_creation)
		row.stage_since = row.created.at;
	if (shifted)
		meet_addresses(self, contact);
	shifted |= shift(&row.named, before, self->moment);
	shifted |= shift(&row.owned, before, self->moment) || take_owner(self, &row);
	shifted |= shift(&row.opted_out, before, self->moment);
	shifted |= shift(&row.absent_noted, before, self->moment);
	if (!shifted)
		return;
	self->txn->ops->row_update(self->txn, ROW_CONTACT, &row);
	self->standing_changed = true;
}

static void fill_address(AddressRow *row, const AddrSpec *address)
{
	row->canonical = g_strdup(address->canonical);
	if (strcmp(address->base, address->canonical) != 0)
		row->base = g_strdup(address->base);
	if (strcmp(address->original, address->canonical) != 0)
		row->original = g_strdup(address->original);
}

static void add_contact(Recording *self, const Effect *effect)
{
	g_auto(ContactRow) row = {.stage = STAGE_LEAD, .stage_since = self->moment.at};
	g_auto(AddressRow) address = {0};

	take_origin(self, &row, effect);
	row.organization = mail_organization(self->txn, effect->party.address);
	address.contact = self->txn->ops->row_add(self->txn, ROW_CONTACT, &row);
	fill_address(&address, effect->party.address);
	self->txn->ops->row_add(self->txn, ROW_ADDRESS, &address);
	self->result->created++;
	note_met(self, effect->party.address->base);
}

/* Later mail had met the same person under another subaddress, or spelling: the first one
 * counts. */
static void move_address(Recording *self, AddressRow *row, const AddrSpec *address)
{
	int64_t id = row->id, contact = row->contact;
	bool bad = row->bad;
	Moment noted = row->noted;

	address_row_clear(row);
	row->id = id;
	row->contact = contact;
	row->bad = bad;
	row->noted = noted;
	fill_address(row, address);
	self->txn->ops->row_update(self->txn, ROW_ADDRESS, row);
}

void recording_create(Recording *self, const Effect *effect)
{
	g_auto(AddressRow) row = {0};
	AddressMatch match = address_match(self->txn, effect->party.address, &row);

	if (match != ADDRESS_EXACT && match != ADDRESS_BASE) {
		add_contact(self, effect);
		return;
	}
	move_origin(self, row.contact, effect);
	move_address(self, &row, effect->party.address);
}
