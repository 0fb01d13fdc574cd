/* SPDX-License-Identifier: BSD-2-Clause */
/* Stages of a contact on the way to being a client, in their order. */
#ifndef LEAD_STAGE_H
#define LEAD_STAGE_H

#include <stdbool.h>

typedef enum {
	STAGE_LEAD = 1, /* shows or may have interest; unqualified */
	STAGE_PROSPECT, /* reacted to outreach, or vetted */
	STAGE_CUSTOMER, /* bought at least once */
	STAGE_CLIENT,   /* buys regularly */
} Stage;

const char *stage_name(Stage stage); /* "lead", ...; NULL for no stage */
bool stage_from_name(const char *name, Stage *stage_out); /* any case */

#endif
