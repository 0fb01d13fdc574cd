/* SPDX-License-Identifier: BSD-2-Clause */
/* The store's doors for looking: visitors, and finding a contact. */
#include <string.h>

#include "lead/error.h"
#include "recording.h"
#include "store-private.h"
#include "view.h"

bool store_visit_contacts(Store *store, const ContactFilter *filter, ContactVisit visit,
			  void *user, GError **error)
{
	Txn *txn = store_read_begin(store, error);

	if (txn == NULL)
		return false;
	view_contacts(txn, filter, visit, user);
	return store_read_end(txn, error);
}

static void require_contact(Txn *txn, int64_t id)
{
	g_auto(ContactRow) row = {0};

	if ((!contact_load(txn, id, &row) || row.erased) && txn->error == NULL)
		txn_fail(txn, g_error_new(LEAD_ERROR, LEAD_ERROR_NOT_FOUND,
					  "no contact %" G_GINT64_FORMAT, id));
}

bool store_visit_contact(Store *store, int64_t id, ContactVisit visit, void *user,
			 GError **error)
{
	Txn *txn = store_read_begin(store, error);

	if (txn == NULL)
		return false;
	require_contact(txn, id);
	if (txn->error == NULL)
		view_contact(txn, id, NULL, visit, user);
	return store_read_end(txn, error);
}

bool store_visit_interactions(Store *store, int64_t contact, size_t limit,
			      InteractionVisit visit, void *user, GError **error)
{
	Txn *txn = store_read_begin(store, error);

	if (txn == NULL)
		return false;
	require_contact(txn, contact);
	if (txn->error == NULL)
		view_interactions(txn, contact, limit, visit, user);
	return store_read_end(txn, error);
}

bool store_visit_history(Store *store, int64_t contact, size_t limit, HistoryVisit visit,
			 void *user, GError **error)
{
	Txn *txn = store_read_begin(store, error);

	if (txn == NULL)
		return false;
	if (contact != 0)
		require_contact(txn, contact);
	if (txn->error == NULL)
		view_history(txn, contact, limit, visit, user);
	return store_read_end(txn, error);
}

/* ---- finding ---- */

enum { NAMES_LISTED = 5 };

static int64_t find_address(Txn *txn, const char *who)
{
	g_autoptr(AddrSpec) address = addr_spec_parse(who, "+");
	g_auto(AddressRow) row = {0};
	AddressMatch match;

	if (address == NULL)
		return 0;
	match = address_match(txn, address, &row);
	return match == ADDRESS_EXACT || match == ADDRESS_BASE ? row.contact : 0;
}

static int64_t find_number(Txn *txn, const char *who)
{
	g_auto(ContactRow) row = {0};
	guint64 number = 0;

	if (!g_ascii_string_to_unsigned(who, 10, 1, G_MAXINT64, &number, NULL) ||
	    !contact_load(txn, (int64_t)number, &row) || row.erased)
		return 0;
	return row.id;
}

static void fail_ambiguous(Txn *txn, const char *who, const GArray *ids)
{
	GString *names = g_string_new(NULL);

	for (unsigned i = 0; i < MIN(ids->len, NAMES_LISTED); i++) {
		g_autofree char *address = view_address(txn, id_at(ids, i));
		g_auto(ContactRow) row = {0};

		if (contact_load(txn, id_at(ids, i), &row))
			g_string_append_printf(names, "%s%s <%s>", i > 0 ? ", " : "",
					       row.name, address != NULL ? address : "");
	}
	txn_fail(txn, g_error_new(LEAD_ERROR, LEAD_ERROR_INVALID,
				  "several contacts are called '%s...': %s%s", who,
				  names->str, ids->len > NAMES_LISTED ? " ..." : ""));
	g_string_free(names, TRUE);
}

static int64_t find_name(Txn *txn, const char *who)
{
	g_autoptr(GArray) ids = ids_new();

	if (who[0] != '\0')
		txn->ops->contacts_by_name(txn, who, NAMES_LISTED + 1, ids);
	if (ids->len > 1)
		fail_ambiguous(txn, who, ids);
	return ids->len == 1 ? id_at(ids, 0) : 0;
}

bool store_find_contact(Store *store, const char *who, int64_t *id_out, GError **error)
{
	Txn *txn = store_read_begin(store, error);
	int64_t id = 0;

	if (txn == NULL)
		return false;
	if (strchr(who, '@') != NULL)
		id = find_address(txn, who);
	if (id == 0)
		id = find_number(txn, who);
	if (id == 0)
		id = find_name(txn, who);
	if (id == 0 && txn->error == NULL)
		txn_fail(txn, g_error_new(LEAD_ERROR, LEAD_ERROR_NOT_FOUND,
					  "no contact '%s'", who));
	*id_out = id;
	return store_read_end(txn, error);
}
