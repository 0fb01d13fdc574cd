/* SPDX-License-Identifier: BSD-2-Clause */
/* Contacts as people state them. What a person says stands above what mail says, and
 * what he does not say stays as it was. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "deed.h"
#include "draft.h"
#include "lead/error.h"
#include "recording.h"
#include "view.h"

/* Takes the text if it says something new. */
static bool take_text(char **member, const char *text)
{
	if (text == NULL || text[0] == '\0' || g_strcmp0(*member, text) == 0)
		return false;
	g_free(*member);
	*member = g_strdup(text);
	return true;
}

static bool take_name(ContactRow *row, const char *name, int64_t at)
{
	bool taken = take_text(&row->name, name);

	if (name != NULL && name[0] != '\0')
		row->named = (Moment){at, 0};
	return taken;
}

static bool take_source(ContactRow *row, const ContactDraft *draft)
{
	if (draft->source_if_new && row->id != 0)
		return false;
	if (draft->source != NULL && draft->source[0] != '\0')
		row->created.key = 0;
	return take_text(&row->source, draft->source);
}

static bool take_organization(Txn *txn, ContactRow *row, const char *name, bool dry)
{
	int64_t organization;

	if (name == NULL || name[0] == '\0')
		return false;
	organization = dry ? txn->ops->organization_by_name(txn, name)
			   : organization_of(txn, name);
	if (organization == row->organization && organization != 0)
		return false;
	row->organization = organization;
	return true;
}

static bool is_line_of(const char *text, const char *line)
{
	size_t length = strlen(line);

	while (text != NULL) {
		if (strncmp(text, line, length) == 0 &&
		    (text[length] == '\0' || text[length] == '\n'))
			return true;
		text = strchr(text, '\n');
		if (text != NULL)
			text++;
	}
	return false;
}

static bool take_tags(ContactRow *row, const char *const *tags)
{
	bool taken = false;

	for (size_t i = 0; tags != NULL && tags[i] != NULL; i++) {
		char *longer;

		if (tags[i][0] == '\0' || strchr(tags[i], '\n') != NULL ||
		    is_line_of(row->tags, tags[i]))
			continue;
		longer = row->tags == NULL ? g_strdup(tags[i])
					   : g_strconcat(row->tags, "\n", tags[i], NULL);
		g_free(row->tags);
		row->tags = longer;
		taken = true;
	}
	return taken;
}

static JsonObject *read_object(const char *text)
{
	g_autoptr(JsonNode) node = text != NULL ? json_from_string(text, NULL) : NULL;

	return node != NULL && JSON_NODE_HOLDS_OBJECT(node) ? json_node_dup_object(node)
							    : json_object_new();
}

static char *write_object(JsonObject *object)
{
	g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);

	json_node_set_object(node, object);
	return json_to_string(node, FALSE);
}

static bool has_custom(JsonObject *object, const char *name, const char *value)
{
	return json_object_has_member(object, name) &&
	       g_strcmp0(json_object_get_string_member_with_default(object, name, NULL),
			 value) == 0;
}

static bool take_custom(ContactRow *row, const char *const *custom)
{
	JsonObject *object;
	bool taken = false;

	if (custom == NULL || custom[0] == NULL)
		return false;
	object = read_object(row->custom);
	for (size_t i = 0; custom[i] != NULL && custom[i + 1] != NULL; i += 2) {
		if (has_custom(object, custom[i], custom[i + 1]))
			continue;
		json_object_set_string_member(object, custom[i], custom[i + 1]);
		taken = true;
	}
	if (taken) {
		g_free(row->custom);
		row->custom = write_object(object);
	}
	json_object_unref(object);
	return taken;
}

static bool take_words(ContactRow *row, const ContactDraft *draft, int64_t at)
{
	bool taken = take_name(row, draft->name, at);

	taken = take_text(&row->owner, draft->owner) || taken;
	taken = take_source(row, draft) || taken;
	taken = take_tags(row, draft->tags) || taken;
	return take_custom(row, draft->custom) || taken;
}

/* All but the stage; dry: makes no organization. */
static bool take_draft(Txn *txn, ContactRow *row, const ContactDraft *draft, int64_t at,
		       bool dry)
{
	bool taken = take_words(row, draft, at);

	return take_organization(txn, row, draft->organization, dry) || taken;
}

int64_t contact_of(Txn *txn, const AddrSpec *address)
{
	g_auto(AddressRow) row = {0};

	address_load(txn, txn->ops->address_by_canonical(txn, address->canonical), &row);
	return row.contact;
}

void address_fill(AddressRow *row, const AddrSpec *address)
{
	row->canonical = g_strdup(address->canonical);
	if (strcmp(address->base, address->canonical) != 0)
		row->base = g_strdup(address->base);
	if (strcmp(address->original, address->canonical) != 0)
		row->original = g_strdup(address->original);
}

