/* SPDX-License-Identifier: BSD-2-Clause */
/* Sessions and messages by the book, for tests that are about something else. */
#ifndef LEAD_TEST_MAIL_H
#define LEAD_TEST_MAIL_H

#include "daemon.h"
#include "mta.h"

/* Negotiated with all offers, connected, HELO said. MX: a client from outside;
 * submission: rep@ours.example, logged in. */
Mta *mail_mx_session(Daemon *daemon);
Mta *mail_submission_session(Daemon *daemon);
/* The beginning of a submission session on a connection at hand. Returns mta. */
Mta *mail_submission_begin(Mta *mta);

/* The same with an MTA that wants an answer to every step: when a step returns, the daemon
 * has done it. */
Mta *mail_answered_session(Daemon *daemon);

/* QUIT, and waits until the milter has hung up. Frees. */
void mail_end_session(Mta *mta);

/* One whole message; the answer at its end. id: of message and queue, without domain.
 * Outreach goes from rep@ours.example to lead, on a submission session. */
char mail_outreach(Mta *mta, const char *id, const char *lead);
/* A reply of lead to outreach of that id, on an MX session. */
char mail_reply(Mta *mta, const char *id, const char *lead, const char *outreach);

/* The parts, for messages that end otherwise. */
void mail_outreach_envelope(Mta *mta, const char *id, const char *lead);
void mail_outreach_content(Mta *mta, const char *id, const char *lead);

/* The stage of a contact, 0 if there is none of that address. */
Stage mail_stage(Daemon *daemon, const char *address);

#endif
