/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mail transaction (RFC 5321 3.3) of one session, from MAIL to the end of the message
 * or to whatever ends it before. Part of its session, used by one thread at a time, and
 * everything in it is bounded by the settings of the session.
 */
#ifndef LEADMILTER_TRANSACTION_H
#define LEADMILTER_TRANSACTION_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lead/envelope.h"
#include "lead/header-section.h"
#include "lead/settings.h"

typedef struct {
	bool open;    /* between MAIL and the end of the message */
	bool awaited; /* a drain waits for it */
	Envelope envelope;
	HeaderSection *section; /* of this message; kept empty between messages */
	GByteArray *body;	/* first octets; NULL if none came */
	int64_t body_octets;	/* that came, kept or not */
} Transaction;

void transaction_init(Transaction *transaction);
/* For the end of the session. */
void transaction_clear(Transaction *transaction);

/* The one place where a message's state goes: called at MAIL, end of message, abort and
 * close, any number of times. */
void transaction_reset(Transaction *transaction);

/* MAIL. The settings must outlive the transaction. */
void transaction_begin(Transaction *transaction, const char *reverse_path,
		       const Settings *settings);
void transaction_add_recipient(Transaction *transaction, const char *forward_path,
			       const char *mailer, const Settings *settings);
void transaction_add_field(Transaction *transaction, const char *name, const char *body);
void transaction_add_body(Transaction *transaction, const unsigned char *bytes,
			  size_t length, const Settings *settings);

#endif
