/* SPDX-License-Identifier: BSD-2-Clause */
/* The envelope of an archived message, out of the fields that final delivery and earlier
 * hops left behind (RFC 5321 4.4). */
#include <string.h>

#include "lead/header-date.h"
#include "lead/message-source.h"

/* Received = ... ";" date-time; comments may hold further semicolons, but not behind it. */
static int64_t received_date(const HeaderSection *section)
{
	const char *received = header_section_get(section, FIELD_RECEIVED, 0);
	const char *semicolon = received != NULL ? strrchr(received, ';') : NULL;

	return semicolon != NULL ? header_date_parse(semicolon + 1) : 0;
}

static int64_t arrival(const HeaderSection *section, int64_t fallback_at)
{
	const char *date = header_section_get(section, FIELD_DATE, 0);
	int64_t at = received_date(section);

	if (at == 0 && date != NULL)
		at = header_date_parse(date);
	return at != 0 ? at : fallback_at;
}

static bool has_recipient(const Envelope *envelope, const AddrSpec *address)
{
	for (guint i = 0; i < envelope->recipients->len; i++) {
		const EnvelopeRecipient *known = envelope->recipients->pdata[i];

		if (addr_spec_equal(known->address, address))
			return true;
	}
	return false;
}

static void add_recipient(Envelope *envelope, AddrSpec *address_taken,
			  const Settings *settings)
{
	bool unwanted = address_taken == NULL || addr_spec_is_null(address_taken) ||
			has_recipient(envelope, address_taken);

	if (unwanted)
		addr_spec_free(address_taken);
	else
		envelope_add_recipient(envelope, address_taken, NULL,
				       (size_t)settings->recipients);
}

static void add_trace_recipients(Envelope *envelope, const HeaderSection *section,
				 FieldId field, const Settings *settings)
{
	const char *path;

	for (size_t at = 0; (path = header_section_get(section, field, at)) != NULL; at++)
		add_recipient(envelope,
			      addr_spec_parse(path, settings->subaddress_separator),
			      settings);
}

static void add_header_recipients(Envelope *envelope, const HeaderSection *section,
				  FieldId field, const Settings *settings)
{
	g_autoptr(GPtrArray) mailboxes = mailbox_list_new();
	const char *body;

	for (size_t at = 0; (body = header_section_get(section, field, at)) != NULL; at++)
		mailbox_list_parse(mailboxes, body, settings->subaddress_separator,
				   (size_t)settings->addresses_per_field);
	for (guint i = 0; i < mailboxes->len; i++) {
		const Mailbox *mailbox = mailboxes->pdata[i];

		add_recipient(envelope, addr_spec_copy(mailbox->address), settings);
	}
}

/*
 * The uppermost of these fields that is there says to whom this copy was delivered;
 * Delivered-To can be the whole way through several hosts and aliases, all of them true.
 */
static void read_recipients(Envelope *envelope, const HeaderSection *section,
			    const Settings *settings)
{
	static const FieldId trace_fields[] = {FIELD_DELIVERED_TO, FIELD_X_ORIGINAL_TO,
					       FIELD_ENVELOPE_TO};
	static const FieldId header_fields[] = {FIELD_TO, FIELD_CC, FIELD_BCC};

	for (size_t i = 0; i < G_N_ELEMENTS(trace_fields); i++)
		add_trace_recipients(envelope, section, trace_fields[i], settings);
	if (envelope->recipients->len > 0)
		return;
	envelope->recipients_from_header = true;
	for (size_t i = 0; i < G_N_ELEMENTS(header_fields); i++)
		add_header_recipients(envelope, section, header_fields[i], settings);
}

void envelope_from_section(const HeaderSection *section, const Settings *settings,
			   int64_t fallback_at, Envelope *envelope_out)
{
	const char *path = header_section_get(section, FIELD_RETURN_PATH, 0);

	envelope_init(envelope_out);
	envelope_out->client = CLIENT_ARCHIVE;
	envelope_out->received_at = arrival(section, fallback_at);
	if (path != NULL)
		envelope_out->reverse_path =
			addr_spec_parse(path, settings->subaddress_separator);
	read_recipients(envelope_out, section, settings);
}
