/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the pure middle costs, stage by stage, in microseconds of CPU time a message: the
 * median of several rounds, in which the stages take turns. Over messages made up here,
 * and over people's mail of the corpus that LEAD_CORPUS names.
 *
 *   bench-stages [--json] [--brief]    --brief: one short round, to see that it works
 */
#include <gmime/gmime.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lead/body.h"
#include "lead/decide.h"
#include "lead/msg-id.h"
#include "lead/recorder.h"
#include "lead/words.h"
#include "tests/bench/bench-mail.h"

enum { ROUNDS = 15, OF_EACH_SHAPE = 20, ROUNDS_MAX = 64 };

/* One message, and what the stages before the one that is measured made of it. */
typedef struct {
	const BenchMail *mail;
	const Settings *settings;
	HeaderSection *section;
	FactsOptions options;
	MessageFacts facts;
	DirectionVerdict direction;
	MessageSummary *summary;
	History *history;
} Case;

/* ---- stages ---- */

/* What it would cost if GMime alone read the message: for comparison. */
static void gmime(const Case *self)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(self->mail->text,
								strlen(self->mail->text));
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	if (message != NULL) {
		g_mime_message_get_from(message);
		g_mime_message_get_subject(message);
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
}

static void add_fields(const Case *self)
{
	header_section_clear(self->section);
	for (guint i = 0; i < self->mail->fields->len; i++) {
		const BenchField *field = &g_array_index(self->mail->fields, BenchField, i);

		header_section_add(self->section, field->name, field->body);
	}
}

static void read_facts(const Case *self)
{
	MessageFacts facts;

	facts_read(&self->mail->envelope, self->section, self->mail->body,
		   self->mail->body_length, &self->options, &facts);
	facts_clear(&facts);
}

static void decide_direction(const Case *self)
{
	DirectionVerdict direction;

	direction_decide(&self->facts, self->settings, &direction);
	direction_verdict_clear(&direction);
}

static void read_signs(const Case *self)
{
	GArray *signs = signs_new();

	signs_read(&self->facts, &self->direction, self->settings, signs);
	g_array_unref(signs);
}

static void read_summary(const Case *self)
{
	summary_unref(summary_read(&self->facts, &self->direction, self->settings));
}

static void classify_signs(const Case *self)
{
	ClassContext context = {.seconds_after = 3600, .answers_outreach = true};
	Classification classification;

	classify(self->summary->signs, &context, self->settings, &classification);
	classification_clear(&classification);
}

static void judge_summary(const Case *self)
{
	Decision decision;

	judge(self->summary, self->history, self->settings, &decision);
	decision_clear(&decision);
}

typedef struct {
	const char *name;
	void (*run)(const Case *self);
	bool after_facts; /* counts in the sum */
	const char *note;
} Step;

static const Step stages[] = {
	{"gmime", gmime, false, "the same message by GMime alone, for comparison"},
	{"header_section_add", add_fields, false, "all fields, as the MTA hands them over"},
	{"facts_read", read_facts, false, "with the body: MIME, own text, reports"},
	{"direction_decide", decide_direction, true, ""},
	{"signs_read", read_signs, false, "part of summary_read"},
	{"summary_read", read_summary, true, ""},
	{"classify", classify_signs, false, "part of judge"},
	{"judge", judge_summary, true,
	 "classify, match, decide; three outreach mails known"},
};

enum { STAGES = G_N_ELEMENTS(stages) };

/* ---- cases ---- */

static OutboundMessage *outreach_new(int64_t row, int64_t id_digest, int64_t at)
{
	OutboundMessage *message = outbound_message_new();
	OutboundRecipient recipient = {.contact = 1,
				       .address = g_strdup("jane.doe@lead.example"),
				       .name = g_strdup("Jane Doe")};

	message->message = row;
	message->msg_id = g_strdup_printf("outreach.%d@ours.example", (int)row);
	message->id_digest = id_digest;
	message->at = at;
	message->outreach = true;
	message->rep = 1;
	message->rep_address = g_strdup("rep@ours.example");
	message->external_recipients = 1;
	g_array_append_val(message->recipients, recipient);
	return message;
}

