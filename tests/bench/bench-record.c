/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the time of a recorded message goes, stage by stage, callbacks to commit: in
 * microseconds of CPU time, over outreach to contacts and their replies, recorded twenty at
 * a time in a store on disk. What bench-stages measures by shape of message is here one
 * line each; what waits (the disk, other threads) is not here.
 *
 *   bench-record [--json] [--brief] [FOLDER]   FOLDER: where the store is made
 */
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lead/body.h"
#include "lead/decide.h"
#include "lead/recorder.h"
#include "lead/words.h"
#include "lib/store/recording.h"
#include "lib/store/store-private.h"

enum { CONTACTS = 2000, MESSAGES = 4000, BRIEF = 40, BATCH = 20 };

typedef enum {
	STEP_CALLBACKS,
	STEP_FACTS,
	STEP_CLASSIFY,
	STEP_LOOK_UP,
	STEP_HISTORY,
	STEP_DECIDE,
	STEP_APPLY,
	STEP_COMMIT,
	STEPS,
} Step;

static const struct {
	const char *name, *note;
} steps[STEPS] = {
	[STEP_CALLBACKS] = {"callbacks", "envelope and header fields, taken in"},
	[STEP_FACTS] = {"facts", "addresses, ids, MIME, own text; GMime where it is asked"},
	[STEP_CLASSIFY] = {"classify", "direction, the rules' signs, the summary"},
	[STEP_LOOK_UP] = {"look up", "does an inbound message concern anybody"},
	[STEP_HISTORY] = {"load history", "what the store knows of it"},
	[STEP_DECIDE] = {"decide", "weigh the signs, match, decide"},
	[STEP_APPLY] = {"apply", "rows of message, interactions, stages, indexes"},
	[STEP_COMMIT] = {"commit", "its share of a transaction of twenty"},
};

static double spent[STEPS];

static double cpu_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* Since the last look. */
static void lap(Step step, double *from)
{
	double now = cpu_us();

	spent[step] += now - *from;
	*from = cpu_us(); /* looking is not free */
}

/* ---- messages ---- */

static bool is_reply(unsigned number)
{
	return number % 2 == 1;
}

/* Letters are in pairs: one of ours, and its answer. */
static char *field_text(unsigned number, unsigned field)
{
	unsigned contact = number / 2 % CONTACTS;
	bool reply = is_reply(number);

	switch (field) {
	case 0:
		return reply ? g_strdup_printf("Jo Lead <jo@c%u.example>", contact)
			     : g_strdup("Anna <anna@ours.example>");
	case 1:
		return reply ? g_strdup("Anna <anna@ours.example>")
			     : g_strdup_printf("<jo@c%u.example>", contact);
	case 2:
		return g_strdup_printf("%sOur proposal %u", reply ? "Re: " : "",
				       number / 2);
	case 3:
		return g_strdup_printf("<%u.bench@%s.example>", number,
				       reply ? "c" : "ours");
	case 4:
		return g_strdup("Mon, 2 Feb 2026 10:00:00 +0000");
	case 5:
		return g_strdup("text/plain; charset=utf-8");
	case 6:
		return g_strdup("from out.example (out.example [192.0.2.25]) by "
				"mx.ours.example; Mon, 2 Feb 2026 10:00:01 +0000");
	default:
		return reply ? g_strdup_printf("<%u.bench@ours.example>", number - 1)
			     : g_strdup("1.0");
	}
}

static const char *field_name_of(unsigned number, unsigned field)
{
	static const char *const names[] = {"From", "To",	    "Subject", "Message-ID",
					    "Date", "Content-Type", "Received"};

	if (field < G_N_ELEMENTS(names))
		return names[field];
	return is_reply(number) ? "In-Reply-To" : "MIME-Version";
}

enum { FIELDS = 8, OTHER_FIELDS = 7 };

static char *body_new(void)
{
	GString *body = g_string_new("Hello,\r\n\r\nthank you for what you wrote.\r\n\r\n");

	while (body->len < 2048)
		g_string_append(body, "The works in the north want two machines of the "
				      "larger kind by May.\r\n");
	return g_string_free(body, FALSE);
}

