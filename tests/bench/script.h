/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A script: what the MTA sends for a session's beginning or for one letter, as was agreed
 * with the milter, and where it waits for an answer. Made once, sent often. As Postfix
 * does it: macros go before every command, before every header field too, those that the
 * milter asked for or else Postfix's own.
 */
#ifndef LEAD_BENCH_SCRIPT_H
#define LEAD_BENCH_SCRIPT_H

#include <stdint.h>

#include "../protocol/mta.h"
#include "letter.h"

typedef struct {
	size_t at;
	Slot slot;
} Spot;

typedef struct {
	GByteArray *octets;
	GArray *stops;	   /* of size_t: with so many octets sent, one answer is awaited */
	GArray *spots;	   /* of Spot */
	size_t first_from; /* where the first letter of a session begins: behind the ABORT
			    */
	size_t body_from;  /* between these, SKIP leaves out what is left */
	size_t body_to;
} Script;

/* What a milter agreed to, asked on a connection of its own. */
Mta *script_negotiate(const char *socket);

/* agreed: of script_negotiate() */
Script *script_of_negotiation(void);
Script *script_of_session(const Mta *agreed, bool outbound);
Script *script_of_letter(const Mta *agreed, const Letter *letter);
void script_free(Script *script);

#endif
