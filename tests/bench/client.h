/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A client: one connection to the milter, that works through scripts as far as the socket
 * takes and gives octets. Never blocks once it is connected.
 */
#ifndef LEAD_BENCH_CLIENT_H
#define LEAD_BENCH_CLIENT_H

#include "traffic.h"

typedef enum {
	CLIENT_WAITS,	 /* for the socket */
	CLIENT_ANSWERED, /* a letter has its last answer */
	CLIENT_HUNG_UP,	 /* the milter has, before it had answered */
} ClientState;

typedef struct Client Client;

Client *client_new(const char *socket, Traffic *traffic);
void client_free(Client *client);
int client_descriptor(const Client *client);
/* What it waits for: the socket takes octets again, too, or it only gives some. */
bool client_wants_to_send(const Client *client);

/* Negotiation, the beginning of a session, and its first letter. due: since when its
 * latency counts, us monotonic. */
ClientState client_begin(Client *client, int64_t due);
/* One more, when the last is answered. */
ClientState client_send_letter(Client *client, int64_t due);
/* Ends the session, without waiting. */
void client_quit(Client *client);
/* When the socket is ready. */
ClientState client_go_on(Client *client);

int64_t client_due(const Client *client);
bool client_was_accepted(const Client *client); /* the letter that was answered */
unsigned client_letters(const Client *client);	/* answered so far */

#endif
