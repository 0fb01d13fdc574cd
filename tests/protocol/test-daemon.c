/* SPDX-License-Identifier: BSD-2-Clause */
/* The daemon as a process: settings, signals, socket, other instances, the store away. */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "mail.h"

static Daemon *started(void)
{
	Daemon *daemon = daemon_new();

	daemon_start(daemon);
	return daemon;
}

static void check_message(Daemon *daemon, const char *id)
{
	Mta *mta = mail_submission_session(daemon);

	g_assert_cmpint(mail_outreach(mta, id, "lead@customer.example"), ==, 'c');
	mail_end_session(mta);
}

/* ---- command line and check ---- */

static void test_command_line(void)
{
	static const struct {
		const char *arguments[3], *output;
		int status;
	} rows[] = {
		{{"-n"}, "configuration ok\n", 0},
		{{"-V"}, "leadmilter " PACKAGE_VERSION "\n", 0},
		{{"--help"}, "--foreground", 0},
		{{"--bogus"}, "bogus", 2},
		{{"-n", "word"}, "there is no argument 'word'", 2},
		{{"-n", "-c", "/proc/nowhere/leadmilter.conf"},
		 "/proc/nowhere/leadmilter.conf",
		 1},
	};
	g_autoptr(Daemon) daemon = daemon_new();

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *arguments[4] = {NULL};
		g_autofree char *output = NULL;

		memcpy(arguments, rows[i].arguments, sizeof rows[i].arguments);
		g_assert_cmpint(daemon_run(daemon, arguments, &output), ==, rows[i].status);
		if (strstr(output, rows[i].output) == NULL)
			g_error("%s: wanted '%s', got '%s'", arguments[0], rows[i].output,
				output);
	}
}

static const struct {
	const char *name, *section, *option, *value, *complaint;
} faults[] = {
	{"unknown option", "milter", "sockett", "x", "sockett"},
	{"unknown section", "miltre", "socket", "x", "miltre"},
	{"no socket", "milter", "socket", "somewhere", "socket"},
	{"inet without host", "milter", "socket", "inet:8890", "allow_public_listen"},
	{"inet6 without host", "milter", "socket", "inet6:8890", "allow_public_listen"},
	{"inet, all hosts", "milter", "socket", "inet:8890@0.0.0.0", "allow_public_listen"},
	{"inet6, all hosts", "milter", "socket", "inet6:8890@[::]", "allow_public_listen"},
	{"no bool", "milter", "read_body", "perhaps", "read_body"},
	{"no duration", "store", "timeout", "soon", "timeout"},
	{"too long for Sendmail", "store", "timeout", "9s", "timeout"},
	{"no group", "milter", "socket_group", "nosuchgroup", "nosuchgroup"},
};

/* Checked, and not started with. */
static void test_faults(gconstpointer start)
{
	const char *check[] = {GPOINTER_TO_INT(start) ? "-f" : "-n", NULL};

	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
		g_autoptr(Daemon) daemon = daemon_new();
		g_autofree char *output = NULL;

		daemon_set(daemon, faults[i].section, faults[i].option, faults[i].value);
		g_assert_cmpint(daemon_run(daemon, check, &output), ==, 1);
		if (strstr(output, faults[i].complaint) == NULL)
			g_error("%s: wanted '%s', got '%s'", faults[i].name,
				faults[i].complaint, output);
	}
}

static void test_no_user(void)
{
	static const char *const check[] = {"-n", NULL};
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *output = NULL;

	if (geteuid() != 0) {
		g_test_skip("only root changes its user");
		return;
	}
	daemon_set(daemon, "milter", "user", "nosuchuser");
	g_assert_cmpint(daemon_run(daemon, check, &output), ==, 1);
	g_assert_nonnull(strstr(output, "[milter] user: there is no user 'nosuchuser'"));
}

/* ---- signals ---- */

