/* SPDX-License-Identifier: BSD-2-Clause */
/* Tiers: the evidence by which a message answers outreach, the best first. */
#ifndef LEAD_TIER_H
#define LEAD_TIER_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
	TIER_NONE,
	TIER_REFERENCE,    /* an id names a recorded outbound message; 365 d */
	TIER_THREAD_INDEX, /* same Thread-Index root; 180 d */
	TIER_SUBJECT,      /* reply prefix, same specific subject, same rep, one candidate; 30 d */
	TIER_UNTHREADED,   /* a later mail to the same rep; 90 d */
} Tier;
const char *tier_name(Tier tier); /* NULL for TIER_NONE */
bool tier_from_name(const char *name, Tier *tier_out);
int64_t tier_window_seconds(Tier tier);

#endif
