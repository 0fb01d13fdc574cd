/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole store as text, without anything that depends on the order of recording: no
 * row ids, lines sorted where their order means nothing. Both backends' text comes from
 * here. */
#include <string.h>

#include "proposal.h"
#include "recording.h"
#include "store-private.h"
#include "view.h"

typedef struct {
	Txn *txn;
	GString *text;
} Dump;

static const char *or_dash(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : "-";
}

static bool dump_interaction(const Interaction *interaction, void *user)
{
	Dump *self = user;

	g_string_append_printf(
		self->text,
		"  interaction %" G_GINT64_FORMAT " %s %s %s rep=%s id=%s subject=%s%s\n",
		interaction->at, direction_name(interaction->direction),
		party_role_name(interaction->role), message_class_name(interaction->class),
		or_dash(interaction->rep), or_dash(interaction->message_id),
		or_dash(interaction->subject), interaction->outreach ? " outreach" : "");
	return true;
}

static bool dump_history(const HistoryRow *row, void *user)
{
	Dump *self = user;

	g_string_append_printf(
		self->text,
		"  history %" G_GINT64_FORMAT
		" %s %s -> %s by %s: %s tier=%s id=%s outreach=%s"
		" evidence=%s detail=%s\n",
		row->at, action_name(row->action), or_dash(stage_name(row->from)),
		or_dash(stage_name(row->to)), row->actor, or_dash(row->reason),
		or_dash(tier_name(row->tier)), or_dash(row->message_id),
		or_dash(row->outreach_id), or_dash(row->evidence), or_dash(row->detail));
	return true;
}

static bool dump_contact(const Contact *contact, void *user)
{
	Dump *self = user;
	g_autofree char *addresses =
		g_strjoinv(" ", (char **)(uintptr_t)contact->addresses);
	g_autofree char *tags = g_strjoinv(",", (char **)(uintptr_t)contact->tags);

	g_string_append_printf(
		self->text,
		"contact %s name=%s organization=%s owner=%s source=%s stage=%s"
		" since=%" G_GINT64_FORMAT " created=%" G_GINT64_FORMAT
		" absent=%" G_GINT64_FORMAT " tags=%s custom=%s%s%s%s\n",
		addresses, or_dash(contact->name), or_dash(contact->organization),
		or_dash(contact->owner), or_dash(contact->source),
		stage_name(contact->stage), contact->stage_since, contact->created_at,
		contact->absent_until, or_dash(tags), or_dash(contact->custom),
		contact->locked ? " locked" : "",
		contact->do_not_contact ? " do-not-contact" : "",
		contact->address_bad ? " bad" : "");
	view_history(self->txn, contact->id, 0, dump_history, self);
	view_interactions(self->txn, contact->id, 0, dump_interaction, self);
	return true;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void append_sorted(Dump *self, GPtrArray *lines)
{
	g_ptr_array_sort(lines, by_text);
	for (unsigned i = 0; i < lines->len; i++)
		g_string_append(self->text, lines->pdata[i]);
}

static char *message_line(Txn *txn, const MessageRow *row)
{
	g_autofree char *recipients = g_strdup(row->recipients);
	g_autofree char *author = message_author(txn, row);
	g_autofree char *contact =
		row->contact != 0 ? view_address(txn, row->contact) : NULL;
	g_auto(MessageRow) answered = {0};

	message_load(txn, row->answered, &answered);
	return g_strdup_printf(
		"message %" G_GINT64_FORMAT " %s id=%s digest=%" G_GINT64_FORMAT
		" author=%s recipients=%s external=%u class=%s outcome=%s reason=%s tier=%s"
		" contact=%s answers=%s auth=%s evidence=%s%s\n",
		row->at, direction_name(row->direction), or_dash(row->message_id),
		row->id_digest, or_dash(author),
		or_dash(g_strdelimit(recipients, "\n", ',')), row->external,
		message_class_name(row->class), outcome_name(row->outcome),
		reason_name(row->reason), or_dash(tier_name(row->tier)), or_dash(contact),
		or_dash(answered.message_id), auth_verdict_name(row->auth),
		or_dash(row->evidence), row->outreach ? " outreach" : "");
}

static void dump_messages(Dump *self)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) ids = ids_new();

	self->txn->ops->all(self->txn, ROW_MESSAGE, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(MessageRow) row = {0};

		if (message_load(self->txn, id_at(ids, i), &row))
			g_ptr_array_add(lines, message_line(self->txn, &row));
	}
	append_sorted(self, lines);
}

static void dump_suggestions(Dump *self)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) ids = ids_new();

	self->txn->ops->all(self->txn, ROW_SUGGESTION, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(SuggestionRow) row = {0};
		g_auto(MessageRow) message = {0};
		g_autofree char *contact = NULL;

		if (!self->txn->ops->row_load(self->txn, ROW_SUGGESTION, id_at(ids, i),
					      &row) ||
		    suggestion_is(&row, suggestion_withdrawn))
			continue;
		message_load(self->txn, row.message, &message);
		contact = view_address(self->txn, row.contact);
		g_ptr_array_add(
			lines, g_strdup_printf("suggestion %s %s for=%s address=%s id=%s\n",
					       row.state, reason_name(row.reason),
					       or_dash(contact), or_dash(row.address),
					       or_dash(message.message_id)));
	}
	append_sorted(self, lines);
}

static void dump_never_log(Dump *self)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) ids = ids_new();

	self->txn->ops->all(self->txn, ROW_NEVER_LOG, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(NeverLogRow) row = {0};

		if (self->txn->ops->row_load(self->txn, ROW_NEVER_LOG, id_at(ids, i), &row))
			g_ptr_array_add(
				lines,
				g_strdup_printf(
					"never-log %s %s dropped=%" G_GINT64_FORMAT "\n",
					row.pattern, never_log_scope_name(row.scope),
					row.dropped));
	}
	append_sorted(self, lines);
}

char *store_dump(Store *store, GError **error)
{
	Dump self = {store_read_begin(store, error), NULL};

	if (self.txn == NULL)
		return NULL;
	self.text = g_string_new(NULL);
	view_contacts(self.txn, NULL, dump_contact, &self);
	dump_messages(&self);
	dump_suggestions(&self);
	dump_never_log(&self);
	if (store_read_end(self.txn, error))
		return g_string_free(self.text, FALSE);
	g_string_free(self.text, TRUE);
	return NULL;
}
