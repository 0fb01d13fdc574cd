/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reports: delivery status (RFC 3464, 6522, 6533), disposition (RFC 8098), feedback
 * (RFC 5965), and the bounces that follow no standard. Plain data, owned by who holds it.
 */
#ifndef LEAD_REPORT_H
#define LEAD_REPORT_H

#include <glib.h>
#include <stdbool.h>

#include "lead/address.h"

typedef enum {
	REPORT_NONE,
	REPORT_DELIVERY,            /* multipart/report or a (global-)delivery-status part */
	REPORT_DELIVERY_BY_TEXT,    /* non-standard bounce: known by its wording */
	REPORT_DISPOSITION,         /* MDN, or an S/MIME receipt */
	REPORT_FEEDBACK,            /* ARF */
} ReportKind;

/* In order of strength: a report about several recipients takes the strongest. */
typedef enum {
	BOUNCE_NONE,
	BOUNCE_SUCCESS, /* delivered, relayed, expanded */
	BOUNCE_DELAYED,
	BOUNCE_SOFT,
	BOUNCE_HARD,
} BounceKind;

typedef enum {
	DISPOSITION_NONE,
	DISPOSITION_DISPLAYED,
	DISPOSITION_DELETED,
	DISPOSITION_REFUSED, /* an MDN that says rejected (Sieve reject, RFC 5429) */
	DISPOSITION_OTHER,   /* dispatched, processed, denied, failed */
} Disposition;

typedef struct {
	AddrSpec *recipient; /* Final-Recipient, else Original-Recipient; may be NULL */
	AddrSpec *original;  /* Original-Recipient where it is another address; or NULL:
			      * behind an alias or a forward it is the one we wrote to */
	char *status;        /* enhanced status code (RFC 3463), or NULL */
	BounceKind kind;
	/* true where the recipient's own text settles the kind beyond the bare code */
	bool by_text;
} ReportRecipient;

typedef struct {
	ReportKind kind;
	GPtrArray *recipients;   /* of ReportRecipient *; empty, never NULL */
	BounceKind bounce;       /* strongest of all; BOUNCE_NONE unless a delivery report */
	/* of REPORT_DELIVERY_BY_TEXT: its author is a mailer daemon by name or address, or a
	 * robot that returns the message. Without it the words may be a person's. */
	bool by_daemon;
	Disposition disposition;
	char *feedback_type;     /* lower-case, of a feedback report; else NULL */
	char *original_id;       /* Message-ID of the returned message, or NULL */
	char *original_author;   /* canonical address of its From field, or NULL */
} Report;

void report_init(Report *report);
void report_clear(Report *report);
void report_recipient_free(ReportRecipient *recipient);

/* The kind that Action and Status give (RFC 3464 2.3.3, 2.3.4; RFC 3463): hard 5.1.1
 * 5.1.2 5.1.3 5.1.6 5.1.10 5.2.1; else soft for failed, delayed, success. Either may be
 * NULL; text is the diagnostic, which settles codes that say nothing (5.0.0, 5.4.1). */
BounceKind bounce_kind(const char *action, const char *status, const char *text);
const char *bounce_kind_name(BounceKind kind); /* NULL for BOUNCE_NONE */
const char *disposition_name(Disposition disposition);

#endif
