/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/history.h"

ContactState *contact_state_new(void)
{
	ContactState *contact = g_new0(ContactState, 1);

	contact->stage = STAGE_LEAD;
	return contact;
}

void contact_state_free(ContactState *contact)
{
	if (contact == NULL)
		return;
	g_free(contact->name);
	g_free(contact->address);
	g_free(contact);
}

static void outbound_recipient_clear(gpointer recipient)
{
	OutboundRecipient *self = recipient;

	g_free(self->address);
	g_free(self->name);
}

OutboundMessage *outbound_message_new(void)
{
	OutboundMessage *message = g_new0(OutboundMessage, 1);

	message->recipients = g_array_new(FALSE, TRUE, sizeof(OutboundRecipient));
	g_array_set_clear_func(message->recipients, outbound_recipient_clear);
	return message;
}

void outbound_message_free(OutboundMessage *message)
{
	if (message == NULL)
		return;
	g_free(message->msg_id);
	g_free(message->rep_address);
	g_array_unref(message->recipients);
	g_free(message);
}

RecordedMessage *recorded_message_new(void)
{
	RecordedMessage *message = g_new0(RecordedMessage, 1);

	message->contacts = g_array_new(FALSE, TRUE, sizeof(int64_t));
	return message;
}

void recorded_message_free(RecordedMessage *message)
{
	if (message == NULL)
		return;
	g_array_unref(message->contacts);
	g_free(message->answers);
	g_free(message);
}

static void contact_state_destroy(gpointer contact)
{
	contact_state_free(contact);
}

static void outbound_message_destroy(gpointer message)
{
	outbound_message_free(message);
}

static void recorded_message_destroy(gpointer message)
{
	recorded_message_free(message);
}

History *history_new(void)
{
	History *history = g_new0(History, 1);

	history->recipients = g_array_new(FALSE, TRUE, sizeof(AddressHit));
	history->contacts = g_ptr_array_new_with_free_func(contact_state_destroy);
	history->answered = g_ptr_array_new_with_free_func(outbound_message_destroy);
	history->threads = g_ptr_array_new_with_free_func(outbound_message_destroy);
	history->outreach = g_ptr_array_new_with_free_func(outbound_message_destroy);
	history->recorded = g_ptr_array_new_with_free_func(recorded_message_destroy);
	return history;
}

void history_free(History *history)
{
	if (history == NULL)
		return;
	g_array_unref(history->recipients);
	g_ptr_array_unref(history->contacts);
	g_ptr_array_unref(history->answered);
	g_ptr_array_unref(history->threads);
	g_ptr_array_unref(history->outreach);
	g_ptr_array_unref(history->recorded);
	g_free(history);
}

const ContactState *history_contact(const History *history, int64_t id)
{
	if (id == 0)
		return NULL;
	for (unsigned i = 0; i < history->contacts->len; i++) {
		const ContactState *contact = history->contacts->pdata[i];

		if (contact->id == id)
			return contact;
	}
	return NULL;
}