/* A contact with three mails of ours; the message answers the last of them. */
static History *history_for(const MessageSummary *summary)
{
	History *history = history_new();
	ContactState *contact = contact_state_new();
	AddressHit hit = {.match = ADDRESS_UNKNOWN};

	contact->id = 1;
	contact->name = g_strdup("Jane Doe");
	contact->address = g_strdup("jane.doe@lead.example");
	g_ptr_array_add(history->contacts, contact);
	history->author = (AddressHit){ADDRESS_EXACT, 1, 1, .bad = false};
	for (guint i = 0; i < summary->recipients->len; i++)
		g_array_append_val(history->recipients, hit);
	history->rep = 1;
	for (int64_t i = 1; i <= 3; i++)
		g_ptr_array_add(history->outreach,
				outreach_new(i, i, summary->at - i * 86400));
	if (summary->answers->len > 0)
		g_ptr_array_add(
			history->answered,
			outreach_new(
				1, g_array_index(summary->answers, SummaryAnswer, 0).digest,
				summary->at - 86400));
	return history;
}

static void case_init(Case *self, const BenchMail *mail, const Settings *settings)
{
	HeaderLimits limits = recorder_header_limits(settings);

	*self = (Case){.mail = mail, .settings = settings};
	self->options = recorder_facts_options(settings);
	self->section = header_section_new(&limits, settings->spam_headers);
	add_fields(self);
	facts_read(&mail->envelope, self->section, mail->body, mail->body_length,
		   &self->options, &self->facts);
	direction_decide(&self->facts, settings, &self->direction);
	self->summary = summary_read(&self->facts, &self->direction, settings);
	self->history = history_for(self->summary);
}

static void case_clear(void *data)
{
	Case *self = data;

	history_free(self->history);
	summary_unref(self->summary);
	direction_verdict_clear(&self->direction);
	facts_clear(&self->facts);
	header_section_free(self->section);
}

static GArray *cases_new(const GPtrArray *mails, const Settings *settings)
{
	GArray *cases = g_array_new(FALSE, TRUE, sizeof(Case));

	g_array_set_clear_func(cases, case_clear);
	g_array_set_size(cases, mails->len);
	for (guint i = 0; i < mails->len; i++)
		case_init(&g_array_index(cases, Case, i), mails->pdata[i], settings);
	return cases;
}

/* ---- measuring ---- */

static double cpu_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static double run_once(const Step *stage, const GArray *cases)
{
	double start = cpu_us();

	for (guint i = 0; i < cases->len; i++)
		stage->run(&g_array_index(cases, Case, i));
	return (cpu_us() - start) / cases->len;
}

static int compare_doubles(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return left < right ? -1 : left > right;
}

/* One set of messages, and the median of each stage. */
typedef struct {
	const char *name;
	guint messages;
	double median[STAGES];
} Table;

static void measure(Table *table, const GArray *cases, unsigned rounds)
{
	double got[STAGES][ROUNDS_MAX];

	for (unsigned round = 0; round < rounds; round++) {
		for (size_t stage = 0; stage < STAGES; stage++)
			got[stage][round] = run_once(&stages[stage], cases);
	}
	for (size_t stage = 0; stage < STAGES; stage++) {
		qsort(got[stage], rounds, sizeof(double), compare_doubles);
		table->median[stage] = got[stage][rounds / 2];
	}
	table->messages = cases->len;
}

static GArray *cases_of_shape(const GPtrArray *mails, const char *shape,
			      const Settings *settings)
{
	g_autoptr(GPtrArray) chosen = g_ptr_array_new();

	for (guint i = 0; i < mails->len; i++) {
		const BenchMail *mail = mails->pdata[i];

		if (shape == NULL || strcmp(mail->shape, shape) == 0)
			g_ptr_array_add(chosen, mails->pdata[i]);
	}
	return cases_new(chosen, settings);
}

static void measure_shape(GArray *tables, const GPtrArray *mails, const char *shape,
			  const char *name, const Settings *settings, unsigned rounds)
{
	g_autoptr(GArray) cases = cases_of_shape(mails, shape, settings);
	Table table = {.name = name};

	measure(&table, cases, rounds);
	g_array_append_val(tables, table);
}

/* ---- telling ---- */

static double sum(const Table *table)
{
	double total = 0;

	for (size_t stage = 0; stage < STAGES; stage++)
		total += stages[stage].after_facts ? table->median[stage] : 0;
	return total;
}

