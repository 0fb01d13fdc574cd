/* SPDX-License-Identifier: BSD-2-Clause */
#include "transaction.h"

#include "inflight.h"
#include "lead/recorder.h"

void transaction_init(Transaction *transaction)
{
	*transaction = (Transaction){0};
	envelope_init(&transaction->envelope);
}

void transaction_clear(Transaction *transaction)
{
	transaction_reset(transaction);
	envelope_clear(&transaction->envelope);
	g_clear_pointer(&transaction->section, header_section_free);
}

void transaction_reset(Transaction *transaction)
{
	if (!transaction->open)
		return;
	if (transaction->awaited)
		inflight_transaction_end();
	transaction->open = transaction->awaited = false;
	envelope_clear(&transaction->envelope);
	envelope_init(&transaction->envelope);
	header_section_clear(transaction->section);
	g_clear_pointer(&transaction->body, g_byte_array_unref);
	transaction->body_octets = 0;
}

void transaction_begin(Transaction *transaction, const char *reverse_path,
		       const Settings *settings)
{
	HeaderLimits limits = recorder_header_limits(settings);

	transaction_reset(transaction);
	transaction->open = true;
	transaction->awaited = inflight_transaction_begin();
	transaction->envelope.reverse_path =
		addr_spec_parse(reverse_path, settings->subaddress_separator);
	if (transaction->section == NULL)
		transaction->section = header_section_new(&limits, settings->spam_headers);
}

/* What cannot be read as a path counts as left out: nobody can be matched by it. */
void transaction_add_recipient(Transaction *transaction, const char *forward_path,
			       const char *mailer, const Settings *settings)
{
	Envelope *envelope = &transaction->envelope;
	AddrSpec *address = NULL;

	if (envelope->recipients->len < (size_t)settings->recipients)
		address = addr_spec_parse(forward_path, settings->subaddress_separator);
	if (address == NULL)
		envelope->recipients_left_out++;
	else
		envelope_add_recipient(envelope, address, mailer,
				       (size_t)settings->recipients);
}

void transaction_add_field(Transaction *transaction, const char *name, const char *body)
{
	header_section_add(transaction->section, name, body);
}

void transaction_add_body(Transaction *transaction, const unsigned char *bytes,
			  size_t length, const Settings *settings)
{
	size_t limit = (size_t)settings->body_octets, kept;

	transaction->body_octets += (int64_t)length;
	if (transaction->body == NULL)
		transaction->body = g_byte_array_new();
	kept = transaction->body->len;
	if (kept < limit)
		g_byte_array_append(transaction->body, bytes,
				    (guint)MIN(length, limit - kept));
}
