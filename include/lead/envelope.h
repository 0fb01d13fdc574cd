/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The envelope of a mail transaction (RFC 5321 2.3.1) and how the message came to the
 * MTA. The milter fills it from macros and commands; for a file it is read from trace
 * fields, and then says so: what is not known is never invented.
 */
#ifndef LEAD_ENVELOPE_H
#define LEAD_ENVELOPE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/address.h"

typedef enum {
	CLIENT_ADDRESS, /* a network address, in client_address */
	CLIENT_LOCAL,   /* no address, or a unix socket: local submission */
	CLIENT_ARCHIVE, /* a file: no client is known; direction goes by the author */
} ClientKind;

typedef struct {
	AddrSpec *address;
	char *mailer; /* {rcpt_mailer}, or NULL */
} EnvelopeRecipient;

typedef struct {
	ClientKind client;
	char *client_address; /* "192.0.2.1", "2001:db8::1"; NULL unless CLIENT_ADDRESS */
	char *daemon_name;    /* {daemon_name}; this and the next four NULL if not given */
	char *daemon_port;
	char *auth_type;
	char *auth_authen;
	char *mta_host;        /* j */
	char *queue_id;        /* i; NULL for a file */
	char *generated_id;    /* {msg_id} at end of message (Sendmail), without brackets */
	AddrSpec *reverse_path;       /* NULL: not known (a file without Return-Path) */
	GPtrArray *recipients;        /* of EnvelopeRecipient *, owned */
	size_t recipients_left_out;   /* above the limit: counted, not kept */
	bool recipients_from_header;  /* a file without envelope fields: To and Cc stand in */
	int64_t received_at;          /* seconds UTC: our clock, or the file's last hop */
	int64_t size;                 /* octets of the message so far as known */
} Envelope;

void envelope_init(Envelope *envelope);
void envelope_clear(Envelope *envelope); /* frees all; envelope_init() before new use */
void envelope_add_recipient(Envelope *envelope, AddrSpec *address_taken,
			    const char *mailer, size_t limit);
bool envelope_has_null_reverse_path(const Envelope *envelope); /* known, and null */

#endif
