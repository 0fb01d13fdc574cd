/* SPDX-License-Identifier: BSD-2-Clause */
/* What the daemon tells of itself, and to whom. */
#include "config.h"

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "lead/daemon-status.h"
#include "lead/error.h"
#include "mail.h"

enum { TIMEOUT_MS = 60000 };

static char *status_path(const Daemon *daemon)
{
	return g_strconcat(daemon_socket_path(daemon), ".status", NULL);
}

static DaemonStatus ask_at(const char *path)
{
	g_autoptr(GError) error = NULL;
	DaemonStatus status;

	g_assert_true(daemon_status_read(path, TIMEOUT_MS, &status, &error));
	g_assert_no_error(error);
	return status;
}

static DaemonStatus ask(const Daemon *daemon)
{
	g_autofree char *path = status_path(daemon);

	return ask_at(path);
}

static void assert_nobody(const char *path)
{
	g_autoptr(GError) error = NULL;
	DaemonStatus status;

	g_assert_false(daemon_status_read(path, TIMEOUT_MS, &status, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
}

static void send_message(Daemon *daemon, const char *id)
{
	Mta *mta = mail_submission_session(daemon);

	g_assert_cmpint(mail_outreach(mta, id, "lead@customer.example"), ==, 'c');
	mail_end_session(mta);
}

static void test_counts_rise(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	int64_t before = g_get_real_time() / G_USEC_PER_SEC;
	DaemonStatus status;

	daemon_start(daemon);
	status = ask(daemon);
	g_assert_cmpint(status.pid, ==, daemon_pid(daemon));
	g_assert_cmpstr(status.version, ==, PACKAGE_VERSION);
	g_assert_cmpstr(status.settings, ==, daemon_settings_file(daemon));
	g_assert_cmpint(status.started_at, >=, before);
	g_assert_cmpint(status.messages, ==, 0);
	g_assert_cmpint(status.recorded, ==, 0);
	daemon_status_clear(&status);
	send_message(daemon, "one");
	send_message(daemon, "two");
	daemon_signal(daemon, SIGUSR1);
	daemon_wait_log(daemon, "settings reloaded", 1);
	status = ask(daemon);
	g_assert_cmpint(status.sessions, ==, 2);
	g_assert_cmpint(status.messages, ==, 2);
	g_assert_cmpint(status.recorded, ==, 2);
	g_assert_cmpint(status.spooled, ==, 0);
	g_assert_cmpint(status.reloads, ==, 1);
	g_assert_false(status.store_is_away);
	daemon_status_clear(&status);
}

/* A file stands where the folder of the database should be. */
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
	DaemonStatus status;

	block_store(daemon);
	daemon_start(daemon);
	send_message(daemon, "away");
	status = ask(daemon);
	g_assert_true(status.store_is_away);
	g_assert_cmpint(status.spooled, ==, 1);
	g_assert_cmpint(status.recorded, ==, 0);
	daemon_status_clear(&status);
}

/* ---- who has the socket ---- */

static void test_not_running(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *path = status_path(daemon);
	DaemonStatus status;

	assert_nobody(path);
	daemon_start(daemon);
	status = ask(daemon);
	daemon_status_clear(&status);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	assert_nobody(path);
}

static void test_second_instance(void)
{
	static const char *const foreground[] = {"-f", NULL};
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *path = status_path(daemon);
	g_autofree char *output = NULL;
	DaemonStatus status;

	daemon_start(daemon);
	g_assert_cmpint(daemon_run(daemon, foreground, &output), ==, 1);
	status = ask(daemon);
	g_assert_cmpint(status.pid, ==, daemon_pid(daemon));
	daemon_status_clear(&status);
}

static void test_after_kill(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *path = status_path(daemon);
	DaemonStatus status;

	daemon_start(daemon);
	daemon_signal(daemon, SIGKILL);
	g_assert_cmpint(daemon_wait(daemon), ==, 128 + SIGKILL);
	g_assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
	assert_nobody(path);
	daemon_start(daemon);
	status = ask(daemon);
	g_assert_cmpint(status.pid, ==, daemon_pid(daemon));
	daemon_status_clear(&status);
}

/* Mail does not depend on it. */
static void test_no_room(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *path = status_path(daemon);

	g_assert_true(g_file_set_contents(path, "precious", -1, NULL));
	daemon_start(daemon);
	daemon_wait_log(daemon, "something else has that name", 1);
	send_message(daemon, "though");
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
}

/* A long path leaves no room for the suffix, and is still good for mail. */
static void test_path_too_long(void)
{
	enum { ROOM = sizeof((struct sockaddr_un *)NULL)->sun_path - 1 };
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *folder = g_path_get_dirname(daemon_socket_path(daemon));
	g_autoptr(GString) socket = g_string_new("unix:");

	g_string_append_printf(socket, "%s/", folder);
	while (socket->len < strlen("unix:") + ROOM - 2)
		g_string_append_c(socket, 's');
	daemon_set(daemon, "milter", "socket", socket->str);
	daemon_start(daemon);
	daemon_wait_log(daemon, "File name too long", 1);
	send_message(daemon, "long");
}

static void test_mode_and_owner(void)
{
	const struct passwd *nobody = geteuid() == 0 ? getpwnam("nobody") : NULL;
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *path = status_path(daemon);
	g_autofree char *folder = g_path_get_dirname(path);
	GStatBuf milter, status;

	daemon_set(daemon, "milter", "socket_mode", "0622");
	if (nobody != NULL) {
		g_assert_cmpint(chown(folder, nobody->pw_uid, nobody->pw_gid), ==, 0);
		daemon_set(daemon, "milter", "user", "nobody");
	}
	daemon_start(daemon);
	g_assert_cmpint(g_stat(path, &status), ==, 0);
	g_assert_cmpint(g_stat(daemon_socket_path(daemon), &milter), ==, 0);
	g_assert_cmpint(status.st_mode & 07777, ==, 0622);
	g_assert_cmpint(status.st_uid, ==, milter.st_uid);
	g_assert_cmpint(status.st_gid, ==, milter.st_gid);
	g_assert_cmpint(status.st_uid, ==, nobody != NULL ? nobody->pw_uid : geteuid());
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

/* ---- clients that do not behave ---- */

static int client_new(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(address.sun_path, path, sizeof address.sun_path);
	g_assert_cmpint(connect(descriptor, (struct sockaddr *)&address, sizeof address),
			==, 0);
	return descriptor;
}

static void test_hasty_clients(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *path = status_path(daemon);
	DaemonStatus status;

	daemon_start(daemon);
	for (unsigned i = 0; i < 100; i++)
		close(client_new(path));
	send_message(daemon, "hasty");
	status = ask(daemon);
	g_assert_cmpint(status.messages, ==, 1);
	daemon_status_clear(&status);
}

/* Some say something instead, some never read; neither keeps others, or the end, waiting.
 */
static void test_lazy_clients(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *path = status_path(daemon);
	int clients[50];
	DaemonStatus status;

	daemon_start(daemon);
	for (size_t i = 0; i < G_N_ELEMENTS(clients); i++) {
		clients[i] = client_new(path);
		if (i % 2 == 0)
			(void)!send(clients[i], "GET / HTTP/1.0\r\n\r\n", 18, MSG_NOSIGNAL);
	}
	status = ask(daemon);
	g_assert_cmpint(status.pid, ==, daemon_pid(daemon));
	daemon_status_clear(&status);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(clients); i++)
		close(clients[i]);
}

/* ---- with an inet socket: beside the database ---- */

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
	g_autofree char *folder = g_path_get_dirname(daemon_socket_path(daemon));
	g_autofree char *socket = g_strdup_printf("inet:%u@127.0.0.1", free_port());
	g_autofree char *path = g_strdup_printf("%s/%s.status", folder, socket);
	g_autofree char *output = NULL;
	DaemonStatus status;

	daemon_set(daemon, "milter", "socket", socket);
	daemon_start(daemon);
	g_assert_cmpint(daemon_run(daemon, foreground, &output), ==, 1);
	status = ask_at(path);
	g_assert_cmpint(status.pid, ==, daemon_pid(daemon));
	daemon_status_clear(&status);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

/* ---- leadctl ---- */

typedef struct {
	const char *option, *running, *stopped;
} LeadctlRow;

static const LeadctlRow leadctl_rows[] = {
	{"--json", "\"store_is_away\":false,\"sessions\":1,", "\"daemon\":null"},
	{"--csv", "daemon_version,daemon_pid,daemon_started_at,", ",,,,,,"},
	{"--", "daemon messages", "does not answer"},
};

static void check_leadctl(Daemon *daemon, const char *option, const char *wanted)
{
	const char *const arguments[] = {option, "status", NULL};
	g_autofree char *output = NULL;

	g_assert_cmpint(daemon_leadctl(daemon, arguments, &output), ==, 0);

	if (strstr(output, wanted) == NULL)
		g_error("%s: wanted '%s', got '%s'", option, wanted, output);
}

static void test_leadctl(void)
{
	g_autoptr(Daemon) daemon = daemon_new();

	daemon_start(daemon);
	send_message(daemon, "shown");
	for (size_t i = 0; i < G_N_ELEMENTS(leadctl_rows); i++)
		check_leadctl(daemon, leadctl_rows[i].option, leadctl_rows[i].running);
	g_assert_cmpint(daemon_stop(daemon), ==, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(leadctl_rows); i++)
		check_leadctl(daemon, leadctl_rows[i].option, leadctl_rows[i].stopped);
}

/* The database is gone, and that is when one asks what the daemon does. */
static void test_leadctl_without_store(void)
{
	static const char *const arguments[] = {"--json", "status", NULL};
	static const char *const wanted[] = {"\"contacts\":null",
					     "\"last_message_at\":null", "\"spooled\":1,",
					     "\"store_is_away\":true"};
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *output = NULL;

	block_store(daemon);
	daemon_start(daemon);
	send_message(daemon, "away");
	g_assert_cmpint(daemon_leadctl(daemon, arguments, &output), ==, 3);
	for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
		if (strstr(output, wanted[i]) == NULL)
			g_error("wanted '%s', got '%s'", wanted[i], output);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/status/counts-rise", test_counts_rise);
	g_test_add_func("/status/store-away", test_store_away);
	g_test_add_func("/status/not-running", test_not_running);
	g_test_add_func("/status/second-instance", test_second_instance);
	g_test_add_func("/status/after-kill", test_after_kill);
	g_test_add_func("/status/no-room", test_no_room);
	g_test_add_func("/status/path-too-long", test_path_too_long);
	g_test_add_func("/status/mode-and-owner", test_mode_and_owner);
	g_test_add_func("/status/hasty-clients", test_hasty_clients);
	g_test_add_func("/status/lazy-clients", test_lazy_clients);
	g_test_add_func("/status/inet", test_inet);
	g_test_add_func("/status/leadctl", test_leadctl);
	g_test_add_func("/status/leadctl-without-store", test_leadctl_without_store);
	return g_test_run();
}
