/* SPDX-License-Identifier: BSD-2-Clause */
/* The recorder against a store of its own below, which fails as it is told. */
#include "lead/recorder.h"

#include <glib/gstdio.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "lead/error.h"
#include "lead/spool.h"

enum { WORKS = -1, PATIENCE_SECONDS = 20 };

/* ---- the store below ---- */

struct Store {
	int unused;
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int open_failure;   /* LeadError of store_open(); WORKS */
	int share_failure;  /* of store_share() */
	char *group;	    /* of the last store_share() */
	int record_failure; /* of store_record() */
	int64_t refused;    /* id digest that store_record() finds INVALID; 0 none */
	int64_t poison;	    /* one that it finds TEMPORARY, always; 0 none */
	bool concerns;
	unsigned opened, closed, calls;
	StoreFlags flags;   /* of the last store_open() */
	int64_t timeout_ms; /* that store_record() got last */
	GString *recorded;  /* digests: "1 2 " */
	GString *notices;
} fake = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static bool fail(int code, const char *what, GError **error)
{
	if (code == WORKS)
		return false;
	g_set_error(error, LEAD_ERROR, code, "cannot %s store 'fake'", what);
	return true;
}

Store *store_open(const char *uri, StoreFlags flags, int64_t timeout_ms, GError **error)
{
	Store *store = NULL;

	(void)uri;
	(void)timeout_ms;
	pthread_mutex_lock(&fake.lock);
	fake.flags = flags;
	if (!fail(fake.open_failure, "open", error)) {
		fake.opened++;
		store = g_new0(Store, 1);
	}
	pthread_cond_broadcast(&fake.changed);
	pthread_mutex_unlock(&fake.lock);
	return store;
}

bool store_share(Store *store, const char *group, GError **error)
{
	(void)store;
	pthread_mutex_lock(&fake.lock);
	g_free(fake.group);
	fake.group = g_strdup(group);
	pthread_mutex_unlock(&fake.lock);
	return !fail(fake.share_failure, "share", error);
}

void store_close(Store *store)
{
	pthread_mutex_lock(&fake.lock);
	fake.closed++;
	pthread_mutex_unlock(&fake.lock);
	g_free(store);
}

bool store_concerns(Store *store, const MessageSummary *summary, const Settings *settings,
		    bool *concerns_out, GError **error)
{
	bool failed;

	(void)store;
	(void)summary;
	(void)settings;
	pthread_mutex_lock(&fake.lock);
	fake.calls++;
	failed = fail(fake.record_failure, "ask", error);
	*concerns_out = fake.concerns;
	pthread_mutex_unlock(&fake.lock);
	return !failed;
}

bool store_record(Store *store, MessageSummary *summary, Settings *settings,
		  int64_t timeout_ms, RecordResult *result_out, GError **error)
{
	bool failed;

	(void)store;
	(void)settings;
	pthread_mutex_lock(&fake.lock);
	fake.calls++;
	fake.timeout_ms = timeout_ms;
	failed = fail(summary->id_digest == fake.refused  ? LEAD_ERROR_INVALID
		      : summary->id_digest == fake.poison ? LEAD_ERROR_TEMPORARY
							  : fake.record_failure,
		      "write", error);
	if (!failed) {
		bool keeps = fake.concerns || summary->direction == DIRECTION_OUTBOUND;

		*result_out = (RecordResult){.message = keeps ? summary->id_digest : 0};
		g_string_append_printf(fake.recorded, "%" G_GINT64_FORMAT " ",
				       summary->id_digest);
	}
	pthread_cond_broadcast(&fake.changed);
	pthread_mutex_unlock(&fake.lock);
	return !failed;
}

static void heed(LogLevel level, const char *text, void *user)
{
	(void)user;
	pthread_mutex_lock(&fake.lock);
	g_string_append_printf(fake.notices, "%d %s\n", level, text);
	pthread_cond_broadcast(&fake.changed);
	pthread_mutex_unlock(&fake.lock);
}

static void set_failure(int code)
{
	pthread_mutex_lock(&fake.lock);
	fake.record_failure = fake.open_failure = code;
	pthread_mutex_unlock(&fake.lock);
}

