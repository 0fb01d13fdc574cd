/* SPDX-License-Identifier: BSD-2-Clause */
/* The side that asks. Whoever may listen there may be anybody: bounded in time and size. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lead/daemon-status.h"
#include "lead/error.h"

enum { ANSWER_MAX = 16 * 1024 };

static LeadError error_code(int number)
{
	switch (number) {
	case ENOENT:
	case ENOTDIR:
	case ENAMETOOLONG: /* where nobody can listen */
	case ECONNREFUSED:
	case ECONNRESET: /* it is just going */
		return LEAD_ERROR_NOT_FOUND;
	case EAGAIN:
	case ETIMEDOUT:
	case ENOMEM:
	case EMFILE:
	case ENFILE:
		return LEAD_ERROR_TEMPORARY;
	default:
		return LEAD_ERROR_PERMANENT;
	}
}

static bool fail(GError **error, const char *path, int number)
{
	g_set_error(error, LEAD_ERROR, error_code(number),
		    "cannot ask the daemon at '%s': %s", path, g_strerror(number));
	return false;
}

/* A full queue of unix connections is EAGAIN at once; it is short because each is served
 * at once, so it is tried again for as long as there is time. */
static bool ask(int descriptor, const char *path, int64_t deadline_us, GError **error)
{
	enum { PAUSE_US = 5000 };
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (g_strlcpy(address.sun_path, path, sizeof address.sun_path) >=
	    sizeof address.sun_path)
		return fail(error, path, ENAMETOOLONG);
	while (connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) {
		if (errno != EAGAIN || g_get_monotonic_time() >= deadline_us)
			return fail(error, path, errno);
		g_usleep(PAUSE_US);
	}
	return true;
}

static bool wait_readable(int descriptor, int64_t deadline_us)
{
	struct pollfd one = {.fd = descriptor, .events = POLLIN};
	int64_t left_us = MAX(deadline_us - g_get_monotonic_time(), 0);
	int ready = poll(&one, 1, (int)(left_us / 1000));

	return ready > 0 || (ready < 0 && errno == EINTR && left_us > 0);
}

/* Reads to the end, at most what fits. */
static bool hear(int descriptor, const char *path, int64_t deadline_us, GString *answer,
		 GError **error)
{
	char octets[4096];
	ssize_t got = 1;

	while (got != 0 && answer->len < ANSWER_MAX) {
		if (!wait_readable(descriptor, deadline_us))
			return fail(error, path, ETIMEDOUT);
		got = recv(descriptor, octets, sizeof octets, MSG_DONTWAIT);
		if (got < 0 && errno != EAGAIN && errno != EINTR)
			return fail(error, path, errno);
		if (got > 0)
			g_string_append_len(answer, octets, got);
	}
	return answer->len > 0 || fail(error, path, ECONNRESET);
}

bool daemon_status_read(const char *path, int64_t timeout_ms, DaemonStatus *status_out,
			GError **error)
{
	int64_t deadline_us = g_get_monotonic_time() + timeout_ms * 1000;
	int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	g_autoptr(GString) answer = g_string_new(NULL);
	bool done;

	daemon_status_init(status_out);
	if (descriptor < 0)
		return fail(error, path, errno);
	done = ask(descriptor, path, deadline_us, error) &&
	       hear(descriptor, path, deadline_us, answer, error);
	close(descriptor);
	if (!done || daemon_status_parse(status_out, answer->str))
		return done;
	daemon_status_clear(status_out);
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
		    "no status of a leadmilter is told at '%s'", path);
	return false;
}
