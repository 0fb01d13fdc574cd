/* SPDX-License-Identifier: BSD-2-Clause */
#include "explain-envelope.h"

#include <gio/gio.h>
#include <string.h>

#include "leadctl.h"

static bool path_check(const char *option, const char *path, const Settings *settings)
{
	g_autoptr(AddrSpec) address = addr_spec_parse(path, settings->subaddress_separator);

	if (address != NULL)
		return true;
	complain("%s: '%s' is not a mail address", option, path);
	return false;
}

static bool client_check(const char *client)
{
	g_autoptr(GInetAddress) address = g_inet_address_new_from_string(client);

	if (address != NULL || strcmp(client, "local") == 0)
		return true;
	complain("--client: '%s' is neither a network address nor 'local'", client);
	return false;
}

bool envelope_options_check(const EnvelopeOptions *options, const Settings *settings)
{
	char **recipient = options->recipients;

	if (options->mail_from != NULL &&
	    !path_check("--mail-from", options->mail_from, settings))
		return false;
	for (; recipient != NULL && *recipient != NULL; recipient++) {
		if (!path_check("--rcpt", *recipient, settings))
			return false;
	}
	return options->client == NULL || client_check(options->client);
}

static void recipients_apply(char **recipients, const Settings *settings,
			     Envelope *envelope)
{
	g_ptr_array_set_size(envelope->recipients, 0);
	envelope->recipients_left_out = 0;
	envelope->recipients_from_header = false;
	for (; *recipients != NULL; recipients++)
		envelope_add_recipient(
			envelope,
			addr_spec_parse(*recipients, settings->subaddress_separator), NULL,
			(size_t)settings->recipients);
}

static void client_apply(const char *client, Envelope *envelope)
{
	if (strcmp(client, "local") == 0) {
		envelope->client = CLIENT_LOCAL;
		return;
	}
	envelope->client = CLIENT_ADDRESS;
	g_free(envelope->client_address);
	envelope->client_address = g_strdup(client);
}

void envelope_options_apply(const EnvelopeOptions *options, const Settings *settings,
			    Envelope *envelope)
{
	if (options->mail_from != NULL) {
		addr_spec_free(envelope->reverse_path);
		envelope->reverse_path =
			addr_spec_parse(options->mail_from, settings->subaddress_separator);
	}
	if (options->recipients != NULL)
		recipients_apply(options->recipients, settings, envelope);
	if (options->client != NULL)
		client_apply(options->client, envelope);
	if (options->login != NULL)
		envelope->auth_authen = g_strdup(options->login);
	if (options->daemon != NULL)
		envelope->daemon_name = g_strdup(options->daemon);
}
