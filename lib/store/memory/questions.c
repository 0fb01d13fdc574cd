/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions about the rows in memory: each looks at every row of a table, in order of id,
 * and sorts what it found as the SQL statement of the same name does. */
#include <string.h>

#include "memory.h"

/* ---- looking at all ---- */

typedef bool (*RowHolds)(const void *row, const void *question);

typedef struct {
	RowHolds holds;
	const void *question;
	GPtrArray *found; /* rows, borrowed */
} Search;

static gboolean look(gpointer id, gpointer row, gpointer user)
{
	Search *search = user;

	(void)id;
	if (search->holds(row, search->question))
		g_ptr_array_add(search->found, row);
	return FALSE;
}

static GPtrArray *search(Txn *txn, unsigned table, RowHolds holds, const void *question)
{
	Search self = {holds, question, g_ptr_array_new()};

	if (txn->error == NULL)
		g_tree_foreach(memory_of(txn)->tables[table], look, &self);
	return self.found;
}

static void append_ids(GPtrArray *rows, size_t limit, GArray *ids)
{
	for (unsigned i = 0; i < rows->len && (limit == 0 || i < limit); i++)
		g_array_append_val(ids, ((Row *)rows->pdata[i])->id);
}

static void find_ids(Txn *txn, unsigned table, RowHolds holds, const void *question,
		     GArray *ids)
{
	g_autoptr(GPtrArray) rows = search(txn, table, holds, question);

	append_ids(rows, 0, ids);
}

static int64_t find_id(Txn *txn, unsigned table, RowHolds holds, const void *question)
{
	g_autoptr(GPtrArray) rows = search(txn, table, holds, question);

	return rows->len > 0 ? ((Row *)rows->pdata[0])->id : 0;
}

/* ---- contacts ---- */

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
	g_autoptr(GPtrArray) rows = search(txn, ROW_HISTORY, stands, &contact);

	return rows->len > 0 ? ((Row *)rows->pdata[rows->len - 1])->id : 0;
}

