/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The store fails while mail comes in: locked by somebody else, gone, garbage, read-only,
 * its disk full. Mail is accepted within the time budget, what was answered is in store or
 * spool, and when the fault is over the spool replays by itself.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lead/daemon-status.h"
#include "lead/spool.h"
#include "load.h"
#include "locker.h"
#include "world.h"

enum {
	PAIRS = 5,
	SOME = 20,
	MANY = 100,
	BUDGET_MS = 500,
	SLACK_MS = 10000,
	LOCK_S = 1,
	POLL_US = 5000,
	PATIENCE_MS = 60000,
};

/* What a fault needs to be ended again. */
typedef struct {
	World *world;
	Daemon *daemon;
	Locker *locker;
	char *folder, *aside, *filler;
} Site;

typedef struct {
	const char *name;
	bool (*prepare)(Site *site); /* before the daemon starts; false: not here */
	void (*begin)(Site *site);
	void (*end)(Site *site);
} Fault;

/* ---- locked ---- */

static void lock(Site *site)
{
	site->locker = locker_new(site->world->database);
}

/* Somebody else's time, not ours to shorten. */
static void unlock(Site *site)
{
	g_usleep(number_asked("LEAD_LOCK_S", LOCK_S) * G_USEC_PER_SEC);
	locker_free(site->locker);
}

/* ---- gone, or something else ---- */

static void take_away(Site *site)
{
	g_assert_cmpint(g_rename(site->folder, site->aside), ==, 0);
}

static void bring_back(Site *site)
{
	g_assert_cmpint(g_rename(site->aside, site->folder), ==, 0);
}

static void put_garbage(Site *site)
{
	g_autofree char *garbage = g_strnfill(100000, '#');

	take_away(site);
	g_assert_cmpint(g_mkdir(site->folder, 0755), ==, 0);
	g_assert_true(g_file_set_contents(site->world->database, garbage, -1, NULL));
}

static void take_garbage_away(Site *site)
{
	g_autofree char *garbage = g_strconcat(site->aside, ".garbage", NULL);

	g_assert_cmpint(g_rename(site->folder, garbage), ==, 0);
	bring_back(site);
}

/* A folder in place of the file. */
static void put_folder(Site *site)
{
	take_away(site);
	g_assert_cmpint(g_mkdir_with_parents(site->world->database, 0755), ==, 0);
}

/* ---- full ---- */

/* In a name space of our own: what is mounted goes with us. */
static bool mount_at(const char *folder)
{
	if (unshare(CLONE_NEWNS) == 0 &&
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount("tmpfs", folder, "tmpfs", 0, "size=16m,mode=755") == 0)
		return true;
	g_test_skip("a small file system needs root");
	return false;
}

static bool mount_small(Site *site)
{
	g_assert_cmpint(g_mkdir(site->folder, 0755), ==, 0);
	return mount_at(site->folder);
}

