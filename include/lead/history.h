/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * History: what the store knows that bears on one message. Plain data, owned by whoever
 * loaded it. The store fills it for a summary's addresses, ids and digests; classify,
 * match and decide read it and nothing else.
 */
#ifndef LEAD_HISTORY_H
#define LEAD_HISTORY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/classify.h"
#include "lead/direction.h"
#include "lead/outcome.h"
#include "lead/stage.h"
#include "lead/tier.h"

typedef struct {
	int64_t id;
	Stage stage;
	int64_t stage_since;   /* s UTC */
	int64_t demoted_at;    /* last time a person moved it down or undid; 0 never */
	bool locked, erased, do_not_contact;
	char *name;            /* NULL if unknown */
	char *address;         /* canonical of its first address */
	int64_t owner;         /* rep id; 0 none */
	unsigned criteria_met; /* BANT fields filled */
} ContactState;

typedef enum { ADDRESS_UNKNOWN, ADDRESS_EXACT, ADDRESS_BASE, ADDRESS_AMBIGUOUS } AddressMatch;

/* One asked address: author first, then the recipients in the summary's order. */
typedef struct {
	AddressMatch match;
	int64_t address_id; /* row of the matched address; 0 unless EXACT or BASE */
	int64_t contact;    /* contact id; 0 unless EXACT or BASE */
	bool bad;           /* the address is marked bad */
	bool blocked;       /* erased before: must not be created again */
	bool left_out;      /* on the never-log list: UNKNOWN, and must stay so */
} AddressHit;

/* One envelope recipient of recorded outbound mail. */
typedef struct {
	int64_t contact;
	char *address; /* canonical; NULL: another one of the contact's */
	char *name;    /* contact's name, or NULL */
} OutboundRecipient;

/* A recorded outbound message that may be what the summary answers. */
typedef struct {
	int64_t message;    /* row id; 0 if it comes from the content-free cache */
	char *msg_id;       /* NULL for the cache, or if it had none */
	int64_t id_digest;
	int64_t at;
	bool outreach;      /* a rep wrote it, not a machine */
	int64_t rep;        /* rep id */
	char *rep_address;  /* canonical */
	int64_t thread_digest, subject_digest;
	unsigned external_recipients;
	GArray *recipients; /* of OutboundRecipient; at most 32 loaded, first of all the
			     * author's contact and the recipients that a report names */
	bool cached;        /* content-free: the asked author was a recipient, no more known */
} OutboundMessage;

/* A message already recorded under the summary's id digest, and what was decided. */
typedef struct {
	int64_t message;
	int64_t twin_digest;
	Direction direction;
	bool same_author;
	GArray *contacts; /* of int64_t: contacts that already have an interaction of it */
	MessageClass class;
	Outcome outcome;
	Reason reason;
	Tier tier;
	char *answers;   /* msg-id of the outreach it answers, or NULL */
	int64_t contact; /* whom it concerns; 0 nobody */
} RecordedMessage;

typedef struct {
	AddressHit author;
	GArray *recipients;   /* of AddressHit, one per summary recipient */
	GPtrArray *contacts;  /* of ContactState *: every contact hit, or named by outreach */
	GPtrArray *answered;  /* of OutboundMessage *: named by answers, in their order; then
			       * the one named by returned_id_digest of a report */
	GPtrArray *threads;   /* of OutboundMessage *: same thread digest */
	GPtrArray *outreach;  /* of OutboundMessage *: to the author's contact, newest first,
			       * at most 32, not older than 365 days before summary.at */
	GPtrArray *recorded;  /* of RecordedMessage *: same id digest */
	int64_t rep;          /* rep id of the author (outbound) or first of our recipients */
	unsigned recent_messages; /* of the author within 2 h before summary.at */
	unsigned newcomers; /* contacts that mail made in the 24 h until then: inbound, mail
			     * of strangers; outbound, outreach of rep. Counted as far as
			     * the settings have a limit, and no further than that */
	bool repeated_body;
	int64_t dropped_by; /* pattern of the never-log list that drops all of it; 0 */
} History;

History *history_new(void);
void history_free(History *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(History, history_free)
const ContactState *history_contact(const History *history, int64_t id); /* or NULL */
OutboundMessage *outbound_message_new(void);
void outbound_message_free(OutboundMessage *message);
RecordedMessage *recorded_message_new(void);
void recorded_message_free(RecordedMessage *message);
ContactState *contact_state_new(void);
void contact_state_free(ContactState *contact);

#endif
