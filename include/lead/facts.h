/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message facts: all that the rules may know of one message, as plain data. Left of this
 * struct is protocol and dirt, right of it nothing is parsed again. It borrows envelope
 * and header section, which must outlive it, and owns the rest.
 */
#ifndef LEAD_FACTS_H
#define LEAD_FACTS_H

#include "lead/address.h"
#include "lead/auth-results.h"
#include "lead/auto-submitted.h"
#include "lead/body.h"
#include "lead/envelope.h"
#include "lead/header-section.h"

typedef enum {
	ANSWER_IN_REPLY_TO,
	ANSWER_REFERENCES, /* right to left: the nearest first */
	ANSWER_VENDOR,     /* a vendor's original-id field */
} AnswerSource;

typedef struct {
	char *id; /* msg-id without brackets */
	AnswerSource source;
} AnswerId;

enum { THREAD_INDEX_ROOT_OCTETS = 22 };

typedef struct {
	const Envelope *envelope;
	const HeaderSection *section;

	GPtrArray *authors;  /* of Mailbox *: From */
	Mailbox *sender;     /* Sender, or NULL */
	GPtrArray *reply_to; /* of Mailbox * */
	GPtrArray *to;       /* of Mailbox * */
	GPtrArray *cc;
	GPtrArray *bcc;      /* only files have it */
	Mailbox *original_author; /* X-Original-From, X-Original-Sender; or NULL */

	char *message_id;    /* without brackets; NULL if the message has none */
	GArray *answers;     /* of AnswerId, nearest first, each id once */
	bool has_thread_index;
	unsigned char thread_index_root[THREAD_INDEX_ROOT_OCTETS];
	char *subject;       /* decoded, unfolded, valid UTF-8; NULL if absent */
	int64_t date;        /* Date in seconds UTC; 0 if absent or unreadable */
	char *date_text;     /* as written, for the key; NULL if absent */

	AutoSubmitted auto_submitted;
	const char *auto_submitted_text; /* borrowed from the section; NULL if absent */
	AuthVerdict auth;
	BodyFacts body;
} MessageFacts;

typedef struct {
	const char *subaddress_separators;
	char *const *trusted_authserv_ids; /* NULL-terminated */
	size_t addresses_per_field;
	size_t references;
	BodyLimits body;
} FactsOptions;

/* What envelope and header section say; of the body nothing is known then. Never fails. */
void facts_read_header(const Envelope *envelope, const HeaderSection *section,
		       const FactsOptions *options, MessageFacts *facts_out);
/* Adds the body, which may be NULL with length 0 (declined, or not wanted). */
void facts_read_body(MessageFacts *facts, const char *body, size_t length,
		     const FactsOptions *options);
/* False if a body would bring no report for certain: a cheaper look at it than the above,
 * which decodes nothing, on facts of the header section. */
bool facts_may_report(const MessageFacts *facts, const char *body, size_t length,
		      const FactsOptions *options);
/* Both. */
void facts_read(const Envelope *envelope, const HeaderSection *section, const char *body,
		size_t length, const FactsOptions *options, MessageFacts *facts_out);
void facts_clear(MessageFacts *facts);

#endif