static void fill(Site *site)
{
	int descriptor = open(site->filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	char octets[4096] = "";

	while (write(descriptor, octets, sizeof octets) > 0)
		continue;
	g_assert_cmpint(errno, ==, ENOSPC);
	close(descriptor);
}

static void empty(Site *site)
{
	g_assert_cmpint(g_unlink(site->filler), ==, 0);
}

static const Fault faults[] = {
	{"locked", NULL, lock, unlock},
	{"gone", NULL, take_away, bring_back},
	{"garbage", NULL, put_garbage, take_garbage_away},
	{"folder", NULL, put_folder, take_garbage_away},
	{"full", mount_small, fill, empty},
};

/* ---- one fault ---- */

static Daemon *daemon_in_budget(const World *world)
{
	Daemon *daemon = world_daemon(world);
	g_autofree char *budget = g_strdup_printf("%dms", BUDGET_MS);

	daemon_set(daemon, "store", "timeout", budget);
	return daemon;
}

static void site_init(Site *site)
{
	*site = (Site){.world = world_new()};
	site->daemon = daemon_in_budget(site->world);
	site->folder = g_path_get_dirname(site->world->database);
	site->aside = g_build_filename(site->world->live, "aside", NULL);
	site->filler = g_build_filename(site->folder, "filler", NULL);
}

static void unmount(const char *folder)
{
	if (umount(folder) != 0)
		g_assert_true(errno == EINVAL || errno == EPERM || errno == ENOENT);
}

static void site_clear(Site *site)
{
	daemon_free(site->daemon);
	unmount(site->folder);
	unmount(site->world->live);
	world_free(site->world);
	g_free(site->folder);
	g_free(site->aside);
	g_free(site->filler);
}

static void take_survey(const World *world, const char *name, Survey *survey_out)
{
	world_survey(world, survey_out);
	if (*survey_out->text != '\0')
		g_test_message("%s", survey_out->text);
	g_test_message("figures: %s: %u messages answered, %u missing, %u doubled, %u "
		       "promotions halved, %u not promoted",
		       name, survey_out->answered, survey_out->missing, survey_out->doubled,
		       survey_out->halved, survey_out->unpromoted);
}

static void check_survey(const World *world, const char *name)
{
	g_auto(Survey) survey = {0};

	take_survey(world, name, &survey);
	g_assert_false(survey.is_damaged);
	g_assert_cmpuint(survey.missing, ==, 0);
	g_assert_cmpuint(survey.doubled, ==, 0);
	g_assert_cmpuint(survey.halved, ==, 0);
	g_assert_cmpuint(survey.spooled, ==, 0);
	g_assert_cmpuint(survey.unpromoted, ==, 0);
}

static void wait_for_more(Ledger *ledger, unsigned more)
{
	ledger_wait(ledger, ledger_count(ledger) + more);
}

/* How many were not answered with "continue". */
static unsigned end_load(Load *load, const char *name)
{
	double slowest;
	unsigned refused;

	load_stop(load);
	load_end(load, &slowest, &refused);
	g_test_message("figures: %s: the slowest answer within %.0f ms", name,
		       slowest * 1000);
	g_assert_cmpfloat(slowest * 1000, <, BUDGET_MS + SLACK_MS);
	return refused;
}

static void serve_through(const Fault *fault, Site *site)
{
	Ledger *ledger = site->world->ledger;
	Daemon *daemon = site->daemon;
	Load *load;

	daemon_start(daemon);
	load = load_start(daemon, ledger, fault->name, PAIRS);
	wait_for_more(ledger, SOME);
	fault->begin(site);
	daemon_wait_log(daemon, "state=spooled", 1);
	wait_for_more(ledger, MANY);
	fault->end(site);
	wait_for_more(ledger, SOME);
	g_assert_cmpuint(end_load(load, fault->name), ==, 0);
	world_wait_replayed(site->world);
	daemon_wait_log(daemon, "the store is back", 1);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
}

static void test_fault(gconstpointer data)
{
	const Fault *fault = data;
	Site site;

	site_init(&site);
	if (fault->prepare == NULL || fault->prepare(&site)) {
		serve_through(fault, &site);
		check_survey(site.world, fault->name);
	}
	site_clear(&site);
}

/* ---- what nobody brings back ---- */

static void serve_some(World *world, const char *name, Daemon *daemon)
{
	Load *load = load_start(daemon, world->ledger, name, PAIRS);

	wait_for_more(world->ledger, MANY);
	g_assert_cmpuint(end_load(load, name), ==, 0);
}

/* Removed under the daemon: what it answers from then on is spooled, and recorded in the
 * new database that the next start makes. */
static void test_removed(void)
{
	g_autoptr(World) world = world_new();
	Daemon *daemon = daemon_in_budget(world);

	daemon_start(daemon);
	serve_some(world, "before", daemon);
	g_assert_cmpint(g_unlink(world->database), ==, 0);
	ledger_free(world->ledger);
	world->ledger = ledger_new();
	serve_some(world, "after", daemon);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	g_assert_true(daemon_has_logged(daemon, "the store is away"));
	g_assert_false(g_file_test(world->database, G_FILE_TEST_EXISTS));
	daemon_start(daemon);
	world_wait_replayed(world);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	daemon_free(daemon);
	check_survey(world, "removed");
}

/* An older copy takes its place, as when a backup is restored: what is answered from then
 * on is recorded in that one. */
static void test_replaced(void)
{
	g_autoptr(World) world = world_new();
	g_autofree char *copy = g_strconcat(world->database, ".copy", NULL);
	g_autofree char *octets = NULL;
	Daemon *daemon = daemon_in_budget(world);
	gsize length;

	daemon_start(daemon);
	serve_some(world, "before", daemon);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	g_assert_true(g_file_get_contents(world->database, &octets, &length, NULL));
	g_assert_true(g_file_set_contents(copy, octets, (gssize)length, NULL));
	daemon_start(daemon);
	serve_some(world, "between", daemon);
	ledger_free(world->ledger);
	world->ledger = ledger_new();
	g_assert_cmpint(g_rename(copy, world->database), ==, 0);
	serve_some(world, "after", daemon);
	world_wait_replayed(world);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	daemon_free(daemon);
	check_survey(world, "replaced");
}

/* ---- read-only ---- */

static void give_away(const char *path, const struct passwd *to)
{
	g_assert_cmpint(chown(path, to->pw_uid, to->pw_gid), ==, 0);
}

/* Root may write to whatever is read-only; so the daemon must not be root. */
static void become_nobody(World *world, Daemon *daemon)
{
	const struct passwd *nobody = getpwnam("nobody");
	g_autofree char *folder = g_path_get_dirname(daemon_socket_path(daemon));

	if (geteuid() != 0)
		return;
	g_assert_nonnull(nobody);
	give_away(folder, nobody);
	give_away(world->folder, nobody);
	give_away(world->live, nobody);
	daemon_set(daemon, "milter", "user", "nobody");
}

static void set_modes(const World *world, mode_t folder_mode, mode_t file_mode)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	g_autofree char *folder = g_path_get_dirname(world->database);

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *path = g_strconcat(world->database, ends[i], NULL);

		if (g_chmod(path, file_mode) != 0)
			g_assert_cmpint(errno, ==, ENOENT);
	}
	g_assert_cmpint(g_chmod(folder, folder_mode), ==, 0);
}

