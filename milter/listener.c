/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include "listener.h"

#include <errno.h>
#include <glib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "counters.h"
#include "log.h"
#include "read-ahead.h"

enum {
	DESCRIPTORS_KEPT = 32, /* for store, spool and log: less than sessions.c keeps, as
				* sessions are told of it more politely */
	REST_US = 100000,
};

static int64_t highest = INT64_MAX; /* set before there is a listener */

void listener_set_descriptors(int64_t limit)
{
	highest = MAX(1, limit - DESCRIPTORS_KEPT);
}

static void tell(const char *what)
{
	static LogRate rate;

	counter_add(COUNT_SESSIONS_REFUSED);
	log_write_rated(&rate, LEVEL_ERROR, "connection %s: descriptors run short", what);
}

/* A new descriptor is the lowest that is free: so its number says how many are taken. To
 * libmilter the connection has broken off before it was taken. */
int accept(int listening, __SOCKADDR_ARG address, socklen_t *restrict length)
{
	int connection = accept4(listening, address, length, SOCK_CLOEXEC);

	if (connection >= 0 && connection < highest) {
		read_ahead_begin(connection);
		return connection;
	}
	if (connection >= 0) {
		close(connection);
		tell("turned away");
		errno = ECONNABORTED;
	} else if (errno == EMFILE || errno == ENFILE) {
		tell("not taken");
		g_usleep(REST_US);
		errno = EMFILE;
	}
	return -1;
}
