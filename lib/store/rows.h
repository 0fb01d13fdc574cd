/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows: what a backend keeps, as plain structs. One table of columns a kind says all
 * about it; binding, reading, copying and freeing come from the table, so that a new
 * column is a member, a row here and a line of schema. Rows own their members.
 *
 * Enumerations are kept by their names: they are an interface anyway, they follow no
 * reordering of the C enumeration, and they can be read without this program.
 */
#ifndef LEAD_STORE_ROWS_H
#define LEAD_STORE_ROWS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lead/contact.h"
#include "lead/decide.h"
#include "lead/never-log.h"
#include "lead/summary.h"

/*
 * A place in the order of mail: by time of arrival, within a second outbound before
 * inbound, then by id. The final state is a function of this order, never of the order
 * in which messages were recorded. key 0: no mail, a person's doing; before all mail.
 */
typedef struct {
	int64_t at;  /* s UTC */
	int64_t key; /* id digest; negative for outbound */
} Moment;

static inline int moment_compare(Moment a, Moment b)
{
	if (a.at != b.at)
		return a.at < b.at ? -1 : 1;
	return a.key < b.key ? -1 : a.key > b.key;
}

Moment moment_of(const MessageSummary *summary);

typedef enum {
	ROW_ORGANIZATION,
	ROW_REP,
	ROW_CONTACT,
	ROW_ADDRESS,
	ROW_MESSAGE,
	ROW_HISTORY,
	ROW_SUGGESTION,
	ROW_EVENT,
	ROW_ACT,
	ROW_NEVER_LOG,
	ROW_KINDS,
} RowKind;

/* Every row begins with its id, given by the backend. Text members may be NULL. */
typedef struct {
	int64_t id;
} Row;

typedef struct {
	int64_t id;
	char *name; /* as people call it, or its registrable domain */
} OrganizationRow;

typedef struct {
	int64_t id;
	char *address; /* canonical */
	char *login;
	int64_t person; /* the first row of one login: "the same rep" */
} RepRow;

typedef struct {
	int64_t id;
	char *name, *owner, *source;
	int64_t organization;
	Stage stage;
	int64_t stage_since;
	Moment created;	    /* key 0: a person made it, or said where it comes from */
	char *created_by;   /* a person; NULL: mail did */
	int64_t rep;	    /* who wrote the first outreach to it; 0 */
	Moment owned;	    /* of that outreach; key 0: there was none */
	int64_t message;    /* the message that made it; 0 */
	Moment named;	    /* of the mail that gave the name; key 0: a person did */
	int64_t demoted_at; /* by a person; 0 never */
	Moment opted_out;   /* key 0: did not */
	int64_t allowed_at; /* a person lifted what had been asked for until then; 0 */
	int64_t absent_until;
	Moment absent_noted;
	bool locked, erased;
	unsigned criteria_met;
	char *tags;   /* a line each */
	char *custom; /* JSON object */
} ContactRow;

typedef struct {
	int64_t id, contact;
	char *canonical;
	char *base;	/* NULL: equals canonical */
	char *original; /* NULL: equals canonical */
	bool bad;
	Moment noted; /* of the mail that told so */
} AddressRow;

/* Bits of MessageRow.traits; kept, so never renumbered. */
enum {
	TRAIT_SUBJECT_REPLY = 1,
	TRAIT_SUBJECT_FORWARD = 2,
	TRAIT_SPOOF_SUSPECT = 4,
	TRAIT_MANY_AUTHORS = 8,
	TRAIT_AUTHOR_FROM_REPLY_TO = 16,
	TRAIT_NULL_REVERSE_PATH = 32,
	TRAIT_ID_REUSE = 64,
	TRAIT_AUTHOR_LEFT_OUT = 128, /* by the never-log list: neither address nor name */
};

typedef struct {
	int64_t id;
	int64_t at, id_digest, twin_digest;
	int64_t alternate; /* of mail without an id of its own: the MTA's; 0 */
	char *message_id;
	Direction direction;
	MessageClass class;
	bool outreach;
	int64_t rep;
	char *author; /* canonical; NULL: the rep, or nobody */
	char *author_name;
	char *subject;
	int64_t subject_digest, thread_digest, body_digest;
	AuthVerdict auth;
	int64_t size;
	unsigned traits;
	unsigned external;	 /* recipients outside */
	char *recipients;	 /* lines: role letter, direction letter, address */
	GBytes *answers;	 /* 9 octets each: source, digest */
	int64_t returned_digest; /* msg-id inside a report */
	char *reported;		 /* lines: bounce kind, recipient, original; tabs between */
	BounceKind bounce;
	Disposition disposition;
	CalendarKind calendar;
	int64_t absent_until;
	char *snippet;
	Outcome outcome;
	Reason reason;
	Tier tier;
	int64_t contact;  /* whom it concerns */
	int64_t answered; /* the outbound message it answers; 0 */
	char *evidence;	  /* rule names, blank-separated */
	char *derived;	  /* those of them that the history made fire */
} MessageRow;

