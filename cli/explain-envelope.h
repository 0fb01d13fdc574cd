/* SPDX-License-Identifier: BSD-2-Clause */
/* The envelope that the options of `explain` give, in place of what the file says. */
#ifndef LEADCTL_EXPLAIN_ENVELOPE_H
#define LEADCTL_EXPLAIN_ENVELOPE_H

#include "lead/envelope.h"
#include "lead/settings.h"

typedef struct { /* as given; NULL: the file decides */
	char *mail_from, *client, *login, *daemon;
	char **recipients;
} EnvelopeOptions;

/* False (complained) if an address is none. */
bool envelope_options_check(const EnvelopeOptions *options, const Settings *settings);

/* options have been checked. */
void envelope_options_apply(const EnvelopeOptions *options, const Settings *settings,
			    Envelope *envelope);

#endif