/* Waits until text holds the words. */
static void wait_for(const GString *text, const char *words)
{
	struct timespec deadline;
	int late = 0;

	clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_sec += PATIENCE_SECONDS;
	pthread_mutex_lock(&fake.lock);
	while (strstr(text->str, words) == NULL && late == 0)
		late = pthread_cond_timedwait(&fake.changed, &fake.lock, &deadline);
	if (late != 0)
		g_test_message("waited for '%s', got '%.200s'", words, text->str);
	g_assert_cmpint(late, ==, 0);
	pthread_mutex_unlock(&fake.lock);
}

static char *recorded(void)
{
	char *text;

	pthread_mutex_lock(&fake.lock);
	text = g_strdup(fake.recorded->str);
	pthread_mutex_unlock(&fake.lock);
	return text;
}

static unsigned calls(void)
{
	unsigned count;

	pthread_mutex_lock(&fake.lock);
	count = fake.calls;
	pthread_mutex_unlock(&fake.lock);
	return count;
}

/* ---- a recorder with a folder of its own ---- */

typedef struct {
	char *base, *spool;
	Settings *settings;
	Recorder *recorder;
	GError *error;
} Fixture;

static Settings *settings_of(const Fixture *fixture, const char *more)
{
	g_autofree char *text = g_strdup_printf("[store]\nuri = sqlite:%s/lead.db\n%s",
						fixture->base, more);
	g_autoptr(GError) error = NULL;
	Settings *settings = settings_load_text(text, "t.conf", &error);

	g_assert_no_error(error);
	return settings;
}

static void prepare(Fixture *fixture, const char *more)
{
	pthread_mutex_lock(&fake.lock);
	fake.open_failure = fake.record_failure = fake.share_failure = WORKS;
	g_clear_pointer(&fake.group, g_free);
	fake.refused = fake.poison = 0;
	fake.concerns = true;
	fake.opened = fake.closed = fake.calls = 0;
	fake.recorded = g_string_new(" ");
	fake.notices = g_string_new(NULL);
	pthread_mutex_unlock(&fake.lock);
	*fixture = (Fixture){.base = g_dir_make_tmp("lead-recorder-XXXXXX", NULL)};
	fixture->spool = g_build_filename(fixture->base, "spool", NULL);
	fixture->settings = settings_of(fixture, more);
}

static void begin(Fixture *fixture)
{
	g_autoptr(GError) error = NULL;

	fixture->recorder = recorder_new(fixture->settings, heed, NULL, &error);
	g_assert_no_error(error);
	g_assert_nonnull(fixture->recorder);
}

static void end(Fixture *fixture)
{
	recorder_free(g_steal_pointer(&fixture->recorder));
	g_assert_cmpuint(fake.opened, ==, fake.closed);
}

static void finish(Fixture *fixture)
{
	g_autoptr(GDir) entries = g_dir_open(fixture->spool, 0, NULL);
	const char *name;

	end(fixture);
	while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
		g_autofree char *path = g_build_filename(fixture->spool, name, NULL);

		g_unlink(path);
	}
	g_rmdir(fixture->spool);
	g_rmdir(fixture->base);
	g_free(fixture->spool);
	g_free(fixture->base);
	settings_unref(fixture->settings);
	g_string_free(fake.recorded, TRUE);
	g_string_free(fake.notices, TRUE);
	g_clear_pointer(&fake.group, g_free);
}

static int64_t waiting(const Fixture *fixture)
{
	SpoolStatus status;

	g_assert_true(spool_status(fixture->spool, &status, NULL));
	return status.waiting;
}

static MessageSummary *summary_of(Direction direction, int64_t number)
{
	MessageSummary *summary = summary_new();

	summary->direction = direction;
	summary->direction_rule = "test";
	summary->id_digest = number;
	return summary;
}

typedef struct {
	bool kept;
	RecorderState state;
	RecordResult result;
	int code; /* of the error; -1 none */
} Answer;

static Answer record_by(Fixture *fixture, Settings *settings, Direction direction,
			int64_t number)
{
	g_autoptr(MessageSummary) summary = summary_of(direction, number);
	g_autoptr(GError) error = NULL;
	Answer answer;

	answer.kept = recorder_record(fixture->recorder, summary, settings, &answer.state,
				      &answer.result, &error);
	answer.code = error != NULL ? error->code : -1;
	g_assert_cmpint(answer.kept, ==, error == NULL);
	return answer;
}

