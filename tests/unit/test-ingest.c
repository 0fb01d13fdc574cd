/* SPDX-License-Identifier: BSD-2-Clause */
/* Ingest against a store of its own below, which notes what it gets. */
#include "lead/ingest.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lead/body.h"
#include "lead/error.h"
#include "lead/words.h"

/* ---- the store below ---- */

static struct {
	GString *ids; /* of the messages recorded, in order: "ID " */
	GPtrArray *known;
	const char *refused; /* id that is INVALID; NULL none */
	int failure;	     /* LeadError of every call; -1 none */
	unsigned batches, singles, judged;
} fake;

static const char *id_of(const MessageSummary *summary)
{
	return summary->message_id != NULL ? summary->message_id : "-";
}

/* Outbound and inbound mail is kept, once; a reply to "promote@" promotes. */
static void answer(const MessageSummary *summary, RecordResult *result_out)
{
	bool wanted = summary->direction == DIRECTION_INBOUND ||
		      summary->direction == DIRECTION_OUTBOUND;
	bool again = g_ptr_array_find_with_equal_func(fake.known, id_of(summary),
						      g_str_equal, NULL);

	*result_out = (RecordResult){.reason = again	? REASON_DUPLICATE
					       : wanted ? REASON_OUTREACH
							: REASON_INTERNAL,
				     .outcome = OUTCOME_LOGGED,
				     .message = wanted};
	if (again || !wanted)
		return;
	if (g_str_has_prefix(id_of(summary), "promote"))
		result_out->outcome = OUTCOME_PROMOTED;
	if (g_str_has_prefix(id_of(summary), "suggest"))
		result_out->outcome = OUTCOME_SUGGESTED;
	if (g_str_has_prefix(id_of(summary), "again"))
		result_out->promoted_again = 2;
	g_ptr_array_add(fake.known, g_strdup(id_of(summary)));
}

static bool fails(const MessageSummary *summary, GError **error)
{
	int code = g_strcmp0(fake.refused, summary->message_id) == 0 && fake.refused != NULL
			   ? LEAD_ERROR_INVALID
			   : fake.failure;

	if (code < 0)
		return false;
	g_set_error(error, LEAD_ERROR, code, "the store says no");
	return true;
}

bool store_record(Store *store, MessageSummary *summary, Settings *settings,
		  int64_t timeout_ms, RecordResult *result_out, GError **error)
{
	(void)store;
	(void)settings;
	(void)timeout_ms;
	fake.singles++;
	if (fails(summary, error))
		return false;
	answer(summary, result_out);
	g_string_append_printf(fake.ids, "%s ", id_of(summary));
	return true;
}

bool store_record_many(Store *store, MessageSummary *const *summaries, size_t count,
		       Settings *settings, RecordResult *results_out, GError **error)
{
	(void)store;
	(void)settings;
	fake.batches++;
	for (size_t i = 0; i < count; i++) {
		if (fails(summaries[i], error))
			return false;
	}
	for (size_t i = 0; i < count; i++) {
		answer(summaries[i], &results_out[i]);
		g_string_append_printf(fake.ids, "%s ", id_of(summaries[i]));
	}
	return true;
}

bool store_judge(Store *store, const MessageSummary *summary, const Settings *settings,
		 Decision *decision_out, History **history_out, GError **error)
{
	(void)store;
	(void)settings;
	fake.judged++;
	decision_init(decision_out);
	*history_out = history_new();
	if (fails(summary, error))
		return false;
	decision_out->keep = summary->direction == DIRECTION_INBOUND;
	decision_out->outcome = OUTCOME_SUGGESTED;
	return true;
}

/* ---- a folder of mail ---- */

typedef struct {
	char *folder;
	Settings *settings;
	GString *problems, *phases;
	IngestSummary summary;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	fake.ids = g_string_new(NULL);
	fake.known = g_ptr_array_new_with_free_func(g_free);
	fake.refused = NULL;
	fake.failure = -1;
	fake.batches = fake.singles = fake.judged = 0;
	fixture->folder = g_dir_make_tmp("lead-ingest-XXXXXX", NULL);
	fixture->problems = g_string_new(NULL);
	fixture->phases = g_string_new(NULL);
	fixture->settings = settings_load_text("[mail]\nlocal_domains = ours.example\n",
					       "t.conf", NULL);
}

static void tear_down(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GDir) entries = g_dir_open(fixture->folder, 0, NULL);
	const char *name;

	(void)unused;
	while ((name = g_dir_read_name(entries)) != NULL) {
		g_autofree char *path = g_build_filename(fixture->folder, name, NULL);

		g_unlink(path);
	}
	g_rmdir(fixture->folder);
	g_free(fixture->folder);
	settings_unref(fixture->settings);
	g_string_free(fixture->problems, TRUE);
	g_string_free(fixture->phases, TRUE);
	g_string_free(fake.ids, TRUE);
	g_ptr_array_unref(fake.known);
}

