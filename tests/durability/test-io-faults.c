/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each call that SQLite makes to the file system fails in turn, once or for good, while
 * mail is recorded: a message is recorded or there is an error that lets it be spooled; the
 * database stays whole; and when all that failed comes again, as from a spool, the store
 * holds what it would without any fault.
 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "../contract/store-fixture.h"
#include "../unit/story.h"
#include "io-faults.h"
#include "lead/error.h"
#include "survey.h"
#include "world.h"

enum { TIMEOUT_MS = 2000, PLACES = 4, LOG_OCTETS = 3900000 };

#define OUT "out from=rep@ours.example "
#define IN "in to=rep@ours.example "

static const char *const steps[] = {
	OUT "to=jane@lead.example id=o1 day=1 subject=pumps",
	IN "from=jane@lead.example id=r1 answers=o1 day=2",
	OUT "to=joe@lead.example id=o2 day=3",
	OUT "to=joe@lead.example id=o2 day=3",
	IN "from=joe@home.example id=r2 answers=o2 day=4",
	IN "from=ann@else.example id=r3 answers=o3 day=6",
	OUT "to=ann@else.example id=o3 day=5",
	IN "from=jane@lead.example id=r4 day=7",
};
enum { STEPS = G_N_ELEMENTS(steps) };

/* ---- a database ---- */

typedef struct {
	char *folder, *database, *uri;
	Settings *settings;
	Store *store; /* NULL: not open */
	bool was_open;
	bool is_behind; /* something failed, and would be spooled now */
} Site;

/* template: a database to begin with, with its log if it has one, or NULL. */
static void site_init(Site *site, const char *template)
{
	static const char *const ends[] = {"", "-wal"};

	*site = (Site){.folder = g_dir_make_tmp("lead-io-XXXXXX", NULL)};
	site->database = g_build_filename(site->folder, "lead.db", NULL);
	site->uri = g_strconcat("sqlite:", site->database, NULL);
	site->settings = story_settings(NULL);
	for (size_t i = 0; template != NULL && i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *from = g_strconcat(template, ends[i], NULL);
		g_autofree char *to = g_strconcat(site->database, ends[i], NULL);
		g_autofree char *octets = NULL;
		gsize length;

		if (!g_file_test(from, G_FILE_TEST_EXISTS))
			continue;
		g_assert_true(g_file_get_contents(from, &octets, &length, NULL));
		g_assert_true(g_file_set_contents_full(
			to, octets, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
	}
}

static void site_clear(Site *site)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-journal"};

	store_close(site->store);
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *path = g_strconcat(site->database, ends[i], NULL);

		g_unlink(path);
	}
	g_assert_cmpint(g_rmdir(site->folder), ==, 0);
	settings_unref(site->settings);
	g_free(site->folder);
	g_free(site->database);
	g_free(site->uri);
}

/* Only with such an error does the recorder spool. */
static void check_error(const Site *site, const GError *error)
{
	g_assert_nonnull(error);
	if (!g_error_matches(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY) &&
	    !g_error_matches(error, LEAD_ERROR, LEAD_ERROR_PERMANENT))
		g_error("%s: not to be spooled: %s", site->uri, error->message);
}

/* What fails for good is opened anew, as the recorder does. */
static bool give_up(Site *site, const GError *error)
{
	check_error(site, error);
	site->is_behind = true;
	if (g_error_matches(error, LEAD_ERROR, LEAD_ERROR_PERMANENT))
		g_clear_pointer(&site->store, store_close);
	return false;
}

static bool site_open(Site *site)
{
	g_autoptr(GError) error = NULL;

	if (site->store == NULL)
		site->store = store_open(site->uri, site->was_open ? 0 : STORE_CREATE,
					 TIMEOUT_MS, &error);
	if (site->store == NULL)
		return give_up(site, error);
	site->was_open = true;
	return true;
}

/* As the recorder does: ask, then record. All of this mail concerns somebody, unless what
 * was before it is not recorded: then it waits behind that. */
static bool site_record(Site *site, const char *step, RecordResult *result_out)
{
	g_autoptr(MessageSummary) summary = fixture_summary(step);
	g_autoptr(GError) error = NULL;
	bool concerns = true;

	if (!site_open(site))
		return false;
	if (summary->direction == DIRECTION_INBOUND &&
	    !store_concerns(site->store, summary, site->settings, &concerns, &error))
		return give_up(site, error);
	if (!concerns && !site->is_behind)
		g_error("'%s' would have left early", step);
	if (!concerns)
		return false;
	if (!store_record(site->store, summary, site->settings, 0, result_out, &error))
		return give_up(site, error);
	return true;
}

static char *site_dump(Site *site)
{
	g_autoptr(GError) error = NULL;
	char *dump;

	g_assert_true(site_open(site));
	dump = store_dump(site->store, &error);
	g_assert_no_error(error);
	return dump;
}

/* ---- one fault ---- */

typedef struct {
	const char *name;
	const char *template;
	bool has_other; /* somebody else writes behind each step, without faults */
	char *wanted;	/* dump without a fault */
	IoKind kind;
	bool goes_on;
	unsigned recorded, failed;
} Trial;

static void check_database(const Trial *trial, const Site *site, unsigned place)
{
	g_autofree char *complaint = NULL;

	if (g_file_test(site->database, G_FILE_TEST_EXISTS) &&
	    !survey_check_database(site->database, &complaint))
		g_error("%s, %s %u: %s", trial->name, io_kind_name(trial->kind), place,
			complaint);
}