static Answer record(Fixture *fixture, Direction direction, int64_t number)
{
	return record_by(fixture, fixture->settings, direction, number);
}

static void check_state(Answer answer, RecorderState wanted)
{
	g_assert_true(answer.kept);
	g_assert_cmpstr(recorder_state_name(answer.state), ==, recorder_state_name(wanted));
}

/* ---- tests ---- */

static void test_directions(void)
{
	static const struct {
		const char *name;
		Direction direction;
		bool concerns;
		RecorderState wanted;
		unsigned calls;
		Reason reason; /* of what left early: said without asking the store */
	} rows[] = {
		{"transit", DIRECTION_TRANSIT, true, LEFT_EARLY, 0, REASON_TRANSIT},
		{"internal", DIRECTION_INTERNAL, true, LEFT_EARLY, 0, REASON_INTERNAL},
		{"inbound that concerns nobody", DIRECTION_INBOUND, false, LEFT_EARLY, 1,
		 REASON_UNKNOWN_AUTHOR},
		{"inbound that concerns somebody", DIRECTION_INBOUND, true, RECORDED, 2, 0},
		{"outbound is not asked about", DIRECTION_OUTBOUND, false, RECORDED, 1, 0},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		RecorderCounts counts;
		Fixture fixture;
		Answer answer;

		g_test_message("%s", rows[i].name);
		prepare(&fixture, "");
		begin(&fixture);
		fake.concerns = rows[i].concerns;
		answer = record(&fixture, rows[i].direction, 5);
		check_state(answer, rows[i].wanted);
		g_assert_cmpint(answer.result.message, ==,
				rows[i].wanted == RECORDED ? 5 : 0);
		g_assert_cmpstr(reason_name(answer.result.reason), ==,
				reason_name(rows[i].reason));
		g_assert_cmpuint(calls(), ==, rows[i].calls);
		recorder_counts(fixture.recorder, &counts);
		g_assert_cmpint(counts.recorded, ==, rows[i].wanted == RECORDED);
		g_assert_cmpint(counts.left_early, ==, rows[i].wanted == LEFT_EARLY);
		finish(&fixture);
	}
}

static void test_time_budget(void)
{
	Fixture fixture;

	prepare(&fixture, "timeout = 700ms\n");
	begin(&fixture);
	check_state(record(&fixture, DIRECTION_INBOUND, 1), RECORDED);
	g_assert_cmpint(fake.timeout_ms, >, 0);
	g_assert_cmpint(fake.timeout_ms, <=, 700);
	finish(&fixture);
}

/* Spooled while away, without a wait for the store; replayed by itself when it is back. */
static void away_and_back(int code, unsigned opens_least)
{
	RecorderCounts counts;
	Fixture fixture;

	prepare(&fixture, "");
	begin(&fixture);
	set_failure(code);
	check_state(record(&fixture, DIRECTION_OUTBOUND, 1), SPOOLED);
	check_state(record(&fixture, DIRECTION_INBOUND, 2), SPOOLED);
	check_state(record(&fixture, DIRECTION_INTERNAL, 3), LEFT_EARLY);
	recorder_counts(fixture.recorder, &counts);
	g_assert_true(counts.store_is_away);
	g_assert_cmpint(counts.spooled, ==, 2);
	wait_for(fake.notices, "0 the store is away: cannot write store 'fake'");
	set_failure(WORKS);
	wait_for(fake.notices, "replayed 2 spooled records");
	wait_for(fake.recorded, "1 2 ");
	check_state(record(&fixture, DIRECTION_OUTBOUND, 4), RECORDED);
	recorder_counts(fixture.recorder, &counts);
	g_assert_cmpint(counts.replayed, ==, 2);
	g_assert_false(counts.store_is_away);
	g_assert_cmpint(waiting(&fixture), ==, 0);
	g_assert_cmpuint(fake.opened, >=, opens_least);
	finish(&fixture);
}

static void test_temporary(void)
{
	away_and_back(LEAD_ERROR_TEMPORARY, 1);
}

/* A store that failed for good is opened anew. */
static void test_permanent(void)
{
	away_and_back(LEAD_ERROR_PERMANENT, 2);
}

