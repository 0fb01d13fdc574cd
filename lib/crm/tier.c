/* SPDX-License-Identifier: BSD-2-Clause */
/* Tiers of evidence: names and windows. */
#include <glib.h>
#include <string.h>

#include "lead/tier.h"

#define DAYS(n) ((n) * INT64_C(86400))

static const struct {
	const char *name;
	int64_t window;
} tiers[] = {
	[TIER_NONE] = {NULL, 0},
	[TIER_REFERENCE] = {"reference", DAYS(365)},
	[TIER_THREAD_INDEX] = {"thread-index", DAYS(180)},
	[TIER_SUBJECT] = {"subject", DAYS(30)},
	[TIER_UNTHREADED] = {"unthreaded", DAYS(90)},
};

const char *tier_name(Tier tier)
{
	return (size_t)tier < G_N_ELEMENTS(tiers) ? tiers[tier].name : NULL;
}

bool tier_from_name(const char *name, Tier *tier_out)
{
	for (Tier tier = TIER_REFERENCE; tier <= TIER_UNTHREADED; tier++) {
		if (strcmp(tiers[tier].name, name) == 0) {
			*tier_out = tier;
			return true;
		}
	}
	return false;
}

int64_t tier_window_seconds(Tier tier)
{
	return (size_t)tier < G_N_ELEMENTS(tiers) ? tiers[tier].window : 0;
}
