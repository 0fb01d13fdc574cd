/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "view.h"

typedef struct {
	ContactRow row;
	GPtrArray *canonical, *written; /* addresses, written NULL-terminated */
	char *organization, *owner;
	char **tags;
	Contact contact;
} ContactView;

static void load_addresses(Txn *txn, ContactView *view)
{
	g_autoptr(GArray) ids = ids_new();

	txn->ops->addresses_of(txn, view->row.id, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(AddressRow) row = {0};

		if (!address_load(txn, id_at(ids, i), &row))
			continue;
		view->contact.address_bad |= row.bad;
		g_ptr_array_add(
			view->written,
			g_strdup(row.original != NULL ? row.original : row.canonical));
		g_ptr_array_add(view->canonical, g_steal_pointer(&row.canonical));
	}
	view->contact.address = view->written->len > 0 ? view->written->pdata[0] : NULL;
	g_ptr_array_add(view->written, NULL);
	view->contact.addresses = (const char *const *)view->written->pdata;
}

/* Whom a person named, else who wrote to the contact first. */
char *contact_owner(Txn *txn, const ContactRow *row)
{
	g_auto(RepRow) rep = {0};

	if (row->owner != NULL)
		return g_strdup(row->owner);
	rep_load(txn, row->rep, &rep);
	return g_steal_pointer(&rep.address);
}

static void load_organization(Txn *txn, ContactView *view)
{
	g_auto(OrganizationRow) row = {0};

	if (txn->ops->row_load(txn, ROW_ORGANIZATION, view->row.organization, &row))
		view->organization = g_steal_pointer(&row.name);
}

static bool contact_view_load(Txn *txn, int64_t id, ContactView *view)
{
	Contact *contact = &view->contact;
	const ContactRow *row = &view->row;

	memset(view, 0, sizeof *view);
	view->canonical = g_ptr_array_new_with_free_func(g_free);
	view->written = g_ptr_array_new_with_free_func(g_free);
	if (!contact_load(txn, id, &view->row) || row->erased)
		return false;
	load_addresses(txn, view);
	view->owner = contact_owner(txn, row);
	load_organization(txn, view);
	view->tags = g_strsplit(row->tags != NULL ? row->tags : "", "\n", -1);
	contact->id = id;
	contact->name = row->name;
	contact->organization = view->organization;
	contact->owner = view->owner;
	contact->source = row->source;
	contact->tags = (const char *const *)view->tags;
	contact->custom = row->custom;
	contact->stage = row->stage;
	contact->stage_since = row->stage_since;
	contact->created_at = row->created.at;
	txn->ops->last_contacted(txn, id, &contact->last_inbound, &contact->last_outbound);
	contact->absent_until = row->absent_until;
	contact->locked = row->locked;
	contact->do_not_contact = row->opted_out.key != 0;
	return true;
}

static void contact_view_clear(ContactView *view)
{
	contact_row_clear(&view->row);
	g_ptr_array_unref(view->canonical);
	g_ptr_array_unref(view->written);
	g_free(view->organization);
	g_free(view->owner);
	g_strfreev(view->tags);
}

/* ---- filter ---- */

bool is_folded(const char *asked, const char *text)
{
	g_autofree char *left = NULL, *right = NULL;

	if (asked == NULL)
		return true;
	if (text == NULL)
		return false;
	left = g_utf8_casefold(asked, -1);
	right = g_utf8_casefold(text, -1);
	return strcmp(left, right) == 0;
}

static bool is_in_domain(const char *canonical, const char *domain)
{
	const char *at = strrchr(canonical, '@');
	size_t asked = strlen(domain), length = at != NULL ? strlen(at + 1) : 0;

	if (length < asked || g_ascii_strcasecmp(at + 1 + length - asked, domain) != 0)
		return false;
	return length == asked || at[length - asked] == '.';
}

static bool has_domain(const ContactView *view, const char *domain)
{
	bool found = domain == NULL;

	for (unsigned i = 0; !found && i < view->canonical->len; i++)
		found = is_in_domain(view->canonical->pdata[i], domain);
	return found;
}

static bool passes(const ContactView *view, const ContactFilter *filter)
{
	const Contact *contact = &view->contact;

	return filter == NULL ||
	       ((filter->stage == 0 || filter->stage == contact->stage) &&
		is_folded(filter->owner, contact->owner) &&
		is_folded(filter->source, contact->source) &&
		has_domain(view, filter->domain) &&
		(filter->since == 0 || contact->stage_since >= filter->since ||
		 contact->last_inbound >= filter->since ||
		 contact->last_outbound >= filter->since));
}

/* ---- visits ---- */

bool view_contact(Txn *txn, int64_t id, const ContactFilter *filter, ContactVisit visit,
		  void *user)
{
	ContactView view;
	bool goes_on = true;

	if (contact_view_load(txn, id, &view) && passes(&view, filter))
		goes_on = visit(&view.contact, user);
	contact_view_clear(&view);
	return goes_on;
}

typedef struct {
	Txn *txn;
	const ContactFilter *filter;
	ContactVisit visit;
	void *user;
	size_t left; /* 0: no limit */
	bool goes_on;
} LimitedVisit;

static bool visit_limited(const Contact *contact, void *user)
{
	LimitedVisit *self = user;

	return self->visit(contact, self->user) && --self->left != 0;
}

static bool visit_id(int64_t id, void *user)
{
	LimitedVisit *self = user;

	self->goes_on = view_contact(self->txn, id, self->filter, visit_limited, self);
	return self->goes_on && self->txn->error == NULL;
}

bool view_contacts(Txn *txn, const ContactFilter *filter, ContactVisit visit, void *user)
{
	static const ContactFilter any;
	const ContactFilter *asked = filter != NULL ? filter : &any;
	LimitedVisit limited = {txn, asked, visit, user, asked->limit, true};

	txn->ops->contacts_like(txn, asked, visit_id, &limited);
	return limited.goes_on;
}

char *view_address(Txn *txn, int64_t contact)
{
	g_autoptr(GArray) ids = ids_new();
	g_auto(AddressRow) row = {0};

	txn->ops->addresses_of(txn, contact, ids);
	if (ids->len > 0)
		address_load(txn, id_at(ids, 0), &row);
	return row.original != NULL ? g_steal_pointer(&row.original)
				    : g_steal_pointer(&row.canonical);
}