/* What stays away is opened anew (its file may be another by now), but not made anew. */
static void test_opened_anew(void)
{
	struct timespec deadline;
	Fixture fixture;
	int late = 0;

	prepare(&fixture, "");
	begin(&fixture);
	g_assert_cmpint(fake.flags, ==, STORE_CREATE);
	pthread_mutex_lock(&fake.lock);
	fake.record_failure = LEAD_ERROR_TEMPORARY;
	pthread_mutex_unlock(&fake.lock);
	check_state(record(&fixture, DIRECTION_OUTBOUND, 1), SPOOLED);
	clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_sec += PATIENCE_SECONDS;
	pthread_mutex_lock(&fake.lock);
	while (fake.opened < 2 && late == 0)
		late = pthread_cond_timedwait(&fake.changed, &fake.lock, &deadline);
	g_assert_cmpint(late, ==, 0);
	g_assert_cmpint(fake.flags, ==, 0);
	pthread_mutex_unlock(&fake.lock);
	set_failure(WORKS);
	wait_for(fake.recorded, " 1 ");
	finish(&fixture);
}

static void test_not_asked_while_away(void)
{
	RecorderCounts counts;
	Fixture fixture;
	unsigned before;

	prepare(&fixture, "");
	fake.open_failure = LEAD_ERROR_TEMPORARY; /* so that the keeper does not call it */
	begin(&fixture);
	before = calls();
	for (int64_t i = 1; i <= 10; i++)
		check_state(record(&fixture, DIRECTION_INBOUND, i), SPOOLED);
	g_assert_cmpuint(calls(), ==, before);
	recorder_counts(fixture.recorder, &counts);
	g_assert_cmpint(counts.spooled, ==, 10);
	set_failure(WORKS);
	wait_for(fake.recorded, "1 2 3 4 5 6 7 8 9 10 ");
	finish(&fixture);
}

static void test_away_at_start(void)
{
	static const int codes[] = {LEAD_ERROR_TEMPORARY, LEAD_ERROR_PERMANENT};

	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
		Fixture fixture;

		prepare(&fixture, "");
		fake.open_failure = codes[i];
		begin(&fixture);
		wait_for(fake.notices, "0 the store is away: cannot open store 'fake'");
		check_state(record(&fixture, DIRECTION_OUTBOUND, 1), SPOOLED);
		set_failure(WORKS);
		wait_for(fake.recorded, "1 ");
		wait_for(fake.notices, "the store is back");
		finish(&fixture);
	}
}

static void test_restart(void)
{
	Fixture fixture;

	prepare(&fixture, "");
	fake.open_failure = LEAD_ERROR_TEMPORARY;
	begin(&fixture);
	check_state(record(&fixture, DIRECTION_OUTBOUND, 1), SPOOLED);
	end(&fixture);
	g_assert_cmpint(waiting(&fixture), ==, 1);
	set_failure(WORKS);
	begin(&fixture);
	wait_for(fake.recorded, "1 ");
	wait_for(fake.notices, "replayed 1 spooled records");
	g_assert_cmpint(waiting(&fixture), ==, 0);
	finish(&fixture);
}

/* What an earlier run spooled is replayed even if nothing is spooled any more. */
static void test_restart_without_spool(void)
{
	g_autoptr(Settings) settings = NULL;
	Fixture fixture;

	prepare(&fixture, "");
	fake.open_failure = LEAD_ERROR_TEMPORARY;
	begin(&fixture);
	check_state(record(&fixture, DIRECTION_OUTBOUND, 1), SPOOLED);
	end(&fixture);
	settings = fixture.settings;
	fixture.settings = settings_of(&fixture, "on_failure = accept\n");
	set_failure(WORKS);
	begin(&fixture);
	wait_for(fake.recorded, "1 ");
	finish(&fixture);
}

static void test_other_policies(void)
{
	static const char *const policies[] = {"on_failure = accept\n",
					       "on_failure = tempfail\n"};

	for (size_t i = 0; i < G_N_ELEMENTS(policies); i++) {
		RecorderCounts counts;
		Fixture fixture;
		Answer answer;

		prepare(&fixture, policies[i]);
		begin(&fixture);
		set_failure(LEAD_ERROR_TEMPORARY);
		answer = record(&fixture, DIRECTION_OUTBOUND, 1);
		g_assert_false(answer.kept);
		g_assert_cmpint(answer.code, ==, LEAD_ERROR_TEMPORARY);
		g_assert_false(g_file_test(fixture.spool, G_FILE_TEST_EXISTS));
		set_failure(WORKS); /* the next one asks the store again */
		check_state(record(&fixture, DIRECTION_OUTBOUND, 2), RECORDED);
		recorder_counts(fixture.recorder, &counts);
		g_assert_cmpint(counts.failed, ==, 1);
		g_assert_false(counts.store_is_away);
		finish(&fixture);
	}
}

