/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/direction.h"

#include <string.h>

#include "author.h"
#include "direction-source.h"
#include "list-fields.h"

static const char *const names[] = {
	[DIRECTION_TRANSIT] = "transit",
	[DIRECTION_INTERNAL] = "internal",
	[DIRECTION_INBOUND] = "inbound",
	[DIRECTION_OUTBOUND] = "outbound",
};

const char *direction_name(Direction direction)
{
	return (size_t)direction < G_N_ELEMENTS(names) ? names[direction] : NULL;
}

bool direction_from_name(const char *name, Direction *direction_out)
{
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (g_ascii_strcasecmp(names[i], name) == 0) {
			*direction_out = (Direction)i;
			return true;
		}
	}
	return false;
}

/* A rep who is logged in and writes under a foreign name to a foreign address is nobody's
 * outreach; to one of ours he is still one of us. */
static Direction direction_to(Source source, bool sender_ours, bool recipient_ours)
{
	if (source == SOURCE_EXTERNAL)
		return recipient_ours ? DIRECTION_INBOUND : DIRECTION_TRANSIT;
	if (recipient_ours)
		return DIRECTION_INTERNAL;
	return sender_ours ? DIRECTION_OUTBOUND : DIRECTION_TRANSIT;
}

/* Local delivery of an address that local_domains does not know. The reverse is no
 * disagreement: a gateway relays its own domains. */
static bool mailer_delivers_here(const char *mailer)
{
	static const char *const here[] = {"local", "lmtp", "virtual"};

	for (size_t i = 0; mailer != NULL && i < G_N_ELEMENTS(here); i++) {
		if (g_ascii_strcasecmp(mailer, here[i]) == 0)
			return true;
	}
	return false;
}

static void decide_recipients(const MessageFacts *facts, const Settings *settings,
			      DirectionVerdict *verdict)
{
	const GPtrArray *recipients = facts->envelope->recipients;
	bool sender_ours = sender_is_ours(facts, settings);

	verdict->recipients = g_new0(Direction, recipients->len + 1);
	for (guint i = 0; i < recipients->len; i++) {
		const EnvelopeRecipient *recipient = recipients->pdata[i];
		bool ours = address_is_ours(recipient->address, settings);
		Direction direction = direction_to(verdict->source, sender_ours, ours);

		verdict->recipients[i] = direction;
		verdict->direction = MAX(verdict->direction, direction);
		verdict->mailer_disagrees |=
			!ours && mailer_delivers_here(recipient->mailer);
	}
	/* A file that names nobody was still sent by us, or to us. */
	if (recipients->len == 0 && facts->envelope->client == CLIENT_ARCHIVE)
		verdict->direction = verdict->source == SOURCE_EXTERNAL
					     ? DIRECTION_INBOUND
					     : DIRECTION_OUTBOUND;
}

/* Our own list returns a stranger's mail under its own name, which is ours. */
static bool is_restored_by_own_list(const MessageFacts *facts, const Settings *settings)
{
	Author author = author_choose(facts);

	return author.stands_in && !address_is_ours(author.mailbox->address, settings) &&
	       list_is_own(facts->section, settings);
}

static bool domain_is_ours(const MessageFacts *facts, const Settings *settings)
{
	for (guint i = 0; i < facts->authors->len; i++) {
		const Mailbox *author = facts->authors->pdata[i];
		const char *domain = addr_spec_domain(author->address);

		if (*domain != '\0' && settings_is_local_domain(settings, domain))
			return true;
	}
	return false;
}

void direction_decide(const MessageFacts *facts, const Settings *settings,
		      DirectionVerdict *verdict_out)
{
	memset(verdict_out, 0, sizeof *verdict_out);
	verdict_out->source = source_decide(facts, settings, &verdict_out->rule);
	decide_recipients(facts, settings, verdict_out);
	verdict_out->spoof_suspect = verdict_out->source == SOURCE_EXTERNAL &&
				     domain_is_ours(facts, settings) &&
				     !source_is_local_report(facts, settings) &&
				     !is_restored_by_own_list(facts, settings);
}

void direction_verdict_clear(DirectionVerdict *verdict)
{
	g_free(verdict->recipients);
	memset(verdict, 0, sizeof *verdict);
}