static void envelope_fill(Envelope *envelope, unsigned number)
{
	g_autofree char *contact =
		g_strdup_printf("<jo@c%u.example>", number / 2 % CONTACTS);
	const char *ours = "<anna@ours.example>";
	bool reply = is_reply(number);

	envelope_init(envelope);
	envelope->client = CLIENT_ADDRESS;
	envelope->client_address = g_strdup("192.0.2.25");
	if (!reply)
		envelope->auth_authen = g_strdup("anna");
	envelope->queue_id = g_strdup_printf("4Zk8Q%u", number);
	envelope->mta_host = g_strdup("mx.ours.example");
	envelope->reverse_path = addr_spec_parse(reply ? contact : ours, "+");
	envelope_add_recipient(envelope, addr_spec_parse(reply ? ours : contact, "+"), NULL,
			       100);
	envelope->received_at = 1770000000 + number;
}

static void take_fields(HeaderSection *section, char *const *texts, unsigned number)
{
	for (unsigned i = 0; i < FIELDS; i++)
		header_section_add(section, field_name_of(number, i), texts[i]);
	for (unsigned i = 0; i < OTHER_FIELDS; i++)
		header_section_add(section, "X-Vendor-Diagnostics",
				   "BIAAAAAAAAA=;NAM12-MW2:EE_;SN7PR04:EE_;0b1c6bb7");
}

/* The sentence before the store, with a look at the clock between its parts. */
static MessageSummary *summarize(HeaderSection *section, unsigned number, const char *body,
				 const Settings *settings)
{
	FactsOptions options = recorder_facts_options(settings);
	char *texts[FIELDS];
	DirectionVerdict direction;
	MessageSummary *summary;
	MessageFacts facts;
	Envelope envelope;
	double from;

	for (unsigned i = 0; i < FIELDS; i++)
		texts[i] = field_text(number, i);
	from = cpu_us();
	envelope_fill(&envelope, number);
	header_section_clear(section);
	take_fields(section, texts, number);
	lap(STEP_CALLBACKS, &from);
	facts_read(&envelope, section, body, strlen(body), &options, &facts);
	lap(STEP_FACTS, &from);
	direction_decide(&facts, settings, &direction);
	summary = summary_read(&facts, &direction, settings);
	lap(STEP_CLASSIFY, &from);
	direction_verdict_clear(&direction);
	facts_clear(&facts);
	envelope_clear(&envelope);
	for (unsigned i = 0; i < FIELDS; i++)
		g_free(texts[i]);
	return summary;
}

/* ---- recording ---- */

static void end(GError *error)
{
	fprintf(stderr, "bench-record: %s\n", error->message);
	exit(EXIT_FAILURE);
}

static void look_up(Store *store, const MessageSummary *summary, const Settings *settings)
{
	double from = cpu_us();
	GError *error = NULL;
	bool concerns;

	if (!store_concerns(store, summary, settings, &concerns, &error))
		end(error);
	lap(STEP_LOOK_UP, &from);
}

/* What record_message() does first is done once more in front of it, so that its parts are
 * seen by themselves. */
static void record(Txn *txn, const MessageSummary *summary, const Settings *settings)
{
	double from = cpu_us(), before = spent[STEP_HISTORY] + spent[STEP_DECIDE];
	Decision decision;
	RecordResult result;
	History *history = history_read(txn, summary, settings, moment_of(summary), 0);

	lap(STEP_HISTORY, &from);
	judge(summary, history, settings, &decision);
	lap(STEP_DECIDE, &from);
	decision_clear(&decision);
	history_free(history);
	from = cpu_us();
	txn->ops->savepoint(txn);
	record_message(txn, summary, settings, &result);
	txn->ops->release(txn);
	lap(STEP_APPLY, &from);
	spent[STEP_APPLY] -= spent[STEP_HISTORY] + spent[STEP_DECIDE] - before;
	if (txn->error != NULL)
		end(txn->error);
}