/* Without a spool, too, a store that was away at the start is opened later. */
static void test_other_policy_away_at_start(void)
{
	Fixture fixture;

	prepare(&fixture, "on_failure = tempfail\n");
	fake.open_failure = LEAD_ERROR_PERMANENT;
	begin(&fixture);
	g_assert_false(record(&fixture, DIRECTION_OUTBOUND, 1).kept);
	set_failure(WORKS);
	wait_for(fake.notices, "the store is back");
	check_state(record(&fixture, DIRECTION_OUTBOUND, 2), RECORDED);
	finish(&fixture);
}

/* A reload can turn the spool on. */
static void test_spool_by_reload(void)
{
	g_autoptr(Settings) later = NULL;
	Fixture fixture;

	prepare(&fixture, "on_failure = accept\n");
	later = settings_of(&fixture, "on_failure = spool\n");
	begin(&fixture);
	set_failure(LEAD_ERROR_TEMPORARY);
	check_state(record_by(&fixture, later, DIRECTION_OUTBOUND, 1), SPOOLED);
	set_failure(WORKS);
	wait_for(fake.recorded, "1 ");
	finish(&fixture);
}

static void test_invalid_is_not_spooled(void)
{
	Fixture fixture;
	Answer answer;

	prepare(&fixture, "");
	begin(&fixture);
	fake.refused = 1;
	answer = record(&fixture, DIRECTION_OUTBOUND, 1);
	g_assert_false(answer.kept);
	g_assert_cmpint(answer.code, ==, LEAD_ERROR_INVALID);
	g_assert_cmpint(waiting(&fixture), ==, 0);
	check_state(record(&fixture, DIRECTION_OUTBOUND, 2), RECORDED);
	finish(&fixture);
}

/* A spooled record that the store refuses does not hold up those behind it. */
static void test_refused_replay(void)
{
	RecorderCounts counts;
	SpoolStatus status;
	Fixture fixture;

	prepare(&fixture, "");
	fake.open_failure = LEAD_ERROR_TEMPORARY;
	fake.refused = 2;
	begin(&fixture);
	for (int64_t i = 1; i <= 3; i++)
		check_state(record(&fixture, DIRECTION_OUTBOUND, i), SPOOLED);
	set_failure(WORKS);
	wait_for(fake.recorded, "1 3 ");
	wait_for(fake.notices, "the store refuses a spooled record");
	wait_for(fake.notices, "replayed 2 spooled records");
	recorder_counts(fixture.recorder, &counts);
	g_assert_cmpint(counts.set_aside, ==, 1);
	g_assert_true(spool_status(fixture.spool, &status, NULL));
	g_assert_cmpint(status.set_aside, ==, 1);
	g_assert_cmpint(status.waiting, ==, 0);
	finish(&fixture);
}

static bool heard(const char *words)
{
	bool found;

	pthread_mutex_lock(&fake.lock);
	found = strstr(fake.notices->str, words) != NULL;
	pthread_mutex_unlock(&fake.lock);
	return found;
}

/* A record that the store fails on every time looks like a store that is away: but other
 * messages must get through, and at last those that were spooled behind it. */
static void test_poison(void)
{
	g_autofree char *all = NULL;
	SpoolStatus status;
	Fixture fixture;
	int64_t sent = 2;

	prepare(&fixture, "");
	fake.poison = 1;
	begin(&fixture);
	check_state(record(&fixture, DIRECTION_OUTBOUND, 1), SPOOLED);
	/* spooled, too, unless the time to try the store again has come already */
	g_assert_true(record(&fixture, DIRECTION_OUTBOUND, 2).kept);
	while (!heard("the store refuses a spooled record")) {
		g_assert_true(record(&fixture, DIRECTION_OUTBOUND, ++sent).kept);
		g_usleep(10000); /* mail comes now and then */
	}
	wait_for(fake.recorded, " 2 ");
	for (int64_t i = 3; i <= sent; i++) {
		g_autofree char *number = g_strdup_printf(" %" G_GINT64_FORMAT " ", i);

		wait_for(fake.recorded, number);
	}
	all = recorded();
	g_assert_null(strstr(all, " 1 "));
	end(&fixture);
	g_assert_true(spool_status(fixture.spool, &status, NULL));
	g_assert_cmpint(status.set_aside, ==, 1);
	finish(&fixture);
}