static void test_hangup_is_harmless(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_answered_session(daemon);

	mail_outreach_envelope(mta, "hup1", "lead@customer.example");
	for (unsigned i = 1; i <= 3; i++) {
		daemon_signal(daemon, SIGHUP);
		daemon_wait_log(daemon, "SIGHUP changes nothing", i);
	}
	mail_outreach_content(mta, "hup1", "lead@customer.example");
	g_assert_cmpint(mta_end(mta), ==, 'c');
	mail_end_session(mta);
	check_message(daemon, "hup2");
	g_assert_cmpint(daemon_messages(daemon), ==, 2);
}

static void test_reload(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *before = mail_submission_session(daemon), *after;

	daemon_set(daemon, "mail", "local_domains", "other.example");
	daemon_write_settings(daemon);
	daemon_signal(daemon, SIGUSR1);
	daemon_wait_log(daemon, "settings reloaded", 1);
	after = mail_submission_session(daemon);
	g_assert_cmpint(mail_outreach(before, "before", "old@customer.example"), ==, 'c');
	g_assert_cmpint(mail_outreach(after, "after", "new@customer.example"), ==, 'c');
	mail_end_session(before);
	mail_end_session(after);
	g_assert_cmpint(mail_stage(daemon, "old@customer.example"), ==, STAGE_LEAD);
	g_assert_cmpint(mail_stage(daemon, "new@customer.example"), ==, 0);
	g_assert_false(daemon_has_logged(daemon, "need a restart"));
}

static void test_reload_of_faults(void)
{
	g_autoptr(Daemon) daemon = started();

	daemon_set(daemon, "mail", "local_domains", "other.example");
	daemon_set(daemon, "mail", "lokal_domains", "other.example");
	daemon_write_settings(daemon);
	daemon_signal(daemon, SIGUSR1);
	daemon_wait_log(daemon, "settings not changed", 1);
	daemon_wait_log(daemon, "lokal_domains", 1);
	g_assert_true(daemon_has_logged(daemon, daemon_settings_file(daemon)));
	g_unlink(daemon_settings_file(daemon));
	daemon_signal(daemon, SIGUSR1);
	daemon_wait_log(daemon, "settings not changed", 2);
	check_message(daemon, "kept");
	g_assert_cmpint(mail_stage(daemon, "lead@customer.example"), ==, STAGE_LEAD);
}

static void test_reload_of_what_needs_a_restart(void)
{
	g_autoptr(Daemon) daemon = started();
	g_autofree char *socket = g_strdup(daemon_socket(daemon));

	daemon_set(daemon, "milter", "socket", "unix:/proc/nowhere/socket");
	daemon_set(daemon, "milter", "socket_mode", "0600");
	daemon_write_settings(daemon);
	daemon_signal(daemon, SIGUSR1);
	daemon_wait_log(daemon, "these need a restart: milter.socket milter.socket_mode",
			1);
	daemon_set(daemon, "milter", "socket", socket);
	check_message(daemon, "same");
}

/* The log level of the new settings holds at once, also for old sessions. */
static void test_reload_of_log_level(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_submission_session(daemon);

	g_assert_cmpint(mail_outreach(mta, "told", "lead@customer.example"), ==, 'c');
	g_free(daemon_wait_message(daemon, "told"));
	daemon_set(daemon, "log", "level", "warning");
	daemon_set(daemon, "milter", "socket_mode", "0600");
	daemon_write_settings(daemon);
	daemon_signal(daemon, SIGUSR1);
	daemon_wait_log(daemon, "these need a restart", 1);
	g_assert_cmpint(mail_outreach(mta, "untold", "lead@customer.example"), ==, 'c');
	mail_end_session(mta);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	g_assert_false(daemon_has_logged(daemon, "untold"));
}

static void test_stop(void)
{
	static const int signals[] = {SIGTERM, SIGINT};

	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++) {
		g_autoptr(Daemon) daemon = started();
		Mta *idle = mail_submission_session(daemon);

		check_message(daemon, "one");
		daemon_signal(daemon, signals[i]);
		g_assert_cmpint(daemon_wait(daemon), ==, 0);
		g_assert_true(daemon_has_logged(daemon, "messages=1"));
		g_assert_false(g_file_test(daemon_socket_path(daemon), G_FILE_TEST_EXISTS));
		mta_free(idle);
		g_assert_cmpint(daemon_messages(daemon), ==, 1);
	}
}