/* Whoever has it open may go on; who starts anew spools, until it can be written again. */
static void test_read_only(void)
{
	g_autoptr(World) world = world_new();
	Daemon *daemon = world_daemon(world);

	become_nobody(world, daemon);
	daemon_start(daemon);
	serve_some(world, "before", daemon);
	set_modes(world, 0555, 0444);
	serve_some(world, "made-read-only", daemon);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	daemon_start(daemon);
	serve_some(world, "read-only", daemon);
	g_assert_true(daemon_has_logged(daemon, "the store is away"));
	g_assert_true(daemon_has_logged(daemon, "state=spooled"));
	set_modes(world, 0755, 0644);
	world_wait_replayed(world);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	daemon_free(daemon);
	check_survey(world, "read-only");
}

/* ---- the spool cannot be written either ---- */

static bool mount_all(Site *site)
{
	g_free(site->filler);
	site->filler = g_build_filename(site->world->live, "filler", NULL);
	return mount_at(site->world->live);
}

/* The database cannot be made, until it may. */
static bool protect_all(Site *site)
{
	become_nobody(site->world, site->daemon);
	g_assert_cmpint(g_mkdir(site->folder, 0555), ==, 0);
	return true;
}

static void protect_spool(Site *site)
{
	g_assert_cmpint(g_chmod(site->world->spool, 0555), ==, 0);
}

static void release_all(Site *site)
{
	const struct passwd *nobody = getpwnam("nobody");

	if (geteuid() == 0)
		give_away(site->folder, nobody);
	g_assert_cmpint(g_chmod(site->folder, 0755), ==, 0);
	g_assert_cmpint(g_chmod(site->world->spool, 0700), ==, 0);
}

static const Fault spool_faults[] = {
	{"full", mount_all, fill, empty},
	{"read-only", protect_all, protect_spool, release_all},
};

static int64_t failed_so_far(const Daemon *daemon)
{
	g_autofree char *path = g_strconcat(daemon_socket_path(daemon), ".status", NULL);
	g_autoptr(GError) error = NULL;
	DaemonStatus status;
	int64_t failed;

	daemon_status_read(path, PATIENCE_MS, &status, &error);
	g_assert_no_error(error);
	failed = status.failed;
	daemon_status_clear(&status);
	return failed;
}

/* Of the load under which nothing could be kept: how many were refused. */
static unsigned serve_unrecorded(const Fault *fault, Site *site)
{
	Ledger *ledger = site->world->ledger;
	Load *load;

	daemon_start(site->daemon);
	fault->begin(site);
	load = load_start(site->daemon, ledger, fault->name, PAIRS);
	while (failed_so_far(site->daemon) < MANY)
		g_usleep(POLL_US);
	fault->end(site);
	daemon_wait_log(site->daemon, "the store is back", 1);
	wait_for_more(ledger, SOME);
	return end_load(load, fault->name);
}

static void test_spool_fault(const Fault *fault, bool tempfail)
{
	g_auto(Survey) survey = {0};
	unsigned refused;
	Site site;

	site_init(&site);
	daemon_set(site.daemon, "store", "on_spool_failure",
		   tempfail ? "tempfail" : "accept");
	if (!fault->prepare(&site)) {
		site_clear(&site);
		return;
	}
	refused = serve_unrecorded(fault, &site);
	world_wait_replayed(site.world);
	g_assert_cmpint(daemon_stop(site.daemon), ==, 0);
	g_assert_true(daemon_has_logged(site.daemon, "not recorded:"));
	take_survey(site.world,
		    tempfail ? "nothing to write to, tempfail"
			     : "nothing to write to, accept",
		    &survey);
	g_test_message("figures: %s: %u refused", fault->name, refused);
	g_assert_cmpint(refused > 0, ==, tempfail);
	g_assert_cmpint(survey.missing > 0, ==, !tempfail);
	g_assert_cmpuint(survey.doubled + survey.halved + survey.is_damaged, ==, 0);
	site_clear(&site);
}

static void test_accepted(gconstpointer fault)
{
	test_spool_fault(fault, false);
}

static void test_tempfailed(gconstpointer fault)
{
	test_spool_fault(fault, true);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(spool_faults); i++) {
		const Fault *fault = &spool_faults[i];
		g_autofree char *accept =
			g_strdup_printf("/faults/spool-%s/accept", fault->name);
		g_autofree char *tempfail =
			g_strdup_printf("/faults/spool-%s/tempfail", fault->name);

		g_test_add_data_func(accept, fault, test_accepted);
		g_test_add_data_func(tempfail, fault, test_tempfailed);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
		g_autofree char *path = g_strconcat("/faults/", faults[i].name, NULL);

		g_test_add_data_func(path, &faults[i], test_fault);
	}
	g_test_add_func("/faults/removed", test_removed);
	g_test_add_func("/faults/replaced", test_replaced);
	g_test_add_func("/faults/read-only", test_read_only);
	return g_test_run();
}
