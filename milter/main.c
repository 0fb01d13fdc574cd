/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <libmilter/mfapi.h>

#include "callbacks.h"
#include "command-line.h"
#include "daemonize.h"
#include "inflight.h"
#include "lead/body.h"
#include "lead/error.h"
#include "lead/recorder.h"
#include "lead/words.h"
#include "listener.h"
#include "live-settings.h"
#include "log.h"
#include "message.h"
#include "notify.h"
#include "privileges.h"
#include "read-ahead.h"
#include "session.h"
#include "shutdown.h"
#include "signals.h"
#include "socket.h"
#include "status-socket.h"

enum { EXIT_USAGE = 2 };

static void recorder_notice(LogLevel level, const char *text, void *unused)
{
	(void)unused;
	log_write(level, "%s", text);
}

/* Never returns but by libmilter's failure, which the shutdown then makes ours. */
static void run(const Settings *settings, Recorder *recorder_taken)
{
	message_set_recorder(recorder_taken);
	shutdown_prepare(recorder_taken);
	status_socket_serve(recorder_taken);
	live_settings_warn(settings);
	log_write(LEVEL_INFO, "ready at %s", settings->socket);
	notify_ready();
	daemonize_end(settings->log_target == LOG_TARGET_STDERR);
	smfi_main();
	log_write(LEVEL_ERROR, "libmilter gave up");
	shutdown_now(EXIT_FAILURE);
}

/* This libmilter may be another than that of the build. */
static bool register_callbacks(GError **error)
{
	if (callbacks_register())
		return true;
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
		    "libmilter refuses us: built for another version");
	return false;
}

static bool check(const Settings *settings, RunAs *run_as_out, GError **error)
{
	return run_as_find(settings, run_as_out, error) && socket_check(settings, error);
}

/* Returns only with an error. In this order: what only root can do, then the change of
 * user, then what has threads. */
static void serve(Settings *settings, bool foreground, GError **error)
{
	RunAs run_as;
	Recorder *recorder = NULL;
	bool done = check(settings, &run_as, error);
	int64_t descriptors;

	descriptors = descriptor_limit_set(settings->max_descriptors);
	session_set_descriptors(descriptors);
	listener_set_descriptors(descriptors);
	read_ahead_set_descriptors(settings->read_ahead ? descriptors : 0);
	signals_block();
	inflight_init();
	done = done && (foreground || daemonize_begin(error)) &&
	       register_callbacks(error) &&
	       socket_open(settings, run_as.uid, run_as.gid, error);
	if (done)
		status_socket_open(settings, run_as.uid, run_as.gid);
	done = done && run_as_become(&run_as, error);
	run_as_clear(&run_as);
	if (done)
		recorder = recorder_new(settings, recorder_notice, NULL, error);
	if (recorder == NULL) {
		socket_remove();
		status_socket_close();
		return;
	}
	run(settings, recorder);
}

/* Somebody may be waiting at the terminal, so there too. */
static int fail(const GError *error, const Settings *settings, int status)
{
	log_write_lines(LEVEL_ERROR, "", error->message);
	if (settings != NULL && settings->log_target == LOG_TARGET_SYSLOG)
		fprintf(stderr, "leadmilter: %s\n", error->message);
	return status;
}

static int check_only(const Settings *settings)
{
	g_autoptr(GError) error = NULL;
	RunAs run_as;
	bool good = check(settings, &run_as, &error);

	run_as_clear(&run_as);
	if (!good)
		return fail(error, NULL, EXIT_FAILURE);
	if (settings_warning(settings) != NULL)
		fprintf(stderr, "leadmilter: warning: %s\n", settings_warning(settings));
	puts("configuration ok");
	return EXIT_SUCCESS;
}

static int start(const CommandLine *command_line)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = settings_load(command_line->file, &error);

	if (settings == NULL)
		return fail(error, NULL, EXIT_FAILURE);
	if (command_line->check)
		return check_only(settings);
	log_open(settings->log_target, settings->log_level);
	live_settings_set(settings_ref(settings));
	serve(settings, command_line->foreground || settings->foreground, &error);
	return fail(error, settings, EXIT_FAILURE);
}

static int tell_version(void)
{
	puts("leadmilter " PACKAGE_VERSION);
	return EXIT_SUCCESS;
}

/*
 * glibc hands the end of an arena back to the kernel as soon as 128 KB of it are free, and
 * with many threads that was more than once for every second message: a system call, and
 * all processors forget the mapping. So much may stay with each arena.
 */
static void keep_memory(void)
{
#ifdef __GLIBC__
	enum { KEPT_OCTETS = 1 << 20 };

	mallopt(M_TRIM_THRESHOLD, KEPT_OCTETS);
#endif
}

int main(int argc, char **argv)
{
	CommandLine command_line = {0};
	g_autoptr(GError) error = NULL;
	int status;

	keep_memory();
	setlocale(LC_CTYPE, "");
	body_init();
	words_init();
	if (!command_line_read(argc, argv, &command_line, &error))
		status = fail(error, NULL, EXIT_USAGE);
	else if (command_line.version)
		status = tell_version();
	else
		status = start(&command_line);
	g_free(command_line.file);
	return status;
}