/* A message under way at TERM comes to its end, and then the daemon goes. */
static void test_drain(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_answered_session(daemon);

	mail_outreach_envelope(mta, "last", "lead@customer.example");
	daemon_signal(daemon, SIGTERM);
	daemon_wait_log(daemon, "stopping", 1);
	mail_outreach_content(mta, "last", "lead@customer.example");
	g_assert_cmpint(mta_end(mta), ==, 'c');
	g_assert_cmpint(daemon_wait(daemon), ==, 0);
	mta_free(mta);
	g_assert_cmpint(daemon_messages(daemon), ==, 1);
	g_assert_false(daemon_has_logged(daemon, "in the midst"));
}

/* But not longer than the settings say, nor past a second signal. */
static void test_drain_ends(gconstpointer second_signal)
{
	g_autoptr(Daemon) daemon = daemon_new();
	Mta *mta;

	daemon_set(daemon, "milter", "drain_timeout",
		   GPOINTER_TO_INT(second_signal) ? "60m" : "100ms");
	daemon_start(daemon);
	mta = mail_answered_session(daemon);
	mail_outreach_envelope(mta, "never", "lead@customer.example");
	daemon_signal(daemon, SIGTERM);
	daemon_wait_log(daemon, "stopping", 1);
	if (GPOINTER_TO_INT(second_signal))
		daemon_signal(daemon, SIGTERM);
	g_assert_cmpint(daemon_wait(daemon), ==, 0);
	g_assert_true(daemon_has_logged(daemon, "in the midst of 1 mail transactions"));
	mta_free(mta);
	g_assert_cmpint(daemon_messages(daemon), ==, 0);
}

/* ---- the socket ---- */

static void test_second_instance(void)
{
	static const char *const foreground[] = {"-f", NULL};
	g_autoptr(Daemon) daemon = started();
	g_autofree char *output = NULL;
	GStatBuf before, after;

	g_assert_cmpint(g_stat(daemon_socket_path(daemon), &before), ==, 0);
	g_assert_cmpint(daemon_run(daemon, foreground, &output), ==, 1);
	g_assert_nonnull(strstr(output, "another leadmilter serves socket"));
	g_assert_cmpint(g_stat(daemon_socket_path(daemon), &after), ==, 0);
	g_assert_cmpuint(before.st_ino, ==, after.st_ino);
	check_message(daemon, "first");
}

/* The old one is told to stop, and still has a message under way when the new one comes. */
static void test_upgrade(void)
{
	g_autoptr(Daemon) old = started(), new = daemon_new();
	g_autofree char *uri = daemon_store_uri(old);
	Mta *mta = mail_answered_session(old);

	daemon_set(new, "milter", "socket", daemon_socket(old));
	daemon_set(new, "store", "uri", uri);
	mail_outreach_envelope(mta, "last", "lead@customer.example");
	daemon_signal(old, SIGTERM);
	daemon_wait_log(old, "stopping", 1);
	daemon_launch(new);
	daemon_wait_log(new, "waiting for the leadmilter that is stopping", 1);
	mail_outreach_content(mta, "last", "lead@customer.example");
	g_assert_cmpint(mta_end(mta), ==, 'c');
	g_assert_cmpint(daemon_wait(old), ==, 0);
	mta_free(mta);
	daemon_wait_log(new, "ready at", 1);
	check_message(new, "first");
	g_assert_true(g_file_test(daemon_socket_path(new), G_FILE_TEST_EXISTS));
	g_assert_cmpint(daemon_messages(new), ==, 2);
}

static int listen_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(address.sun_path, path, sizeof address.sun_path);
	g_assert_cmpint(bind(descriptor, (struct sockaddr *)&address, sizeof address), ==,
			0);
	g_assert_cmpint(listen(descriptor, 1), ==, 0);
	return descriptor;
}

