/* SPDX-License-Identifier: BSD-2-Clause */
#include "direction-source.h"

bool address_is_ours(const AddrSpec *address, const Settings *settings)
{
	const char *domain = address->delivery_domain;

	if (addr_spec_is_null(address))
		return false;
	return *domain == '\0' || settings_is_local_domain(settings, domain);
}

static bool author_is_ours(const MessageFacts *facts, const Settings *settings)
{
	for (guint i = 0; i < facts->authors->len; i++) {
		const Mailbox *author = facts->authors->pdata[i];

		if (address_is_ours(author->address, settings))
			return true;
	}
	return false;
}

bool sender_is_ours(const MessageFacts *facts, const Settings *settings)
{
	const AddrSpec *reverse_path = facts->envelope->reverse_path;

	return author_is_ours(facts, settings) ||
	       (reverse_path != NULL && address_is_ours(reverse_path, settings));
}

/* A mailer daemon's report: no reverse-path, or in a file none that is known. */
static bool is_report(const MessageFacts *facts)
{
	const Mailbox *author = facts->authors->len > 0 ? facts->authors->pdata[0] : NULL;
	const AddrSpec *reverse_path = facts->envelope->reverse_path;

	return author != NULL && addr_spec_is_mailer_daemon(author->address) &&
	       (reverse_path == NULL || addr_spec_is_null(reverse_path));
}

static bool is_one_of(const char *word, char *const *words)
{
	for (size_t i = 0; word != NULL && words != NULL && words[i] != NULL; i++) {
		if (g_ascii_strcasecmp(word, words[i]) == 0)
			return true;
	}
	return false;
}

static bool is_text(const char *text)
{
	return text != NULL && *text != '\0';
}

static bool daemon_name_submits(const MessageFacts *facts, const Settings *settings)
{
	return is_one_of(facts->envelope->daemon_name, settings->submission_daemons);
}

static bool daemon_port_submits(const MessageFacts *facts, const Settings *settings)
{
	return is_one_of(facts->envelope->daemon_port, settings->submission_ports);
}

/* {auth_author} is what the client claimed in MAIL FROM's AUTH= and proves nothing. */
static bool is_authenticated(const MessageFacts *facts, const Settings *settings)
{
	(void)settings;
	return is_text(facts->envelope->auth_type) || is_text(facts->envelope->auth_authen);
}

static bool comes_from_within(const MessageFacts *facts, const Settings *settings)
{
	const Envelope *envelope = facts->envelope;

	if (envelope->client == CLIENT_ADDRESS)
		return envelope->client_address == NULL ||
		       settings_is_internal(settings, envelope->client_address);
	return envelope->client == CLIENT_LOCAL;
}

bool source_is_local_report(const MessageFacts *facts, const Settings *settings)
{
	bool archived = facts->envelope->client == CLIENT_ARCHIVE;

	return is_report(facts) && (comes_from_within(facts, settings) ||
				    (archived && author_is_ours(facts, settings)));
}

/* Mail from outside on its second way through the MTA, behind a content filter. */
static bool is_reinjected(const MessageFacts *facts, const Settings *settings)
{
	return comes_from_within(facts, settings) && !sender_is_ours(facts, settings);
}

static bool is_network_internal(const MessageFacts *facts, const Settings *settings)
{
	return facts->envelope->client == CLIENT_ADDRESS &&
	       facts->envelope->client_address != NULL &&
	       comes_from_within(facts, settings);
}

static bool is_archived_from_us(const MessageFacts *facts, const Settings *settings)
{
	return facts->envelope->client == CLIENT_ARCHIVE && author_is_ours(facts, settings);
}

static bool is_archived(const MessageFacts *facts, const Settings *settings)
{
	(void)settings;
	return facts->envelope->client == CLIENT_ARCHIVE;
}

typedef struct {
	const char *name;
	Source source;
	bool (*holds)(const MessageFacts *facts, const Settings *settings);
} SourceRule;

static const SourceRule source_rules[] = {
	{"daemon-name", SOURCE_SUBMISSION, daemon_name_submits},
	{"daemon-port", SOURCE_SUBMISSION, daemon_port_submits},
	{"auth", SOURCE_SUBMISSION, is_authenticated},
	{"re-injected", SOURCE_EXTERNAL, is_reinjected},
	{"local-report", SOURCE_EXTERNAL, source_is_local_report},
	{"internal-network", SOURCE_LOCAL, is_network_internal},
	{"no-client-address", SOURCE_LOCAL, comes_from_within},
	{"archive-author", SOURCE_SUBMISSION, is_archived_from_us},
	{"archive", SOURCE_EXTERNAL, is_archived},
};

Source source_decide(const MessageFacts *facts, const Settings *settings,
		     const char **rule_out)
{
	for (size_t i = 0; i < G_N_ELEMENTS(source_rules); i++) {
		if (source_rules[i].holds(facts, settings)) {
			*rule_out = source_rules[i].name;
			return source_rules[i].source;
		}
	}
	*rule_out = "external";
	return SOURCE_EXTERNAL;
}
