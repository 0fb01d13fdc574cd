/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "lead/classify.h"

static const struct {
	const char *name;
	bool automatic; /* nobody wrote it */
} classes[] = {
	[CLASS_OWN_LOOP] = {"own-loop", true},
	[CLASS_BOUNCE] = {"bounce", true},
	[CLASS_COMPLAINT] = {"complaint", true},
	[CLASS_RECEIPT] = {"receipt", true},
	[CLASS_CALENDAR] = {"calendar", false},
	[CLASS_SPAM] = {"spam", true},
	[CLASS_OUT_OF_OFFICE] = {"out-of-office", true},
	[CLASS_AUTO_REPLY] = {"auto-reply", true},
	[CLASS_MACHINE] = {"machine", true},
	[CLASS_LIST] = {"list", false},
	[CLASS_BULK] = {"bulk", false},
	[CLASS_OPT_OUT] = {"opt-out", false},
	[CLASS_LEFT_COMPANY] = {"left-company", false},
	[CLASS_DECLINED] = {"declined", false},
	[CLASS_SUSPECT] = {"suspect", false},
	[CLASS_HUMAN] = {"human", false},
};

const char *message_class_name(MessageClass class)
{
	return (size_t)class < G_N_ELEMENTS(classes) ? classes[class].name : NULL;
}

bool message_class_from_name(const char *name, MessageClass *class_out)
{
	for (size_t i = 0; i < G_N_ELEMENTS(classes); i++) {
		if (g_ascii_strcasecmp(classes[i].name, name) == 0) {
			*class_out = (MessageClass)i;
			return true;
		}
	}
	return false;
}

bool message_class_is_automatic(MessageClass class)
{
	return (size_t)class < G_N_ELEMENTS(classes) && classes[class].automatic;
}
