/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The power is cut while mail comes in over many connections: what was answered must be on
 * the disk, in the store or in the spool, once. Also with the store away or locked, or its
 * log being copied back, and on disks that wrote some of what they were not yet asked to
 * sync. And the proof that this test sees what it looks for: it must find messages lost
 * where syncs are left out.
 */
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "../contract/store-fixture.h"
#include "../unit/story.h"
#include "disk.h"
#include "load.h"
#include "locker.h"
#include "world.h"

enum { PAIRS = 10, ANSWERS_MOST = 1200, CUTS = 4, CUTS_IN_A_WORLD = 6, TRIES = 10 };
/* A log that is nearly so long that it is copied back. */
enum { LOG_OCTETS = 78 << 19, TIMEOUT_MS = 5000, PATIENCE_S = 300, COPYING_US = 1000000 };

typedef struct {
	const char *name;
	bool is_away;	  /* the store; the first cut of a world only */
	bool is_locked;	  /* at times, by somebody else */
	bool is_copying;  /* the log back into the database, when the cut comes */
	const char *luck; /* percent */
	const char *sync_us;
	const char *lies;	 /* NULL: none */
	const char *synchronous; /* NULL: as the program wants it */
} Weather;

static const Weather weathers[] = {
	{"store away", .is_away = true, .luck = "20", .sync_us = "500"},
	{"log copied back", .is_copying = true, .luck = "20", .sync_us = "500"},
	{"store locked at times", .is_locked = true, .luck = "20", .sync_us = "500"},
	{"some sectors early", .luck = "50", .sync_us = "2000"},
	{"nothing early", .luck = "0", .sync_us = "0"},
};

static void connect_disk(Daemon *daemon, const World *world, const char *disk,
			 const Weather *weather)
{
	g_autofree char *seed = g_strdup_printf("%d", g_test_rand_int());
	g_autofree char *library =
		g_test_build_filename(G_TEST_BUILT, "tests/durability/powercut.so", NULL);

	daemon_set_variable(daemon, "LD_PRELOAD", library);
	daemon_set_variable(daemon, DISK_FOLDER, world->live);
	daemon_set_variable(daemon, DISK_PATH, disk);
	daemon_set_variable(daemon, DISK_SEED, seed);
	daemon_set_variable(daemon, DISK_LUCK, weather->luck);
	daemon_set_variable(daemon, DISK_SYNC_US, weather->sync_us);
	if (weather->lies != NULL)
		daemon_set_variable(daemon, DISK_LIES, weather->lies);
	if (weather->synchronous != NULL)
		daemon_set_variable(daemon, DISK_SYNCHRONOUS, weather->synchronous);
	daemon_set(daemon, "store", "timeout", weather->is_locked ? "150ms" : "5s");
}

/* ---- a long log ---- */

static struct stat status_of(const char *path)
{
	struct stat status = {0};

	g_stat(path, &status);
	return status;
}

static void write_to_somebody(Store *store, Settings *settings, const char *name,
			      unsigned number)
{
	g_autofree char *step = g_strdup_printf(
		"out from=rep@ours.example to=%s.%u@many.example id=%s.%u day=1", name,
		number, name, number);
	g_autoptr(MessageSummary) summary = fixture_summary(step);
	g_autoptr(GError) error = NULL;
	RecordResult result;

	store_record(store, summary, settings, 0, &result, &error);
	g_assert_no_error(error);
}

/* Goes on in a copy of the world as it is then: closing the store would copy the log. */
static void lengthen_log(World *world, unsigned number)
{
	g_autofree char *uri = g_strconcat("sqlite:", world->database, NULL);
	g_autofree char *log = g_strconcat(world->database, "-wal", NULL);
	g_autofree char *name = g_strdup_printf("many%u", number);
	g_autoptr(GError) error = NULL;
	Settings *settings = story_settings(NULL);
	Store *store = store_open(uri, STORE_CREATE, TIMEOUT_MS, &error);

	g_assert_no_error(error);
	for (unsigned i = 0; status_of(log).st_size < LOG_OCTETS; i++)
		write_to_somebody(store, settings, name, i);
	world_go_on_in_copy(world, name);
	store_close(store);
	settings_unref(settings);
}

/* It has begun; it may be over, and the log have begun anew. */
static void wait_for_copying(const World *world, struct timespec before)
{
	int64_t deadline = g_get_monotonic_time() + PATIENCE_S * G_TIME_SPAN_SECOND;
	struct timespec changed;

	do {
		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		g_usleep(200);
		changed = status_of(world->database).st_mtim;
	} while (changed.tv_sec == before.tv_sec && changed.tv_nsec == before.tv_nsec);
	g_usleep((gulong)g_test_rand_int_range(0, COPYING_US));
}

