/* SPDX-License-Identifier: BSD-2-Clause */
/* The history: changes of stage, what people did besides, the making of contacts. */
#include "view.h"

typedef enum { STEP_CREATION, STEP_ENTRY, STEP_ACT } StepKind;

typedef struct {
	int64_t at;
	int64_t entry; /* in one second: the entry itself, or the one it came behind */
	StepKind kind;
	int64_t id; /* of the row; of the contact that was made */
} Step;

static int newest_first(const void *a, const void *b)
{
	const Step *left = a, *right = b;

	if (left->at != right->at)
		return left->at > right->at ? -1 : 1;
	if (left->entry != right->entry)
		return left->entry > right->entry ? -1 : 1;
	if (left->kind != right->kind)
		return left->kind > right->kind ? -1 : 1;
	return left->id > right->id ? -1 : left->id < right->id;
}

static void add_step(GArray *steps, Step step)
{
	g_array_append_val(steps, step);
}

static void add_entries(Txn *txn, int64_t contact, size_t limit, GArray *steps)
{
	g_autoptr(GArray) ids = ids_new();

	txn->ops->history_of(txn, contact, limit, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(HistoryEntry) entry = {0};

		if (history_load_entry(txn, id_at(ids, i), &entry))
			add_step(steps,
				 (Step){entry.moment.at, entry.id, STEP_ENTRY, entry.id});
	}
}

static void add_acts(Txn *txn, int64_t contact, size_t limit, GArray *steps)
{
	g_autoptr(GArray) ids = ids_new();

	txn->ops->acts_of(txn, contact, limit, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(ActRow) act = {0};

		if (txn->ops->row_load(txn, ROW_ACT, id_at(ids, i), &act))
			add_step(steps, (Step){act.at, act.behind, STEP_ACT, act.id});
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

		if (contact_load(txn, id_at(ids, i), &row))
			add_step(steps, (Step){row.created.at, 0, STEP_CREATION, row.id});
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
			.address = address,
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

static char *act_message_id(Txn *txn, const ActRow *act)
{
	g_auto(SuggestionRow) suggestion = {0};
	g_auto(MessageRow) message = {0};

	if (txn->ops->row_load(txn, ROW_SUGGESTION, act->suggestion, &suggestion))
		message_load(txn, suggestion.message, &message);
	return g_steal_pointer(&message.message_id);
}

static bool show_act(Txn *txn, int64_t id, HistoryVisit visit, void *user)
{
	g_auto(ActRow) act = {0};
	g_autofree char *address = NULL, *message_id = NULL;

	if (!txn->ops->row_load(txn, ROW_ACT, id, &act))
		return true;
	address = act.contact != 0 ? view_address(txn, act.contact) : NULL;
	message_id = act_message_id(txn, &act);
	return visit(
		&(HistoryRow){
			.at = act.at,
			.action = act.action,
			.address = address,
			.detail = act.detail,
			.actor = act.actor,
			.reason = act.reason != NULL ? act.reason : "",
			.message_id = message_id,
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
			.address = address,
			.to = first_stage(txn, &row),
			.actor = row.created_by != NULL ? row.created_by : "leadmilter",
			.reason = row.source != NULL ? row.source : "",
			.message_id = message.message_id,
		},
		user);
}

static bool show_step(Txn *txn, const Step *step, HistoryVisit visit, void *user)
{
	switch (step->kind) {
	case STEP_ENTRY:
		return show_entry(txn, step->id, visit, user);
	case STEP_ACT:
		return show_act(txn, step->id, visit, user);
	default:
		return show_creation(txn, step->id, visit, user);
	}
}

bool view_history(Txn *txn, int64_t contact, size_t limit, HistoryVisit visit, void *user)
{
	g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(Step));
	bool goes_on = true;

	add_entries(txn, contact, limit, steps);
	add_acts(txn, contact, limit, steps);
	add_creations(txn, contact, limit, steps);
	g_array_sort(steps, newest_first);
	for (unsigned i = 0;
	     goes_on && i < steps->len && (limit == 0 || i < limit) && txn->error == NULL;
	     i++) {
		goes_on = show_step(txn, &g_array_index(steps, Step, i), visit, user);
	}
	return goes_on;
}
