/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The store alone under load, without MTA, libmilter and message text: several threads
 * record outreach, replies to it and other mail of the contacts of mta-load, as the milter
 * does. Tells how long they waited for their answers, what it cost, and what the database
 * grew by. It goes on where an earlier run ended, so that a store can be seen growing.
 *
 *	store-load [OPTION...] DATABASE
 */
#include <glib/gstdio.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lead/msg-id.h"
#include "lead/store.h"
#include "tests/bench/letter.h"
#include "tests/bench/tally.h"

static struct {
	int threads, total, warming, contacts, replies, outbound, strangers;
} options = {
	.threads = 20,
	.total = 20000,
	.contacts = 100000,
	.replies = 40,
	.outbound = 50,
};

static const GOptionEntry entries[] = {
	{"threads", 't', 0, G_OPTION_ARG_INT, &options.threads,
	 "that record at once (20)", "N"},
	{"total", 'n', 0, G_OPTION_ARG_INT, &options.total, "messages in all (20000)", "N"},
	{"warming", 'w', 0, G_OPTION_ARG_INT, &options.warming,
	 "messages before these, and not measured", "N"},
	{"contacts", 0, 0, G_OPTION_ARG_INT, &options.contacts,
	 "number of contacts (100000)", "N"},
	{"outbound", 0, 0, G_OPTION_ARG_INT, &options.outbound,
	 "percent that are outreach (50)", "N"},
	{"replies", 0, 0, G_OPTION_ARG_INT, &options.replies,
	 "percent that answer outreach (40)", "N"},
	{"strangers", 0, 0, G_OPTION_ARG_INT, &options.strangers,
	 "percent that come from nobody known (0)", "N"},
	G_OPTION_ENTRY_NULL,
};

typedef struct {
	Store *store;
	Settings *settings;
	pthread_t thread;
	GRand *random;
	unsigned number;    /* of the thread */
	uint64_t begin;	    /* number of its first message */
	GArray *unanswered; /* of Sent */
	Tally tally;
} Worker;

typedef struct {
	uint64_t number, person;
} Sent;

/* ---- messages ---- */

static void add_recipient(MessageSummary *summary, const char *address, Direction direction)
{
	SummaryRecipient recipient = {
		.address = addr_spec_parse(address, "+"),
		.role = ROLE_TO,
		.direction = direction,
	};

	if (direction == DIRECTION_OUTBOUND)
		recipient.name = g_strdup("Jo Lead");
	g_array_append_val(summary->recipients, recipient);
}

static MessageSummary *message_new(Direction direction, const char *author, uint64_t number)
{
	MessageSummary *summary = summary_new();
	g_autofree char *date = g_strdup_printf("%" G_GUINT64_FORMAT, number);
	bool outbound = direction == DIRECTION_OUTBOUND;

	summary->message_id = g_strdup_printf("%016" G_GINT64_MODIFIER "x.%s", number,
					      outbound ? "out@ours.example" : "in@c.example");
	summary->id_digest = msg_id_digest(summary->message_id);
	summary->twin_digest = digest_of_texts(author, date, NULL);
	summary->author = addr_spec_parse(author, "+");
	summary->author_name = g_strdup(outbound ? "Anna Sales" : "Jo Lead");
	summary->direction = direction;
	summary->direction_rule = "bench";
	summary->auth = outbound ? AUTH_UNKNOWN : AUTH_PASS;
	summary->at = g_get_real_time() / G_USEC_PER_SEC;
	summary->size = 2900;
	if (!outbound)
		summary->body_digest = digest_of_texts("body", date, NULL);
	return summary;
}

static void set_subject(MessageSummary *summary, const char *prefix, uint64_t number)
{
	g_autofree char *plain = g_strdup_printf(
		"Our proposal for your works %" G_GUINT64_FORMAT, number);

	summary->subject = g_strconcat(prefix, plain, NULL);
	summary->subject_digest = digest_of_texts("subject", plain, NULL);
	summary->subject_is_reply = prefix[0] != '\0';
}

static void set_answer(MessageSummary *summary, uint64_t number)
{
	SummaryAnswer answer = {
		.id = g_strdup_printf("%016" G_GINT64_MODIFIER "x.out@ours.example",
				      number),
		.source = ANSWER_IN_REPLY_TO,
	};

	answer.digest = msg_id_digest(answer.id);
	g_array_append_val(summary->answers, answer);
}

static MessageSummary *outreach_new(uint64_t number, uint64_t person)
{
	MessageSummary *summary =
		message_new(DIRECTION_OUTBOUND, "anna.sales@ours.example", number);
	g_autofree char *address = letter_contact_address((unsigned long)person);

	summary->login = g_strdup("anna");
	add_recipient(summary, address, DIRECTION_OUTBOUND);
	set_subject(summary, "", number);
	return summary;
}