/* Another program's, without our lock. */
static void test_living_socket(void)
{
	static const char *const foreground[] = {"-f", NULL};
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *output = NULL;
	int other = listen_at(daemon_socket_path(daemon));

	g_assert_cmpint(daemon_run(daemon, foreground, &output), ==, 1);
	g_assert_nonnull(strstr(output, "another program listens on socket"));
	g_assert_true(mta_can_connect(daemon_socket(daemon)));
	close(other);
}

static void test_dead_socket(void)
{
	g_autoptr(Daemon) daemon = daemon_new();

	close(listen_at(daemon_socket_path(daemon)));
	g_assert_false(mta_can_connect(daemon_socket(daemon)));
	daemon_start(daemon);
	check_message(daemon, "alive");
}

static void test_socket_after_kill(void)
{
	g_autoptr(Daemon) daemon = started();

	daemon_signal(daemon, SIGKILL);
	g_assert_cmpint(daemon_wait(daemon), ==, 128 + SIGKILL);
	g_assert_true(g_file_test(daemon_socket_path(daemon), G_FILE_TEST_EXISTS));
	daemon_start(daemon);
	check_message(daemon, "again");
}

static void test_no_socket_of_that_name(void)
{
	static const char *const foreground[] = {"-f", NULL};
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *output = NULL;

	g_assert_true(
		g_file_set_contents(daemon_socket_path(daemon), "precious", -1, NULL));
	g_assert_cmpint(daemon_run(daemon, foreground, &output), ==, 1);
	g_assert_nonnull(strstr(output, "something else has that name"));
	g_assert_true(g_file_test(daemon_socket_path(daemon), G_FILE_TEST_IS_REGULAR));
}

static void test_socket_mode(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	GStatBuf status;

	daemon_set(daemon, "milter", "socket_mode", "0622");
	daemon_start(daemon);
	g_assert_cmpint(g_stat(daemon_socket_path(daemon), &status), ==, 0);
	g_assert_cmpint(status.st_mode & 07777, ==, 0622);
}

/* libmilter alone would take what stands before the colon for a family. */
static void test_bare_path(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *path = g_strconcat(daemon_socket_path(daemon), ":odd", NULL);
	g_autofree char *name = g_strconcat("unix:", path, NULL);

	daemon_set(daemon, "milter", "socket", path);
	daemon_start(daemon);
	g_assert_true(mta_can_connect(name));
}

/* A port that was free a moment ago. */
static unsigned free_port(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t length = sizeof address;
	int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	g_assert_cmpint(bind(descriptor, (struct sockaddr *)&address, length), ==, 0);
	g_assert_cmpint(getsockname(descriptor, (struct sockaddr *)&address, &length), ==,
			0);
	close(descriptor);
	return ntohs(address.sin_port);
}

static void test_inet(void)
{
	static const char *const foreground[] = {"-f", NULL};
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *socket = g_strdup_printf("inet:%u@127.0.0.1", free_port());
	g_autofree char *output = NULL;

	daemon_set(daemon, "milter", "socket", socket);
	daemon_start(daemon);
	check_message(daemon, "inet");
	g_assert_cmpint(daemon_run(daemon, foreground, &output), ==, 1);
	g_assert_nonnull(strstr(output, "cannot open socket 'inet:"));
	check_message(daemon, "inet2");
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
}

/* ---- the process ---- */

