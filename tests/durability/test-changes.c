/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * While mail comes in over many connections the daemon reads its settings anew, stops, or
 * leaves its place to another one: nothing is refused, and what was answered is recorded,
 * once.
 */
#include <signal.h>

#include "load.h"
#include "world.h"

enum { PAIRS = 6, RELOADS = 10, SOME = 30, FEW = 5 };

static void wait_for_more(Ledger *ledger, unsigned more)
{
	ledger_wait(ledger, ledger_count(ledger) + more);
}

static void end_load(Load *load)
{
	double slowest;
	unsigned refused;

	load_stop(load);
	load_end(load, &slowest, &refused);
	g_assert_cmpuint(refused, ==, 0);
}

static void check(World *world, unsigned changes, const char *what)
{
	Figures figures = {0};

	figures.answered = ledger_count(world->ledger);
	world_add_figures(world, &figures);
	figures.crashes = changes;
	g_assert_cmpuint(figures.spooled, ==, 0);
	figures_check(&figures, what);
}

/* ---- settings ---- */

/* Sessions keep the settings with which they began, so some begin behind every change. */
static void reload(World *world, Daemon *daemon, unsigned number)
{
	g_autofree char *name = g_strdup_printf("reloaded%u", number);
	Load *load;

	daemon_set(daemon, "log", "level", number % 2 == 0 ? "debug" : "info");
	daemon_set(daemon, "limits", "references", number % 3 == 0 ? "16" : "32");
	daemon_write_settings(daemon);
	daemon_signal(daemon, SIGUSR1);
	load = load_start(daemon, world->ledger, name, 1);
	daemon_wait_log(daemon, "settings reloaded", number + 1);
	wait_for_more(world->ledger, FEW);
	end_load(load);
}

static void test_reload(void)
{
	unsigned reloads = number_asked("LEAD_RELOADS", RELOADS);
	g_autoptr(World) world = world_new();
	Daemon *daemon = world_daemon(world);
	Load *load;

	daemon_start(daemon);
	load = load_start(daemon, world->ledger, "through", PAIRS);
	for (unsigned i = 0; i < reloads; i++)
		reload(world, daemon, i);
	end_load(load);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	daemon_free(daemon);
	check(world, reloads, "reloads");
}

/* ---- the process ---- */

static void test_stop(void)
{
	enum { STOPS = 5 };
	g_autoptr(World) world = world_new();
	Daemon *daemon = world_daemon(world);

	for (unsigned i = 0; i < STOPS; i++) {
		g_autofree char *name = g_strdup_printf("stopped%u", i);
		Load *load;

		daemon_start(daemon);
		load = load_start(daemon, world->ledger, name, PAIRS);
		wait_for_more(world->ledger, SOME);
		daemon_signal(daemon, SIGTERM);
		g_assert_cmpint(daemon_wait(daemon), ==, 0);
		end_load(load);
	}
	daemon_free(daemon);
	check(world, STOPS, "stops");
}

/* The new one is started while the old one stops. */
static void test_upgrade(void)
{
	g_autoptr(World) world = world_new();
	Daemon *old = world_daemon(world), *new = world_daemon(world);
	Load *load;

	daemon_set(new, "milter", "socket", daemon_socket(old));
	daemon_start(old);
	load = load_start(old, world->ledger, "old", PAIRS);
	wait_for_more(world->ledger, SOME);
	daemon_signal(old, SIGTERM);
	daemon_wait_log(old, "stopping", 1);
	daemon_start(new);
	end_load(load);
	g_assert_cmpint(daemon_wait(old), ==, 0);
	load = load_start(new, world->ledger, "new", PAIRS);
	wait_for_more(world->ledger, SOME);
	end_load(load);
	g_assert_cmpint(daemon_stop(new), ==, 0);
	daemon_free(new);
	daemon_free(old);
	check(world, 1, "upgrades");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/changes/reload", test_reload);
	g_test_add_func("/changes/stop", test_stop);
	g_test_add_func("/changes/upgrade", test_upgrade);
	return g_test_run();
}