/* A message of somebody to a rep that arrived at hh:mm:ss. */
static void put_message(const Fixture *fixture, const char *file, const char *id,
			const char *time)
{
	g_autofree char *path = g_build_filename(fixture->folder, file, NULL);
	g_autofree char *text = g_strdup_printf("From: ann@lead.example\n"
						"To: rep@ours.example\n"
						"Date: Mon, 2 Nov 2026 %s +0000\n"
						"Message-ID: <%s>\n"
						"Subject: x\n\nbody\n",
						time, id);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void note_progress(const char *phase, size_t done, size_t total, void *user)
{
	Fixture *fixture = user;

	g_assert_cmpuint(done, <=, total);
	if (!g_str_has_suffix(fixture->phases->str, phase))
		g_string_append_printf(fixture->phases, " %s", phase);
}

static void note_problem(const char *name, const char *text, void *user)
{
	Fixture *fixture = user;
	g_autofree char *base = g_path_get_basename(name);

	g_string_append_printf(fixture->problems, "%s: %s\n", base, text);
}

static bool run_paths(Fixture *fixture, const char *const *paths, bool dry_run,
		      GError **error)
{
	IngestCallbacks callbacks = {note_progress, note_problem, fixture, dry_run};

	return ingest(NULL, fixture->settings, paths, &callbacks, &fixture->summary, error);
}

static void run(Fixture *fixture)
{
	const char *const paths[] = {fixture->folder, NULL};
	g_autoptr(GError) error = NULL;

	g_assert_true(run_paths(fixture, paths, false, &error));
	g_assert_no_error(error);
}

/* "read recorded duplicates ignored failed promoted suggested" */
static void check_summary(const Fixture *fixture, const char *wanted)
{
	const IngestSummary *summary = &fixture->summary;
	g_autofree char *got = g_strdup_printf(
		"%d %d %d %d %d %d %d", (int)summary->read, (int)summary->recorded,
		(int)summary->duplicates, (int)summary->ignored, (int)summary->failed,
		(int)summary->promoted, (int)summary->suggested);

	g_assert_cmpstr(got, ==, wanted);
	g_assert_cmpfloat(summary->seconds, >=, 0);
}

/* ---- tests ---- */

static void test_order(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	put_message(fixture, "a", "3@x", "10:00:03");
	put_message(fixture, "b", "1@x", "10:00:01");
	put_message(fixture, "c", "4@x", "10:00:04");
	put_message(fixture, "d", "2@x", "10:00:02");
	put_message(fixture, "e", "2b@x", "10:00:02");
	run(fixture);
	g_assert_cmpstr(fake.ids->str, ==, "1@x 2@x 2b@x 3@x 4@x ");
	g_assert_cmpstr(fixture->phases->str, ==, " reading recording");
	check_summary(fixture, "5 5 0 0 0 0 0");
}

/* Threads are done with a short message before they are with the long one in front. */
static void test_same_second(Fixture *fixture, gconstpointer unused)
{
	enum { MESSAGES = 1200, LONG = 300000 };
	g_autofree char *path = g_build_filename(fixture->folder, "mbox", NULL);
	g_autofree char *filling = g_strnfill(LONG, 'x');
	g_autoptr(GString) text = g_string_new(NULL), wanted = g_string_new(NULL);

	(void)unused;
	for (int i = 0; i < MESSAGES; i++) {
		g_string_append_printf(text,
				       "From ann@lead.example Mon Nov  2 10:00:00 2026\n"
				       "From: ann@lead.example\nTo: rep@ours.example\n"
				       "Date: Mon, 2 Nov 2026 10:00:00 +0000\n"
				       "Message-ID: <%d@x>\nSubject: x\n\n%s\n\n",
				       i, i % 50 == 0 ? filling : "body");
		g_string_append_printf(wanted, "%d@x ", i);
	}
	g_assert_true(g_file_set_contents(path, text->str, -1, NULL));
	run(fixture);
	g_assert_cmpstr(fake.ids->str, ==, wanted->str);
	check_summary(fixture, "1200 1200 0 0 0 0 0");
}

static void test_counts(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	put_message(fixture, "a", "promote@x", "10:00:01");
	put_message(fixture, "b", "suggest@x", "10:00:02");
	put_message(fixture, "c", "again@x", "10:00:03");
	put_message(fixture, "d", "again@x", "10:00:04");
	run(fixture);
	check_summary(fixture, "4 3 1 0 0 3 1");
	run(fixture);
	check_summary(fixture, "4 0 4 0 0 0 0");
}

/* The tracked story: its fourth message concerns nobody, its fifth is internal; what
 * arrived second stands third. */
static void test_story(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "tests", "data",
						      "record", "story.mbox", NULL);
	const char *const paths[] = {path, NULL};
	g_autoptr(GError) error = NULL;

	(void)unused;
	g_assert_true(run_paths(fixture, paths, false, &error));
	g_assert_no_error(error);
	g_assert_cmpstr(
		fake.ids->str, ==,
		"outreach-1@ours.example vacation-1@other.example "
		"answer-1@lead.example news-1@shop.example internal-1@ours.example ");
	check_summary(fixture, "5 4 0 1 0 0 0");
}

