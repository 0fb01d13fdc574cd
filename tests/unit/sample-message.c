/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample-message.h"

#include <string.h>

static Settings *read_settings(const char *options)
{
	g_autofree char *text =
		g_strdup_printf("[mail]\nlocal_domains = ours.example .ours.example\n"
				"trusted_authserv_ids = mx.ours.example\n%s",
				options != NULL ? options : "");
	GError *error = NULL;
	Settings *settings = settings_load_text(text, "sample", &error);

	g_assert_no_error(error);
	return settings;
}

static void read_client(Envelope *envelope, const char *client)
{
	envelope->client = CLIENT_ADDRESS;
	if (client == NULL)
		client = "192.0.2.1";
	if (strcmp(client, "local") == 0)
		envelope->client = CLIENT_LOCAL;
	else if (strcmp(client, "archive") == 0)
		envelope->client = CLIENT_ARCHIVE;
	else
		envelope->client_address = g_strdup(client);
}

static void read_recipients(Envelope *envelope, const char *recipients)
{
	g_auto(GStrv) words =
		g_strsplit(recipients != NULL ? recipients : "rep@ours.example", " ", -1);

	for (size_t i = 0; words[i] != NULL && *words[i] != '\0'; i++) {
		char *mailer = strchr(words[i], '/');

		if (mailer != NULL)
			*mailer++ = '\0';
		envelope_add_recipient(envelope, addr_spec_parse(words[i], "+"), mailer,
				       100);
	}
}

static void read_envelope(Envelope *envelope, const SampleEnvelope *sample)
{
	const char *path = sample->reverse_path;

	envelope_init(envelope);
	read_client(envelope, sample->client);
	envelope->daemon_name = g_strdup(sample->daemon_name);
	envelope->daemon_port = g_strdup(sample->daemon_port);
	envelope->auth_type = g_strdup(sample->auth_type);
	envelope->auth_authen = g_strdup(sample->auth_authen);
	envelope->queue_id = g_strdup(sample->queue_id);
	envelope->generated_id = g_strdup(sample->generated_id);
	envelope->mta_host = g_strdup("mx.ours.example");
	envelope->received_at = SAMPLE_AT;
	if (path == NULL || strcmp(path, "unknown") != 0)
		envelope->reverse_path =
			addr_spec_parse(path != NULL ? path : "jane@lead.example", "+");
	read_recipients(envelope, sample->recipients);
}

static HeaderSection *read_section(SampleMessage *sample, const char *text,
				   size_t *body_out)
{
	static const HeaderLimits limits = {1 << 18, 1000, 1 << 16};
	HeaderSection *section =
		header_section_new(&limits, sample->settings->spam_headers);

	*body_out = header_section_split(section, text, strlen(text));
	return section;
}

void sample_read(SampleMessage *sample, const char *text, const SampleEnvelope *envelope,
		 const char *options)
{
	static const SampleEnvelope stranger;
	FactsOptions facts = {
		.subaddress_separators = "+",
		.addresses_per_field = 100,
		.references = 32,
		.body = {.octets = 1 << 16, .depth = 10},
	};
	size_t start, length = strlen(text);

	memset(sample, 0, sizeof *sample);
	sample->settings = read_settings(options);
	facts.trusted_authserv_ids = sample->settings->trusted_authserv_ids;
	read_envelope(&sample->envelope, envelope != NULL ? envelope : &stranger);
	sample->envelope.size = (int64_t)length;
	sample->section = read_section(sample, text, &start);
	sample->body = g_memdup2(text + start, length - start);
	facts_read(&sample->envelope, sample->section, sample->body, length - start, &facts,
		   &sample->facts);
	direction_decide(&sample->facts, sample->settings, &sample->direction);
}

void sample_clear(SampleMessage *sample)
{
	direction_verdict_clear(&sample->direction);
	facts_clear(&sample->facts);
	g_free(sample->body);
	header_section_free(sample->section);
	envelope_clear(&sample->envelope);
	settings_unref(sample->settings);
}