static void print_table(const GArray *tables)
{
	printf("%-32s", "us a message (CPU, median)");
	for (size_t stage = 0; stage < STAGES; stage++)
		printf(" %9.9s", stages[stage].name);
	printf(" %9s\n", "SUM");
	for (guint i = 0; i < tables->len; i++) {
		const Table *table = &g_array_index(tables, Table, i);

		printf("%-27s%5u", table->name, table->messages);
		for (size_t stage = 0; stage < STAGES; stage++)
			printf(" %9.1f", table->median[stage]);
		printf(" %9.1f\n", sum(table));
	}
	printf("\n");
	for (size_t stage = 0; stage < STAGES; stage++)
		printf("%-20s%s%s\n", stages[stage].name,
		       stages[stage].after_facts ? "+ " : "  ", stages[stage].note);
	printf("SUM                 = what is marked +: classification on top of parsing; "
	       "must stay below 100\n");
}

static void print_json(const GArray *tables)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();
	g_autoptr(JsonNode) root = NULL;
	g_autofree char *text = NULL;

	json_builder_begin_array(builder);
	for (guint i = 0; i < tables->len; i++) {
		const Table *table = &g_array_index(tables, Table, i);

		json_builder_begin_object(builder);
		json_builder_set_member_name(builder, "messages");
		json_builder_add_string_value(builder, table->name);
		json_builder_set_member_name(builder, "count");
		json_builder_add_int_value(builder, table->messages);
		for (size_t stage = 0; stage < STAGES; stage++) {
			json_builder_set_member_name(builder, stages[stage].name);
			json_builder_add_double_value(builder, table->median[stage]);
		}
		json_builder_set_member_name(builder, "sum");
		json_builder_add_double_value(builder, sum(table));
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
	root = json_builder_get_root(builder);
	text = json_to_string(root, TRUE);
	printf("%s\n", text);
}

static void measure_generated(GArray *tables, const Settings *settings, unsigned rounds,
			      unsigned of_each)
{
	g_autoptr(GPtrArray) mails = bench_mails_generate(of_each);
	const char *first = ((const BenchMail *)mails->pdata[0])->shape;

	for (guint i = 0; i < mails->len; i++) {
		const char *shape = ((const BenchMail *)mails->pdata[i])->shape;

		if (i > 0 && shape == first)
			break;
		measure_shape(tables, mails, shape, shape, settings, rounds);
	}
	measure_shape(tables, mails, NULL, "all of these", settings, rounds);
}

static bool measure_corpus(GArray *tables, const Settings *settings, unsigned rounds)
{
	const char *folder = g_getenv("LEAD_CORPUS");
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) mails = NULL;

	if (folder == NULL || *folder == '\0')
		return true;
	mails = bench_mails_from_corpus(folder, &error);
	if (mails == NULL) {
		fprintf(stderr, "bench-stages: %s\n", error->message);
		return false;
	}
	measure_shape(tables, mails, NULL, "people's mail of the corpus", settings, rounds);
	return true;
}

static Settings *bench_settings(void)
{
	g_autofree char *text = g_strdup_printf(
		"[mail]\nlocal_domains = %s\ntrusted_authserv_ids = mx.ours.example\n",
		bench_domain);
	g_autoptr(GError) error = NULL;
	Settings *settings = settings_load_text(text, "bench", &error);

	g_assert_no_error(error);
	return settings;
}

static bool has_argument(char **argv, const char *argument)
{
	return g_strv_contains((const char *const *)argv, argument);
}

int main(int argc, char **argv)
{
	g_autoptr(Settings) settings = NULL;
	g_autoptr(GArray) tables = g_array_new(FALSE, FALSE, sizeof(Table));
	bool tap = has_argument(argv, "--tap"),
	     brief = tap || has_argument(argv, "--brief");
	unsigned rounds = brief ? 1 : ROUNDS;
	bool good;

	(void)argc;
	setlocale(LC_ALL, "C.UTF-8");
	body_init();
	words_init();
	settings = bench_settings();
	measure_generated(tables, settings, rounds, brief ? 1 : OF_EACH_SHAPE);
	good = brief || measure_corpus(tables, settings, rounds);
	if (tap)
		printf("1..1\n%s 1 - every stage runs over %u sets of messages\n",
		       good ? "ok" : "not ok", tables->len);
	else if (has_argument(argv, "--json"))
		print_json(tables);
	else
		print_table(tables);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
