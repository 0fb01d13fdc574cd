/* SPDX-License-Identifier: BSD-2-Clause */
/* What came of a message, and why: the words in which decisions are kept and shown. */
#ifndef LEAD_OUTCOME_H
#define LEAD_OUTCOME_H

#include <stdbool.h>

typedef enum { OUTCOME_IGNORED, OUTCOME_LOGGED, OUTCOME_SUGGESTED, OUTCOME_PROMOTED } Outcome;
const char *outcome_name(Outcome outcome);
bool outcome_from_name(const char *name, Outcome *outcome_out);

/* X(identifier, name): why the outcome is what it is; names are an interface. */
#define LEAD_REASONS(X)                             \
	/* promotions */                            \
	X(REPLY_REFERENCE, "reply-reference")       \
	X(REPLY_THREAD_INDEX, "reply-thread-index") \
	X(REPLY_SUBJECT, "reply-subject")           \
	/* suggestions */                           \
	X(OLD_THREAD, "old-thread")                 \
	X(OTHER_ADDRESS, "other-address")           \
	X(COLLEAGUE, "colleague")                   \
	X(AUTH_FAIL, "auth-fail")                   \
	X(SUSPECT, "suspect")                       \
	X(CALENDAR, "calendar")                     \
	X(DECLINED, "declined")                     \
	X(UNTHREADED, "unthreaded")                 \
	X(MANY_RECIPIENTS, "many-recipients")       \
	X(VIA_LIST, "via-list")                     \
	X(AMBIGUOUS_ADDRESS, "ambiguous-address")   \
	X(DO_NOT_CONTACT, "do-not-contact")         \
	X(WEAK_AUTH, "weak-auth")                   \
	X(MODE, "mode")                             \
	/* nothing */                               \
	X(AUTO_REPLY, "auto-reply")                 \
	X(OUT_OF_OFFICE, "out-of-office")           \
	X(BOUNCE, "bounce")                         \
	X(RECEIPT, "receipt")                       \
	X(COMPLAINT, "complaint")                   \
	X(SPAM, "spam")                             \
	X(LIST, "list")                             \
	X(BULK, "bulk")                             \
	X(OPT_OUT, "opt-out")                       \
	X(LEFT_COMPANY, "left-company")             \
	X(MACHINE, "machine")                       \
	X(OWN_LOOP, "own-loop")                     \
	X(NO_OUTREACH, "no-outreach")               \
	X(NOT_LEAD, "not-lead")                     \
	X(LOCKED, "locked")                         \
	X(NEVER_PROMOTE, "never-promote")           \
	X(INTERNAL, "internal")                     \
	X(TRANSIT, "transit")                       \
	X(UNKNOWN_AUTHOR, "unknown-author")         \
	X(UNKNOWN_RECIPIENT, "unknown-recipient")   \
	X(DUPLICATE, "duplicate")                   \
	X(SPOOF_SUSPECT, "spoof-suspect")           \
	X(AFTER_DEMOTION, "after-demotion")         \
	X(NEVER_LOG, "never-log")                   \
	X(FLOOD, "flood")                           \
	/* what outbound and unsolicited mail is */ \
	X(OUTREACH, "outreach")                     \
	X(NOT_OUTREACH, "not-outreach")             \
	X(INBOUND_LEAD, "inbound-lead")

typedef enum {
#define X(identifier, name) REASON_##identifier,
	LEAD_REASONS(X)
#undef X
	REASON_N,
} Reason;
const char *reason_name(Reason reason);
bool reason_from_name(const char *name, Reason *reason_out);

#endif