/* A change of stage. Append-only: a row that mail from before overtook stays, and names
 * the row that stands in its place. */
typedef struct {
	int64_t id, contact;
	Moment moment; /* key 0: a person's */
	Stage from, to;
	char *actor, *reason;
	Tier tier;
	int64_t message; /* 0: a person's */
	char *message_id, *outreach_id, *evidence;
	int64_t superseded; /* by that row; its own id: withdrawn; 0: stands */
	Action action;
	char *detail;	/* name of the suggestion that was accepted */
	int64_t undoes; /* that row; 0 */
} HistoryEntry;

/* States of a suggestion. Withdrawn: mail that came later answered it; the row stays, so
 * that its number never means another one, and is open again if that mail proves older
 * than thought. */
extern const char suggestion_open[], suggestion_accepted[], suggestion_rejected[],
	suggestion_withdrawn[];

typedef struct {
	int64_t id, contact, message;
	Reason reason;
	char *address; /* that wrote, where it is not the contact's */
	char *state;   /* suggestion_open ... */
} SuggestionRow;

/* What a person did besides moving a stage. Append-only. */
typedef struct {
	int64_t id, at;
	int64_t behind;	    /* the last row of the history then: in one second it is later */
	int64_t contact;    /* 0: about none */
	int64_t suggestion; /* that was answered; 0 */
	Action action;
	char *detail, *actor, *reason;
} ActRow;

typedef struct {
	int64_t id;
	char *pattern; /* as NeverLog writes it */
	NeverLogScope scope;
	int64_t at;
	char *actor, *reason;
	int64_t dropped; /* messages, scope NEVER_LOG_MESSAGE */
} NeverLogRow;

/* For others to read on: append-only, in the order in which we learnt it. */
typedef struct {
	int64_t id, at, contact, message;
	char *kind, *text;
} EventRow;

typedef struct {
	int64_t contact, at, message;
	PartyRole role;
	bool outbound;
} InteractionRow;

typedef enum {
	COLUMN_INTEGER,
	COLUMN_LINK, /* an id of another row; 0: none */
	COLUMN_COUNT,
	COLUMN_FLAG,
	COLUMN_TEXT,
	COLUMN_BYTES,
	COLUMN_NAME, /* of an enumeration; none for a value without name */
} ColumnType;

typedef struct {
	const char *name;
	ColumnType type;
	size_t offset;
	const char *(*value_name)(int value); /* COLUMN_NAME: */
	int values;			      /* names 0 .. values - 1 */
} Column;

typedef struct {
	const char *name; /* of the table */
	size_t size;	  /* of the struct */
	const Column *columns;
	size_t count;
} RowShape;

extern const RowShape row_shapes[ROW_KINDS];

void row_clear(RowKind kind, void *row); /* frees the members */
void row_copy(RowKind kind, const void *row, void *copy_out);

/* The one so many rows of that kind behind the first. */
static inline void *row_behind(RowKind kind, void *rows, size_t count)
{
	return (char *)rows + count * row_shapes[kind].size;
}

static inline void *row_member(const Column *column, void *row)
{
	return (char *)row + column->offset;
}

static inline const void *row_member_const(const Column *column, const void *row)
{
	return (const char *)row + column->offset;
}

/* The value of a name, by asking value_name() for each; false for an unknown name. */
bool column_value(const Column *column, const char *name, int *value_out);

const char *role_text(int role);
bool role_from_text(const char *text, PartyRole *role_out);

static inline void contact_row_clear(ContactRow *row)
{
	row_clear(ROW_CONTACT, row);
}
static inline void address_row_clear(AddressRow *row)
{
	row_clear(ROW_ADDRESS, row);
}
static inline void rep_row_clear(RepRow *row)
{
	row_clear(ROW_REP, row);
}
static inline void organization_row_clear(OrganizationRow *row)
{
	row_clear(ROW_ORGANIZATION, row);
}
static inline void message_row_clear(MessageRow *row)
{
	row_clear(ROW_MESSAGE, row);
}
static inline void history_entry_clear(HistoryEntry *row)
{
	row_clear(ROW_HISTORY, row);
}
static inline void suggestion_row_clear(SuggestionRow *row)
{
	row_clear(ROW_SUGGESTION, row);
}
static inline void act_row_clear(ActRow *row)
{
	row_clear(ROW_ACT, row);
}
static inline void never_log_row_clear(NeverLogRow *row)
{
	row_clear(ROW_NEVER_LOG, row);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ContactRow, contact_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AddressRow, address_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RepRow, rep_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OrganizationRow, organization_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MessageRow, message_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(HistoryEntry, history_entry_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SuggestionRow, suggestion_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ActRow, act_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NeverLogRow, never_log_row_clear)

#endif