/* ---- one cut ---- */

/* How many answers come before it. */
static unsigned cut_after(const Ledger *ledger)
{
	return ledger_count((Ledger *)(uintptr_t)ledger) +
	       (unsigned)g_test_rand_int_range(1, ANSWERS_MOST);
}

static unsigned load_until_cut(World *world, Daemon *daemon, unsigned number,
			       const Weather *weather)
{
	g_autofree char *name = g_strdup_printf("cut%u", number);
	unsigned before = ledger_count(world->ledger);
	struct timespec copied = status_of(world->database).st_mtim;
	Locker *locker = NULL;
	double slowest;
	unsigned refused;
	Load *load;

	if (weather->is_locked)
		locker = locker_new_restless(world->database, 300);
	load = load_start(daemon, world->ledger, name, PAIRS);
	if (weather->is_copying)
		wait_for_copying(world, copied);
	else
		ledger_wait(world->ledger, cut_after(world->ledger));
	g_usleep((gulong)g_test_rand_int_range(0, 3000));
	daemon_kill(daemon);
	load_end(load, &slowest, &refused);
	g_assert_cmpuint(refused, ==, 0);
	if (locker != NULL)
		locker_free(locker);
	return ledger_count(world->ledger) - before;
}

/* Serves, cuts, and lets the world go on with what was on the disk. */
static void cut_once(World *world, unsigned number, const Weather *weather,
		     Figures *figures)
{
	g_autofree char *disk = g_strdup_printf("%s/disk%u", world->folder, number);
	bool is_away = weather->is_away && !g_file_test(world->spool, G_FILE_TEST_EXISTS);
	Daemon *daemon;

	g_assert_cmpint(g_mkdir(disk, 0755), ==, 0);
	if (weather->is_copying)
		lengthen_log(world, number);
	daemon = world_daemon(world);
	if (is_away)
		world_block_store(world);
	connect_disk(daemon, world, disk, weather);
	daemon_start(daemon);
	figures->answered += load_until_cut(world, daemon, number, weather);
	daemon_free(daemon);
	world_move(world, g_build_filename(disk, "tree", NULL));
	if (is_away)
		world_unblock_store(world);
	g_test_message("cut %u (%s)", number, weather->name);
	world_add_figures(world, figures);
}

static bool can_preload(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	g_test_skip("a sanitizer wants to be the first library");
	return false;
#else
	return true;
#endif
}

static void test_cuts(void)
{
	unsigned cuts = number_asked("LEAD_CUTS", CUTS);
	Figures figures = {0};

	if (!can_preload())
		return;
	for (unsigned cut = 0; cut < cuts;) {
		g_autoptr(World) world = world_new();
		unsigned end = MIN(cuts, cut + CUTS_IN_A_WORLD);

		for (; cut < end; cut++)
			cut_once(world, cut, &weathers[cut % G_N_ELEMENTS(weathers)],
				 &figures);
	}
	figures_check(&figures, "power cuts");
}

/* ---- the test itself is tested ---- */

static const Weather bad_weathers[] = {
	{"synchronous-normal", .luck = "0", .sync_us = "0", .synchronous = "NORMAL"},
	{"log-never-synced", .luck = "0", .sync_us = "0", .lies = "-wal"},
	{"database-never-synced", .is_copying = true, .luck = "0", .sync_us = "0",
	 .lies = ".db"},
	{"spool-never-synced", .is_away = true, .luck = "0", .sync_us = "0",
	 .lies = ".spool"},
};

static void test_caught(gconstpointer weather)
{
	const Weather *bad = weather;
	Figures figures = {0};

	if (!can_preload())
		return;
	for (unsigned try = 0; try < TRIES && figures.missing + figures.damaged == 0;
	     try++) {
		g_autoptr(World) world = world_new();

		cut_once(world, try, bad, &figures);
	}
	g_test_message("figures: %s: %u cuts, %u answered, %u missing, %u damaged",
		       bad->name, figures.crashes, figures.answered, figures.missing,
		       figures.damaged);
	g_assert_cmpuint(figures.missing + figures.damaged, >, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(bad_weathers); i++) {
		g_autofree char *path =
			g_strconcat("/power/is-caught/", bad_weathers[i].name, NULL);

		g_test_add_data_func(path, &bad_weathers[i], test_caught);
	}
	g_test_add_func("/power/cuts", test_cuts);
	return g_test_run();
}
