/* SPDX-License-Identifier: BSD-2-Clause */
#include "deed.h"

#include "date.h"
#include "leadctl.h"

void deed_read(char *reason, Deed *deed_out)
{
	const char *stripped = reason != NULL ? g_strstrip(reason) : "";

	*deed_out = (Deed){
		.actor = leadctl_actor(),
		.reason = *stripped != '\0' ? stripped : NULL,
		.at = date_now(),
	};
}

bool deed_read_reasoned(const char *command, char *reason, Deed *deed_out)
{
	deed_read(reason, deed_out);
	if (deed_out->reason != NULL)
		return true;
	complain("%s needs --reason TEXT: it is what the history will say", command);
	return false;
}
