/* SPDX-License-Identifier: BSD-2-Clause */
#include "view.h"

/* ---- interactions ---- */

static bool show_interaction(Txn *txn, const InteractionRow *row, InteractionVisit visit,
			     void *user)
{
	g_auto(MessageRow) message = {0};
	g_auto(RepRow) rep = {0};

	if (!message_load(txn, row->message, &message))
		return true;
	rep_load(txn, message.rep, &rep);
	return visit(
		&(Interaction){
			.at = row->at,
			.direction = message.direction,
			.kind = "email",
			.class = message.class,
			.role = row->role,
			.rep = rep.address,
			.subject = message.subject,
			.message_id = message.message_id,
			.outreach = message.outreach,
			.outcome = message.outcome,
			.reason = message.reason,
			.tier = message.tier,
			.evidence = message.evidence != NULL ? message.evidence : "",
		},
		user);
}

bool view_interactions(Txn *txn, int64_t contact, size_t limit, InteractionVisit visit,
		       void *user)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(InteractionRow));
	bool goes_on = true;

	txn->ops->interactions_of_contact(txn, contact, limit, rows);
	for (unsigned i = 0; goes_on && i < rows->len && txn->error == NULL; i++)
		goes_on = show_interaction(txn, &g_array_index(rows, InteractionRow, i),
					   visit, user);
	return goes_on;
}

/* ---- history: changes of stage, and the making of contacts ---- */

typedef struct {
	int64_t at;
	int64_t id;	 /* of the entry; 0: the contact was made */
	int64_t contact; /* for id 0 */
} Step;

static int newest_first(const void *a, const void *b)
{
	const Step *left = a, *right = b;

	if (left->at != right->at)
		return left->at > right->at ? -1 : 1;
	if ((left->id == 0) != (right->id == 0))
		return left->id == 0 ? 1 : -1;
	return left->id > right->id ? -1 : left->id < right->id;
}

static void add_entries(Txn *txn, int64_t contact, size_t limit, GArray *steps)
{
	g_autoptr(GArray) ids = ids_new();

	txn->ops->history_of(txn, contact, limit, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(HistoryEntry) entry = {0};
		Step step = {.id = id_at(ids, i)};

		if (!history_load_entry(txn, step.id, &entry))
			continue;
		step.at = entry.moment.at;
		g_array_append_val(steps, step);
	}
}

static void add_creations(Txn *txn, int64_t contact, size_t limit, GArray *steps)
{
	g_autoptr(GArray) ids = ids_new();

	if (contact != 0)
		g_array_append_val(ids, contact);
	else
		txn->ops->contacts_newest(txn, limit, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(ContactRow) row = {0};
		Step step = {.contact = id_at(ids, i)};

		if (!contact_load(txn, step.contact, &row))
			continue;
		step.at = row.created.at;
		g_array_append_val(steps, step);
	}
}

static bool show_entry(Txn *txn, int64_t id, HistoryVisit visit, void *user)
{
	g_auto(HistoryEntry) entry = {0};
	g_autofree char *address = NULL;

	if (!history_load_entry(txn, id, &entry))
		return true;
	address = view_address(txn, entry.contact);
	return visit(
		&(HistoryRow){
			.id = entry.id,
			.at = entry.moment.at,
			.action = entry.action,
			.address = address != NULL ? address : "",
			.from = entry.from,
			.to = entry.to,
			.detail = entry.detail,
			.actor = entry.actor,
			.reason = entry.reason != NULL ? entry.reason : "",
			.tier = entry.tier,
			.message_id = entry.message_id,
			.outreach_id = entry.outreach_id,
			.evidence = entry.evidence,
		},
		user);
}

/* The stage before the first change, or the present one if there was none. */
static Stage first_stage(Txn *txn, const ContactRow *row)
{
	g_autoptr(GArray) ids = ids_new();
	g_auto(HistoryEntry) first = {0};

	txn->ops->history_of(txn, row->id, 0, ids);
	if (ids->len > 0 && history_load_entry(txn, id_at(ids, ids->len - 1), &first))
		return first.from;
	return row->stage;
}

static bool show_creation(Txn *txn, int64_t contact, HistoryVisit visit, void *user)
{
	g_auto(ContactRow) row = {0};
	g_auto(MessageRow) message = {0};
	g_autofree char *address = NULL;

	if (!contact_load(txn, contact, &row))
		return true;
	message_load(txn, row.message, &message);
	address = view_address(txn, contact);
	return visit(
		&(HistoryRow){
			.at = row.created.at,
			.action = ACTION_CREATED,
			.address = address != NULL ? address : "",
			.to = first_stage(txn, &row),
			.actor = row.created_by != NULL ? row.created_by : "leadmilter",
			.reason = row.source != NULL ? row.source : "",
			.message_id = message.message_id,
		},
		user);
}

bool view_history(Txn *txn, int64_t contact, size_t limit, HistoryVisit visit, void *user)
{
	g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(Step));
	bool goes_on = true;

	add_entries(txn, contact, limit, steps);
	add_creations(txn, contact, limit, steps);
	g_array_sort(steps, newest_first);
	for (unsigned i = 0;
	     goes_on && i < steps->len && (limit == 0 || i < limit) && txn->error == NULL;
	     i++) {
		const Step *step = &g_array_index(steps, Step, i);

		goes_on = step->id != 0 ? show_entry(txn, step->id, visit, user)
					: show_creation(txn, step->contact, visit, user);
	}
	return goes_on;
}
