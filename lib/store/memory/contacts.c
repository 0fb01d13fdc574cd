/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions about contacts, their addresses, and reps: what the SQL statements of the
 * same names say, the order of what is found included. */
#include <string.h>

#include "../month.h"
#include "search.h"

static bool has_canonical(const void *row, const void *canonical)
{
	return g_strcmp0(((const AddressRow *)row)->canonical, canonical) == 0;
}

int64_t memory_address_by_canonical(Txn *txn, const char *canonical)
{
	return find_id(txn, ROW_ADDRESS, has_canonical, canonical);
}

static bool has_base(const void *row, const void *base)
{
	const AddressRow *address = row;

	return g_strcmp0(address->canonical, base) == 0 ||
	       g_strcmp0(address->base, base) == 0;
}

void memory_addresses_by_base(Txn *txn, const char *base, GArray *ids)
{
	find_ids(txn, ROW_ADDRESS, has_base, base, ids);
}

static bool is_address_of(const void *row, const void *contact)
{
	return ((const AddressRow *)row)->contact == *(const int64_t *)contact;
}

void memory_addresses_of(Txn *txn, int64_t contact, GArray *ids)
{
	find_ids(txn, ROW_ADDRESS, is_address_of, &contact, ids);
}

static bool is_organization(const void *row, const void *name)
{
	return g_ascii_strcasecmp(((const OrganizationRow *)row)->name, name) == 0;
}

int64_t memory_organization_by_name(Txn *txn, const char *name)
{
	return find_id(txn, ROW_ORGANIZATION, is_organization, name);
}

static bool is_rep(const void *row, const void *address)
{
	return strcmp(((const RepRow *)row)->address, address) == 0;
}

int64_t memory_rep_by_address(Txn *txn, const char *address)
{
	return find_id(txn, ROW_REP, is_rep, address);
}

static bool has_login(const void *row, const void *login)
{
	return g_strcmp0(((const RepRow *)row)->login, login) == 0;
}

int64_t memory_rep_by_login(Txn *txn, const char *login)
{
	return find_id(txn, ROW_REP, has_login, login);
}

bool memory_contact_move(Txn *txn, int64_t contact, Stage from, Stage to, int64_t since)
{
	ContactRow row;
	bool moves = contact_load(txn, contact, &row) && row.stage == from;

	if (moves) {
		row.stage = to;
		row.stage_since = since;
		txn->ops->row_update(txn, ROW_CONTACT, &row);
	}
	contact_row_clear(&row);
	return moves;
}

bool memory_is_blocked(Txn *txn, int64_t digest)
{
	(void)txn;
	(void)digest;
	return false;
}

bool memory_has_blocked(Txn *txn)
{
	(void)txn;
	return false;
}

static int by_time(const void *a, const void *b)
{
	const HistoryEntry *left = *(HistoryEntry *const *)a;
	const HistoryEntry *right = *(HistoryEntry *const *)b;

	if (left->moment.at != right->moment.at)
		return left->moment.at > right->moment.at ? -1 : 1;
	return left->id > right->id ? -1 : left->id < right->id;
}

static bool stands(const void *row, const void *contact)
{
	const HistoryEntry *entry = row;
	int64_t asked = *(const int64_t *)contact;

	return entry->superseded == 0 && (asked == 0 || entry->contact == asked);
}

int64_t memory_history_last(Txn *txn, int64_t contact)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, ROW_HISTORY, stands, &contact);

	return rows->len > 0 ? ((Row *)rows->pdata[rows->len - 1])->id : 0;
}

int64_t memory_history_newest(Txn *txn)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, ROW_HISTORY, is_any, NULL);

	return rows->len > 0 ? ((Row *)rows->pdata[rows->len - 1])->id : 0;
}

void memory_history_of(Txn *txn, int64_t contact, size_t limit, GArray *ids)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, ROW_HISTORY, stands, &contact);

	g_ptr_array_sort(rows, by_time);
	append_ids(rows, limit, ids);
}

static bool suggests(const void *row, const void *message)
{
	return ((const SuggestionRow *)row)->message == *(const int64_t *)message;
}

