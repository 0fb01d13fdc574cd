/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers that grow with every message: kept beside the rows, because counting millions
 * of them takes seconds. What a transaction adds is gathered in its connection, and
 * written with its commit: a trigger would cost every message as much as an index does.
 */
#ifndef LEAD_STORE_SQLITE_TALLY_H
#define LEAD_STORE_SQLITE_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../rows.h"

enum { TALLY_MONTHS = 32 }; /* at once; more are written in between */

typedef struct {
	int64_t month;	   /* UTC: 202611 */
	int64_t number[2]; /* of interactions, by outbound */
} TallyMonth;

/* Contacts that were added one behind the other, alike. */
typedef struct {
	int64_t number, month;
	Stage stage;
	char source[64]; /* "": none; one that is longer is written at once */
} TallyContacts;

typedef struct {
	TallyContacts contacts;
	TallyMonth months[TALLY_MONTHS];
	size_t count; /* of months */
	int64_t messages, promotions;
	int64_t last_message_at;
} Tally;

struct Connection;

void tally_contact(struct Connection *connection, const ContactRow *row); /* one more */
void tally_interaction(struct Connection *connection, int64_t at, bool outbound, int by);
void tally_message(struct Connection *connection, int64_t at); /* one more */
void tally_promotion(struct Connection *connection, int by);
/* Adds what was gathered to the rows; an error is in the transaction. */
void tally_write(struct Connection *connection);
void tally_forget(struct Connection *connection);
/* As a savepoint, and back to it. */
void tally_mark(struct Connection *connection);
void tally_return(struct Connection *connection);

#endif
