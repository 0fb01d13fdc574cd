/* SPDX-License-Identifier: BSD-2-Clause */
#include "message-log.h"

#include "lead/safe-text.h"
#include "log.h"
#include "macro.h"

enum { RECIPIENTS_SHOWN = 10 };

char *message_log_id(const Transaction *transaction)
{
	const char *id = transaction->envelope.queue_id;

	return id != NULL ? safe_text_log(id) : g_strdup("NOQUEUE");
}

static GString *line_new(const Session *session)
{
	g_autofree char *id = message_log_id(&session->transaction);
	GString *line = g_string_new(NULL);

	g_string_append_printf(line, "%s:", id);
	return line;
}

/* A spooled message is decided when it is replayed; until then nothing is known. */
static void add_result(GString *line, const MessageRecord *record)
{
	if (record->state == SPOOLED) {
		log_line_add(line, "state", recorder_state_name(record->state));
		return;
	}
	log_line_add(line, "class", message_class_name(record->result.class));
	log_line_add_number(line, "contacts", record->result.contacts);
	log_line_add(line, "outcome", outcome_name(record->result.outcome));
	log_line_add(line, "reason", reason_name(record->result.reason));
	log_line_add(line, "tier", tier_name(record->result.tier));
}

/* Sendmail counts the recipients that it took itself, also those that a filter refused
 * then: more than we saw were refused by a filter before us. Of those that one refuses
 * behind us nobody tells. */
static void add_recipient_difference(GString *line, SMFICTX *context,
				     const Session *session)
{
	const Envelope *envelope = &session->transaction.envelope;
	g_autofree char *counted = macro_dup(context, "{nrcpts}");
	guint64 seen = envelope->recipients->len + envelope->recipients_left_out;

	if (counted == NULL || g_ascii_strtoull(counted, NULL, 10) == seen)
		return;
	log_line_add_number(line, "recipients", (int64_t)seen);
	log_line_add(line, "nrcpts", counted);
}

static void log_outcome(SMFICTX *context, const Session *session,
			const MessageSummary *summary, const MessageRecord *record)
{
	g_autoptr(GString) line = line_new(session);

	log_line_add(line, "direction", direction_name(summary->direction));
	log_line_add(line, "rule", summary->direction_rule);
	if (summary->spoof_suspect)
		log_line_add(line, "spoof-suspect", "yes");
	add_result(line, record);
	add_recipient_difference(line, context, session);
	log_line_add_number(line, "us", record->microseconds);
	log_write(LEVEL_INFO, "%s", line->str);
}

static void add_parties(GString *line, const MessageSummary *summary)
{
	if (summary->author != NULL)
		log_line_add(line, "author", summary->author->canonical);
	for (guint i = 0; i < summary->recipients->len && i < RECIPIENTS_SHOWN; i++)
		log_line_add(line, "recipient",
			     g_array_index(summary->recipients, SummaryRecipient, i)
				     .address->canonical);
}

static void log_evidence(const Session *session, const MessageSummary *summary)
{
	g_autoptr(GString) line = line_new(session);

	if (session->settings->log_addresses)
		add_parties(line, summary);
	log_line_add(line, "message-id", summary->message_id);
	for (guint i = 0; i < summary->signs->len; i++)
		log_line_add(line, "sign",
			     class_rule_name(g_array_index(summary->signs, Sign, i).rule));
	log_write(LEVEL_DEBUG, "%s", line->str);
}

void message_log(SMFICTX *context, const Session *session, const MessageSummary *summary,
		 const MessageRecord *record)
{
	if (log_wants(LEVEL_INFO))
		log_outcome(context, session, summary, record);
	if (log_wants(LEVEL_DEBUG))
		log_evidence(session, summary);
}
