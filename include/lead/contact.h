/* SPDX-License-Identifier: BSD-2-Clause */
/* Contacts, interactions and history as people ask for them. Plain data. */
#ifndef LEAD_CONTACT_H
#define LEAD_CONTACT_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/classify.h"
#include "lead/decide.h"
#include "lead/never-log.h"
#include "lead/stage.h"

/* A contact as the store shows it to a visitor: borrowed for the call. NULL or 0: none. */
typedef struct {
	int64_t id;
	const char *address;          /* first address, as it was written */
	const char *const *addresses; /* all, NULL-terminated */
	const char *name, *organization, *owner, *source;
	const char *const *tags;      /* NULL-terminated */
	const char *custom;           /* JSON object text of further fields, or NULL */
	Stage stage;
	int64_t stage_since, created_at, last_inbound, last_outbound, absent_until; /* s UTC */
	bool locked, do_not_contact, address_bad;
} Contact;

/* A contact to be added or brought up to date; borrowed. NULL, 0: says nothing. */
typedef struct {
	const AddrSpec *address; /* must be there; identifies the contact */
	const char *name, *organization, *owner, *source;
	Stage stage;             /* 0: lead for a new one, unchanged for an old one */
	const char *const *tags; /* NULL-terminated, or NULL */
	const char *const *custom; /* name, value, name, value ... NULL; or NULL */
	bool source_if_new;      /* source only for a new contact: a default, not a statement */
} ContactDraft;

typedef enum { PUT_ADDED, PUT_UPDATED, PUT_UNCHANGED } PutResult;

typedef struct {
	Stage stage;        /* 0: any */
	const char *owner, *source; /* exact, folded; NULL: any */
	const char *domain; /* of any address, sub-domains included; NULL: any */
	int64_t since;      /* stage_since, last_inbound or last_outbound not before; 0: any */
	size_t limit;       /* 0: all */
} ContactFilter;

typedef struct {
	int64_t at;
	Direction direction;
	const char *kind; /* "email", or entered by hand: "call", "meeting", "note" */
	MessageClass class;
	PartyRole role;   /* of the contact */
	const char *rep;  /* address, or NULL */
	const char *subject, *message_id; /* NULL if none or not stored */
	bool outreach;
	Outcome outcome;
	Reason reason;
	Tier tier;
	const char *evidence; /* rule names, blank-separated; "" if none */
} Interaction;

/* What a row of the history tells; names are an interface. */
typedef enum {
	ACTION_CREATED,  /* the contact was made */
	ACTION_PROMOTED, /* by mail */
	ACTION_MOVED,    /* to another stage, by hand */
	ACTION_ACCEPTED, /* a suggestion, whether the stage changed or not */
	ACTION_REJECTED,
	ACTION_UNDONE,   /* a change of stage that mail or a suggestion had brought */
	ACTION_LOCKED,
	ACTION_UNLOCKED,
	ACTION_OWNED,    /* another owner */
	ACTION_IGNORED,  /* a pattern came onto the never-log list, or changed its scope */
	ACTION_UNIGNORED,
	ACTION_N,
} Action;
const char *action_name(Action action);

typedef struct {
	int64_t id; /* of a change of stage; 0: of nothing that could be undone */
	int64_t at;
	Action action;
	const char *address; /* of the contact; NULL where it is about none */
	Stage from, to;      /* from 0: created; both 0: no change of stage */
	const char *detail;  /* the suggestion, address, owner or pattern; or NULL */
	const char *actor;   /* "leadmilter", or a person */
	const char *reason;  /* a Reason's name, or a person's words */
	Tier tier;
	const char *message_id, *outreach_id; /* or NULL */
	const char *evidence;                 /* or NULL */
} HistoryRow;

/* What accepting a suggestion does; names are an interface. */
typedef enum {
	PROPOSAL_PROMOTE,          /* lead -> prospect */
	PROPOSAL_LINK_ADDRESS,     /* the address is the contact's; then the mail is judged
				    * again as his */
	PROPOSAL_LINK_AND_PROMOTE, /* both, whatever else speaks against it */
	PROPOSAL_ADD_COLLEAGUE,    /* who wrote becomes a contact */
	PROPOSAL_ALLOW_CONTACT,    /* do-not-contact is lifted; the mail is judged again */
	PROPOSAL_DO_NOT_CONTACT,
	PROPOSAL_N,
} Proposal;
const char *proposal_name(Proposal proposal);

/* An open suggestion. NULL or 0: none. */
typedef struct {
	int64_t id, at;            /* at: of the mail */
	const char *address, *name, *owner; /* of the contact */
	Stage stage;
	Reason reason;
	Proposal proposal;
	MessageClass class;
	Tier tier;
	AuthVerdict auth;
	const char *subject, *message_id, *outreach_id, *evidence;
	const char *other_address, *other_name; /* who wrote, where it is not the contact */
} Suggestion;

typedef struct {
	const Reason *reason; /* NULL: any */
	const char *owner;    /* folded; NULL: any */
	int64_t since;        /* mail not before; 0: any */
	size_t limit;         /* 0: all */
} SuggestionFilter;

/* A pattern of the never-log list. */
typedef struct {
	const char *pattern;
	NeverLogScope scope;
	int64_t at;
	const char *actor, *reason; /* reason may be NULL */
	int64_t dropped;            /* messages, scope NEVER_LOG_MESSAGE */
} NeverLogEntry;

typedef enum {
	COUNT_CONTACTS,	    /* by month of creation, stage and source */
	COUNT_INTERACTIONS, /* by month and direction */
} CountOf;
enum { /* bits: what they are counted apart by */
       COUNT_BY_MONTH = 1,
       COUNT_BY_STAGE = 2,
       COUNT_BY_SOURCE = 4,
       COUNT_BY_DIRECTION = 8,
};
/* What is not asked for, or not known of such things, is 0 or NULL. */
typedef struct {
	int64_t month; /* 202611: November 2026, UTC */
	Stage stage;
	const char *source;
	Direction direction;
	int64_t number;
} Count;

/* Visitors return false to stop; that is no error. */
typedef bool (*ContactVisit)(const Contact *contact, void *user);
typedef bool (*InteractionVisit)(const Interaction *interaction, void *user);
typedef bool (*HistoryVisit)(const HistoryRow *row, void *user);
typedef bool (*SuggestionVisit)(const Suggestion *suggestion, void *user);
typedef bool (*CountVisit)(const Count *count, void *user);
typedef bool (*NeverLogVisit)(const NeverLogEntry *entry, void *user);

#endif
