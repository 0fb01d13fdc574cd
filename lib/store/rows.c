/* SPDX-License-Identifier: BSD-2-Clause */
#include "rows.h"

#include <string.h>

const char suggestion_open[] = "open", suggestion_accepted[] = "accepted",
	   suggestion_rejected[] = "rejected", suggestion_withdrawn[] = "withdrawn";

Moment moment_of(const MessageSummary *summary)
{
	bool outbound = summary->direction == DIRECTION_OUTBOUND;

	return (Moment){summary->at, outbound ? -summary->id_digest : summary->id_digest};
}

/* The names of enumerations, behind one signature. */
#define NAME_OF(function, enumeration, names)             \
	static const char *function(int value)            \
	{                                                 \
		return names((enumeration)value);         \
	}
NAME_OF(stage_text, Stage, stage_name)
NAME_OF(class_text, MessageClass, message_class_name)
NAME_OF(direction_text, Direction, direction_name)
NAME_OF(outcome_text, Outcome, outcome_name)
NAME_OF(reason_text, Reason, reason_name)
NAME_OF(tier_text, Tier, tier_name)
NAME_OF(bounce_text, BounceKind, bounce_kind_name)
NAME_OF(action_text, Action, action_name)
NAME_OF(scope_text, NeverLogScope, never_log_scope_name)

/* Most mail is none of these, and says so by having no name. */
static const char *auth_text(int value)
{
	return value == AUTH_UNKNOWN ? NULL : auth_verdict_name((AuthVerdict)value);
}

static const char *disposition_text(int value)
{
	return value == DISPOSITION_NONE ? NULL : disposition_name((Disposition)value);
}

static const char *calendar_text(int value)
{
	return value == CALENDAR_NONE ? NULL : calendar_kind_name((CalendarKind)value);
}

const char *role_text(int role)
{
	return party_role_name((PartyRole)role);
}

