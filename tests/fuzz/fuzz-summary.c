/* SPDX-License-Identifier: BSD-2-Clause */
/* The sentence before the store, as `explain` runs it: from a message to its summary. */
#include <string.h>

#include "lead/message-source.h"
#include "lead/recorder.h"
#include "lead/spool.h"
#include "lead/words.h"
#include "message.h"

static Settings *settings;
static HeaderLimits limits;

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	body_init();
	words_init();
	settings = settings_load_text("[mail]\nlocal_domains = ours.example\n"
				      "trusted_authserv_ids = mx.ours.example\n"
				      "[privacy]\nsnippet = 40\n",
				      "fuzz.conf", NULL);
	limits = recorder_header_limits(settings);
	return 0;
}

static void check_signs(const GArray *signs)
{
	static const ClassContext context = {.seconds_after = -1};
	Classification classification;

	for (guint i = 0; i < signs->len; i++) {
		const Sign *sign = &g_array_index(signs, Sign, i);

		fuzz_law(sign->rule < class_rule_count());
		fuzz_law_utf8(sign->text);
		fuzz_law(sign->text == NULL || strlen(sign->text) <= 200);
	}
	classify(signs, &context, settings, &classification);
	fuzz_law(message_class_name(classification.class) != NULL);
	fuzz_law(classification.evidence->len >= signs->len);
	classification_clear(&classification);
}

static void check_texts(const MessageSummary *summary)
{
	fuzz_law_utf8(summary->author_name);
	fuzz_law_utf8(summary->message_id);
	fuzz_law_utf8(summary->subject);
	fuzz_law_utf8(summary->snippet);
	fuzz_law(summary->id_digest != 0);
	fuzz_law(summary->direction_rule != NULL);
}

/* The spool loses nothing. */
static void check_codec(const MessageSummary *summary)
{
	g_autoptr(GBytes) octets = summary_encode(summary), octets_again = NULL;
	g_autoptr(MessageSummary) again = summary_decode(g_bytes_get_data(octets, NULL),
							 g_bytes_get_size(octets), "+");

	fuzz_law(again != NULL);
	octets_again = summary_encode(again);
	fuzz_law(g_bytes_equal(octets, octets_again));
}

/* What is taken for no report without a look into it, is none. */
static void check_first_look(const RawMessage *raw)
{
	FactsOptions options = recorder_facts_options(settings);
	MessageFacts facts;

	facts_read_header(raw->envelope, raw->section, &options, &facts);
	if (!facts_may_report(&facts, raw->body, raw->body_length, &options)) {
		facts_read_body(&facts, raw->body, raw->body_length, &options);
		fuzz_law(facts.body.report.kind == REPORT_NONE);
	}
	facts_clear(&facts);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	FuzzMessage message = fuzz_message(octets, length, &limits);
	g_autoptr(MessageSummary) summary = NULL;
	Envelope envelope;
	RawMessage raw = {&envelope, message.section, message.body, message.body_length};

	envelope_from_section(message.section, settings, 1000000000, &envelope);
	summary = recorder_summarize(&raw, settings);
	check_texts(summary);
	check_signs(summary->signs);
	check_codec(summary);
	check_first_look(&raw);
	envelope_clear(&envelope);
	header_section_free(message.section);
	return 0;
}
