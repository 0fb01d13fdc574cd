/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include "daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_SECONDS = 120 };

struct Daemon {
	char *folder, *file, *socket;
	GKeyFile *settings;
	char **variables;     /* its environment */
	unsigned descriptors; /* that it may have; 0: as many as we */
	pid_t pid;	      /* 0: not running */
	pthread_t reader;
	int log_descriptor;
	pthread_mutex_t lock; /* for the next four; pthread, for the thread sanitizer */
	pthread_cond_t grown;
	bool ended; /* the log */
	GString *log;
};

/* ---- folder and settings ---- */

Daemon *daemon_new(void)
{
	Daemon *daemon = g_new0(Daemon, 1);
	g_autofree char *uri = NULL;

	daemon->folder = g_dir_make_tmp("lead-XXXXXX", NULL);
	g_assert_nonnull(daemon->folder);
	daemon->file = g_build_filename(daemon->folder, "leadmilter.conf", NULL);
	daemon->socket = g_strdup_printf("unix:%s/socket", daemon->folder);
	uri = g_strdup_printf("sqlite:%s/lead.db", daemon->folder);
	daemon->settings = g_key_file_new();
	daemon->variables = g_get_environ();
	daemon->log = g_string_new(NULL);
	pthread_mutex_init(&daemon->lock, NULL);
	pthread_cond_init(&daemon->grown, NULL);
	daemon_set(daemon, "milter", "socket", daemon->socket);
	daemon_set(daemon, "milter", "user", "");
	daemon_set(daemon, "mail", "local_domains", "ours.example");
	daemon_set(daemon, "store", "uri", uri);
	daemon_set(daemon, "log", "target", "stderr");
	return daemon;
}

static void remove_folder(const char *folder)
{
	g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
	const char *name;

	while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_DIR) &&
		    !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
			remove_folder(path);
		else
			g_unlink(path);
	}
	g_rmdir(folder);
}

void daemon_free(Daemon *daemon)
{
	if (daemon->pid != 0)
		g_assert_cmpint(daemon_stop(daemon), ==, 0);
	remove_folder(daemon->folder);
	g_key_file_unref(daemon->settings);
	g_strfreev(daemon->variables);
	g_string_free(daemon->log, TRUE);
	pthread_cond_destroy(&daemon->grown);
	pthread_mutex_destroy(&daemon->lock);
	g_free(daemon->folder);
	g_free(daemon->file);
	g_free(daemon->socket);
	g_free(daemon);
}

void daemon_set(Daemon *daemon, const char *section, const char *option, const char *value)
{
	if (value == NULL) {
		g_key_file_remove_key(daemon->settings, section, option, NULL);
		return;
	}
	g_key_file_set_value(daemon->settings, section, option, value);
	if (strcmp(section, "milter") == 0 && strcmp(option, "socket") == 0 &&
	    value != daemon->socket) {
		g_free(daemon->socket);
		daemon->socket = g_strdup(value);
	}
}

void daemon_write_settings(Daemon *daemon)
{
	g_autoptr(GError) error = NULL;

	g_key_file_save_to_file(daemon->settings, daemon->file, &error);
	g_assert_no_error(error);
}

void daemon_set_variable(Daemon *daemon, const char *name, const char *value)
{
	daemon->variables = g_environ_setenv(daemon->variables, name, value, TRUE);
}

const char *daemon_socket(const Daemon *daemon)
{
	return daemon->socket;
}

const char *daemon_socket_path(const Daemon *daemon)
{
	return strchr(daemon->socket, ':') + 1;
}

const char *daemon_settings_file(const Daemon *daemon)
{
	return daemon->file;
}

/* ---- the log ---- */

static void *read_log(void *argument)
{
	Daemon *daemon = argument;
	char octets[4096];
	ssize_t got;

	while ((got = read(daemon->log_descriptor, octets, sizeof octets)) > 0 ||
	       (got < 0 && errno == EINTR)) {
		pthread_mutex_lock(&daemon->lock);
		if (got > 0)
			g_string_append_len(daemon->log, octets, got);
		pthread_cond_broadcast(&daemon->grown);
		pthread_mutex_unlock(&daemon->lock);
	}
	pthread_mutex_lock(&daemon->lock);
	daemon->ended = true;
	pthread_cond_broadcast(&daemon->grown);
	pthread_mutex_unlock(&daemon->lock);
	return NULL;
}

static unsigned count_text(const char *log, const char *text)
{
	unsigned count = 0;

	for (const char *at = log; (at = strstr(at, text)) != NULL; at += strlen(text))
		count++;
	return count;
}

void daemon_wait_log(Daemon *daemon, const char *text, unsigned count)
{
	struct timespec deadline;

	clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_sec += PATIENCE_SECONDS;
	pthread_mutex_lock(&daemon->lock);
	while (count_text(daemon->log->str, text) < count)
		if (daemon->ended ||
		    pthread_cond_timedwait(&daemon->grown, &daemon->lock, &deadline) != 0)
			g_error("not %u times '%s' in the log:\n%s", count, text,
				daemon->log->str);
	pthread_mutex_unlock(&daemon->lock);
}

bool daemon_has_logged(Daemon *daemon, const char *text)
{
	bool has;

	pthread_mutex_lock(&daemon->lock);
	has = strstr(daemon->log->str, text) != NULL;
	pthread_mutex_unlock(&daemon->lock);
	return has;
}

