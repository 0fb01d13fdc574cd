/* SPDX-License-Identifier: BSD-2-Clause */
/* What was spooled while the store was away: replayed by the daemon, or by hand. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mail.h"

typedef struct {
	Daemon *daemon;
	char *folder;	      /* of the database; a file, as long as the store is away */
	char *uri, *database; /* of the database */
	char *spool;
} Site;

/* The store is away from the start: a file stands where its folder will be. */
static void site_init(Site *site)
{
	const char *socket;

	site->daemon = daemon_new();
	socket = daemon_socket_path(site->daemon);
	site->folder = g_strconcat(socket, ".store", NULL);
	site->database = g_build_filename(site->folder, "lead.db", NULL);
	site->uri = g_strconcat("sqlite:", site->database, NULL);
	site->spool = g_strconcat(socket, ".spool", NULL);
	g_assert_true(g_file_set_contents(site->folder, "", -1, NULL));
	daemon_set(site->daemon, "store", "uri", site->uri);
	daemon_set(site->daemon, "store", "spool", site->spool);
	daemon_start(site->daemon);
}

static void site_clear(Site *site)
{
	daemon_free(site->daemon);
	g_free(site->folder);
	g_free(site->database);
	g_free(site->uri);
	g_free(site->spool);
}

static void bring_store(const Site *site)
{
	g_assert_cmpint(g_unlink(site->folder), ==, 0);
	g_assert_cmpint(g_mkdir(site->folder, 0750), ==, 0);
}

/* One that is asked and answers, and another that is asked: three records. */
static void spool_mail(const Site *site)
{
	Mta *rep = mail_submission_session(site->daemon);
	Mta *lead = mail_mx_session(site->daemon);

	g_assert_cmpint(mail_outreach(rep, "one", "ann@customer.example"), ==, 'c');
	g_assert_cmpint(mail_reply(lead, "two", "ann@customer.example", "one"), ==, 'c');
	g_assert_cmpint(mail_outreach(rep, "three", "bob@customer.example"), ==, 'c');
	mail_end_session(rep);
	mail_end_session(lead);
}

static void check_all(const Site *site)
{
	g_assert_cmpint(daemon_messages(site->daemon), ==, 3);
	g_assert_cmpint(mail_stage(site->daemon, "ann@customer.example"), ==,
			STAGE_PROSPECT);
	g_assert_cmpint(mail_stage(site->daemon, "bob@customer.example"), ==, STAGE_LEAD);
}

static void leadctl(const Site *site, const char *const *arguments, int status,
		    const char *wanted)
{
	g_autofree char *output = NULL;
	int got = daemon_leadctl(site->daemon, arguments, &output);

	if (got != status || strstr(output, wanted) == NULL)
		g_error("%s %s: wanted %d and '%s', got %d and '%s'", arguments[0],
			arguments[1], status, wanted, got, output);
}

static const char *const init[] = {"init", NULL};
static const char *const by_hand[] = {"ingest", "--spool", "--json", NULL};
static const char *const ask_status[] = {"status", "--json", NULL};

/* ---- by the daemon ---- */

static void test_by_itself(void)
{
	Site site;

	site_init(&site);
	spool_mail(&site);
	bring_store(&site);
	daemon_wait_log(site.daemon, "replayed 3 spooled records", 1);
	check_all(&site);
	leadctl(&site, ask_status, 0, "\"replayed\":3,\"set_aside\":0");
	site_clear(&site);
}

static void test_by_the_next(void)
{
	Site site;

	site_init(&site);
	spool_mail(&site);
	g_assert_cmpint(daemon_stop(site.daemon), ==, 0);
	bring_store(&site);
	daemon_start(site.daemon);
	daemon_wait_log(site.daemon, "replayed 3 spooled records", 1);
	check_all(&site);
	site_clear(&site);
}

/* The only file of the spool. Caller frees. */
static char *spool_file(const Site *site, const char *suffix)
{
	g_autoptr(GDir) entries = g_dir_open(site->spool, 0, NULL);
	char *found = NULL;
	const char *name;

	while ((name = g_dir_read_name(entries)) != NULL) {
		if (!g_str_has_suffix(name, suffix))
			continue;
		g_assert_null(found);
		found = g_build_filename(site->spool, name, NULL);
	}
	g_assert_nonnull(found);
	return found;
}

