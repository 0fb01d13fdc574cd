/* SPDX-License-Identifier: BSD-2-Clause */
#include "message.h"

#include "counters.h"
#include "lead/error.h"
#include "lead/msg-id.h"
#include "log.h"
#include "macro.h"
#include "message-log.h"

static Recorder *recorder;

void message_set_recorder(Recorder *the_recorder)
{
	recorder = the_recorder;
}

/*
 * All macros are asked for now: those of earlier stages are still there, and some are not
 * there before (Postfix has no queue id at the first recipient; Sendmail tells the
 * Message-ID that it will add).
 */
static void read_macros(SMFICTX *context, Envelope *envelope)
{
	g_autofree char *generated_id = macro_dup(context, "{msg_id}");

	envelope->queue_id = macro_dup(context, "i");
	envelope->mta_host = macro_dup(context, "j");
	envelope->daemon_name = macro_dup(context, "{daemon_name}");
	envelope->daemon_port = macro_dup(context, "{daemon_port}");
	envelope->auth_type = macro_dup(context, "{auth_type}");
	envelope->auth_authen = macro_dup(context, "{auth_authen}");
	if (generated_id != NULL)
		envelope->generated_id = msg_id_parse(generated_id);
}

static void complete_envelope(SMFICTX *context, Session *session)
{
	Transaction *transaction = &session->transaction;
	Envelope *envelope = &transaction->envelope;

	read_macros(context, envelope);
	envelope->client = session->client;
	if (session->client == CLIENT_ADDRESS)
		envelope->client_address = g_strdup(session->client_address);
	envelope->received_at = g_get_real_time() / G_USEC_PER_SEC;
	envelope->size = (int64_t)header_section_octets(transaction->section) +
			 transaction->body_octets;
}

/* A content filter that speaks SMTP itself, or Postfix's smtpd_proxy_filter, leaves us
 * with commands only. */
static void note_headerless(const Transaction *transaction)
{
	static LogRate rate;
	g_autofree char *id = NULL;

	if (header_section_fields(transaction->section) > 0)
		return;
	id = message_log_id(transaction);
	counter_add(COUNT_HEADERLESS);
	log_write_rated(&rate, LEVEL_WARNING,
			"%s: no header field came with this message; does a proxy filter "
			"stand before us?",
			id);
}

/* What the store refuses it refuses again: such a message would never arrive. */
static bool is_to_come_again(const Settings *settings, const GError *error)
{
	if (!g_error_matches(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY) &&
	    !g_error_matches(error, LEAD_ERROR, LEAD_ERROR_PERMANENT))
		return false;
	if (settings->on_failure == ON_FAILURE_SPOOL)
		return settings->on_spool_failure == ON_SPOOL_FAILURE_TEMPFAIL;
	return settings->on_failure == ON_FAILURE_TEMPFAIL;
}

static sfsistat answer_failure(const Session *session, const GError *error)
{
	static LogRate rate;
	g_autofree char *id = message_log_id(&session->transaction);
	bool again = is_to_come_again(session->settings, error);

	log_write_rated(&rate, LEVEL_ERROR, "%s: not recorded: %s; %s", id, error->message,
			again ? "the client is asked to come again" : "the mail goes on");
	if (again)
		counter_add(COUNT_TEMPFAILED);
	return again ? SMFIS_TEMPFAIL : SMFIS_CONTINUE;
}

static void count_outcome(RecorderState state, const RecordResult *result)
{
	if (state == RECORDED && result->outcome == OUTCOME_PROMOTED)
		counter_add(COUNT_PROMOTED);
	if (state == RECORDED && result->outcome == OUTCOME_SUGGESTED)
		counter_add(COUNT_SUGGESTED);
}

sfsistat message_finish(SMFICTX *context, Session *session)
{
	Transaction *transaction = &session->transaction;
	int64_t began = g_get_monotonic_time();
	bool tell = log_wants(LEVEL_INFO);
	g_autoptr(MessageSummary) summary = NULL;
	g_autoptr(GError) error = NULL;
	MessageRecord recorded = {0};
	RawMessage message = {.envelope = &transaction->envelope,
			      .section = transaction->section};

	counter_add(COUNT_MESSAGES);
	complete_envelope(context, session);
	note_headerless(transaction);
	if (transaction->body != NULL) {
		message.body = (const char *)transaction->body->data;
		message.body_length = transaction->body->len;
	}
	if (!recorder_take(recorder, &message, session->settings, tell, &summary,
			   &recorded.state, &recorded.result, &error))
		return answer_failure(session, error);
	count_outcome(recorded.state, &recorded.result);
	recorded.microseconds = g_get_monotonic_time() - began;
	if (tell)
		message_log(context, session, summary, &recorded);
	return SMFIS_CONTINUE;
}
