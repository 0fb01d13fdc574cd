/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/daemon-status.h"

#include <glib/gstdio.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lead/error.h"

static void test_round_trip(void)
{
	DaemonStatus told, heard;
	g_autofree char *text = NULL;

	daemon_status_init(&told);
	told.version = g_strdup("1.2");
	told.settings = g_strdup("/a folder/x=y\nmessages=7");
	g_assert_true(daemon_status_set(&told, "pid", 42));
	g_assert_true(daemon_status_set(&told, "started_at", 1073038830));
	g_assert_true(daemon_status_set(&told, "messages", G_MAXINT64));
	g_assert_true(daemon_status_set(&told, "store_is_away", 1));
	g_assert_false(daemon_status_set(&told, "version", 1));
	g_assert_false(daemon_status_set(&told, "message", 1));
	text = daemon_status_text(&told);
	g_assert_true(daemon_status_parse(&heard, text));
	g_assert_cmpstr(heard.version, ==, "1.2");
	g_assert_true(g_str_has_prefix(heard.settings, "/a folder/x=y"));
	g_assert_cmpint(heard.pid, ==, 42);
	g_assert_cmpint(heard.started_at, ==, 1073038830);
	g_assert_cmpint(heard.messages, ==, G_MAXINT64);
	g_assert_cmpint(heard.failed, ==, -1);
	g_assert_true(heard.store_is_away);
	daemon_status_clear(&told);
	daemon_status_clear(&heard);
}

static void test_parse(void)
{
	static const struct {
		const char *name, *text;
		bool good;
		int64_t messages;
		const char *version;
	} rows[] = {
		{"nothing", "", false, -1, NULL},
		{"prose", "hello\nworld\n", false, -1, NULL},
		{"pid alone", "pid=1\n", true, -1, NULL},
		{"no last line feed", "pid=1\nmessages=3", true, 3, NULL},
		{"later names", "pid=1\nmoods=3\nmessages=3\n", true, 3, NULL},
		{"a name that only begins so", "pid=1\nmessage=3\nmessagess=4\n", true, -1,
		 NULL},
		{"no number", "pid=1\nmessages=many\n", true, -1, NULL},
		{"below 0", "pid=1\nmessages=-5\n", true, -1, NULL},
		{"too large", "pid=1\nmessages=9223372036854775808\n", true, -1, NULL},
		{"no pid", "messages=3\n", false, 3, NULL},
		{"pid 0", "pid=0\n", false, -1, NULL},
		{"twice", "pid=1\nversion=1\nversion=2\n", true, -1, "2"},
		{"empty text", "pid=1\nversion=\n", true, -1, ""},
		{"equals signs", "pid=1\nversion=1=2\n=\n==\n", true, -1, "1=2"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		DaemonStatus status;

		g_test_message("%s", rows[i].name);
		g_assert_true(daemon_status_parse(&status, rows[i].text) == rows[i].good);
		g_assert_cmpint(status.messages, ==, rows[i].messages);
		g_assert_cmpstr(status.version, ==, rows[i].version);
		daemon_status_clear(&status);
	}
}

static void test_path(void)
{
	static const struct {
		const char *socket, *uri, *path;
	} rows[] = {
		{"unix:/run/a/s", "sqlite:/d/lead.db", "/run/a/s.status"},
		{"local:/run/a/s", "memory:", "/run/a/s.status"},
		{"/run/a/s:1", "memory:", "/run/a/s:1.status"},
		{"inet:8890@127.0.0.1", "sqlite:/d/lead.db",
		 "/d/inet:8890@127.0.0.1.status"},
		{"inet:8890@127.0.0.1", "memory:", NULL},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text =
			g_strdup_printf("[milter]\nsocket = %s\n[store]\nuri = %s\n",
					rows[i].socket, rows[i].uri);
		g_autoptr(GError) error = NULL;
		g_autoptr(Settings) settings = settings_load_text(text, "t.conf", &error);
		g_autofree char *path = NULL;

		g_assert_no_error(error);
		path = daemon_status_path(settings);
		g_test_message("%s, %s", rows[i].socket, rows[i].uri);
		g_assert_cmpstr(path, ==, rows[i].path);
	}
}

/* ---- servers that are none ---- */

typedef struct {
	const char *name;
	const char *answer;
	size_t times;  /* that it is sent */
	bool holds_on; /* does not hang up */
	int64_t timeout_ms;
	LeadError code;
} ServerRow;

static const ServerRow servers[] = {
	{"hangs up", "", 0, false, 60000, LEAD_ERROR_NOT_FOUND},
	{"says nothing", "", 0, true, 50, LEAD_ERROR_TEMPORARY},
	{"says half", "pid=1\n", 1, true, 50, LEAD_ERROR_TEMPORARY},
	{"says something else", "220 smtp ready\r\n", 1, false, 60000, LEAD_ERROR_INVALID},
	{"does not end", "0123456789abcdef", 4096, true, 60000, LEAD_ERROR_INVALID},
};

typedef struct {
	const ServerRow *row;
	int listener;
} Server;

static void *serve(void *argument)
{
	const Server *server = argument;
	int client = accept(server->listener, NULL, NULL);
	char octet;

	for (size_t i = 0; i < server->row->times; i++)
		(void)!send(client, server->row->answer, strlen(server->row->answer),
			    MSG_NOSIGNAL);
	if (server->row->holds_on) /* until the other has gone */
		(void)!recv(client, &octet, 1, 0);
	close(client);
	return NULL;
}

static int listen_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(address.sun_path, path, sizeof address.sun_path);
	g_assert_cmpint(bind(listener, (struct sockaddr *)&address, sizeof address), ==, 0);
	g_assert_cmpint(listen(listener, 1), ==, 0);
	return listener;
}

static void check_server(const char *path, const ServerRow *row)
{
	Server server = {row, listen_at(path)};
	g_autoptr(GError) error = NULL;
	DaemonStatus status;
	pthread_t thread;

	g_test_message("%s", row->name);
	g_assert_cmpint(pthread_create(&thread, NULL, serve, &server), ==, 0);
	g_assert_false(daemon_status_read(path, row->timeout_ms, &status, &error));
	g_assert_error(error, LEAD_ERROR, (int)row->code);
	g_assert_nonnull(strstr(error->message, path));
	g_assert_null(status.version);
	pthread_join(thread, NULL);
	close(server.listener);
	g_unlink(path);
}

static void test_servers(void)
{
	g_autofree char *folder = g_dir_make_tmp("lead-status-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "s", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(servers); i++)
		check_server(path, &servers[i]);
	g_rmdir(folder);
}

static void test_nobody(void)
{
	g_autofree char *folder = g_dir_make_tmp("lead-status-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "s", NULL);
	g_autofree char *long_path = g_strnfill(200, 'x');
	g_autoptr(GError) absent = NULL, dead = NULL, too_long = NULL;
	DaemonStatus status;

	g_assert_false(daemon_status_read(path, 60000, &status, &absent));
	g_assert_error(absent, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
	close(listen_at(path));
	g_assert_false(daemon_status_read(path, 60000, &status, &dead));
	g_assert_error(dead, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
	g_assert_false(daemon_status_read(long_path, 60000, &status, &too_long));
	g_assert_error(too_long, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
	g_unlink(path);
	g_rmdir(folder);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/daemon-status/round-trip", test_round_trip);
	g_test_add_func("/daemon-status/parse", test_parse);
	g_test_add_func("/daemon-status/path", test_path);
	g_test_add_func("/daemon-status/servers", test_servers);
	g_test_add_func("/daemon-status/nobody", test_nobody);
	return g_test_run();
}