void memory_suggestions_of(Txn *txn, int64_t message, GArray *ids)
{
	find_ids(txn, ROW_SUGGESTION, suggests, &message, ids);
}

static bool is_open(const void *row, const void *question)
{
	(void)question;
	return g_strcmp0(((const SuggestionRow *)row)->state, suggestion_open) == 0;
}

static int by_mail(const void *a, const void *b, void *txn)
{
	const SuggestionRow *left = *(SuggestionRow *const *)a;
	const SuggestionRow *right = *(SuggestionRow *const *)b;
	const MessageRow *left_mail =
		memory_row(memory_of(txn), ROW_MESSAGE, left->message);
	const MessageRow *right_mail =
		memory_row(memory_of(txn), ROW_MESSAGE, right->message);

	if (left_mail->at != right_mail->at)
		return left_mail->at > right_mail->at ? -1 : 1;
	return left->id > right->id ? -1 : left->id < right->id;
}

void memory_suggestions_open(Txn *txn, GArray *ids)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, ROW_SUGGESTION, is_open, NULL);

	g_ptr_array_sort_with_data(rows, by_mail, txn);
	append_ids(rows, 0, ids);
}

static bool is_act_of(const void *row, const void *contact)
{
	int64_t asked = *(const int64_t *)contact;

	return asked == 0 || ((const ActRow *)row)->contact == asked;
}

static int by_act(const void *a, const void *b)
{
	const ActRow *left = *(ActRow *const *)a, *right = *(ActRow *const *)b;

	if (left->at != right->at)
		return left->at > right->at ? -1 : 1;
	return left->id > right->id ? -1 : left->id < right->id;
}

void memory_acts_of(Txn *txn, int64_t contact, size_t limit, GArray *ids)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, ROW_ACT, is_act_of, &contact);

	g_ptr_array_sort(rows, by_act);
	append_ids(rows, limit, ids);
}

int64_t memory_never_log_generation(Txn *txn)
{
	return memory_of(txn)->never_log_generation;
}

/* Undoing leaves it higher than it was, which does no harm. */
void memory_never_log_changed(Txn *txn)
{
	memory_of(txn)->never_log_generation++;
}

static bool is_like(const void *row, const void *filter)
{
	const ContactRow *contact = row;
	const ContactFilter *asked = filter;

	return !contact->erased && (asked->stage == 0 || asked->stage == contact->stage);
}

static const char *first_address(Txn *txn, int64_t contact)
{
	g_autoptr(GArray) ids = ids_new();
	const AddressRow *row;

	memory_addresses_of(txn, contact, ids);
	row = ids->len > 0 ? memory_row(memory_of(txn), ROW_ADDRESS, id_at(ids, 0)) : NULL;
	return row != NULL ? row->canonical : "";
}

static int by_address(const void *a, const void *b, void *txn)
{
	const Row *left = *(Row *const *)a, *right = *(Row *const *)b;

	return strcmp(first_address(txn, left->id), first_address(txn, right->id));
}

void memory_contacts_like(Txn *txn, const ContactFilter *filter, IdVisit visit, void *user)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, ROW_CONTACT, is_like, filter);

	g_ptr_array_sort_with_data(rows, by_address, txn);
	for (unsigned i = 0; i < rows->len; i++) {
		if (!visit(((Row *)rows->pdata[i])->id, user))
			break;
	}
}

typedef struct {
	Txn *txn;
	const NewcomerQuestion *asked;
} Newcomers;

static bool is_newcomer(const void *row, const void *question)
{
	const Newcomers *self = question;
	const NewcomerQuestion *asked = self->asked;
	const ContactRow *contact = row;
	g_auto(RepRow) rep = {0};

	if (contact->created.key == 0 || contact->created.at <= asked->from ||
	    contact->created.at > asked->until.at ||
	    moment_compare(contact->created, asked->until) == 0 || contact->source == NULL)
		return false;
	if (asked->person == 0)
		return g_str_has_prefix(contact->source, "inbound:");
	return strcmp(contact->source, "outreach") == 0 &&
	       rep_load(self->txn, contact->rep, &rep) && rep.person == asked->person;
}