static void record_batch(Store *store, MessageSummary **summaries, unsigned count,
			 const Settings *settings)
{
	GError *error = NULL;
	double from = cpu_us();
	Txn *txn = store->ops->write_begin(store->backend, 5000, &error);

	if (txn == NULL)
		end(error);
	lap(STEP_COMMIT, &from);
	for (unsigned i = 0; i < count; i++)
		record(txn, summaries[i], settings);
	from = cpu_us();
	if (!store->ops->commit(txn, &error))
		end(error);
	lap(STEP_COMMIT, &from);
}

static void run(Store *store, const Settings *settings, unsigned messages)
{
	HeaderLimits limits = recorder_header_limits(settings);
	g_autoptr(HeaderSection) section = header_section_new(&limits, NULL);
	g_autofree char *body = body_new();
	MessageSummary *summaries[BATCH];
	unsigned count = 0;

	for (unsigned number = 0; number < messages; number++) {
		summaries[count] = summarize(section, number, body, settings);
		if (is_reply(number))
			look_up(store, summaries[count], settings);
		if (++count < BATCH && number + 1 < messages)
			continue;
		record_batch(store, summaries, count, settings);
		while (count > 0)
			summary_unref(summaries[--count]);
	}
}

/* ---- telling ---- */

static void print_table(unsigned messages)
{
	double sum = 0;

	printf("%-14s %9s\n", "stage", "us CPU");
	for (Step step = 0; step < STEPS; step++) {
		printf("%-14s %9.1f  %s\n", steps[step].name, spent[step] / messages,
		       steps[step].note);
		sum += spent[step] / messages;
	}
	printf("%-14s %9.1f  a message, half of them outreach and half replies\n", "sum",
	       sum);
}

static void print_json(unsigned messages)
{
	printf("{\"v\":1,\"messages\":%u,\"us\":{", messages);
	for (Step step = 0; step < STEPS; step++)
		printf("%s\"%s\":%.2f", step > 0 ? "," : "", steps[step].name,
		       spent[step] / messages);
	puts("}}");
}

static Settings *bench_settings(void)
{
	static const char text[] = "[mail]\nlocal_domains = ours.example\n"
				   "trusted_authserv_ids = mx.ours.example\n";
	GError *error = NULL;
	Settings *settings = settings_load_text(text, "bench", &error);

	if (settings == NULL)
		end(error);
	return settings;
}

static Store *store_make(const char *folder)
{
	g_autofree char *uri = g_strdup_printf("sqlite:%s/lead.db", folder);
	GError *error = NULL;
	Store *store = store_open(uri, STORE_CREATE, 5000, &error);

	if (store == NULL)
		end(error);
	return store;
}

static void remove_folder(const char *folder)
{
	g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
	const char *name;

	while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		g_unlink(path);
	}
	g_rmdir(folder);
}

int main(int argc, char **argv)
{
	const char *parent = g_get_tmp_dir();
	bool brief = false, json = false, tap = false;
	g_autofree char *folder = NULL;
	g_autoptr(Settings) settings = NULL;
	unsigned messages;
	Store *store;

	for (int i = 1; i < argc; i++) {
		tap |= strcmp(argv[i], "--tap") == 0;
		brief |= strcmp(argv[i], "--brief") == 0;
		json |= strcmp(argv[i], "--json") == 0;
		if (argv[i][0] != '-')
			parent = argv[i];
	}
	setlocale(LC_ALL, "C.UTF-8");
	body_init();
	words_init();
	settings = bench_settings();
	folder = g_build_filename(parent, "lead-bench.XXXXXX", NULL);
	if (g_mkdtemp(folder) == NULL) {
		perror(folder);
		return EXIT_FAILURE;
	}
	messages = brief || tap ? BRIEF : MESSAGES;
	store = store_make(folder);
	run(store, settings, messages);
	store_close(store);
	remove_folder(folder);
	if (tap)
		printf("1..1\nok 1 - every stage of recording runs\n");
	else if (json)
		print_json(messages);
	else
		print_table(messages);
	return EXIT_SUCCESS;
}
