/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/envelope.h"

#include <string.h>

static void recipient_free(gpointer recipient)
{
	EnvelopeRecipient *self = recipient;

	addr_spec_free(self->address);
	g_free(self->mailer);
	g_free(self);
}

void envelope_init(Envelope *envelope)
{
	memset(envelope, 0, sizeof *envelope);
	envelope->recipients = g_ptr_array_new_with_free_func(recipient_free);
}

void envelope_clear(Envelope *envelope)
{
	g_free(envelope->client_address);
	g_free(envelope->daemon_name);
	g_free(envelope->daemon_port);
	g_free(envelope->auth_type);
	g_free(envelope->auth_authen);
	g_free(envelope->mta_host);
	g_free(envelope->queue_id);
	g_free(envelope->generated_id);
	addr_spec_free(envelope->reverse_path);
	g_clear_pointer(&envelope->recipients, g_ptr_array_unref);
	memset(envelope, 0, sizeof *envelope);
}

void envelope_add_recipient(Envelope *envelope, AddrSpec *address_taken, const char *mailer,
			    size_t limit)
{
	EnvelopeRecipient *recipient;

	if (envelope->recipients->len >= limit) {
		envelope->recipients_left_out++;
		addr_spec_free(address_taken);
		return;
	}
	recipient = g_new0(EnvelopeRecipient, 1);
	recipient->address = address_taken;
	recipient->mailer = g_strdup(mailer);
	g_ptr_array_add(envelope->recipients, recipient);
}

bool envelope_has_null_reverse_path(const Envelope *envelope)
{
	return envelope->reverse_path != NULL && addr_spec_is_null(envelope->reverse_path);
}
