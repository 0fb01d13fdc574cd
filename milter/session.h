/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One connection of the MTA as it concerns one SMTP session. libmilter calls back from
 * whatever worker thread is free, but never from two at once for one session; all state
 * hangs on the context. A session keeps the settings with which it began.
 */
#ifndef LEADMILTER_SESSION_H
#define LEADMILTER_SESSION_H

#include <arpa/inet.h>
#include <stdbool.h>

#include <libmilter/mfapi.h>

#include "lead/settings.h"
#include "transaction.h"

typedef struct {
	Settings *settings;
	unsigned long no_reply; /* SMFIP_NR_* bits that were agreed */
	ClientKind client;
	char client_address[INET6_ADDRSTRLEN]; /* "" unless CLIENT_ADDRESS */
	Transaction transaction;
} Session;

/* Before libmilter runs: how many descriptors the process may have. */
void session_set_descriptors(int64_t limit);

/* The session of a context, made if there is none: after QUIT_NC the MTA goes on with a
 * new session on the same connection, without negotiation. NULL above max_sessions, or when
 * descriptors run short. */
Session *session_of(SMFICTX *context);
/* At close; fine if there is none. */
void session_end(SMFICTX *context);

/* The transaction, if one is open: a command out of order finds none. */
Transaction *session_transaction(SMFICTX *context);

/* address NULL, AF_UNIX, or of a family unknown to us: local submission. */
void session_set_client(Session *session, const struct sockaddr *address);

/* SMFIS_NOREPLY where the bit was agreed, SMFIS_CONTINUE elsewhere. libmilter logs a line
 * for each answer that was not agreed. */
sfsistat session_answer(SMFICTX *context, unsigned long no_reply_bit);

#endif