unsigned memory_newcomers(Txn *txn, const NewcomerQuestion *question)
{
	Newcomers self = {txn, question};
	g_autoptr(GPtrArray) rows = rows_that(txn, ROW_CONTACT, is_newcomer, &self);

	return MIN(rows->len, (unsigned)question->limit);
}

static int by_creation(const void *a, const void *b)
{
	const ContactRow *left = *(ContactRow *const *)a, *right = *(ContactRow *const *)b;

	if (left->created.at != right->created.at)
		return left->created.at > right->created.at ? -1 : 1;
	return left->id > right->id ? -1 : left->id < right->id;
}

void memory_contacts_newest(Txn *txn, size_t limit, GArray *ids)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, ROW_CONTACT, is_any, NULL);

	g_ptr_array_sort(rows, by_creation);
	append_ids(rows, limit, ids);
}

static bool is_named(const void *row, const void *beginning)
{
	const ContactRow *contact = row;

	return !contact->erased && contact->name != NULL &&
	       g_ascii_strncasecmp(contact->name, beginning, strlen(beginning)) == 0;
}

static int by_name(const void *a, const void *b)
{
	const ContactRow *left = *(ContactRow *const *)a, *right = *(ContactRow *const *)b;

	return g_ascii_strcasecmp(left->name, right->name);
}

void memory_contacts_by_name(Txn *txn, const char *beginning, size_t limit, GArray *ids)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, ROW_CONTACT, is_named, beginning);

	g_ptr_array_sort(rows, by_name);
	append_ids(rows, limit, ids);
}

void memory_all(Txn *txn, RowKind kind, GArray *ids)
{
	find_ids(txn, kind, is_any, NULL, ids);
}

static bool is_promotion(const void *row, const void *question)
{
	const HistoryEntry *entry = row;

	(void)question;
	return entry->superseded == 0 && entry->message != 0;
}

static int64_t count(Txn *txn, unsigned table, RowHolds holds)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, table, holds, NULL);

	return rows->len;
}

void memory_status(Txn *txn, StoreStatus *status_out)
{
	g_autoptr(GPtrArray) messages = rows_that(txn, ROW_MESSAGE, is_any, NULL);

	status_out->contacts = count(txn, ROW_CONTACT, is_any);
	status_out->interactions = count(txn, MEMORY_INTERACTION, is_any);
	status_out->messages = messages->len;
	status_out->promotions = count(txn, ROW_HISTORY, is_promotion);
	for (unsigned i = 0; i < messages->len; i++)
		status_out->last_message_at = MAX(status_out->last_message_at,
						  ((MessageRow *)messages->pdata[i])->at);
}

static bool is_counted(const void *row, const void *question)
{
	(void)question;
	return !((const ContactRow *)row)->erased;
}

static void count_contacts(Txn *txn, CountAdd add, void *user)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, ROW_CONTACT, is_counted, NULL);

	for (unsigned i = 0; i < rows->len; i++) {
		const ContactRow *row = rows->pdata[i];

		add(&(Count){.month = month_of(row->created.at),
			     .stage = row->stage,
			     .source = row->source,
			     .number = 1},
		    user);
	}
}

static void count_interactions(Txn *txn, CountAdd add, void *user)
{
	g_autoptr(GPtrArray) rows = rows_that(txn, MEMORY_INTERACTION, is_any, NULL);

	for (unsigned i = 0; i < rows->len; i++) {
		const InteractionRow *row = rows->pdata[i];

		add(&(Count){.month = month_of(row->at),
			     .direction =
				     row->outbound ? DIRECTION_OUTBOUND : DIRECTION_INBOUND,
			     .number = 1},
		    user);
	}
}

void memory_counts(Txn *txn, CountOf of, CountAdd add, void *user)
{
	if (of == COUNT_CONTACTS)
		count_contacts(txn, add, user);
	else
		count_interactions(txn, add, user);
}
