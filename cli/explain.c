/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sentence up to the decision, for files: what live mail and ingest would make of a
 * message, with every rule that fired. Nothing is recorded.
 */
#include <stdio.h>

#include "command.h"
#include "date.h"
#include "explain-envelope.h"
#include "explanation.h"
#include "lead/message-source.h"
#include "lead/recorder.h"
#include "row-writer.h"

static EnvelopeOptions options;

static const GOptionEntry entries[] = {
	{"mail-from", 0, 0, G_OPTION_ARG_STRING, &options.mail_from,
	 "the reverse-path ('' for the null one)", "ADDRESS"},
	{"rcpt", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.recipients,
	 "an envelope recipient; repeatable", "ADDRESS"},
	{"client", 0, 0, G_OPTION_ARG_STRING, &options.client,
	 "the network address it came from, or 'local'", "ADDRESS"},
	{"auth", 0, 0, G_OPTION_ARG_STRING, &options.login,
	 "the login it was submitted with", "USER"},
	{"daemon", 0, 0, G_OPTION_ARG_STRING, &options.daemon,
	 "the daemon that took it ({daemon_name})", "NAME"},
	G_OPTION_ENTRY_NULL,
};

typedef struct {
	Settings *settings;
	Store *store;
	RowWriter *writer; /* NULL: text for people */
	size_t read, failed;
	GError *error; /* of the store: nothing more can be judged */
} Explainer;

static MessageSummary *summarize(const SourceMessage *message, Settings *settings)
{
	HeaderLimits limits = recorder_header_limits(settings);
	g_autoptr(HeaderSection) section =
		header_section_new(&limits, settings->spam_headers);
	MessageSummary *summary;
	Envelope envelope;
	size_t body = header_section_split(section, message->bytes, message->length);

	envelope_from_section(section, settings,
			      message->at != 0 ? message->at : date_now(), &envelope);
	envelope.size = (int64_t)message->length;
	envelope_options_apply(&options, settings, &envelope);
	summary = recorder_summarize(
		&(RawMessage){
			.envelope = &envelope,
			.section = section,
			.body = message->bytes + body,
			.body_length =
				MIN(message->length - body, (size_t)settings->body_octets),
		},
		settings);
	envelope_clear(&envelope);
	return summary;
}

static void failure_write(Explainer *explainer, const char *file, const char *text)
{
	Explanation explanation;

	explainer->failed++;
	complain("%s", text);
	if (explainer->writer == NULL)
		return;
	explanation_fail(file, text, &explanation);
	row_writer_add(explainer->writer, &explanation);
}

static void decision_write(Explainer *explainer, const char *file,
			   const MessageSummary *summary, const Decision *decision,
			   const History *history)
{
	Explanation explanation;
	Finding finding;

	finding_read(summary, decision, history, explainer->settings, &finding);
	if (explainer->writer == NULL) {
		explanation_write_text(file, &finding);
		return;
	}
	explanation_read(file, &finding, &explanation);
	row_writer_add(explainer->writer, &explanation);
	explanation_clear(&explanation);
}

static bool message_explain(const SourceMessage *message, const GError *error, void *user)
{
	g_autoptr(MessageSummary) summary = NULL;
	g_autoptr(History) history = NULL;
	Explainer *explainer = user;
	Decision decision;

	if (message->bytes == NULL) {
		failure_write(explainer, message->name, error->message);
		return true;
	}
	summary = summarize(message, explainer->settings);
	if (!store_judge(explainer->store, summary, explainer->settings, &decision,
			 &history, &explainer->error))
		return false;
	explainer->read++;
	decision_write(explainer, message->name, summary, &decision, history);
	decision_clear(&decision);
	return true;
}

/* With no database (and none named by --db) messages are judged as if nothing had ever
 * been recorded: what they are can be told, what they answer cannot. One that is there
 * and cannot be used is an error, or answers would be quietly wrong. */
static Store *explain_open(Leadctl *leadctl, ExitCode *code_out)
{
	Settings *settings = leadctl_settings(leadctl);
	Store *store;

	*code_out = LEADCTL_USAGE;
	if (settings == NULL || !envelope_options_check(&options, settings))
		return NULL;
	if (leadctl->db == NULL && leadctl_database_is_missing(settings)) {
		complain("no database '%s'; judging without a history",
			 settings->store_uri);
		return store_open("memory:", STORE_CREATE, settings->store_timeout_ms,
				  NULL);
	}
	store = leadctl_open(leadctl, STORE_READ_ONLY, code_out);
	if (store == NULL)
		complain("'--db memory:' judges without a history");
	return store;
}

/* Every FILE gets an answer, also one in which nothing is. */
static void file_explain(Explainer *explainer, const char *file)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *nothing = NULL;
	size_t before = explainer->read + explainer->failed;

	if (!message_source_visit(file, message_explain, explainer, &error) &&
	    error != NULL)
		failure_write(explainer, file, error->message);
	else if (explainer->error == NULL &&
		 explainer->read + explainer->failed == before) {
		nothing = g_strdup_printf("no message in '%s'", file);
		failure_write(explainer, file, nothing);
	}
}

static ExitCode files_explain(Explainer *explainer, char *const *files)
{
	for (; *files != NULL && explainer->error == NULL; files++)
		file_explain(explainer, *files);
	if (explainer->error != NULL) {
		ExitCode code = complain_error(explainer->error);

		g_clear_error(&explainer->error);
		return code;
	}
	if (explainer->failed > 0)
		return LEADCTL_REFUSED;
	return explainer->read > 0 ? LEADCTL_DONE : LEADCTL_NOTHING;
}

static ExitCode explain_run(Leadctl *leadctl, char *const *arguments)
{
	Explainer explainer = {0};
	ExitCode code;

	explainer.store = explain_open(leadctl, &code);
	if (explainer.store == NULL)
		return code;
	explainer.settings = leadctl->settings;
	if (leadctl->format != FORMAT_TABLE)
		explainer.writer =
			row_writer_new(leadctl->format, &explanation_listing, SHAPE_LINES);
	code = files_explain(&explainer, arguments);
	if (explainer.writer != NULL)
		row_writer_end(explainer.writer);
	store_close(explainer.store);
	return code;
}

const Command command_explain = {
	.name = "explain",
	.arguments = "FILE…",
	.summary = "what leadmilter makes of a message, rule by rule",
	.help = "Judges messages as live mail would be, and records nothing. FILE\n"
		"is a message, an mbox, a Maildir or a folder of messages; '-' is\n"
		"standard input. Without the options below the envelope is taken\n"
		"from the message's own trace fields.",
	.options = entries,
	.arguments_min = 1,
	.arguments_max = ANY_NUMBER,
	.reads_mail = true,
	.run = explain_run,
};
