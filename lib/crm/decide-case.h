/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One message on its way to a decision: what is known of it, the decision being written,
 * and the parts of decide() that write it. Lives for one call.
 */
#ifndef LEAD_CRM_DECIDE_CASE_H
#define LEAD_CRM_DECIDE_CASE_H

#include "lead/decide.h"

typedef struct {
	const MessageSummary *summary;
	MessageClass class;
	const Match *match;
	const History *history;
	const Settings *settings;
	Decision *decision;
	GHashTable *participants; /* of int64_t: contacts with an interaction of it */
} DecideCase;

/* The parts, by the way the message went. */
void decide_outbound(DecideCase *self);
void decide_inbound(DecideCase *self);
void decide_bounce(DecideCase *self);
void decide_complaint(DecideCase *self);
void decide_reply(DecideCase *self);

/* Who took part: interactions, and for outbound mail who is made a contact. */
void decide_outbound_parties(DecideCase *self);
void decide_inbound_parties(DecideCase *self);

/* A contact that may be written about: there, and not erased. */
const ContactState *case_living(const DecideCase *self, int64_t contact);
/* The contact whose doing the message is: the author, or the recipient of the outreach
 * that a look-alike from another address answers, unless authentication failed. */
const ContactState *case_contact(const DecideCase *self);
/* What authentication says of the author, not of whose field stood in for From. */
AuthVerdict case_auth(const DecideCase *self);
Party case_author_party(const DecideCase *self, const ContactState *contact);

void case_conclude(DecideCase *self, Outcome outcome, Reason reason);
/* LOGGED if anybody took part, else IGNORED. */
void case_log(DecideCase *self, Reason reason);

/* Effects. A contact takes part once, in the first role given. */
void effect_create(DecideCase *self, const AddrSpec *address, const char *name,
		   char *source_taken, PartyRole role);
void effect_interaction(DecideCase *self, Party party, PartyRole role);
void effect_add(DecideCase *self, EffectKind kind, Party party, Reason reason);
void effect_address_ok(DecideCase *self, Party party);
void effect_absent(DecideCase *self, Party party, int64_t until);
bool case_has_interaction(const DecideCase *self); /* among the effects */
/* That contact needs no interaction (any more). */
void case_add_participant(DecideCase *self, int64_t contact);

#endif
