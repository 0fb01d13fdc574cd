/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What kind of message: a table of rules (lib/crm/class-rules.c), one row a rule. Rules
 * that need the message alone fire in signs_read(), and what fired is kept by name with
 * the text that made it fire; rules that need the history fire in classify(), which then
 * weighs all of them. Both are pure.
 *
 * First match in the order of the classes wins. Strong rules decide alone; weak ones need
 * a second from another group (but for a text that declares itself automatic), and then
 * give `suspect`, which never promotes. Weak rules are not asked about mail that we send.
 */
#ifndef LEAD_CLASSIFY_H
#define LEAD_CLASSIFY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/direction.h"
#include "lead/facts.h"
#include "lead/report.h"
#include "lead/settings.h"

typedef enum { /* in the order in which they win */
	CLASS_OWN_LOOP,
	CLASS_BOUNCE,
	CLASS_COMPLAINT,
	CLASS_RECEIPT,
	CLASS_CALENDAR,
	CLASS_SPAM,
	CLASS_OUT_OF_OFFICE,
	CLASS_AUTO_REPLY,
	CLASS_MACHINE,
	CLASS_LIST,
	CLASS_BULK,
	CLASS_OPT_OUT,
	CLASS_LEFT_COMPANY,
	CLASS_DECLINED,
	CLASS_SUSPECT,
	CLASS_HUMAN,
} MessageClass;

const char *message_class_name(MessageClass class); /* "own-loop", ... */
bool message_class_from_name(const char *name, MessageClass *class_out);
/* out-of-office to machine, bounce, receipt, complaint, own-loop, spam: nobody wrote it */
bool message_class_is_automatic(MessageClass class);

/* One rule that fired. */
typedef struct {
	uint16_t rule; /* row of the rule table; class_rule_name() names it */
	char *text;    /* what made it fire ("Auto-Submitted: auto-replied"), valid UTF-8,
			* at most 200 octets; NULL where the name says all */
} Sign;

GArray *signs_new(void); /* of Sign, owning texts */
const char *class_rule_name(uint16_t rule);
bool class_rule_from_name(const char *name, uint16_t *rule_out);
size_t class_rule_count(void);
/* A list brought it, or a program for mass mail: not all its fields are the author's. */
bool signs_tell_list(const GArray *signs);

void signs_read(const MessageFacts *facts, const DirectionVerdict *direction,
		const Settings *settings, GArray *signs);

/* What the history says to the rules that need it; filled by judge(). */
typedef struct {
	bool own_message_id;    /* its Message-ID is recorded as our outbound mail */
	bool answers_outreach;  /* it names outreach of ours to its author */
	int64_t seconds_after;  /* since the outreach it answers; -1 unknown */
	bool repeated_body;     /* same body digest as an earlier mail of this author */
	unsigned recent_messages; /* of this author within 2 h */
} ClassContext;

typedef struct {
	MessageClass class;
	GArray *evidence; /* of Sign, all that fired, those of the class first; owned */
} Classification;

void classify(const GArray *signs, const ClassContext *context, const Settings *settings,
	      Classification *classification_out);
void classification_clear(Classification *classification);

#endif
