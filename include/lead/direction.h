/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Direction: who sends to whom, seen from our organisation. Pure. The message has one
 * direction for the log and the record; each recipient has its own.
 *
 * A message is outbound if it is outbound to any recipient, else inbound if so to any,
 * else internal, else transit.
 */
#ifndef LEAD_DIRECTION_H
#define LEAD_DIRECTION_H

#include <glib.h>
#include <stdbool.h>

#include "lead/facts.h"
#include "lead/settings.h"

typedef enum {
	DIRECTION_TRANSIT,
	DIRECTION_INTERNAL,
	DIRECTION_INBOUND,
	DIRECTION_OUTBOUND,
} Direction;

typedef enum { SOURCE_EXTERNAL, SOURCE_LOCAL, SOURCE_SUBMISSION } Source;

typedef struct {
	Source source;
	Direction direction;
	const char *rule;   /* name of the rule that fired, static */
	bool spoof_suspect; /* author in local_domains on a message from outside */
	bool mailer_disagrees; /* {rcpt_mailer} says otherwise for some recipient */
	Direction *recipients; /* one for each of envelope->recipients, owned */
} DirectionVerdict;

/*
 * source, first match: daemon-name, daemon-port, auth -> submission; internal-network,
 * no-client-address -> local; archive-author (a file whose author is ours) ->
 * submission; else external. A local source whose author and reverse-path are both not
 * ours (a content filter or fetcher that re-injects) counts as external, and so does our
 * own MTA's bounce (null reverse-path, author a mailer daemon): rule "re-injected",
 * "local-report".
 */
void direction_decide(const MessageFacts *facts, const Settings *settings,
		      DirectionVerdict *verdict_out);
void direction_verdict_clear(DirectionVerdict *verdict);

/* The static name of that rule; "unknown" if there is none of it (any more). */
const char *direction_rule_from_name(const char *name);
const char *direction_name(Direction direction); /* outbound, inbound, internal, transit */
bool direction_from_name(const char *name, Direction *direction_out);

#endif