/* What was recorded is a duplicate now; what failed is recorded now. */
static void record_again(Trial *trial, Site *site, const bool *recorded, unsigned place)
{
	for (size_t i = 0; i < STEPS; i++) {
		RecordResult result;

		g_assert_true(site_record(site, steps[i], &result));
		trial->recorded += recorded[i];
		trial->failed += !recorded[i];
		if (recorded[i] && result.reason != REASON_DUPLICATE)
			g_error("%s, %s %u: '%s' was recorded, and is lost", trial->name,
				io_kind_name(trial->kind), place, steps[i]);
	}
}

static Store *open_other(const Trial *trial, const Site *site)
{
	g_autoptr(GError) error = NULL;
	Store *other;

	if (!trial->has_other)
		return NULL;
	other = store_open(site->uri, 0, TIMEOUT_MS, &error);
	g_assert_no_error(error);
	return other;
}

/* Something new behind each step; the same again is a duplicate. */
static Reason record_other(Store *other, const Site *site, size_t step)
{
	g_autofree char *text = g_strdup_printf(
		OUT "to=other%zu@beside.example id=other%zu day=3", step, step);
	g_autoptr(MessageSummary) summary = fixture_summary(text);
	g_autoptr(GError) error = NULL;
	RecordResult result;

	store_record(other, summary, site->settings, 0, &result, &error);
	g_assert_no_error(error);
	return result.reason;
}

static void check_other(const Trial *trial, const Site *site, unsigned place)
{
	Store *other = open_other(trial, site);

	for (size_t i = 0; other != NULL && i < STEPS; i++) {
		if (record_other(other, site, i) != REASON_DUPLICATE)
			g_error("%s, %s %u: what was recorded beside step %zu is lost",
				trial->name, io_kind_name(trial->kind), place, i);
	}
	store_close(other);
}

static void record_all(Site *site, Store *other, bool *recorded)
{
	RecordResult result;

	for (size_t i = 0; i < STEPS; i++) {
		recorded[i] = site_record(site, steps[i], &result);
		if (other == NULL)
			continue;
		io_faults_pause();
		record_other(other, site, i);
		io_faults_go_on();
	}
	g_clear_pointer(&site->store, store_close);
}

/* place 0: no fault. How many calls there were. */
static unsigned try_place(Trial *trial, unsigned place)
{
	bool recorded[STEPS];
	g_autofree char *dump = NULL;
	unsigned calls;
	Store *other;
	Site site;

	site_init(&site, trial->template);
	other = open_other(trial, &site);
	io_faults_arm(trial->kind, place, trial->goes_on);
	record_all(&site, other, recorded);
	calls = io_faults_disarm();
	store_close(other);
	check_database(trial, &site, place);
	check_other(trial, &site, place);
	record_again(trial, &site, recorded, place);
	dump = site_dump(&site);
	if (trial->wanted == NULL)
		trial->wanted = g_strdup(dump);
	assert_text(trial->name, trial->wanted, dump);
	site_clear(&site);
	return calls;
}

static void try_places(Trial *trial)
{
	unsigned most = number_asked("LEAD_PLACES", PLACES), tried = 0, calls;
	double step;

	trial->goes_on = false;
	calls = try_place(trial, 0);
	trial->recorded = trial->failed = 0;
	step = MAX(1, (double)calls / most);
	for (double place = 1; (unsigned)place <= calls; place += step) {
		for (int goes_on = 0; goes_on <= 1; goes_on++) {
			trial->goes_on = goes_on;
			try_place(trial, (unsigned)place);
			tried++;
		}
	}
	g_test_message("figures: %s, %s: %u calls, %u faults, %u messages recorded, %u errors",
		       trial->name, io_kind_name(trial->kind), calls, tried,
		       trial->recorded, trial->failed);
}

static void try_all(Trial trial)
{
	for (trial.kind = 0; trial.kind < IO_KINDS; trial.kind++)
		try_places(&trial);
	g_free(trial.wanted);
}

/* ---- where a fault may come ---- */

static void test_new_database(void)
{
	try_all((Trial){.name = "new database"});
}

static off_t octets_of(const char *path)
{
	struct stat status;

	return g_stat(path, &status) == 0 ? status.st_size : 0;
}

/* A log that is as long as it gets, copied as a crash leaves it: it is read when the
 * database is opened, and copied back behind the first message. */
static void test_long_log(void)
{
	g_autofree char *log = NULL;
	Site site, crashed;
	RecordResult result;

	site_init(&site, NULL);
	log = g_strconcat(site.database, "-wal", NULL);
	for (unsigned i = 0; octets_of(log) < LOG_OCTETS; i++) {
		g_autofree char *step =
			g_strdup_printf(OUT "to=lead%u@many.example id=many%u day=1", i, i);

		g_assert_true(site_record(&site, step, &result));
	}
	site_init(&crashed, site.database);
	try_all((Trial){.name = "long log", .template = crashed.database});
	site_clear(&crashed);
	site_clear(&site);
}

/* A page cache that holds next to nothing: pages of a transaction go to the log before it
 * ends, and where it fails the other one's come to lie over them. */
static void test_small_cache(void)
{
	sqlite3 *db;
	Site site;

	site_init(&site, NULL);
	g_assert_true(site_open(&site));
	g_clear_pointer(&site.store, store_close);
	g_assert_cmpint(sqlite3_open(site.database, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, "PRAGMA default_cache_size = 4", NULL, NULL, NULL),
			==, SQLITE_OK);
	sqlite3_close(db);
	io_faults_keep_cache(true);
	try_all((Trial){
		.name = "small cache", .template = site.database, .has_other = true});
	io_faults_keep_cache(false);
	site_clear(&site);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	io_faults_install();
	g_test_add_func("/io-faults/new-database", test_new_database);
	g_test_add_func("/io-faults/long-log", test_long_log);
	g_test_add_func("/io-faults/small-cache", test_small_cache);
	return g_test_run();
}