char *daemon_wait_message(Daemon *daemon, const char *queue_id)
{
	g_autofree char *beginning =
		g_strdup_printf("leadmilter: %s: direction=", queue_id);
	char *line;
	const char *at;

	daemon_wait_log(daemon, beginning, 1);
	pthread_mutex_lock(&daemon->lock);
	at = strstr(daemon->log->str, beginning);
	line = g_strndup(at, strcspn(at, "\n"));
	pthread_mutex_unlock(&daemon->lock);
	return line;
}

/* ---- the process ---- */

typedef struct {
	const char *folder, *name; /* in the build */
} Program;

static const Program leadmilter = {"milter", "leadmilter"};
static const Program leadctl = {"cli", "leadctl"};

/* The sanitizers' words come on standard error too, and their exit status is not 0. */
static pid_t spawn(Daemon *daemon, Program program, const char *const *arguments,
		   int *output_out)
{
	g_autofree char *path =
		g_test_build_filename(G_TEST_BUILT, program.folder, program.name, NULL);
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	int ends[2];
	pid_t child;

	g_ptr_array_add(argv, path);
	g_ptr_array_add(argv, (gpointer)(uintptr_t) "-c");
	g_ptr_array_add(argv, daemon->file);
	for (; *arguments != NULL; arguments++)
		g_ptr_array_add(argv, (gpointer)(uintptr_t)*arguments);
	g_ptr_array_add(argv, NULL);
	daemon_write_settings(daemon);
	g_assert_cmpint(pipe2(ends, O_CLOEXEC), ==, 0);
	child = fork();
	g_assert_cmpint(child, >=, 0);
	if (child == 0) {
		const struct rlimit limit = {daemon->descriptors, daemon->descriptors};

		if (daemon->descriptors > 0)
			setrlimit(RLIMIT_NOFILE, &limit);
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* a failed test leaves nobody behind */
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		execve(path, (char **)argv->pdata, daemon->variables);
		_exit(127);
	}
	close(ends[1]);
	*output_out = ends[0];
	return child;
}

void daemon_limit_descriptors(Daemon *daemon, unsigned limit)
{
	daemon->descriptors = limit;
}

void daemon_launch(Daemon *daemon)
{
	static const char *const arguments[] = {"-f", NULL};

	g_string_truncate(daemon->log, 0);
	daemon->ended = false;
	daemon->pid = spawn(daemon, leadmilter, arguments, &daemon->log_descriptor);
	g_assert_cmpint(pthread_create(&daemon->reader, NULL, read_log, daemon), ==, 0);
}

void daemon_start(Daemon *daemon)
{
	daemon_launch(daemon);
	daemon_wait_log(daemon, "ready at", 1);
}

static int exit_status(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		g_assert_cmpint(errno, ==, EINTR);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int run(Daemon *daemon, Program program, const char *const *arguments,
	       char **output_out)
{
	GString *output = g_string_new(NULL);
	char octets[4096];
	int descriptor;
	ssize_t got;
	pid_t child = spawn(daemon, program, arguments, &descriptor);

	while ((got = read(descriptor, octets, sizeof octets)) > 0)
		g_string_append_len(output, octets, got);
	close(descriptor);
	*output_out = g_string_free(output, FALSE);
	return exit_status(child);
}

int daemon_run(Daemon *daemon, const char *const *arguments, char **output_out)
{
	return run(daemon, leadmilter, arguments, output_out);
}

int daemon_leadctl(Daemon *daemon, const char *const *arguments, char **output_out)
{
	return run(daemon, leadctl, arguments, output_out);
}

void daemon_signal(Daemon *daemon, int signal_number)
{
	g_assert_cmpint(daemon->pid, >, 0);
	g_assert_cmpint(kill(daemon->pid, signal_number), ==, 0);
}

pid_t daemon_pid(const Daemon *daemon)
{
	return daemon->pid;
}

static int reap(Daemon *daemon)
{
	int status = exit_status(daemon->pid);

	pthread_join(daemon->reader, NULL);
	close(daemon->log_descriptor);
	daemon->pid = 0;
	return status;
}

int daemon_wait(Daemon *daemon)
{
	int status = reap(daemon);

	if (status != 0)
		g_test_message("exit status %d; its log:\n%s", status, daemon->log->str);
	return status;
}

int daemon_stop(Daemon *daemon)
{
	daemon_signal(daemon, SIGTERM);
	return daemon_wait(daemon);
}

void daemon_kill(Daemon *daemon)
{
	int status;

	daemon_signal(daemon, SIGKILL);
	status = reap(daemon);
	if (status != 128 + SIGKILL)
		g_error("ended by itself, exit status %d; its log:\n%s", status,
			daemon->log->str);
}

/* ---- the database ---- */

char *daemon_store_uri(const Daemon *daemon)
{
	return g_key_file_get_value(daemon->settings, "store", "uri", NULL);
}

Store *daemon_store(Daemon *daemon)
{
	g_autofree char *uri = daemon_store_uri(daemon);
	g_autoptr(GError) error = NULL;
	Store *store = store_open(uri, STORE_READ_ONLY, 5000, &error);

	g_assert_no_error(error);
	return store;
}

int64_t daemon_messages(Daemon *daemon)
{
	g_autoptr(Store) store = daemon_store(daemon);
	g_autoptr(GError) error = NULL;
	StoreStatus status;

	store_status(store, &status, &error);
	g_assert_no_error(error);
	return status.messages;
}

char *daemon_dump(Daemon *daemon)
{
	g_autoptr(Store) store = daemon_store(daemon);
	g_autoptr(GError) error = NULL;
	char *dump = store_dump(store, &error);

	g_assert_no_error(error);
	return dump;
}
