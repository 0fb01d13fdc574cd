/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The real daemon of the build, in the foreground, with settings, socket and database in
 * a folder of its own. What it logs is read all the time, so that a test can wait for a
 * line instead of for a while. Failures end the test and show the log.
 */
#ifndef LEAD_TEST_DAEMON_H
#define LEAD_TEST_DAEMON_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#include "lead/store.h"

typedef struct Daemon Daemon;

/* Folder and settings; not started. */
Daemon *daemon_new(void);
/* Stops it if it runs (it must then end well), and removes the folder. */
void daemon_free(Daemon *daemon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Daemon, daemon_free)

/* Another value; NULL takes the option out. For the next start or reload. */
void daemon_set(Daemon *daemon, const char *section, const char *option, const char *value);
void daemon_write_settings(Daemon *daemon);
const char *daemon_socket(const Daemon *daemon); /* unix:PATH, or as it was set */
const char *daemon_socket_path(const Daemon *daemon);
const char *daemon_settings_file(const Daemon *daemon);

/* For the next start: how many descriptors it may have; 0 as many as we. */
void daemon_limit_descriptors(Daemon *daemon, unsigned limit);
/* A variable of its environment, for the next start. */
void daemon_set_variable(Daemon *daemon, const char *name, const char *value);

/* Starts it, and waits until it is ready. */
void daemon_launch(Daemon *daemon);
void daemon_start(Daemon *daemon);
/* Runs the program to its end with these arguments behind -c FILE (NULL-terminated);
 * returns its exit status, and what it wrote to both outputs. */
int daemon_run(Daemon *daemon, const char *const *arguments, char **output_out);
/* The same of leadctl, with the daemon's settings. */
int daemon_leadctl(Daemon *daemon, const char *const *arguments, char **output_out);
void daemon_signal(Daemon *daemon, int signal);
pid_t daemon_pid(const Daemon *daemon);
/* Waits for its end: the exit status, or 128 plus the signal that ended it. */
int daemon_wait(Daemon *daemon);
int daemon_stop(Daemon *daemon);  /* TERM, and wait */
void daemon_kill(Daemon *daemon); /* KILL, and wait; ends the test if it ended by itself */

/* Waits until text has been logged count times since the start. */
void daemon_wait_log(Daemon *daemon, const char *text, unsigned count);
bool daemon_has_logged(Daemon *daemon, const char *text);
/* Waits for the line of the message with that queue id. Caller frees. */
char *daemon_wait_message(Daemon *daemon, const char *queue_id);

/* The database, read-only, also while the daemon runs. */
Store *daemon_store(Daemon *daemon);
char *daemon_store_uri(const Daemon *daemon); /* caller frees */
int64_t daemon_messages(Daemon *daemon); /* recorded */
char *daemon_dump(Daemon *daemon);	 /* store_dump() */

#endif
