/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a message comes from: a table of rules, of which the first that holds decides. */
#ifndef LEAD_CRM_DIRECTION_SOURCE_H
#define LEAD_CRM_DIRECTION_SOURCE_H

#include <stdbool.h>

#include "lead/direction.h"

/* *rule_out is static. */
Source source_decide(const MessageFacts *facts, const Settings *settings,
		     const char **rule_out);

/* Our own MTA reports on a rep's mail: to the rep that is news from outside. */
bool source_is_local_report(const MessageFacts *facts, const Settings *settings);

/* A bare name ("root", "postmaster") is one of this host. */
bool address_is_ours(const AddrSpec *address, const Settings *settings);

/* Author or reverse-path. */
bool sender_is_ours(const MessageFacts *facts, const Settings *settings);

#endif
