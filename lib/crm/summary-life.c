/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/summary.h"

static const char *const role_names[] = {
	[ROLE_TO] = "to",
	[ROLE_CC] = "cc",
	[ROLE_BCC] = "bcc",
	[ROLE_AUTHOR] = "author",
};

const char *party_role_name(PartyRole role)
{
	return (size_t)role < G_N_ELEMENTS(role_names) ? role_names[role] : NULL;
}

static void recipient_clear(gpointer recipient)
{
	SummaryRecipient *self = recipient;

	addr_spec_free(self->address);
	g_free(self->name);
}

static void answer_clear(gpointer answer)
{
	g_free(((SummaryAnswer *)answer)->id);
}

MessageSummary *summary_new(void)
{
	MessageSummary *summary = g_new0(MessageSummary, 1);

	summary->references_held = 1;
	summary->recipients = g_array_new(FALSE, TRUE, sizeof(SummaryRecipient));
	g_array_set_clear_func(summary->recipients, recipient_clear);
	summary->answers = g_array_new(FALSE, TRUE, sizeof(SummaryAnswer));
	g_array_set_clear_func(summary->answers, answer_clear);
	summary->signs = signs_new();
	return summary;
}

MessageSummary *summary_ref(MessageSummary *summary)
{
	g_atomic_int_inc(&summary->references_held);
	return summary;
}

static void summary_free(MessageSummary *summary)
{
	g_free(summary->message_id);
	g_free(summary->queue_id);
	addr_spec_free(summary->author);
	g_free(summary->author_name);
	g_free(summary->login);
	g_array_unref(summary->recipients);
	g_array_unref(summary->signs);
	g_clear_pointer(&summary->bounced, g_ptr_array_unref);
	g_free(summary->returned_id);
	g_array_unref(summary->answers);
	g_free(summary->subject);
	g_free(summary->snippet);
	g_free(summary);
}

void summary_unref(MessageSummary *summary)
{
	if (summary != NULL && g_atomic_int_dec_and_test(&summary->references_held))
		summary_free(summary);
}