void address_add(Txn *txn, int64_t contact, const AddrSpec *address)
{
	g_auto(AddressRow) row = {.contact = contact};

	address_fill(&row, address);
	txn->ops->row_add(txn, ROW_ADDRESS, &row);
}

void contact_fill(ContactRow *row, const ContactDraft *draft, const char *actor, int64_t at)
{
	row->stage = draft->stage != 0 ? draft->stage : STAGE_LEAD;
	row->stage_since = at;
	row->created = (Moment){at, 0};
	row->created_by = g_strdup(actor);
	take_words(row, draft, at);
}

void contact_fill_organization(Txn *txn, ContactRow *row, const ContactDraft *draft)
{
	take_organization(txn, row, draft->organization, false);
}

bool refuse_erased(Txn *txn, const ContactDraft *draft)
{
	if (!txn->ops->is_blocked(txn, address_digest(draft->address->base)))
		return false;
	txn_fail(txn, g_error_new(LEAD_ERROR, LEAD_ERROR_INVALID,
				  "cannot add '%s': the person was erased",
				  draft->address->original));
	return true;
}

static void add_contact(Txn *txn, ContactRow *row, const ContactDraft *draft,
			const char *actor, int64_t at)
{
	if (txn->ops->has_blocked(txn) && refuse_erased(txn, draft))
		return;
	contact_fill(row, draft, actor, at);
	contact_fill_organization(txn, row, draft);
	row->id = txn->ops->row_add(txn, ROW_CONTACT, row);
	address_add(txn, row->id, draft->address);
}

/* What had been an owner before is told; that a contact gets one is not. */
static void note_owner(Txn *txn, const ContactRow *row, const char *before,
		       const Deed *deed)
{
	g_autofree char *change = NULL;

	if (before == NULL || g_strcmp0(before, row->owner) == 0 || row->owner == NULL)
		return;
	change = g_strdup_printf("%s -> %s", before, row->owner);
	deed_note(txn, deed, ACTION_OWNED, row->id, 0, change);
}

PutResult contact_update(Txn *txn, int64_t contact, const ContactDraft *draft,
			 const char *actor, int64_t at)
{
	g_auto(ContactRow) row = {0};
	g_autofree char *owner = NULL;
	bool changed;

	contact_load(txn, contact, &row);
	owner = contact_owner(txn, &row);
	changed = take_draft(txn, &row, draft, at, false);
	if (changed)
		txn->ops->row_update(txn, ROW_CONTACT, &row);
	note_owner(txn, &row, owner, &(Deed){actor, NULL, at});
	if (draft->stage == 0 || draft->stage == row.stage)
		return changed ? PUT_UPDATED : PUT_UNCHANGED;
	stage_set(txn, row.id, draft->stage, actor, NULL, at);
	return PUT_UPDATED;
}

PutResult draft_put(Txn *txn, const ContactDraft *draft, const char *actor, int64_t at,
		    int64_t *id_out)
{
	g_auto(ContactRow) row = {0};

	*id_out = contact_of(txn, draft->address);
	if (*id_out != 0)
		return contact_update(txn, *id_out, draft, actor, at);
	add_contact(txn, &row, draft, actor, at);
	*id_out = row.id;
	return PUT_ADDED;
}

PutResult draft_compare(Txn *txn, const ContactDraft *draft)
{
	g_auto(ContactRow) row = {0};
	bool moves;

	if (!contact_load(txn, contact_of(txn, draft->address), &row))
		return PUT_ADDED;
	moves = draft->stage != 0 && draft->stage != row.stage;
	return take_draft(txn, &row, draft, 0, true) || moves ? PUT_UPDATED : PUT_UNCHANGED;
}

/* ---- stages by hand ---- */

void stage_set(Txn *txn, int64_t contact, Stage stage, const char *actor,
	       const char *reason, int64_t at)
{
	g_auto(ContactRow) row = {0};
	g_auto(HistoryEntry) entry = {0};

	if (!contact_load(txn, contact, &row)) {
		txn_fail(txn, g_error_new(LEAD_ERROR, LEAD_ERROR_NOT_FOUND,
					  "no contact %" G_GINT64_FORMAT, contact));
		return;
	}
	if (row.stage == stage)
		return;
	entry = (HistoryEntry){
		.contact = contact,
		.moment = {at, 0},
		.from = row.stage,
		.to = stage,
		.action = ACTION_MOVED,
		.actor = g_strdup(actor),
		.reason = g_strdup(reason),
	};
	txn->ops->row_add(txn, ROW_HISTORY, &entry);
	if (stage < row.stage)
		row.demoted_at = at;
	row.stage = stage;
	row.stage_since = at;
	txn->ops->row_update(txn, ROW_CONTACT, &row);
}
