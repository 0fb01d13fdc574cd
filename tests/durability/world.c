/* SPDX-License-Identifier: BSD-2-Clause */
#include "world.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "lead/spool.h"

enum { POLL_US = 2000, PATIENCE_S = 300 };

static void run(const char *program, const char *option, const char *first,
		const char *second)
{
	const char *const arguments[] = {program, option, "--", first, second, NULL};
	g_autoptr(GError) error = NULL;
	int status = 0;

	g_spawn_sync(NULL, (char **)(uintptr_t)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL,
		     NULL, NULL, NULL, &status, &error);
	g_assert_no_error(error);
	g_assert_cmpint(status, ==, 0);
}

World *world_new(void)
{
	World *self = g_new0(World, 1);
	char *live;

	self->folder = g_dir_make_tmp("lead-world-XXXXXX", NULL);
	g_assert_nonnull(self->folder);
	live = g_build_filename(self->folder, "live", NULL);
	g_assert_cmpint(g_mkdir(live, 0755), ==, 0);
	self->ledger = ledger_new();
	world_move(self, live);
	return self;
}

static void forget_paths(World *self)
{
	g_free(self->live);
	g_free(self->database);
	g_free(self->spool);
}

void world_move(World *world, char *live_taken)
{
	forget_paths(world);
	world->live = live_taken;
	world->database = g_build_filename(live_taken, "db", "lead.db", NULL);
	world->spool = g_build_filename(live_taken, "spool", NULL);
}

void world_go_on_in_copy(World *world, const char *name)
{
	char *copy = g_build_filename(world->folder, name, NULL);

	run("cp", "-a", world->live, copy);
	world_move(world, copy);
}

void world_free(World *world)
{
	run("rm", "-rf", world->folder, NULL);
	ledger_free(world->ledger);
	forget_paths(world);
	g_free(world->folder);
	g_free(world);
}

Daemon *world_daemon(const World *world)
{
	Daemon *daemon = daemon_new();
	g_autofree char *uri = g_strconcat("sqlite:", world->database, NULL);

	daemon_set(daemon, "store", "uri", uri);
	daemon_set(daemon, "store", "spool", world->spool);
	return daemon;
}

void world_block_store(const World *world)
{
	g_autofree char *folder = g_path_get_dirname(world->database);

	g_assert_true(g_file_set_contents(folder, "", -1, NULL));
}

void world_unblock_store(const World *world)
{
	g_autofree char *folder = g_path_get_dirname(world->database);

	g_assert_cmpint(g_unlink(folder), ==, 0);
}

int64_t world_spooled(const World *world)
{
	g_autoptr(GError) error = NULL;
	SpoolStatus status;

	spool_status(world->spool, &status, &error);
	g_assert_no_error(error);
	return status.waiting;
}

void world_wait_replayed(const World *world)
{
	int64_t deadline = g_get_monotonic_time() + PATIENCE_S * G_TIME_SPAN_SECOND;
	int64_t waiting;

	while ((waiting = world_spooled(world)) > 0) {
		if (g_get_monotonic_time() > deadline)
			g_error("%" G_GINT64_FORMAT " records are still spooled", waiting);
		g_usleep(POLL_US);
	}
}

/* ---- surveys ---- */

static World *world_copy(const World *world)
{
	World *copy = g_new0(World, 1);

	copy->folder = g_dir_make_tmp("lead-copy-XXXXXX", NULL);
	copy->ledger = world->ledger;
	world_move(copy, g_build_filename(copy->folder, "live", NULL));
	run("cp", "-a", world->live, copy->live);
	return copy;
}

static void world_copy_free(World *copy)
{
	run("rm", "-rf", copy->folder, NULL);
	forget_paths(copy);
	g_free(copy->folder);
	g_free(copy);
}

void world_survey(const World *world, Survey *survey_out)
{
	World *copy = world_copy(world);

	survey_take(copy->database, copy->spool, copy->ledger, survey_out);
	world_copy_free(copy);
}

void world_survey_replayed(const World *world, Survey *survey_out)
{
	World *copy = world_copy(world);
	Daemon *daemon = world_daemon(copy);

	daemon_start(daemon);
	world_wait_replayed(copy);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	daemon_free(daemon);
	survey_take(copy->database, copy->spool, copy->ledger, survey_out);
	world_copy_free(copy);
}

/* ---- figures ---- */

static void tell(const Survey *survey, const char *when)
{
	if (survey->text != NULL && *survey->text != '\0')
		g_test_message("after the %s:\n%s", when, survey->text);
}

/* What the replay does not bring back counts as missing, too. */
void world_add_figures(const World *world, Figures *figures)
{
	g_auto(Survey) now = {0}, replayed = {0};

	world_survey(world, &now);
	if (!now.is_damaged)
		world_survey_replayed(world, &replayed);
	tell(&now, "crash");
	tell(&replayed, "replay");
	figures->crashes++;
	figures->spooled += now.spooled;
	figures->missing += MAX(now.missing, replayed.missing + replayed.spooled);
	figures->doubled += MAX(now.doubled, replayed.doubled);
	figures->halved += MAX(now.halved, replayed.halved);
	figures->unpromoted += replayed.unpromoted;
	figures->damaged += now.is_damaged || replayed.is_damaged;
}

void figures_check(const Figures *figures, const char *what)
{
	g_test_message(
		"figures: %u %s, %u messages answered (%u of them found in the spool): %u "
		"missing, %u doubled, %u promotions halved, %u not promoted, %u "
		"databases damaged",
		figures->crashes, what, figures->answered, figures->spooled,
		figures->missing, figures->doubled, figures->halved, figures->unpromoted,
		figures->damaged);
	g_assert_cmpuint(figures->answered, >, 0);
	g_assert_cmpuint(figures->missing, ==, 0);
	g_assert_cmpuint(figures->doubled, ==, 0);
	g_assert_cmpuint(figures->halved, ==, 0);
	g_assert_cmpuint(figures->unpromoted, ==, 0);
	g_assert_cmpuint(figures->damaged, ==, 0);
}

unsigned number_asked(const char *variable, unsigned otherwise)
{
	const char *value = g_getenv(variable);

	return value != NULL ? (unsigned)strtoul(value, NULL, 10) : otherwise;
}
