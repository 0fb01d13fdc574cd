/* SPDX-License-Identifier: BSD-2-Clause */
/* Outcomes and reasons by name: the names are an interface, see outcome.h. */
#include <glib.h>
#include <string.h>

#include "lead/outcome.h"

static const char *const outcomes[] = {
	[OUTCOME_IGNORED] = "ignored",
	[OUTCOME_LOGGED] = "logged",
	[OUTCOME_SUGGESTED] = "suggested",
	[OUTCOME_PROMOTED] = "promoted",
};

static const char *const reasons[REASON_N] = {
#define X(identifier, name) [REASON_##identifier] = name,
	LEAD_REASONS(X)
#undef X
};

static bool name_find(const char *const *names, size_t count, const char *name,
		      size_t *at_out)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i], name) == 0) {
			*at_out = i;
			return true;
		}
	}
	return false;
}

const char *outcome_name(Outcome outcome)
{
	return (size_t)outcome < G_N_ELEMENTS(outcomes) ? outcomes[outcome] : NULL;
}

bool outcome_from_name(const char *name, Outcome *outcome_out)
{
	size_t at;

	if (!name_find(outcomes, G_N_ELEMENTS(outcomes), name, &at))
		return false;
	*outcome_out = (Outcome)at;
	return true;
}

const char *reason_name(Reason reason)
{
	return (size_t)reason < REASON_N ? reasons[reason] : NULL;
}

bool reason_from_name(const char *name, Reason *reason_out)
{
	size_t at;

	if (!name_find(reasons, REASON_N, name, &at))
		return false;
	*reason_out = (Reason)at;
	return true;
}
