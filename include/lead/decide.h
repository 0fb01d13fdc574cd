/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decide: what follows from a message, as a list of effects that a store applies in one
 * transaction. Pure: no clock, no store, no log. judge() is the whole middle:
 * history-aware classification, match, decision.
 */
#ifndef LEAD_DECIDE_H
#define LEAD_DECIDE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/classify.h"
#include "lead/history.h"
#include "lead/match.h"
#include "lead/outcome.h"
#include "lead/settings.h"
#include "lead/summary.h"

/* A person or address an effect speaks of: a known contact, or one that the first effect
 * of the list creates for that address. */
typedef struct {
	int64_t contact;        /* 0: to be found by address, made by EFFECT_CREATE */
	const AddrSpec *address; /* borrowed from the summary; NULL if contact says all */
} Party;

typedef enum {
	EFFECT_CREATE,      /* a contact in STAGE_LEAD with address, name, source */
	EFFECT_INTERACTION, /* party took part in the message, in role */
	EFFECT_PROMOTE,     /* lead -> prospect, compare-and-set, with history row and event */
	EFFECT_SUGGEST,     /* a person must accept; reason says what */
	EFFECT_ADDRESS_BAD, /* the party's address bounced hard */
	EFFECT_ADDRESS_OK,  /* it wrote: good again */
	EFFECT_DO_NOT_CONTACT,
	EFFECT_ABSENT_UNTIL, /* until */
	EFFECT_REMEMBER,    /* outbound to nobody known: id and recipient digest, no content */
} EffectKind;

typedef struct {
	EffectKind kind;
	Party party;
	const char *name;   /* CREATE: display name, or NULL; borrowed */
	char *source;       /* CREATE: "outreach", "inbound:ADDRESS"; owned */
	PartyRole role;     /* INTERACTION */
	Reason reason;      /* SUGGEST, PROMOTE, DO_NOT_CONTACT, ADDRESS_BAD; else no matter */
	int64_t until;      /* ABSENT_UNTIL */
} Effect;

typedef struct {
	MessageClass class;
	GArray *evidence;    /* of Sign, owned */
	Direction direction;
	bool outreach;       /* outbound, by a rep, not by a machine */
	bool keep;           /* the message row is to be recorded; effects apply anyhow:
			      * EFFECT_REMEMBER needs no row */
	bool id_reuse;       /* same Message-ID as another author's message */
	int64_t joins;       /* row id of the message it repeats (recipients are united); 0 */
	Outcome outcome;
	Reason reason;
	Tier tier;
	int64_t contact;      /* whom it concerns; 0 if nobody or not yet made */
	int64_t outreach_message; /* row id of what it answers; 0 if none */
	char *answers;        /* msg-id of what it answers, or NULL; owned */
	GArray *effects;      /* of Effect, in the order to apply */
} Decision;

void decide(const MessageSummary *summary, const Classification *classification,
	    const Match *match, const History *history, const Settings *settings,
	    Decision *decision_out);

/* classify, match and decide in one. */
void judge(const MessageSummary *summary, const History *history, const Settings *settings,
	   Decision *decision_out);

/*
 * Decides a recorded inbound message again, because outreach was recorded after it: the
 * summary is rebuilt from the store and its class is given, not read again.
 */
void judge_again(const MessageSummary *summary, MessageClass class, const History *history,
		 const Settings *settings, Decision *decision_out);

/* Whether it went to a sales address, so that a person who wrote it may become a lead. */
bool decide_may_make_lead(const MessageSummary *summary, const Settings *settings);

void decision_init(Decision *decision);
void decision_clear(Decision *decision);

#endif