static MessageSummary *inbound_new(uint64_t number, uint64_t person, const Sent *answered,
				   bool stranger)
{
	g_autofree char *address =
		stranger ? g_strdup_printf("jo@s%" G_GUINT64_FORMAT ".example", number)
			 : letter_contact_address((unsigned long)person);
	MessageSummary *summary = message_new(DIRECTION_INBOUND, address, number);

	add_recipient(summary, "anna.sales@ours.example", DIRECTION_INBOUND);
	set_subject(summary, answered != NULL ? "Re: " : "",
		    answered != NULL ? answered->number : number);
	if (answered != NULL)
		set_answer(summary, answered->number);
	return summary;
}

/* ---- load ---- */

static unsigned draw(Worker *self, unsigned below)
{
	return (unsigned)g_rand_int_range(self->random, 0, (gint32)below);
}

static MessageSummary *next_message(Worker *self, uint64_t number)
{
	unsigned drawn = draw(self, 100);
	Sent sent = {number, draw(self, (unsigned)options.contacts)};

	if (drawn < (unsigned)options.outbound) {
		g_array_append_val(self->unanswered, sent);
		return outreach_new(number, sent.person);
	}
	drawn -= (unsigned)options.outbound;
	if (drawn < (unsigned)options.strangers)
		return inbound_new(number, 0, NULL, true);
	if (drawn < (unsigned)(options.strangers + options.replies) &&
	    self->unanswered->len > 0) {
		unsigned at = draw(self, self->unanswered->len);
		Sent answered = g_array_index(self->unanswered, Sent, at);

		g_array_remove_index_fast(self->unanswered, at);
		return inbound_new(number, answered.person, &answered, false);
	}
	return inbound_new(number, sent.person, NULL, false);
}

static void record(Worker *self, MessageSummary *summary)
{
	g_autoptr(GError) error = NULL;
	RecordResult result;
	bool concerns = true;

	if (!store_concerns(self->store, summary, self->settings, &concerns, &error) ||
	    (concerns && !store_record(self->store, summary, self->settings, 0, &result,
				       &error)))
		g_error("%s", error->message);
}

static void *work(void *worker)
{
	Worker *self = worker;
	int count = (options.total + options.warming) / options.threads;

	for (int i = 0; i < count; i++) {
		MessageSummary *summary = next_message(self, self->begin + (uint64_t)i);
		int64_t start = g_get_monotonic_time();

		record(self, summary);
		if (i >= options.warming / options.threads)
			tally_note(&self->tally, g_get_monotonic_time() - start, true);
		summary_unref(summary);
	}
	return NULL;
}

static void run(Store *store, Settings *settings, Tally *tally)
{
	Worker *workers = g_new0(Worker, (size_t)options.threads);
	uint64_t begin = (uint64_t)g_get_real_time() << 8;

	tally_begin(tally, getpid());
	for (int i = 0; i < options.threads; i++) {
		Worker *worker = &workers[i];

		*worker = (Worker){.store = store, .settings = settings};
		worker->random = g_rand_new_with_seed((guint32)i);
		worker->begin = begin + ((uint64_t)i << 32);
		worker->unanswered = g_array_new(FALSE, FALSE, sizeof(Sent));
		tally_init(&worker->tally);
		pthread_create(&worker->thread, NULL, work, worker);
	}
	for (int i = 0; i < options.threads; i++) {
		Worker *worker = &workers[i];

		pthread_join(worker->thread, NULL);
		g_array_append_vals(tally->latencies, worker->tally.latencies->data,
				    worker->tally.latencies->len);
		tally_clear(&worker->tally);
		g_array_unref(worker->unanswered);
		g_rand_free(worker->random);
	}
	tally_end(tally, getpid());
	g_free(workers);
}

/* ---- the program ---- */

static int64_t file_octets(const char *path)
{
	GStatBuf status;

	return g_stat(path, &status) == 0 ? (int64_t)status.st_size : 0;
}

static Store *open_store(const char *path, GError **error)
{
	g_autofree char *uri = g_strconcat("sqlite:", path, NULL);

	return store_open(uri, STORE_CREATE, 60000, error);
}

static int load(const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = settings_load_text(
		"[mail]\nlocal_domains = ours.example\n", "store-load", &error);
	g_autoptr(Store) store = open_store(path, &error);
	int64_t before = file_octets(path);
	TallySum sum;
	Tally tally;

	if (store == NULL) {
		fprintf(stderr, "store-load: %s\n", error->message);
		return 1;
	}
	tally_init(&tally);
	run(store, settings, &tally);
	sum = tally_sum(&tally);
	tally_print_table(&sum);
	g_clear_pointer(&store, store_close); /* all of the log is in the file then */
	printf("octets/message  %10.1f  that the database grew by\n",
	       (double)(file_octets(path) - before) /
		       (options.total + options.warming));
	tally_clear(&tally);
	return 0;
}

int main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new("DATABASE");
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(context, "Loads the store alone.");
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 2 ||
	    options.contacts < 1 || options.threads < 1 || options.total < 1) {
		fprintf(stderr, "store-load: %s\n",
			error != NULL ? error->message : "see --help");
		return 2;
	}
	return load(argv[1]);
}
