/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/stage.h"

#include <glib.h>

static const char *const names[] = {
	[STAGE_LEAD] = "lead",
	[STAGE_PROSPECT] = "prospect",
	[STAGE_CUSTOMER] = "customer",
	[STAGE_CLIENT] = "client",
};

const char *stage_name(Stage stage)
{
	return stage >= STAGE_LEAD && stage <= STAGE_CLIENT ? names[stage] : NULL;
}

bool stage_from_name(const char *name, Stage *stage_out)
{
	for (Stage stage = STAGE_LEAD; stage <= STAGE_CLIENT; stage++) {
		if (g_ascii_strcasecmp(names[stage], name) == 0) {
			*stage_out = stage;
			return true;
		}
	}
	return false;
}
