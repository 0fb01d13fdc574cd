/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The MTA's side of the milter protocol (version 6), by the book or against it: octet by
 * octet, cut short, with lies about lengths. Written from the protocol's description and
 * with nothing of libmilter, so that both can be wrong on their own. One thread a
 * connection.
 */
#ifndef LEAD_TEST_MTA_H
#define LEAD_TEST_MTA_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Commands and replies are letters of the protocol; these are ours. */
enum {
	MTA_NO_REPLY = '-', /* agreed: none comes */
	MTA_NOT_SENT = '0', /* agreed: the step is left out */
	MTA_HUNG_UP = '!',  /* the milter closed the connection */
};

enum { MTA_STAGES = 7 };

typedef struct {
	uint32_t version, actions, protocol;
} MtaOffer;

extern const MtaOffer mta_offer_full;	  /* all that Postfix and Sendmail offer today */
extern const MtaOffer mta_offer_answered; /* the same, but every step is to be answered */

typedef struct {
	int descriptor;
	size_t chunk;		       /* octets of one write; 0 all at once */
	GByteArray *taken_down;	       /* instead of a connection: what would be sent */
	MtaOffer agreed;	       /* the milter's answer */
	char *macro_lists[MTA_STAGES]; /* NULL where none was asked */
} Mta;

/* A connection to unix:PATH or inet:PORT@HOST; never NULL, ends the test on failure. */
Mta *mta_new(const char *socket);
/* Hangs up; what the milter still says is lost. */
void mta_free(Mta *mta);
/* No connection: takes down what an MTA sends that has agreed to all that we ask for; every
 * answer reads as CONTINUE. */
Mta *mta_new_taking_down(void);
bool mta_can_connect(const char *socket);

/* Raw: one packet, its length field true or a lie. False if the milter has hung up. */
bool mta_send(Mta *mta, char command, const void *octets, size_t length);
bool mta_send_lie(Mta *mta, uint32_t claimed, char command, const void *octets,
		  size_t length);
bool mta_send_octets(Mta *mta, const void *octets, size_t length);
/* The letter of the next packet from the milter; its content is dropped. */
char mta_read(Mta *mta);
/* Waits until there is something to read. */
void mta_wait_answer(Mta *mta);
/* True if the milter has said nothing that was not read. */
bool mta_is_quiet(Mta *mta);
/* Reads until the milter hangs up. */
void mta_wait_hang_up(Mta *mta);

/* By the book: each step is left out, or its reply not waited for, as was agreed. */
bool mta_negotiate(Mta *mta, const MtaOffer *offer);
/* stage: the letter of the command that follows; name, value ... NULL */
void mta_macros(Mta *mta, int stage, ...) __attribute__((sentinel));
char mta_client(Mta *mta, const char *host, const char *address); /* NULL: none known */
char mta_client_family(Mta *mta, char family, const char *address);
char mta_helo(Mta *mta, const char *name);
char mta_mail(Mta *mta, const char *reverse_path);
char mta_rcpt(Mta *mta, const char *forward_path);
char mta_data(Mta *mta);
char mta_field(Mta *mta, const char *name, const char *body);
char mta_end_of_header(Mta *mta);
char mta_body(Mta *mta, const void *octets, size_t length);
char mta_end(Mta *mta); /* end of message */
void mta_abort(Mta *mta);
void mta_quit(Mta *mta);
void mta_quit_new_connection(Mta *mta);

#endif
