/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The summary of a message: all that is kept of it, and all that history, match and
 * decide need; small, plain, and complete without the message. It goes to the writer
 * thread, and it is what a spool holds. Owns its members; counted, and immutable once
 * it is complete, so that it may be shared between threads.
 */
#ifndef LEAD_SUMMARY_H
#define LEAD_SUMMARY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/address.h"
#include "lead/classify.h"
#include "lead/direction.h"
#include "lead/facts.h"

typedef enum { ROLE_TO, ROLE_CC, ROLE_BCC, ROLE_AUTHOR } PartyRole;
const char *party_role_name(PartyRole role);

typedef struct {
	AddrSpec *address;
	char *name; /* display-name from To or Cc, or NULL */
	PartyRole role; /* BCC: in the envelope and in no header */
	Direction direction;
} SummaryRecipient;

typedef struct {
	int64_t digest; /* msg_id_digest() */
	char *id;       /* NULL when rebuilt from the store */
	AnswerSource source;
} SummaryAnswer;

typedef struct {
	/* identity */
	char *message_id;   /* without brackets; its own, else the one that the MTA will add;
			     * NULL if none is known */
	int64_t id_digest;  /* of its own id, else of author, Date, subject, reverse-path, body */
	int64_t twin_digest; /* of author and Date: tells two messages with one id apart */
	int64_t alternate_id_digest; /* without an id of its own: of what the MTA will add, else,
				      * outbound, of "QUEUEID@HOST"; 0 if none */
	char *queue_id;     /* NULL for a file */

	/* who */
	AddrSpec *author;   /* the one to match: From, or what stands in for it; or NULL */
	char *author_name;
	bool author_from_reply_to; /* another field stood in for From (Reply-To, or
				    * X-Original-From): auth says nothing of author */
	bool many_authors;
	char *login;        /* SASL user of a submission, or NULL */
	bool null_reverse_path;
	/* of SummaryRecipient: the envelope's; behind them, for inbound mail, others of To
	 * and Cc that are not ours (DIRECTION_TRANSIT): a reply to all among leads */
	GArray *recipients;
	size_t recipients_left_out;

	/* direction */
	Direction direction;
	const char *direction_rule; /* static */
	bool spoof_suspect;

	/* kind */
	GArray *signs; /* of Sign */
	BounceKind bounce;
	GPtrArray *bounced; /* of ReportRecipient *; NULL unless a bounce or complaint */
	int64_t returned_id_digest; /* msg-id inside a report; 0 if none */
	char *returned_id;  /* the same as text, or NULL */
	Disposition disposition;
	CalendarKind calendar;
	int64_t absent_until; /* structured return date of an absence, s UTC; 0 if none */
	int64_t body_digest; /* 0 if no body was read */

	/* thread */
	GArray *answers;     /* of SummaryAnswer, nearest first */
	int64_t thread_digest; /* of the Thread-Index root; 0 if none */
	char *subject;       /* for display; NULL if absent or not to be stored */
	int64_t subject_digest; /* of the normalised subject; 0 if generic or short */
	bool subject_is_reply;
	bool subject_is_forward;
	AuthVerdict auth;

	/* when, how much */
	int64_t at;   /* arrival, seconds UTC */
	int64_t size; /* octets */
	char *snippet; /* first own characters, if [privacy] snippet asks; or NULL */

	int references_held; /* atomic; for summary_ref/unref only */
} MessageSummary;

/* Pure: the sentence up to the store (signs_read() included). Never NULL. */
MessageSummary *summary_read(const MessageFacts *facts, const DirectionVerdict *direction,
			     const Settings *settings);
/* The same in two halves: who wrote to whom, which the header section and the envelope say;
 * and all the rest, which may need the body. */
MessageSummary *summary_begin(const MessageFacts *facts, const DirectionVerdict *direction,
			      const Settings *settings);
void summary_complete(MessageSummary *summary, const MessageFacts *facts,
		      const DirectionVerdict *direction, const Settings *settings);
MessageSummary *summary_new(void); /* empty arrays, no members */
MessageSummary *summary_ref(MessageSummary *summary);
void summary_unref(MessageSummary *summary); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MessageSummary, summary_unref)

#endif
