/* SPDX-License-Identifier: BSD-2-Clause */
/* Archives and the spool against a real store: the sentence from files to history. */
#include <glib/gstdio.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "lead/body.h"
#include "lead/ingest.h"
#include "lead/message-source.h"
#include "lead/recorder.h"
#include "lead/spool.h"
#include "lead/words.h"

enum { PATIENCE_SECONDS = 20 };

typedef struct {
	char *folder;
	Settings *settings;
	Store *store;
} Fixture;

static const char *const uris[] = {"memory:", "sqlite:%s/lead.db"};

static Settings *settings_for(const char *folder, const char *uri)
{
	g_autofree char *text = g_strdup_printf("[mail]\nlocal_domains = ours.example\n"
						"[store]\nuri = %s\nspool = %s/spool\n",
						uri, folder);
	g_autoptr(GError) error = NULL;
	Settings *settings = settings_load_text(text, "t.conf", &error);

	g_assert_no_error(error);
	return settings;
}

static void set_up(Fixture *fixture, gconstpointer pattern)
{
	g_autoptr(GString) uri = g_string_new(pattern);
	g_autoptr(GError) error = NULL;

	fixture->folder = g_dir_make_tmp("lead-archive-XXXXXX", NULL);
	g_string_replace(uri, "%s", fixture->folder, 1);
	fixture->settings = settings_for(fixture->folder, uri->str);
	fixture->store =
		store_open(fixture->settings->store_uri, STORE_CREATE, 5000, &error);
	g_assert_no_error(error);
}

static void remove_tree(const char *path)
{
	g_autoptr(GDir) entries = g_dir_open(path, 0, NULL);
	const char *name;

	while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
		g_autofree char *below = g_build_filename(path, name, NULL);

		if (g_unlink(below) != 0)
			remove_tree(below);
	}
	g_rmdir(path);
}

static void tear_down(Fixture *fixture, gconstpointer pattern)
{
	(void)pattern;
	store_close(fixture->store);
	settings_unref(fixture->settings);
	remove_tree(fixture->folder);
	g_free(fixture->folder);
}

static char *story_path(void)
{
	return g_test_build_filename(G_TEST_DIST, "tests", "data", "record", "story.mbox",
				     NULL);
}

/* "read recorded duplicates ignored failed promoted suggested" */
static char *run(const Fixture *fixture, const char *const *paths, bool dry_run)
{
	IngestCallbacks callbacks = {.dry_run = dry_run};
	g_autoptr(GError) error = NULL;
	IngestSummary summary;

	g_assert_true(ingest(fixture->store, fixture->settings, paths, &callbacks, &summary,
			     &error));
	g_assert_no_error(error);
	return g_strdup_printf("%d %d %d %d %d %d %d", (int)summary.read,
			       (int)summary.recorded, (int)summary.duplicates,
			       (int)summary.ignored, (int)summary.failed,
			       (int)summary.promoted, (int)summary.suggested);
}

static char *dump_of(const Fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	char *dump = store_dump(fixture->store, &error);

	g_assert_no_error(error);
	return dump;
}

/* ---- ingest ---- */

static void test_twice_is_once(Fixture *fixture, gconstpointer pattern)
{
	g_autofree char *path = story_path();
	const char *const paths[] = {path, NULL};
	g_autofree char *first = NULL, *again = NULL, *once = NULL, *twice = NULL;

	(void)pattern;
	first = run(fixture, paths, false);
	g_assert_cmpstr(first, ==, "5 3 0 2 0 1 0");
	once = dump_of(fixture);
	again = run(fixture, paths, false);
	g_assert_cmpstr(again, ==, "5 0 3 2 0 0 0");
	twice = dump_of(fixture);
	g_assert_cmpstr(once, ==, twice);
}

static void test_dry_run(Fixture *fixture, gconstpointer pattern)
{
	g_autofree char *path = story_path();
	const char *const paths[] = {path, NULL};
	g_autofree char *before = dump_of(fixture), *after = NULL, *counts = NULL;

	(void)pattern;
	counts = run(fixture, paths, true);
	g_assert_true(g_str_has_prefix(counts, "5 "));
	after = dump_of(fixture);
	g_assert_cmpstr(before, ==, after);
}

/* ---- one message of the story after the other, as files ---- */

typedef struct {
	const Fixture *fixture;
	GPtrArray *paths;
} Splitter;

static bool split_message(const SourceMessage *message, const GError *error, void *user)
{
	Splitter *splitter = user;
	char *path = g_strdup_printf("%s/%u.eml", splitter->fixture->folder,
				     splitter->paths->len);

	g_assert_null(error);
	g_assert_true(
		g_file_set_contents(path, message->bytes, (gssize)message->length, NULL));
	g_ptr_array_add(splitter->paths, path);
	return true;
}

static GPtrArray *split_story(const Fixture *fixture)
{
	g_autofree char *path = story_path();
	Splitter splitter = {fixture, g_ptr_array_new_with_free_func(g_free)};

	g_assert_true(message_source_visit(path, split_message, &splitter, NULL));
	return splitter.paths;
}