/* Without -f the program returns when the daemon is ready, and the daemon lives on. */
static void test_background(void)
{
	static const char *const none[] = {NULL};
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *output = NULL, *pid = NULL;
	g_autofree char *lock = g_strconcat(daemon_socket_path(daemon), ".lock", NULL);
	int descriptor;

	daemon_set(daemon, "log", "target", "syslog");
	g_assert_cmpint(daemon_run(daemon, none, &output), ==, 0);
	g_assert_cmpstr(output, ==, "");
	check_message(daemon, "background");
	g_assert_true(g_file_get_contents(lock, &pid, NULL, NULL));
	g_assert_cmpint(kill((pid_t)g_ascii_strtoll(pid, NULL, 10), SIGTERM), ==, 0);
	descriptor = open(lock, O_RDWR | O_CLOEXEC);
	g_assert_cmpint(flock(descriptor, LOCK_EX), ==, 0); /* until it has ended */
	close(descriptor);
	g_assert_false(g_file_test(daemon_socket_path(daemon), G_FILE_TEST_EXISTS));
	g_assert_cmpint(daemon_messages(daemon), ==, 1);
}

/* One line of /proc/PID/status: "Uid:" and what follows. Caller frees. */
static char *process_line(const Daemon *daemon, const char *name)
{
	g_autofree char *path =
		g_strdup_printf("/proc/%ld/status", (long)daemon_pid(daemon));
	g_autofree char *text = NULL;
	const char *line;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	line = strstr(text, name);
	g_assert_nonnull(line);
	return g_strndup(line, strcspn(line, "\n"));
}

/* Everything is gone that root has: ids, groups, and no way back. */
static void test_change_of_user(void)
{
	const struct passwd *nobody = getpwnam("nobody");
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *folder = g_path_get_dirname(daemon_socket_path(daemon));
	g_autofree char *uids = NULL, *groups = NULL, *wanted = NULL;

	if (geteuid() != 0 || nobody == NULL) {
		g_test_skip("only root changes its user");
		return;
	}
	g_assert_cmpint(chown(folder, nobody->pw_uid, nobody->pw_gid), ==, 0);
	daemon_set(daemon, "milter", "user", "nobody");
	daemon_start(daemon);
	check_message(daemon, "nobody");
	uids = process_line(daemon, "Uid:");
	wanted = g_strdup_printf("Uid:\t%u\t%u\t%u\t%u", nobody->pw_uid, nobody->pw_uid,
				 nobody->pw_uid, nobody->pw_uid);
	g_assert_cmpstr(uids, ==, wanted);
	groups = process_line(daemon, "Groups:");
	g_assert_null(strstr(groups, "\t0 "));
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	g_assert_false(g_file_test(daemon_socket_path(daemon), G_FILE_TEST_EXISTS));
	daemon_start(daemon); /* over what nobody left behind */
	check_message(daemon, "again");
}

static void test_background_fails(void)
{
	static const char *const none[] = {NULL};
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *output = NULL;

	daemon_set(daemon, "milter", "socket", "unix:/proc/nowhere/socket");
	daemon_set(daemon, "log", "target", "syslog");
	g_assert_cmpint(daemon_run(daemon, none, &output), ==, 1);
	g_assert_nonnull(strstr(output, "/proc/nowhere/socket"));
}

/* ---- the store ---- */

/* A file stands where the folder of the database should be: no store, whoever we are. */
static void block_store(Daemon *daemon)
{
	g_autofree char *file = g_strconcat(daemon_socket_path(daemon), ".file", NULL);
	g_autofree char *uri = g_strdup_printf("sqlite:%s/lead.db", file);
	g_autofree char *spool = g_strconcat(daemon_socket_path(daemon), ".spool", NULL);

	g_assert_true(g_file_set_contents(file, "", -1, NULL));
	daemon_set(daemon, "store", "uri", uri);
	daemon_set(daemon, "store", "spool", spool);
}

static void test_store_away(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *line = NULL;

	block_store(daemon);
	daemon_start(daemon);
	check_message(daemon, "away");
	line = daemon_wait_message(daemon, "away");
	g_assert_nonnull(strstr(line, "state=spooled"));
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	g_assert_true(daemon_has_logged(daemon, "spooled=1"));
}