void memory_history_of(Txn *txn, int64_t contact, size_t limit, GArray *ids)
{
	g_autoptr(GPtrArray) rows = search(txn, ROW_HISTORY, stands, &contact);

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

void memory_contacts_like(Txn *txn, const ContactFilter *filter, GArray *ids)
{
	g_autoptr(GPtrArray) rows = search(txn, ROW_CONTACT, is_like, filter);

	g_ptr_array_sort_with_data(rows, by_address, txn);
	append_ids(rows, 0, ids);
}

static bool is_any(const void *row, const void *question)
{
	(void)row;
	(void)question;
	return true;
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
	g_autoptr(GPtrArray) rows = search(txn, ROW_CONTACT, is_any, NULL);

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

	return strcmp(left->name, right->name);
}

void memory_contacts_by_name(Txn *txn, const char *beginning, size_t limit, GArray *ids)
{
	g_autoptr(GPtrArray) rows = search(txn, ROW_CONTACT, is_named, beginning);

	g_ptr_array_sort(rows, by_name);
	append_ids(rows, limit, ids);
}

void memory_all(Txn *txn, RowKind kind, GArray *ids)
{
	find_ids(txn, kind, is_any, NULL, ids);
}

/* ---- messages ---- */

static bool has_id(const void *row, const void *digest)
{
	const MessageRow *message = row;
	int64_t asked = *(const int64_t *)digest;

	return message->id_digest == asked || message->alternate == asked;
}

void memory_messages_with_id(Txn *txn, int64_t digest, GArray *ids)
{
	find_ids(txn, ROW_MESSAGE, has_id, &digest, ids);
}

typedef struct {
	int64_t of, from, until;
} Span;

/* Newest first, as mail is ordered backwards. */
static int by_moment(const void *a, const void *b)
{
	const MessageRow *left = *(MessageRow *const *)a, *right = *(MessageRow *const *)b;
	bool left_out = left->direction == DIRECTION_OUTBOUND;
	bool right_out = right->direction == DIRECTION_OUTBOUND;

	if (left->at != right->at)
		return left->at > right->at ? -1 : 1;
	if (left_out != right_out)
		return left_out ? 1 : -1;
	return left->id_digest > right->id_digest ? -1 : left->id_digest < right->id_digest;
}

static bool is_in_thread(const void *row, const void *span)
{
	const MessageRow *message = row;
	const Span *asked = span;

	return message->thread_digest == asked->of && message->at <= asked->until &&
	       message->direction == DIRECTION_OUTBOUND;
}

void memory_messages_in_thread(Txn *txn, int64_t thread_digest, int64_t until, GArray *ids)
{
	Span span = {thread_digest, 0, until};
	g_autoptr(GPtrArray) rows = search(txn, ROW_MESSAGE, is_in_thread, &span);

	g_ptr_array_sort(rows, by_moment);
	append_ids(rows, OUTREACH_MAX, ids);
}

static bool is_within(const void *row, const void *span)
{
	const InteractionRow *interaction = row;
	const Span *asked = span;

	return interaction->contact == asked->of && interaction->at >= asked->from &&
	       interaction->at <= asked->until;
}

/* The messages of a contact's interactions that hold. */
static GPtrArray *messages_of(Txn *txn, Span span,
			      bool (*holds)(const InteractionRow *, const MessageRow *))
{
	g_autoptr(GPtrArray) rows = search(txn, MEMORY_INTERACTION, is_within, &span);
	GPtrArray *messages = g_ptr_array_new();

	for (unsigned i = 0; i < rows->len; i++) {
		const InteractionRow *interaction = rows->pdata[i];
		MessageRow *message =
			memory_row(memory_of(txn), ROW_MESSAGE, interaction->message);

		if (message != NULL && holds(interaction, message))
			g_ptr_array_add(messages, message);
	}
	g_ptr_array_sort(messages, by_moment);
	return messages;
}

static bool is_outreach(const InteractionRow *interaction, const MessageRow *message)
{
	return interaction->outbound && message->outreach;
}

void memory_outreach_to(Txn *txn, int64_t contact, int64_t from, int64_t until, GArray *ids)
{
	g_autoptr(GPtrArray) rows =
		messages_of(txn, (Span){contact, from, until}, is_outreach);

	append_ids(rows, OUTREACH_MAX, ids);
}

static void append_mention(const MessageRow *message, GArray *mentions)
{
	Mention mention = {
		message->id, {message->at, message->id_digest}, message->body_digest};

	g_array_append_val(mentions, mention);
}

static bool is_written(const InteractionRow *interaction, const MessageRow *message)
{
	(void)message;
	return !interaction->outbound && interaction->role == ROLE_AUTHOR;
}

void memory_written_by(Txn *txn, int64_t contact, int64_t from, int64_t until, size_t limit,
		       GArray *mentions)
{
	g_autoptr(GPtrArray) rows =
		messages_of(txn, (Span){contact, from, until}, is_written);

	for (unsigned i = 0; i < rows->len && i < limit; i++)
		append_mention(rows->pdata[i], mentions);
}

static bool is_awaited(const void *row, const void *digest)
{
	return ((const AwaitedRow *)row)->digest == *(const int64_t *)digest;
}

void memory_messages_awaiting(Txn *txn, int64_t digest, GArray *mentions)
{
	g_autoptr(GPtrArray) rows = search(txn, MEMORY_AWAITED, is_awaited, &digest);

	for (unsigned i = 0; i < rows->len; i++) {
		const AwaitedRow *awaited = rows->pdata[i];
		const MessageRow *message =
			memory_row(memory_of(txn), ROW_MESSAGE, awaited->message);

		if (message != NULL)
			append_mention(message, mentions);
	}
}

/* ---- links: found by content, with ids of their own ---- */

typedef struct {
	RowHolds holds;
	const void *question;
	int64_t id; /* 0: none found */
} LinkSearch;

static gboolean look_for_link(gpointer id, gpointer row, gpointer user)
{
	LinkSearch *self = user;

	if (self->holds(row, self->question))
		self->id = *(int64_t *)id;
	return self->id != 0;
}

static int64_t find_link(Txn *txn, unsigned table, RowHolds holds, const void *question)
{
	LinkSearch self = {holds, question, 0};

	if (txn->error == NULL)
		g_tree_foreach(memory_of(txn)->tables[table], look_for_link, &self);
	return self.id;
}

static bool is_same_link(const void *row, const void *link)
{
	return memcmp(row, link, sizeof(AwaitedRow)) == 0;
}

void memory_await(Txn *txn, int64_t message, int64_t digest)
{
	AwaitedRow row = {digest, message};

	if (txn->error == NULL && find_link(txn, MEMORY_AWAITED, is_same_link, &row) == 0)
		memory_add(memory_of(txn), MEMORY_AWAITED, g_memdup2(&row, sizeof row));
}

void memory_await_no_more(Txn *txn, int64_t message, int64_t digest)
{
	AwaitedRow row = {digest, message};
	int64_t id = find_link(txn, MEMORY_AWAITED, is_same_link, &row);

	if (id != 0)
		memory_put(memory_of(txn), MEMORY_AWAITED, id, NULL);
}

static bool is_same_interaction(const void *row, const void *interaction)
{
	const InteractionRow *left = row, *right = interaction;

	return left->message == right->message && left->contact == right->contact;
}

bool memory_interaction_add(Txn *txn, const InteractionRow *row)
{
	if (txn->error != NULL ||
	    find_link(txn, MEMORY_INTERACTION, is_same_interaction, row) != 0)
		return false;
	memory_add(memory_of(txn), MEMORY_INTERACTION, g_memdup2(row, sizeof *row));
	return true;
}

static bool is_of_message(const void *row, const void *message)
{
	return ((const InteractionRow *)row)->message == *(const int64_t *)message;
}

void memory_interactions_drop(Txn *txn, int64_t message)
{
	int64_t id;

	while ((id = find_link(txn, MEMORY_INTERACTION, is_of_message, &message)) != 0)
		memory_put(memory_of(txn), MEMORY_INTERACTION, id, NULL);
}

static int by_contact(const void *a, const void *b)
{
	const InteractionRow *left = *(InteractionRow *const *)a;
	const InteractionRow *right = *(InteractionRow *const *)b;

	return left->contact < right->contact ? -1 : left->contact > right->contact;
}

void memory_interactions_of_message(Txn *txn, int64_t message, GArray *rows_out)
{
	g_autoptr(GPtrArray) rows =
		search(txn, MEMORY_INTERACTION, is_of_message, &message);

	g_ptr_array_sort(rows, by_contact);
	for (unsigned i = 0; i < rows->len; i++)
		g_array_append_vals(rows_out, rows->pdata[i], 1);
}

static int by_message_moment(const void *a, const void *b, void *txn)
{
	const InteractionRow *left = *(InteractionRow *const *)a;
	const InteractionRow *right = *(InteractionRow *const *)b;
	const void *messages[] = {memory_row(memory_of(txn), ROW_MESSAGE, left->message),
				  memory_row(memory_of(txn), ROW_MESSAGE, right->message)};

	return by_moment(&messages[0], &messages[1]);
}

void memory_interactions_of_contact(Txn *txn, int64_t contact, size_t limit,
				    GArray *rows_out)
{
	Span span = {contact, G_MININT64, G_MAXINT64};
	g_autoptr(GPtrArray) rows = search(txn, MEMORY_INTERACTION, is_within, &span);

	g_ptr_array_sort_with_data(rows, by_message_moment, txn);
	for (unsigned i = 0; i < rows->len && (limit == 0 || i < limit); i++)
		g_array_append_vals(rows_out, rows->pdata[i], 1);
}

void memory_last_contacted(Txn *txn, int64_t contact, int64_t *inbound_out,
			   int64_t *outbound_out)
{
	Span span = {contact, G_MININT64, G_MAXINT64};
	g_autoptr(GPtrArray) rows = search(txn, MEMORY_INTERACTION, is_within, &span);

	*inbound_out = *outbound_out = 0;
	for (unsigned i = 0; i < rows->len; i++) {
		const InteractionRow *row = rows->pdata[i];

		if (row->outbound)
			*outbound_out = MAX(*outbound_out, row->at);
		else if (row->role == ROLE_AUTHOR)
			*inbound_out = MAX(*inbound_out, row->at);
	}
}

static bool is_remembered(const void *row, const void *remembered)
{
	const RememberedRow *left = row, *right = remembered;

	return left->id_digest == right->id_digest &&
	       left->recipient_digest == right->recipient_digest;
}

void memory_remember(Txn *txn, const RememberedRow *row)
{
	int64_t id = find_link(txn, MEMORY_REMEMBERED, is_remembered, row);
	RememberedRow *copy = g_memdup2(row, sizeof *row);

	if (txn->error != NULL) {
		g_free(copy);
	} else if (id == 0) {
		memory_add(memory_of(txn), MEMORY_REMEMBERED, copy);
	} else {
		const RememberedRow *before =
			memory_row(memory_of(txn), MEMORY_REMEMBERED, id);

		copy->at = MIN(copy->at, before->at);
		copy->external = MAX(copy->external, before->external);
		memory_put(memory_of(txn), MEMORY_REMEMBERED, id, copy);
	}
}

bool memory_remembered(Txn *txn, int64_t id_digest, int64_t recipient_digest,
		       RememberedRow *row_out)
{
	RememberedRow asked = {.id_digest = id_digest,
			       .recipient_digest = recipient_digest};
	int64_t id = find_link(txn, MEMORY_REMEMBERED, is_remembered, &asked);

	if (id != 0)
		*row_out =
			*(RememberedRow *)memory_row(memory_of(txn), MEMORY_REMEMBERED, id);
	return id != 0;
}

/* ---- lists ---- */

static bool is_promotion(const void *row, const void *question)
{
	const HistoryEntry *entry = row;

	(void)question;
	return entry->superseded == 0 && entry->message != 0;
}

static bool is_open(const void *row, const void *question)
{
	(void)question;
	return g_strcmp0(((const SuggestionRow *)row)->state, "open") == 0;
}

static int64_t count(Txn *txn, unsigned table, RowHolds holds)
{
	g_autoptr(GPtrArray) rows = search(txn, table, holds, NULL);

	return rows->len;
}

void memory_status(Txn *txn, StoreStatus *status_out)
{
	g_autoptr(GPtrArray) messages = search(txn, ROW_MESSAGE, is_any, NULL);

	status_out->contacts = count(txn, ROW_CONTACT, is_any);
	status_out->interactions = count(txn, MEMORY_INTERACTION, is_any);
	status_out->messages = messages->len;
	status_out->promotions = count(txn, ROW_HISTORY, is_promotion);
	status_out->suggestions_open = count(txn, ROW_SUGGESTION, is_open);
	for (unsigned i = 0; i < messages->len; i++)
		status_out->last_message_at = MAX(status_out->last_message_at,
						  ((MessageRow *)messages->pdata[i])->at);
}

/* ---- the stage of an import ---- */

void *memory_import_open(void *backend, GError **error)
{
	(void)backend;
	(void)error;
	return g_tree_new_full((GCompareDataFunc)(void (*)(void))strcmp, NULL, g_free,
			       (GDestroyNotify)g_bytes_unref);
}

void memory_import_close(void *import)
{
	g_tree_destroy(import);
}

bool memory_import_put(void *import, const char *key, GBytes *draft, GError **error)
{
	(void)error;
	g_tree_replace(import, g_strdup(key), g_bytes_ref(draft));
	return true;
}

bool memory_import_get(void *import, const char *key, GBytes **draft_out, GError **error)
{
	GBytes *draft = g_tree_lookup(import, key);

	(void)error;
	*draft_out = draft != NULL ? g_bytes_ref(draft) : NULL;
	return true;
}

typedef struct {
	bool (*visit)(GBytes *draft, void *user);
	void *user;
} DraftVisit;

static gboolean visit_draft(gpointer key, gpointer draft, gpointer user)
{
	const DraftVisit *self = user;

	(void)key;
	return !self->visit(draft, self->user);
}

bool memory_import_each(void *import, bool (*visit)(GBytes *draft, void *user), void *user,
			GError **error)
{
	DraftVisit self = {visit, user};

	(void)error;
	g_tree_foreach(import, visit_draft, &self);
	return true;
}
