/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/contact.h"

static const char *const names[ACTION_N] = {
	[ACTION_CREATED] = "created",	  [ACTION_PROMOTED] = "promoted",
	[ACTION_MOVED] = "moved",	  [ACTION_ACCEPTED] = "accepted",
	[ACTION_REJECTED] = "rejected",	  [ACTION_UNDONE] = "undone",
	[ACTION_LOCKED] = "locked",	  [ACTION_UNLOCKED] = "unlocked",
	[ACTION_OWNED] = "owned",	  [ACTION_IGNORED] = "ignored",
	[ACTION_UNIGNORED] = "unignored",
};

const char *action_name(Action action)
{
	return (size_t)action < ACTION_N ? names[action] : NULL;
}
