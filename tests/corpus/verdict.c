/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/corpus/verdict.h"

#include <stdio.h>

#include "lead/message-source.h"
#include "lead/recorder.h"

static char *evidence_text(const GArray *evidence)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < evidence->len; i++)
		g_string_append_printf(
			text, "%s%s", i > 0 ? " " : "",
			class_rule_name(g_array_index(evidence, Sign, i).rule));
	return g_string_free(text, FALSE);
}

/* What the daemon would say of the message alone: no history, and no envelope but what
 * Return-Path tells. */
static void verdict_read(const char *bytes, size_t length, const Settings *settings,
			 Verdict *verdict)
{
	HeaderLimits limits = recorder_header_limits(settings);
	g_autoptr(HeaderSection) section =
		header_section_new(&limits, settings->spam_headers);
	size_t start = header_section_split(section, bytes, length);
	size_t body_length = MIN(length - start, (size_t)settings->body_octets);
	ClassContext context = {.seconds_after = -1};
	Classification classification;
	Envelope envelope;

	envelope_from_section(section, settings, 0, &envelope);
	{
		RawMessage raw = {&envelope, section, bytes + start, body_length};
		g_autoptr(MessageSummary) summary = recorder_summarize(&raw, settings);

		classify(summary->signs, &context, settings, &classification);
		verdict->bounce = summary->bounce;
	}
	verdict->class = classification.class;
	verdict->evidence = evidence_text(classification.evidence);
	verdict->read = true;
	classification_clear(&classification);
	envelope_clear(&envelope);
}

static void verdict_clear(gpointer verdict)
{
	g_free(((Verdict *)verdict)->evidence);
}

GArray *verdicts_read(const char *folder, const GPtrArray *rows)
{
	g_autoptr(Settings) settings = settings_new_default();
	GArray *verdicts = g_array_new(FALSE, TRUE, sizeof(Verdict));

	g_array_set_clear_func(verdicts, verdict_clear);
	for (guint i = 0; i < rows->len; i++) {
		Verdict verdict = {.row = rows->pdata[i]};
		g_autofree char *path = g_build_filename(folder, verdict.row->file, NULL);
		g_autofree char *bytes = NULL;
		size_t length;

		if (g_file_get_contents(path, &bytes, &length, NULL)) {
			/* an exact copy, so that a sanitizer sees one octet too many */
			g_autofree char *exact = g_memdup2(bytes, MAX(length, 1));

			verdict_read(exact, length, settings, &verdict);
		}
		g_array_append_val(verdicts, verdict);
	}
	return verdicts;
}

void verdict_print(const Verdict *verdict, const char *before)
{
	const char *bounce = bounce_kind_name(verdict->bounce);

	printf("%s%s\t%s%s%s\t%s\t%s\n", before, verdict->row->label,
	       message_class_name(verdict->class), bounce != NULL ? "/" : "",
	       bounce != NULL ? bounce : "", verdict->evidence, verdict->row->file);
}
