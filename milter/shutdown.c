/* SPDX-License-Identifier: BSD-2-Clause */
#include "shutdown.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "counters.h"
#include "inflight.h"
#include "live-settings.h"
#include "log.h"
#include "notify.h"
#include "socket.h"
#include "status-socket.h"

enum {
	CLOSE_TIMEOUT_MS = 10000, /* longer than any store timeout */
	GRACE_US = 50000,
};

static Recorder *recorder;
static bool begun;    /* used by the signal thread alone */
static bool finished; /* atomic */

void shutdown_prepare(Recorder *recorder_taken)
{
	recorder = recorder_taken;
}

static void log_counts(void)
{
	g_autoptr(GString) line = g_string_new("counts:");
	RecorderCounts counts;

	recorder_counts(recorder, &counts);
	for (Counter i = 0; i < COUNT_N; i++)
		log_line_add_number(line, counter_name(i), counter_get(i));
	log_line_add_number(line, "recorded", counts.recorded);
	log_line_add_number(line, "spooled", counts.spooled);
	log_line_add_number(line, "left_early", counts.left_early);
	log_line_add_number(line, "failed", counts.failed);
	log_write(LEVEL_INFO, "%s", line->str);
}

/*
 * A worker that still records after that time hangs in the store, which then cannot be
 * closed: its transaction is cut, not torn. The others' answers are sent by libmilter
 * after our callback has returned, and nothing tells when they are: hence the grace.
 */
void shutdown_now(int status)
{
	if (__atomic_exchange_n(&finished, true, __ATOMIC_ACQ_REL))
		for (;;)
			pause();
	if (inflight_close(CLOSE_TIMEOUT_MS) > 0) {
		log_write(LEVEL_ERROR, "ended while messages were being recorded");
		_exit(EXIT_FAILURE);
	}
	socket_remove();
	status_socket_close();
	log_counts();
	recorder_free(recorder);
	g_usleep(GRACE_US);
	log_write(LEVEL_INFO, "stopped");
	exit(status);
}

static void *stop(void *unused)
{
	g_autoptr(Settings) settings = live_settings();
	unsigned left;

	(void)unused;
	notify_stopping();
	socket_tell_stopping();
	log_write(LEVEL_INFO, "stopping");
	left = inflight_drain(settings->drain_timeout_ms);
	if (left > 0)
		log_write(LEVEL_WARNING, "stopping in the midst of %u mail transactions",
			  left);
	g_clear_pointer(&settings, settings_unref);
	shutdown_now(EXIT_SUCCESS);
}

void shutdown_begin(void)
{
	pthread_t thread;

	if (begun) {
		inflight_hurry();
		return;
	}
	begun = pthread_create(&thread, NULL, stop, NULL) == 0;
	if (begun)
		pthread_detach(thread);
	else
		log_write(LEVEL_ERROR, "cannot stop: no thread for it");
}
