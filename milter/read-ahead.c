/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include "read-ahead.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "turns.h"

/* Several times what Postfix sends at once (4 KB); a body comes in pieces of 64 KB, whose
 * end is read into its place. */
enum { AHEAD_OCTETS = 16384 };

typedef struct {
	size_t start; /* of what waits */
	size_t end;
	char octets[AHEAD_OCTETS];
} Buffer;

typedef struct {
	bool begun;	/* atomic: whoever has the number next may be another thread */
	Buffer *buffer; /* NULL: nothing waits */
} Connection;

static Connection *connections;	 /* by descriptor */
static int64_t connections_size; /* set before there is one */

void read_ahead_set_descriptors(int64_t limit)
{
	g_free(connections);
	connections = g_new0(Connection, (size_t)limit);
	connections_size = limit;
	turns_set_descriptors(limit);
}

static Connection *connection_of(int descriptor)
{
	Connection *connection;

	if (descriptor < 0 || descriptor >= connections_size)
		return NULL;
	connection = &connections[descriptor];
	return __atomic_load_n(&connection->begun, __ATOMIC_ACQUIRE) ? connection : NULL;
}

void read_ahead_begin(int descriptor)
{
	if (descriptor >= connections_size)
		return;
	__atomic_store_n(&connections[descriptor].begun, true, __ATOMIC_RELEASE);
	turns_call(descriptor);
}

/* Before the kernel may give the number to another. */
static void end(int descriptor)
{
	Connection *connection = connection_of(descriptor);

	if (connection == NULL)
		return;
	turns_take(descriptor);
	g_clear_pointer(&connection->buffer, g_free);
	__atomic_store_n(&connection->begun, false, __ATOMIC_RELEASE);
}

int close(int descriptor)
{
	end(descriptor);
	return (int)syscall(SYS_close, descriptor);
}

/* ---- read ---- */

static size_t buffer_take(Connection *connection, void *octets, size_t size)
{
	Buffer *buffer = connection->buffer;
	size_t taken = MIN(size, buffer->end - buffer->start);

	memcpy(octets, buffer->octets + buffer->start, taken);
	buffer->start += taken;
	if (buffer->start == buffer->end)
		g_clear_pointer(&connection->buffer, g_free);
	return taken;
}

static ssize_t buffer_fill(Connection *connection, int descriptor)
{
	Buffer *buffer = g_new(Buffer, 1);
	ssize_t got = recv(descriptor, buffer->octets, sizeof buffer->octets, 0);

	if (got <= 0) {
		int saved = errno;

		g_free(buffer);
		errno = saved;
		return got;
	}
	buffer->start = 0;
	buffer->end = (size_t)got;
	connection->buffer = buffer;
	return got;
}

static ssize_t connection_read(Connection *connection, int descriptor, void *octets,
			       size_t size)
{
	if (connection->buffer == NULL) {
		ssize_t got;

		if (size >= AHEAD_OCTETS)
			return recv(descriptor, octets, size, 0);
		got = buffer_fill(connection, descriptor);
		if (got <= 0)
			return got;
	}
	return (ssize_t)buffer_take(connection, octets, size);
}

/* readv(2) is read(2) under another name; the C library's own is out of reach here. */
ssize_t read(int descriptor, void *octets, size_t size)
{
	struct iovec all = {octets, size};
	Connection *connection = connection_of(descriptor);

	if (connection != NULL)
		return connection_read(connection, descriptor, octets, size);
	return readv(descriptor, &all, 1);
}

/* ---- poll ---- */

/* What libmilter's two kinds of threads ask: the controller for all that nobody serves, a
 * server for its own connection, whether more comes (briefly) or until it does. */
enum { BRIEFLY_MS = 1000 };

static bool waits_here(const struct pollfd *asked)
{
	const Connection *connection;

	if ((asked->events & POLLIN) == 0)
		return false;
	connection = connection_of(asked->fd);
	return connection != NULL && connection->buffer != NULL;
}

static bool any_waits_here(const struct pollfd *asked, nfds_t count)
{
	for (nfds_t i = 0; i < count; i++) {
		if (waits_here(&asked[i]))
			return true;
	}
	return false;
}

static int kernel_poll(struct pollfd *asked, nfds_t count, int timeout_ms)
{
	struct timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};

	return ppoll(asked, count, timeout_ms < 0 ? NULL : &timeout, NULL);
}

/* With octets that wait here, the kernel tells of the others without waiting. */
static int poll_many(struct pollfd *asked, nfds_t count, int timeout_ms)
{
	int ready =
		kernel_poll(asked, count, any_waits_here(asked, count) ? 0 : timeout_ms);

	for (nfds_t i = 0; ready >= 0 && i < count; i++) {
		if (waits_here(&asked[i])) {
			ready += asked[i].revents == 0;
			asked[i].revents |= POLLIN;
		}
		if (asked[i].revents != 0 && connection_of(asked[i].fd) != NULL)
			turns_call(asked[i].fd);
	}
	return ready;
}

static int poll_connection(struct pollfd *asked, int timeout_ms)
{
	bool briefly = timeout_ms > 0 && timeout_ms <= BRIEFLY_MS &&
		       (asked->events & POLLIN) != 0;

	turns_take(asked->fd);
	if (waits_here(asked)) {
		asked->revents = POLLIN;
		return 1;
	}
	return briefly ? turns_wait(asked) : kernel_poll(asked, 1, timeout_ms);
}

/* Under a name of our own: the C library's header says that poll(2) only writes to what it
 * is given, and compilers believe it. */
int poll_ours(struct pollfd *asked, nfds_t count, int timeout_ms) __asm__("poll");

int poll_ours(struct pollfd *asked, nfds_t count, int timeout_ms)
{
	if (count != 1)
		return poll_many(asked, count, timeout_ms);
	if (connection_of(asked->fd) == NULL)
		return kernel_poll(asked, 1, timeout_ms);
	return poll_connection(asked, timeout_ms);
}