/* clang-format off */
#define INTEGER(row, member) { #member, COLUMN_INTEGER, offsetof(row, member), NULL, 0 }
#define LINK(row, member)    { #member, COLUMN_LINK, offsetof(row, member), NULL, 0 }
#define COUNT(row, member)   { #member, COLUMN_COUNT, offsetof(row, member), NULL, 0 }
#define FLAG(row, member)    { #member, COLUMN_FLAG, offsetof(row, member), NULL, 0 }
#define TEXT(row, member)    { #member, COLUMN_TEXT, offsetof(row, member), NULL, 0 }
#define BYTES(row, member)   { #member, COLUMN_BYTES, offsetof(row, member), NULL, 0 }
#define NAME(row, member, f, n) { #member, COLUMN_NAME, offsetof(row, member), f, n }
#define MOMENT(row, member)                                               \
	{ #member "_at", COLUMN_INTEGER, offsetof(row, member.at), NULL, 0 }, \
	{ #member "_key", COLUMN_INTEGER, offsetof(row, member.key), NULL, 0 }

static const Column organization_columns[] = {
	TEXT(OrganizationRow, name),
};

static const Column rep_columns[] = {
	TEXT(RepRow, address),
	TEXT(RepRow, login),
	INTEGER(RepRow, person),
};

static const Column contact_columns[] = {
	TEXT(ContactRow, name),
	TEXT(ContactRow, owner),
	TEXT(ContactRow, source),
	LINK(ContactRow, organization),
	NAME(ContactRow, stage, stage_text, STAGE_CLIENT + 1),
	INTEGER(ContactRow, stage_since),
	MOMENT(ContactRow, created),
	TEXT(ContactRow, created_by),
	LINK(ContactRow, rep),
	MOMENT(ContactRow, owned),
	LINK(ContactRow, message),
	MOMENT(ContactRow, named),
	INTEGER(ContactRow, demoted_at),
	MOMENT(ContactRow, opted_out),
	INTEGER(ContactRow, allowed_at),
	INTEGER(ContactRow, absent_until),
	MOMENT(ContactRow, absent_noted),
	FLAG(ContactRow, locked),
	FLAG(ContactRow, erased),
	COUNT(ContactRow, criteria_met),
	TEXT(ContactRow, tags),
	TEXT(ContactRow, custom),
};

static const Column address_columns[] = {
	INTEGER(AddressRow, contact),
	TEXT(AddressRow, canonical),
	TEXT(AddressRow, base),
	TEXT(AddressRow, original),
	FLAG(AddressRow, bad),
	MOMENT(AddressRow, noted),
};

static const Column message_columns[] = {
	INTEGER(MessageRow, at),
	INTEGER(MessageRow, id_digest),
	INTEGER(MessageRow, twin_digest),
	LINK(MessageRow, alternate),
	TEXT(MessageRow, message_id),
	NAME(MessageRow, direction, direction_text, DIRECTION_OUTBOUND + 1),
	NAME(MessageRow, class, class_text, CLASS_HUMAN + 1),
	FLAG(MessageRow, outreach),
	LINK(MessageRow, rep),
	TEXT(MessageRow, author),
	TEXT(MessageRow, author_name),
	TEXT(MessageRow, subject),
	INTEGER(MessageRow, subject_digest),
	LINK(MessageRow, thread_digest),
	INTEGER(MessageRow, body_digest),
	NAME(MessageRow, auth, auth_text, AUTH_PASS + 1),
	INTEGER(MessageRow, size),
	COUNT(MessageRow, traits),
	COUNT(MessageRow, external),
	TEXT(MessageRow, recipients),
	BYTES(MessageRow, answers),
	INTEGER(MessageRow, returned_digest),
	TEXT(MessageRow, reported),
	NAME(MessageRow, bounce, bounce_text, BOUNCE_HARD + 1),
	NAME(MessageRow, disposition, disposition_text, DISPOSITION_OTHER + 1),
	NAME(MessageRow, calendar, calendar_text, CALENDAR_REPLY_DECLINED + 1),
	INTEGER(MessageRow, absent_until),
	TEXT(MessageRow, snippet),
	NAME(MessageRow, outcome, outcome_text, OUTCOME_PROMOTED + 1),
	NAME(MessageRow, reason, reason_text, REASON_N),
	NAME(MessageRow, tier, tier_text, TIER_UNTHREADED + 1),
	LINK(MessageRow, contact),
	LINK(MessageRow, answered),
	TEXT(MessageRow, evidence),
	TEXT(MessageRow, derived),
};

static const Column history_columns[] = {
	INTEGER(HistoryEntry, contact),
	MOMENT(HistoryEntry, moment),
	{ "from_stage", COLUMN_NAME, offsetof(HistoryEntry, from), stage_text, STAGE_CLIENT + 1 },
	{ "to_stage", COLUMN_NAME, offsetof(HistoryEntry, to), stage_text, STAGE_CLIENT + 1 },
	TEXT(HistoryEntry, actor),
	TEXT(HistoryEntry, reason),
	NAME(HistoryEntry, tier, tier_text, TIER_UNTHREADED + 1),
	LINK(HistoryEntry, message),
	TEXT(HistoryEntry, message_id),
	TEXT(HistoryEntry, outreach_id),
	TEXT(HistoryEntry, evidence),
	LINK(HistoryEntry, superseded),
	NAME(HistoryEntry, action, action_text, ACTION_N),
	TEXT(HistoryEntry, detail),
	LINK(HistoryEntry, undoes),
};

static const Column suggestion_columns[] = {
	INTEGER(SuggestionRow, contact),
	INTEGER(SuggestionRow, message),
	NAME(SuggestionRow, reason, reason_text, REASON_N),
	TEXT(SuggestionRow, address),
	TEXT(SuggestionRow, state),
};

static const Column event_columns[] = {
	INTEGER(EventRow, at),
	INTEGER(EventRow, contact),
	LINK(EventRow, message),
	TEXT(EventRow, kind),
	TEXT(EventRow, text),
};

static const Column act_columns[] = {
	INTEGER(ActRow, at),
	INTEGER(ActRow, behind),
	LINK(ActRow, contact),
	LINK(ActRow, suggestion),
	NAME(ActRow, action, action_text, ACTION_N),
	TEXT(ActRow, detail),
	TEXT(ActRow, actor),
	TEXT(ActRow, reason),
};

static const Column never_log_columns[] = {
	TEXT(NeverLogRow, pattern),
	NAME(NeverLogRow, scope, scope_text, NEVER_LOG_N),
	INTEGER(NeverLogRow, at),
	TEXT(NeverLogRow, actor),
	TEXT(NeverLogRow, reason),
	INTEGER(NeverLogRow, dropped),
};

#define SHAPE(table, row, columns) { table, sizeof(row), columns, G_N_ELEMENTS(columns) }
const RowShape row_shapes[ROW_KINDS] = {
	[ROW_ORGANIZATION] = SHAPE("organization", OrganizationRow, organization_columns),
	[ROW_REP]          = SHAPE("rep", RepRow, rep_columns),
	[ROW_CONTACT]      = SHAPE("contact", ContactRow, contact_columns),
	[ROW_ADDRESS]      = SHAPE("address", AddressRow, address_columns),
	[ROW_MESSAGE]      = SHAPE("message", MessageRow, message_columns),
	[ROW_HISTORY]      = SHAPE("history", HistoryEntry, history_columns),
	[ROW_SUGGESTION]   = SHAPE("suggestion", SuggestionRow, suggestion_columns),
	[ROW_EVENT]        = SHAPE("event", EventRow, event_columns),
	[ROW_ACT]          = SHAPE("act", ActRow, act_columns),
	[ROW_NEVER_LOG]    = SHAPE("never_log", NeverLogRow, never_log_columns),
};
/* clang-format on */

void row_clear(RowKind kind, void *row)
{
	const RowShape *shape = &row_shapes[kind];

	for (size_t i = 0; i < shape->count; i++) {
		void *member = row_member(&shape->columns[i], row);

		if (shape->columns[i].type == COLUMN_TEXT)
			g_free(*(char **)member);
		else if (shape->columns[i].type == COLUMN_BYTES)
			g_clear_pointer((GBytes **)member, g_bytes_unref);
	}
	memset(row, 0, shape->size);
}

void row_copy(RowKind kind, const void *row, void *copy_out)
{
	const RowShape *shape = &row_shapes[kind];

	memcpy(copy_out, row, shape->size);
	for (size_t i = 0; i < shape->count; i++) {
		void *member = row_member(&shape->columns[i], copy_out);

		if (shape->columns[i].type == COLUMN_TEXT)
			*(char **)member = g_strdup(*(char **)member);
		else if (shape->columns[i].type == COLUMN_BYTES && *(GBytes **)member != NULL)
			g_bytes_ref(*(GBytes **)member);
	}
}

bool column_value(const Column *column, const char *name, int *value_out)
{
	if (name == NULL) {
		*value_out = 0;
		return true;
	}
	for (int value = 0; value < column->values; value++) {
		const char *known = column->value_name(value);

		if (known != NULL && strcmp(known, name) == 0) {
			*value_out = value;
			return true;
		}
	}
	return false;
}

bool role_from_text(const char *text, PartyRole *role_out)
{
	for (PartyRole role = ROLE_TO; role <= ROLE_AUTHOR; role++) {
		if (g_strcmp0(party_role_name(role), text) == 0) {
			*role_out = role;
			return true;
		}
	}
	return false;
}