/* In whatever order the messages come, one run each, the store ends up the same. */
static void test_any_order(Fixture *fixture, gconstpointer pattern)
{
	g_autoptr(GPtrArray) files = split_story(fixture);
	g_autofree char *wanted = NULL;

	for (guint turn = 0; turn < 2 * files->len; turn++) {
		Fixture other;
		g_autofree char *got = NULL;

		set_up(&other, pattern);
		for (guint i = 0; i < files->len; i++) {
			guint at = turn < files->len ? (i + turn) % files->len
						     : (turn - i) % files->len;
			const char *const paths[] = {files->pdata[at], NULL};

			g_free(run(&other, paths, false));
		}
		got = dump_of(&other);
		if (wanted == NULL)
			wanted = g_strdup(got);
		g_test_message("turn %u", turn);
		g_assert_cmpstr(got, ==, wanted);
		tear_down(&other, pattern);
	}
}

/* ---- the recorder ---- */

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	GString *text;
} notices = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static void heed(LogLevel level, const char *text, void *user)
{
	(void)level;
	(void)user;
	pthread_mutex_lock(&notices.lock);
	g_string_append_printf(notices.text, "%s\n", text);
	pthread_cond_broadcast(&notices.changed);
	pthread_mutex_unlock(&notices.lock);
}

static void wait_for_notice(const char *words)
{
	struct timespec deadline;
	int late = 0;

	clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_sec += PATIENCE_SECONDS;
	pthread_mutex_lock(&notices.lock);
	while (strstr(notices.text->str, words) == NULL && late == 0)
		late = pthread_cond_timedwait(&notices.changed, &notices.lock, &deadline);
	if (late != 0)
		g_test_message("waited for '%s', got '%s'", words, notices.text->str);
	pthread_mutex_unlock(&notices.lock);
	g_assert_cmpint(late, ==, 0);
}

typedef struct {
	Settings *settings;
	Recorder *recorder;
	unsigned spooled, recorded;
} Sender;

static bool send_message(const SourceMessage *message, const GError *error, void *user)
{
	Sender *sender = user;
	HeaderLimits limits = recorder_header_limits(sender->settings);
	g_autoptr(HeaderSection) section =
		header_section_new(&limits, sender->settings->spam_headers);
	size_t body = header_section_split(section, message->bytes, message->length);
	g_autoptr(MessageSummary) summary = NULL;
	g_autoptr(GError) failure = NULL;
	RecorderState state;
	RecordResult result;
	Envelope envelope;

	g_assert_null(error);
	envelope_from_section(section, sender->settings, message->at, &envelope);
	summary =
		recorder_summarize(&(RawMessage){&envelope, section, message->bytes + body,
						 message->length - body},
				   sender->settings);
	envelope_clear(&envelope);
	g_assert_true(recorder_record(sender->recorder, summary, sender->settings, &state,
				      &result, &failure));
	g_assert_no_error(failure);
	sender->spooled += state == SPOOLED;
	sender->recorded += state == RECORDED;
	return true;
}

/* A daemon whose database cannot be opened when it starts spools all that matters, and
 * what the spool held makes the same store as if it had been there. */
static void test_spooled_is_recorded(Fixture *fixture, gconstpointer pattern)
{
	g_autofree char *path = story_path();
	g_autofree char *away = g_build_filename(fixture->folder, "away", NULL);
	g_autofree char *uri = g_strdup_printf("sqlite:%s/lead.db", away);
	g_autofree char *wanted = NULL, *got = NULL;
	const char *const paths[] = {path, NULL};
	Sender sender = {.settings = settings_for(fixture->folder, uri)};
	g_autoptr(GError) error = NULL;

	(void)pattern;
	g_free(run(fixture, paths, false));
	wanted = dump_of(fixture);

	g_assert_true(g_file_set_contents(away, "a file is where the folder should be", -1,
					  NULL));
	notices.text = g_string_new(NULL);
	sender.recorder = recorder_new(sender.settings, heed, NULL, &error);
	g_assert_no_error(error);
	wait_for_notice("the store is away");
	g_assert_true(message_source_visit(path, send_message, &sender, NULL));
	g_assert_cmpuint(sender.spooled, ==, 4); /* the fifth is internal */
	g_assert_cmpuint(sender.recorded, ==, 0);
	g_assert_cmpint(g_unlink(away), ==, 0);
	wait_for_notice("replayed 4 spooled records");
	g_assert_true(message_source_visit(path, send_message, &sender, NULL));
	g_assert_cmpuint(sender.spooled, ==, 4);
	recorder_free(sender.recorder);

	store_close(fixture->store);
	fixture->store = store_open(uri, 0, 5000, &error);
	g_assert_no_error(error);
	got = dump_of(fixture);
	g_assert_cmpstr(got, ==, wanted);
	settings_unref(sender.settings);
	g_string_free(notices.text, TRUE);
}

static void add(const char *name, void (*test)(Fixture *, gconstpointer))
{
	for (size_t i = 0; i < G_N_ELEMENTS(uris); i++) {
		g_auto(GStrv) scheme = g_strsplit(uris[i], ":", 2);
		g_autofree char *path = g_strdup_printf("/archive/%s/%s", scheme[0], name);

		g_test_add(path, Fixture, uris[i], set_up, test, tear_down);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	body_init();
	words_init();
	add("twice-is-once", test_twice_is_once);
	add("dry-run", test_dry_run);
	add("any-order", test_any_order);
	add("spooled-is-recorded", test_spooled_is_recorded);
	return g_test_run();
}