/* Several paths are one archive. */
static void test_paths(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *a = g_build_filename(fixture->folder, "a", NULL);
	g_autofree char *b = g_build_filename(fixture->folder, "b", NULL);
	const char *const paths[] = {a, b, NULL};

	(void)unused;
	put_message(fixture, "a", "2@x", "10:00:02");
	put_message(fixture, "b", "1@x", "10:00:01");
	g_assert_true(run_paths(fixture, paths, false, NULL));
	g_assert_cmpstr(fake.ids->str, ==, "1@x 2@x ");
}

/* A path that is not there is found before anything is recorded. */
static void test_absent_path(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *a = g_build_filename(fixture->folder, "a", NULL);
	g_autofree char *none = g_build_filename(fixture->folder, "none", NULL);
	const char *const paths[] = {a, none, NULL};
	g_autoptr(GError) error = NULL;

	(void)unused;
	put_message(fixture, "a", "1@x", "10:00:01");
	g_assert_false(run_paths(fixture, paths, false, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
	g_assert_cmpstr(fake.ids->str, ==, "");
}

static void test_batches(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	for (int i = 0; i < 1201; i++) {
		g_autofree char *id = g_strdup_printf("%d@x", i);
		g_autofree char *time = g_strdup_printf("10:%02d:%02d", i / 60, i % 60);

		put_message(fixture, id, id, time);
	}
	run(fixture);
	g_assert_cmpuint(fake.batches, ==, 3);
	g_assert_cmpuint(fake.singles, ==, 0);
	check_summary(fixture, "1201 1201 0 0 0 0 0");
}

/* One message that the store refuses spoils no other. */
static void test_refused(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	put_message(fixture, "a", "1@x", "10:00:01");
	put_message(fixture, "b", "2@x", "10:00:02");
	put_message(fixture, "c", "3@x", "10:00:03");
	fake.refused = "2@x";
	run(fixture);
	g_assert_cmpstr(fake.ids->str, ==, "1@x 3@x ");
	g_assert_cmpstr(fixture->problems->str, ==, "2@x: the store says no\n");
	check_summary(fixture, "3 2 0 0 1 0 0");
}

static void test_store_away(Fixture *fixture, gconstpointer unused)
{
	const char *const paths[] = {fixture->folder, NULL};
	g_autoptr(GError) error = NULL;

	(void)unused;
	put_message(fixture, "a", "1@x", "10:00:01");
	fake.failure = LEAD_ERROR_TEMPORARY;
	g_assert_false(run_paths(fixture, paths, false, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY);
}

static void test_dry_run(Fixture *fixture, gconstpointer unused)
{
	const char *const paths[] = {fixture->folder, NULL};

	(void)unused;
	put_message(fixture, "a", "1@x", "10:00:01");
	put_message(fixture, "b", "2@x", "10:00:02");
	g_assert_true(run_paths(fixture, paths, true, NULL));
	g_assert_cmpstr(fake.ids->str, ==, "");
	g_assert_cmpuint(fake.judged, ==, 2);
	check_summary(fixture, "2 2 0 0 0 0 2");
}

static void test_nothing(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	run(fixture);
	g_assert_cmpuint(fake.batches, ==, 0);
	check_summary(fixture, "0 0 0 0 0 0 0");
}

static void add(const char *name, void (*test)(Fixture *, gconstpointer))
{
	g_test_add(name, Fixture, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	body_init();
	words_init();
	add("/ingest/order", test_order);
	add("/ingest/same-second", test_same_second);
	add("/ingest/counts", test_counts);
	add("/ingest/story", test_story);
	add("/ingest/paths", test_paths);
	add("/ingest/absent-path", test_absent_path);
	add("/ingest/batches", test_batches);
	add("/ingest/refused", test_refused);
	add("/ingest/store-away", test_store_away);
	add("/ingest/dry-run", test_dry_run);
	add("/ingest/nothing", test_nothing);
	return g_test_run();
}