/* Each is answered and counted; the log has one line about all of them. */
static void check_unrecorded(Daemon *daemon, bool tempfail)
{
	enum { MESSAGES = 3 };
	Mta *mta = mail_submission_session(daemon);

	for (unsigned i = 0; i < MESSAGES; i++)
		g_assert_cmpint(mail_outreach(mta, "away", "lead@customer.example"), ==,
				tempfail ? 't' : 'c');
	mail_end_session(mta);
	daemon_wait_log(daemon, "error: away: not recorded:", 1);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	g_assert_true(daemon_has_logged(daemon, "failed=3"));
	g_assert_true(
		daemon_has_logged(daemon, tempfail ? "tempfailed=3" : "tempfailed=0"));
	g_assert_true(daemon_has_logged(daemon, tempfail ? "come again" : "mail goes on"));
}

static void test_store_away_policy(gconstpointer policy)
{
	bool tempfail = strcmp(policy, "tempfail") == 0;
	g_autoptr(Daemon) daemon = daemon_new();

	block_store(daemon);
	daemon_set(daemon, "store", "on_failure", policy);
	daemon_start(daemon);
	check_unrecorded(daemon, tempfail);
}

/* The spool cannot be written either: a file stands in its place. */
static void test_spool_away_policy(gconstpointer policy)
{
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *spool = g_strconcat(daemon_socket_path(daemon), ".spool", NULL);

	block_store(daemon);
	daemon_set(daemon, "store", "on_spool_failure", policy);
	daemon_start(daemon);
	g_assert_cmpint(g_rmdir(spool), ==, 0);
	g_assert_true(g_file_set_contents(spool, "", -1, NULL));
	check_unrecorded(daemon, g_strcmp0(policy, "tempfail") == 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/daemon/command-line", test_command_line);
	g_test_add_data_func("/daemon/faults-checked", GINT_TO_POINTER(false), test_faults);
	g_test_add_data_func("/daemon/faults-at-start", GINT_TO_POINTER(true), test_faults);
	g_test_add_func("/daemon/no-user", test_no_user);
	g_test_add_func("/daemon/hangup-is-harmless", test_hangup_is_harmless);
	g_test_add_func("/daemon/reload", test_reload);
	g_test_add_func("/daemon/reload-of-faults", test_reload_of_faults);
	g_test_add_func("/daemon/reload-needs-restart",
			test_reload_of_what_needs_a_restart);
	g_test_add_func("/daemon/reload-of-log-level", test_reload_of_log_level);
	g_test_add_func("/daemon/stop", test_stop);
	g_test_add_func("/daemon/drain", test_drain);
	g_test_add_data_func("/daemon/drain-times-out", GINT_TO_POINTER(false),
			     test_drain_ends);
	g_test_add_data_func("/daemon/drain-is-hurried", GINT_TO_POINTER(true),
			     test_drain_ends);
	g_test_add_func("/daemon/second-instance", test_second_instance);
	g_test_add_func("/daemon/upgrade", test_upgrade);
	g_test_add_func("/daemon/living-socket", test_living_socket);
	g_test_add_func("/daemon/dead-socket", test_dead_socket);
	g_test_add_func("/daemon/socket-after-kill", test_socket_after_kill);
	g_test_add_func("/daemon/no-socket-of-that-name", test_no_socket_of_that_name);
	g_test_add_func("/daemon/socket-mode", test_socket_mode);
	g_test_add_func("/daemon/bare-path", test_bare_path);
	g_test_add_func("/daemon/inet", test_inet);
	g_test_add_func("/daemon/background", test_background);
	g_test_add_func("/daemon/change-of-user", test_change_of_user);
	g_test_add_func("/daemon/background-fails", test_background_fails);
	g_test_add_func("/daemon/store-away", test_store_away);
	g_test_add_data_func("/daemon/store-away-accept", "accept", test_store_away_policy);
	g_test_add_data_func("/daemon/store-away-tempfail", "tempfail",
			     test_store_away_policy);
	g_test_add_data_func("/daemon/spool-away", NULL, test_spool_away_policy);
	g_test_add_data_func("/daemon/spool-away-accept", "accept", test_spool_away_policy);
	g_test_add_data_func("/daemon/spool-away-tempfail", "tempfail",
			     test_spool_away_policy);
	return g_test_run();
}
