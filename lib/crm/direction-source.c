/* SPDX-License-Identifier: BSD-2-Clause */
#include "direction-source.h"

#include <string.h>

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

static bool comes_from_within(const MessageFacts *facts, const Settings *settings)
{
	const Envelope *envelope = facts->envelope;

	if (envelope->client == CLIENT_ADDRESS)
		return envelope->client_address == NULL ||
		       settings_is_internal(settings, envelope->client_address);
	return envelope->client == CLIENT_LOCAL;
}

/* A message while its source is decided. */
typedef struct {
	const MessageFacts *facts;
	const Settings *settings;
	enum { NOT_ASKED, WITHIN, WITHOUT } place; /* the client's: parsed once at most */
} SourceCase;

static bool is_within(SourceCase *self)
{
	if (self->place == NOT_ASKED)
		self->place = comes_from_within(self->facts, self->settings) ? WITHIN
									     : WITHOUT;
	return self->place == WITHIN;
}

static bool is_archived(SourceCase *self)
{
	return self->facts->envelope->client == CLIENT_ARCHIVE;
}

static bool is_archived_from_us(SourceCase *self)
{
	return is_archived(self) && author_is_ours(self->facts, self->settings);
}

static bool daemon_name_submits(SourceCase *self)
{
	return is_one_of(self->facts->envelope->daemon_name,
			 self->settings->submission_daemons);
}

static bool daemon_port_submits(SourceCase *self)
{
	return is_one_of(self->facts->envelope->daemon_port,
			 self->settings->submission_ports);
}

/* {auth_author} is what the client claimed in MAIL FROM's AUTH= and proves nothing. */
static bool is_authenticated(SourceCase *self)
{
	return is_text(self->facts->envelope->auth_type) ||
	       is_text(self->facts->envelope->auth_authen);
}

static bool is_local_report(SourceCase *self)
{
	return is_report(self->facts) && (is_within(self) || is_archived_from_us(self));
}

bool source_is_local_report(const MessageFacts *facts, const Settings *settings)
{
	SourceCase self = {facts, settings, NOT_ASKED};

	return is_local_report(&self);
}

/* Mail from outside on its second way through the MTA, behind a content filter. */
static bool is_reinjected(SourceCase *self)
{
	return is_within(self) && !sender_is_ours(self->facts, self->settings);
}

static bool is_network_internal(SourceCase *self)
{
	return self->facts->envelope->client == CLIENT_ADDRESS &&
	       self->facts->envelope->client_address != NULL && is_within(self);
}

typedef struct {
	const char *name;
	Source source;
	bool (*holds)(SourceCase *self);
} SourceRule;

static const SourceRule source_rules[] = {
	{"daemon-name", SOURCE_SUBMISSION, daemon_name_submits},
	{"daemon-port", SOURCE_SUBMISSION, daemon_port_submits},
	{"auth", SOURCE_SUBMISSION, is_authenticated},
	{"re-injected", SOURCE_EXTERNAL, is_reinjected},
	{"local-report", SOURCE_EXTERNAL, is_local_report},
	{"internal-network", SOURCE_LOCAL, is_network_internal},
	{"no-client-address", SOURCE_LOCAL, is_within},
	{"archive-author", SOURCE_SUBMISSION, is_archived_from_us},
	{"archive", SOURCE_EXTERNAL, is_archived},
};

static const char no_rule[] = "external"; /* holds if none does */

Source source_decide(const MessageFacts *facts, const Settings *settings,
		     const char **rule_out)
{
	SourceCase self = {facts, settings, NOT_ASKED};

	for (size_t i = 0; i < G_N_ELEMENTS(source_rules); i++) {
		if (source_rules[i].holds(&self)) {
			*rule_out = source_rules[i].name;
			return source_rules[i].source;
		}
	}
	*rule_out = no_rule;
	return SOURCE_EXTERNAL;
}

const char *direction_rule_from_name(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(source_rules); i++) {
		if (strcmp(source_rules[i].name, name) == 0)
			return source_rules[i].name;
	}
	return strcmp(name, no_rule) == 0 ? no_rule : "unknown";
}
