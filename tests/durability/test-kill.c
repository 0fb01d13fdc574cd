/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The daemon is killed while mail comes in over many connections, again and again on the
 * same store and spool: what was answered is in one of them, once, and every promotion is
 * whole or has not happened. The same in the midst of replays.
 */
#include <glib/gstdio.h>

#include "load.h"
#include "locker.h"
#include "world.h"

enum {
	PAIRS = 10,
	ANSWERS_MOST = 600,
	KILLS = 10,
	KILLS_IN_A_WORLD = 5,
	REPLAYS = 4,
	SPOOLED = 200,
	POLL_US = 500,
};

/* Every third time somebody else holds the write lock now and then. The first time there
 * is no database yet to lock. */
static Locker *lock_sometimes(const World *world, unsigned number)
{
	if (number % 3 != 1 || !g_file_test(world->database, G_FILE_TEST_EXISTS))
		return NULL;
	return locker_new_restless(world->database, 300);
}

static void load_until_killed(World *world, Daemon *daemon, unsigned number)
{
	g_autofree char *name = g_strdup_printf("kill%u", number);
	unsigned before = ledger_count(world->ledger), refused;
	Locker *locker = lock_sometimes(world, number);
	Load *load = load_start(daemon, world->ledger, name, PAIRS);
	double slowest;

	ledger_wait(world->ledger,
		    before + (unsigned)g_test_rand_int_range(1, ANSWERS_MOST));
	g_usleep((gulong)g_test_rand_int_range(0, 3000));
	daemon_kill(daemon);
	load_end(load, &slowest, &refused);
	g_assert_cmpuint(refused, ==, 0);
	if (locker != NULL)
		locker_free(locker);
}

static void kill_once(World *world, unsigned number, Figures *figures)
{
	unsigned before = ledger_count(world->ledger);
	Daemon *daemon = world_daemon(world);

	daemon_set(daemon, "store", "timeout", "150ms");
	daemon_start(daemon);
	load_until_killed(world, daemon, number);
	daemon_free(daemon);
	figures->answered += ledger_count(world->ledger) - before;
	world_add_figures(world, figures);
}

static void test_kills(void)
{
	unsigned kills = number_asked("LEAD_KILLS", KILLS);
	Figures figures = {0};

	for (unsigned kill = 0; kill < kills;) {
		g_autoptr(World) world = world_new();
		unsigned end = MIN(kills, kill + KILLS_IN_A_WORLD);

		for (; kill < end; kill++)
			kill_once(world, kill, &figures);
	}
	figures_check(&figures, "kills");
}

/* ---- in the midst of a replay ---- */

static void fill_spool(World *world)
{
	Daemon *daemon = world_daemon(world);
	double slowest;
	unsigned refused;
	Load *load;

	world_block_store(world);
	daemon_start(daemon);
	load = load_start(daemon, world->ledger, "spooled", PAIRS);
	ledger_wait(world->ledger, SPOOLED);
	load_stop(load);
	load_end(load, &slowest, &refused);
	g_assert_cmpuint(refused, ==, 0);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	daemon_free(daemon);
	world_unblock_store(world);
	g_assert_cmpint(world_spooled(world), >=, SPOOLED);
}

/* Some records are replayed, and some are left. */
static void replay_until_killed(World *world, Figures *figures)
{
	int64_t waiting = world_spooled(world), left;
	Daemon *daemon = world_daemon(world);

	left = g_test_rand_int_range(0, (gint32)waiting);
	daemon_start(daemon);
	while (world_spooled(world) > left)
		g_usleep(POLL_US);
	daemon_kill(daemon);
	daemon_free(daemon);
	world_add_figures(world, figures);
}

static void test_replays(void)
{
	unsigned replays = number_asked("LEAD_REPLAY_KILLS", REPLAYS);
	Figures figures = {0};

	for (unsigned done = 0; done < replays;) {
		g_autoptr(World) world = world_new();

		fill_spool(world);
		figures.answered += ledger_count(world->ledger);
		for (; done < replays && world_spooled(world) > 0; done++)
			replay_until_killed(world, &figures);
	}
	figures_check(&figures, "kills in a replay");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/kill/kills", test_kills);
	g_test_add_func("/kill/replays", test_replays);
	return g_test_run();
}