/* Mail that concerns nobody yet may answer what is still spooled: it must not leave before
 * that has been replayed. */
static void test_waits_behind_spool(gconstpointer restarted)
{
	Fixture fixture;

	prepare(&fixture, "");
	fake.poison = 1;
	fake.concerns = false;
	begin(&fixture);
	check_state(record(&fixture, DIRECTION_OUTBOUND, 1), SPOOLED);
	if (GPOINTER_TO_INT(restarted)) {
		end(&fixture);
		begin(&fixture);
	}
	while (calls() < 5) /* until messages are let try the store again */
		g_usleep(10000);
	check_state(record(&fixture, DIRECTION_INBOUND, 2), SPOOLED);
	pthread_mutex_lock(&fake.lock);
	fake.poison = 0;
	pthread_mutex_unlock(&fake.lock);
	wait_for(fake.recorded, " 1 2 ");
	while (record(&fixture, DIRECTION_INBOUND, 3).state != LEFT_EARLY)
		g_usleep(10000);
	finish(&fixture);
}

static void test_unusable_spool(void)
{
	g_autoptr(Settings) settings = settings_load_text(
		"[store]\nuri = memory:\nspool = /dev/null/x\n", "t.conf", NULL);
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	prepare(&fixture, "");
	g_assert_null(recorder_new(settings, heed, NULL, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT);
	g_assert_nonnull(strstr(error->message, "/dev/null/x"));
	finish(&fixture);
}

/* A store that comes and goes does not flood the log. */
static void test_few_notices(void)
{
	g_auto(GStrv) lines = NULL;
	Fixture fixture;

	prepare(&fixture, "on_failure = accept\n");
	begin(&fixture);
	for (int64_t i = 0; i < 100; i++) {
		set_failure(i % 2 == 0 ? LEAD_ERROR_TEMPORARY : WORKS);
		record(&fixture, DIRECTION_OUTBOUND, i);
	}
	end(&fixture);
	lines = g_strsplit(fake.notices->str, "\n", -1);
	g_assert_cmpuint(g_strv_length(lines), <=,
			 2 * 10 + 1); /* the minute may change once */
	finish(&fixture);
}

/* ---- several threads, and a store that comes and goes ---- */

enum { THREADS = 6, EACH = 40 };

typedef struct {
	Fixture *fixture;
	int64_t first;
} Sender;

static gpointer send_some(gpointer user)
{
	Sender *sender = user;

	for (int64_t i = 0; i < EACH; i++)
		g_assert_true(record(sender->fixture, DIRECTION_OUTBOUND, sender->first + i)
				      .kept);
	return NULL;
}

static void test_threads(void)
{
	GThread *threads[THREADS];
	Sender senders[THREADS];
	g_autofree char *all = NULL;
	Fixture fixture;

	prepare(&fixture, "");
	begin(&fixture);
	for (int i = 0; i < THREADS; i++) {
		senders[i] = (Sender){&fixture, 1000 + i * EACH};
		threads[i] = g_thread_new("sender", send_some, &senders[i]);
	}
	for (int i = 0; i < 200; i++)
		set_failure(i % 3 == 0	 ? LEAD_ERROR_PERMANENT
			    : i % 3 == 1 ? LEAD_ERROR_TEMPORARY
					 : WORKS);
	set_failure(WORKS);
	for (int i = 0; i < THREADS; i++)
		g_thread_join(threads[i]);
	for (int i = 0; i < THREADS * EACH; i++) {
		g_autofree char *number = g_strdup_printf("%d ", 1000 + i);

		wait_for(fake.recorded, number);
	}
	all = recorded();
	g_assert_cmpuint(strlen(all), >=, THREADS * EACH * 5);
	finish(&fixture);
}

/* ---- messages as their driver has them ---- */

static const char plain[] = "From: jo@c.example\r\nTo: rep@ours.example\r\n"
			    "Message-ID: <1@c.example>\r\nSubject: The machines\r\n"
			    "Content-Type: text/plain\r\n\r\nunsubscribe\r\n";
static const char reply[] = "From: jo@c.example\r\nTo: rep@ours.example\r\n"
			    "Message-ID: <1@c.example>\r\nSubject: Re: The machines\r\n"
			    "\r\nunsubscribe\r\n";
static const char answer_by_id[] =
	"From: jo@c.example\r\nTo: rep@ours.example\r\nMessage-ID: <1@c.example>\r\n"
	"In-Reply-To: <1.out@ours.example>\r\n\r\nunsubscribe\r\n";
static const char hidden_report[] =
	"From: jo@c.example\r\nTo: rep@ours.example\r\nMessage-ID: <1@c.example>\r\n"
	"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nGone.\r\n--b\r\n"
	"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.c.example\r\n"
	"\r\nFinal-Recipient: rfc822; jo@c.example\r\nAction: failed\r\n"
	"Status: 5.1.1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
	"Message-ID: <1.out@ours.example>\r\nFrom: rep@ours.example\r\n\r\ntext\r\n"
	"--b--\r\n";

static Envelope envelope_of(const char *reverse_path, const char *forward_path)
{
	Envelope envelope;

	envelope_init(&envelope);
	envelope.client = CLIENT_ADDRESS;
	envelope.client_address = g_strdup("192.0.2.1");
	envelope.reverse_path = addr_spec_parse(reverse_path, "+");
	envelope_add_recipient(&envelope, addr_spec_parse(forward_path, "+"), NULL, 10);
	envelope.received_at = 1770000000;
	return envelope;
}

static Answer take(Fixture *fixture, const char *text, bool tell, MessageSummary **summary)
{
	Envelope envelope = envelope_of("<jo@c.example>", "<rep@ours.example>");
	HeaderLimits limits = recorder_header_limits(fixture->settings);
	g_autoptr(HeaderSection) section = header_section_new(&limits, NULL);
	size_t body = header_section_split(section, text, strlen(text));
	g_autofree char *exact = g_memdup2(text + body, strlen(text + body));
	RawMessage message = {&envelope, section, exact, strlen(text + body)};
	g_autoptr(GError) error = NULL;
	Answer answer;

	answer.kept = recorder_take(fixture->recorder, &message, fixture->settings, tell,
				    summary, &answer.state, &answer.result, &error);
	answer.code = error != NULL ? error->code : -1;
	envelope_clear(&envelope);
	return answer;
}

/* Nobody reads the body of mail that its header section shows to concern nobody. */
static void test_take(void)
{
	static const struct {
		const char *name, *text, *more;
		bool concerns, body_read;
		RecorderState wanted;
		unsigned calls;
	} rows[] = {
		{"a stranger", plain, "", false, false, LEFT_EARLY, 1},
		{"a contact", plain, "", true, true, RECORDED, 2},
		{"a reply by its prefix", reply, "", false, true, LEFT_EARLY, 1},
		/* the writer sees for itself */
		{"an answer by its id", answer_by_id, "", false, true, LEFT_EARLY, 1},
		{"an answer that concerns somebody", answer_by_id, "", true, true, RECORDED,
		 1},
		{"a report without a mark in the header section", hidden_report, "", false,
		 true, LEFT_EARLY, 1},
		{"to a sales address", plain,
		 "[contacts]\nauto_create = sales\nsales_addresses = rep@ours.example\n",
		 false, true, LEFT_EARLY, 1},
		{"to another address than for sales", plain,
		 "[contacts]\nauto_create = sales\nsales_addresses = sales@ours.example\n",
		 false, false, LEFT_EARLY, 1},
		{"neither from us nor to us", plain, "[mail]\nlocal_domains = other.example\n",
		 true, false, LEFT_EARLY, 0},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *more = g_strconcat(
			"[mail]\nlocal_domains = ours.example\n", rows[i].more, NULL);
		MessageSummary *summary;
		Fixture fixture;

		g_test_message("%s", rows[i].name);
		prepare(&fixture, more);
		begin(&fixture);
		fake.concerns = rows[i].concerns;
		check_state(take(&fixture, rows[i].text, false, &summary), rows[i].wanted);
		g_assert_cmpuint(calls(), ==, rows[i].calls);
		g_assert_cmpint(summary->body_digest != 0, ==, rows[i].body_read);
		if (rows[i].text == hidden_report)
			g_assert_cmpstr(summary->returned_id, ==, "1.out@ours.example");
		summary_unref(summary);
		finish(&fixture);
	}
}

/* A group that cannot be had keeps nobody's mail from being recorded. */
static void test_group(void)
{
	static const struct {
		const char *settings, *group, *notice;
		int failure;
	} rows[] = {
		{"", NULL, NULL, WORKS},
		{"group = sales\n", "sales", NULL, WORKS},
		{"group = sales\n", "sales", "1 cannot share store 'fake'",
		 LEAD_ERROR_PERMANENT},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Fixture fixture;
		g_autofree char *texts = NULL;

		prepare(&fixture, rows[i].settings);
		fake.share_failure = rows[i].failure;
		begin(&fixture);
		record(&fixture, DIRECTION_INBOUND, 1);
		texts = recorded();
		g_assert_cmpstr(texts, ==, " 1 ");
		g_assert_cmpstr(fake.group, ==, rows[i].group);
		if (rows[i].notice != NULL)
			wait_for(fake.notices, rows[i].notice);
		else
			g_assert_cmpstr(fake.notices->str, ==, "");
		finish(&fixture);
	}
}

/* What is told of mail that left unread is told by its header section. */
static void test_take_tells(void)
{
	MessageSummary *summary;
	Fixture fixture;
	Answer answer;

	prepare(&fixture, "[mail]\nlocal_domains = ours.example\n");
	begin(&fixture);
	fake.concerns = false;
	answer = take(&fixture, plain, true, &summary);
	check_state(answer, LEFT_EARLY);
	g_assert_cmpstr(message_class_name(answer.result.class), ==, "human");
	g_assert_cmpstr(reason_name(answer.result.reason), ==, "unknown-author");
	g_assert_cmpstr(summary->message_id, ==, "1@c.example");
	summary_unref(summary);
	finish(&fixture);
}

/* With the store away even a stranger's mail is kept whole: what it answers may be in the
 * spool. */
static void test_take_away(void)
{
	MessageSummary *summary;
	Fixture fixture;

	prepare(&fixture, "[mail]\nlocal_domains = ours.example\n");
	begin(&fixture);
	fake.concerns = false;
	set_failure(LEAD_ERROR_TEMPORARY);
	check_state(take(&fixture, plain, false, &summary), SPOOLED);
	g_assert_cmpint(summary->body_digest, !=, 0);
	summary_unref(summary);
	set_failure(WORKS);
	finish(&fixture);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/recorder/directions", test_directions);
	g_test_add_func("/recorder/time-budget", test_time_budget);
	g_test_add_func("/recorder/temporary", test_temporary);
	g_test_add_func("/recorder/permanent", test_permanent);
	g_test_add_func("/recorder/opened-anew", test_opened_anew);
	g_test_add_func("/recorder/not-asked-while-away", test_not_asked_while_away);
	g_test_add_func("/recorder/away-at-start", test_away_at_start);
	g_test_add_func("/recorder/restart", test_restart);
	g_test_add_func("/recorder/restart-without-spool", test_restart_without_spool);
	g_test_add_func("/recorder/other-policies", test_other_policies);
	g_test_add_func("/recorder/other-policy-away-at-start",
			test_other_policy_away_at_start);
	g_test_add_func("/recorder/spool-by-reload", test_spool_by_reload);
	g_test_add_func("/recorder/invalid-is-not-spooled", test_invalid_is_not_spooled);
	g_test_add_func("/recorder/refused-replay", test_refused_replay);
	g_test_add_func("/recorder/poison", test_poison);
	g_test_add_data_func("/recorder/waits-behind-spool", GINT_TO_POINTER(false),
			     test_waits_behind_spool);
	g_test_add_data_func("/recorder/waits-behind-spool-of-before",
			     GINT_TO_POINTER(true), test_waits_behind_spool);
	g_test_add_func("/recorder/unusable-spool", test_unusable_spool);
	g_test_add_func("/recorder/group", test_group);
	g_test_add_func("/recorder/few-notices", test_few_notices);
	g_test_add_func("/recorder/threads", test_threads);
	g_test_add_func("/recorder/take", test_take);
	g_test_add_func("/recorder/take-tells", test_take_tells);
	g_test_add_func("/recorder/take-away", test_take_away);
	return g_test_run();
}