/* An octet of the first record. */
static void damage_spool(const Site *site)
{
	g_autofree char *path = spool_file(site, ".spool");
	g_autofree char *octets = NULL;
	char *at;
	gsize length;

	g_assert_true(g_file_get_contents(path, &octets, &length, NULL));
	at = memmem(octets, length, "one@ours.example", strlen("one@ours.example"));
	g_assert_nonnull(at);
	*at ^= 0x20;
	g_assert_true(g_file_set_contents(path, octets, (gssize)length, NULL));
}

/* The rest goes on; the log and the counters tell of the piece. */
static void check_rest(const Site *site)
{
	g_autofree char *aside = spool_file(site, ".damaged");

	g_assert_cmpint(daemon_messages(site->daemon), ==, 2);
	g_assert_cmpint(mail_stage(site->daemon, "bob@customer.example"), ==, STAGE_LEAD);
	g_assert_true(g_file_test(aside, G_FILE_TEST_IS_REGULAR));
	leadctl(site, ask_status, 0, "\"spooled\":0,\"spool_damaged\":1");
}

static void test_damaged(void)
{
	g_autofree char *aside = NULL;
	Site site;

	site_init(&site);
	spool_mail(&site);
	g_assert_cmpint(daemon_stop(site.daemon), ==, 0);
	bring_store(&site);
	damage_spool(&site);
	daemon_start(site.daemon);
	daemon_wait_log(site.daemon, "replayed 2 spooled records", 1);
	check_rest(&site);
	aside = spool_file(&site, ".damaged");
	g_assert_true(daemon_has_logged(site.daemon, "are damaged, and are set aside in"));
	g_assert_true(daemon_has_logged(site.daemon, aside));
	leadctl(&site, ask_status, 0, "\"replayed\":2,\"set_aside\":1");
	site_clear(&site);
}

/* ---- by hand ---- */

static void test_by_hand(void)
{
	Site site;

	site_init(&site);
	spool_mail(&site);
	g_assert_cmpint(daemon_stop(site.daemon), ==, 0);
	leadctl(&site, by_hand, 3, "cannot open");
	leadctl(&site, ask_status, 3, "\"spooled\":3");
	bring_store(&site);
	leadctl(&site, init, 0, "");
	leadctl(&site, by_hand, 0, "\"read\":3,\"recorded\":3,\"duplicates\":0,");
	check_all(&site);
	leadctl(&site, by_hand, 1, "\"read\":0,");
	site_clear(&site);
}

static void test_damaged_by_hand(void)
{
	Site site;

	site_init(&site);
	spool_mail(&site);
	g_assert_cmpint(daemon_stop(site.daemon), ==, 0);
	bring_store(&site);
	damage_spool(&site);
	leadctl(&site, init, 0, "");
	leadctl(&site, by_hand, 4, "are damaged, and are set aside in");
	check_rest(&site);
	site_clear(&site);
}

/* Records that a daemon has open are its own: nobody takes them from under it. */
static void test_running(void)
{
	g_autofree char *other = NULL;
	Site site;

	site_init(&site);
	spool_mail(&site);
	other = g_strconcat("sqlite:", site.spool, ".other", NULL);
	leadctl(&site, (const char *const[]){"--db", other, "init", NULL}, 0, "");
	leadctl(&site,
		(const char *const[]){"--db", other, "ingest", "--spool", "--json", NULL},
		1, "a running leadmilter has them open");
	leadctl(&site, ask_status, 3, "\"spooled\":3");
	site_clear(&site);
}

static void test_usage(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	static const struct {
		const char *arguments[4], *complaint;
	} rows[] = {
		{{"ingest", "--spool", "/tmp"}, "takes no PATH"},
		{{"ingest", "--spool", "--dry-run"}, "do not go together"},
		{{"ingest"}, "needs a PATH"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *output = NULL;

		g_assert_cmpint(daemon_leadctl(daemon, rows[i].arguments, &output), ==, 2);
		if (strstr(output, rows[i].complaint) == NULL)
			g_error("wanted '%s', got '%s'", rows[i].complaint, output);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/replay/by-itself", test_by_itself);
	g_test_add_func("/replay/by-the-next", test_by_the_next);
	g_test_add_func("/replay/damaged", test_damaged);
	g_test_add_func("/replay/by-hand", test_by_hand);
	g_test_add_func("/replay/damaged-by-hand", test_damaged_by_hand);
	g_test_add_func("/replay/running", test_running);
	g_test_add_func("/replay/usage", test_usage);
	return g_test_run();
}
