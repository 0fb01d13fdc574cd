/* SPDX-License-Identifier: BSD-2-Clause */
/* Here too poll(2), read(2) and close(2) are those of milter/read-ahead.c. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "milter/read-ahead.h"

/* LATE_US: longer than any thread lets another one's connection wait. */
enum { DESCRIPTORS = 200, LATE_US = 15000, MTA = 0, MILTER = 1 };

static void sockets_open(int pair[2])
{
	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
	g_assert_cmpint(pair[MILTER], <, DESCRIPTORS);
	read_ahead_begin(pair[MILTER]);
}

static void sockets_close(int pair[2])
{
	g_assert_cmpint(close(pair[MTA]), ==, 0);
	g_assert_cmpint(close(pair[MILTER]), ==, 0);
}

static void send_text(int descriptor, const char *text)
{
	g_assert_cmpint(write(descriptor, text, strlen(text)), ==, (ssize_t)strlen(text));
}

static void assert_reads(int descriptor, size_t size, const char *wanted)
{
	char octets[64];
	ssize_t got = read(descriptor, octets, size);

	g_assert_cmpint(got, ==, (ssize_t)strlen(wanted));
	g_assert_cmpmem(octets, got, wanted, strlen(wanted));
}

/* What the kernel still has of it. */
static int kernel_octets(int descriptor)
{
	int octets = -1;

	g_assert_cmpint(ioctl(descriptor, FIONREAD, &octets), ==, 0);
	return octets;
}

static bool is_ready(int descriptor)
{
	struct pollfd asked = {descriptor, POLLIN, 0};
	int ready = poll(&asked, 1, 0);

	g_assert_cmpint(ready, ==, asked.revents == 0 ? 0 : 1);
	return (asked.revents & POLLIN) != 0;
}

static void test_all_at_once(void)
{
	int pair[2];

	sockets_open(pair);
	g_assert_false(is_ready(pair[MILTER]));
	send_text(pair[MTA], "one two three");
	g_assert_true(is_ready(pair[MILTER]));
	assert_reads(pair[MILTER], 4, "one ");
	g_assert_cmpint(kernel_octets(pair[MILTER]), ==, 0);
	g_assert_true(is_ready(pair[MILTER]));
	assert_reads(pair[MILTER], 4, "two ");
	send_text(pair[MTA], " four");
	assert_reads(pair[MILTER], 20, "three");
	g_assert_true(is_ready(pair[MILTER]));
	assert_reads(pair[MILTER], 20, " four");
	g_assert_false(is_ready(pair[MILTER]));
	sockets_close(pair);
}

static void test_hang_up(void)
{
	int pair[2];

	sockets_open(pair);
	send_text(pair[MTA], "quit");
	close(pair[MTA]);
	assert_reads(pair[MILTER], 2, "qu");
	g_assert_true(is_ready(pair[MILTER]));
	assert_reads(pair[MILTER], 20, "it");
	g_assert_true(is_ready(pair[MILTER]));
	assert_reads(pair[MILTER], 20, "");
	assert_reads(pair[MILTER], 20, "");
	close(pair[MILTER]);
}

static void test_errors(void)
{
	char octets[8];
	int pair[2];

	sockets_open(pair);
	g_assert_cmpint(fcntl(pair[MILTER], F_SETFL, O_NONBLOCK), ==, 0);
	errno = 0;
	g_assert_cmpint(read(pair[MILTER], octets, sizeof octets), ==, -1);
	g_assert_cmpint(errno, ==, EAGAIN);
	sockets_close(pair);
	errno = 0;
	g_assert_cmpint(read(pair[MILTER], octets, sizeof octets), ==, -1);
	g_assert_cmpint(errno, ==, EBADF);
	errno = 0;
	g_assert_cmpint(close(pair[MILTER]), ==, -1);
	g_assert_cmpint(errno, ==, EBADF);
	g_assert_cmpint(close(-1), ==, -1);
}

/* A long piece goes where it is wanted, what waits here first. */
static void test_long_pieces(void)
{
	enum { LENGTH = 60000 };
	g_autofree char *sent = g_malloc(LENGTH), *got = g_malloc(LENGTH);
	size_t have = 0;
	int pair[2];

	for (size_t i = 0; i < LENGTH; i++)
		sent[i] = (char)(i * 7 + i / 251);
	sockets_open(pair);
	g_assert_cmpint(write(pair[MTA], sent, LENGTH), ==, LENGTH);
	while (have < LENGTH) {
		ssize_t octets =
			read(pair[MILTER], got + have, have == 0 ? 5 : LENGTH - have);

		g_assert_cmpint(octets, >, 0);
		have += (size_t)octets;
	}
	g_assert_cmpmem(got, have, sent, LENGTH);
	g_assert_cmpint(kernel_octets(pair[MILTER]), ==, 0);
	sockets_close(pair);
}

/* Octets that wait here count as ready among other descriptors, and nobody waits. */
static void test_among_others(void)
{
	enum { HERE, KERNEL, SILENT, FOREIGN, OUTWARD, SOCKETS };
	struct pollfd asked[SOCKETS];
	int pairs[SOCKETS][2];

	for (int i = 0; i < SOCKETS; i++) {
		sockets_open(pairs[i]);
		asked[i] = (struct pollfd){pairs[i][MILTER], POLLIN, 0};
	}
	asked[FOREIGN].fd = pairs[FOREIGN][MTA];
	asked[OUTWARD].events = POLLOUT;
	send_text(pairs[HERE][MTA], "here");
	send_text(pairs[KERNEL][MTA], "kernel");
	send_text(pairs[OUTWARD][MTA], "outward");
	assert_reads(pairs[HERE][MILTER], 1, "h");
	assert_reads(pairs[OUTWARD][MILTER], 1, "o");

	g_assert_cmpint(poll(asked, SOCKETS, -1), ==, 3);
	g_assert_cmpint(asked[HERE].revents, ==, POLLIN);
	g_assert_cmpint(asked[KERNEL].revents, ==, POLLIN);
	g_assert_cmpint(asked[SILENT].revents, ==, 0);
	g_assert_cmpint(asked[FOREIGN].revents, ==, 0);
	g_assert_cmpint(asked[OUTWARD].revents, ==, POLLOUT);

	assert_reads(pairs[HERE][MILTER], 9, "ere");
	g_assert_cmpint(poll(asked, SOCKETS, -1), ==, 2);
	g_assert_cmpint(asked[HERE].revents, ==, 0);
	for (int i = 0; i < SOCKETS; i++)
		sockets_close(pairs[i]);
}

/* Whatever is opened under the same number is not mistaken for the connection. */
static void test_number_again(void)
{
	int pair[2], other[2], number;

	sockets_open(pair);
	send_text(pair[MTA], "of the connection");
	assert_reads(pair[MILTER], 2, "of");
	number = pair[MILTER];
	close(number);
	g_assert_cmpint(pipe(other), ==, 0);
	g_assert_cmpint(other[0], ==, number);
	g_assert_false(is_ready(number));
	send_text(other[1], "of the pipe");
	assert_reads(number, 5, "of th");
	g_assert_cmpint(kernel_octets(number), ==, strlen("e pipe"));
	close(other[0]);
	close(other[1]);
	close(pair[MTA]);
}

/* All others meet the kernel: also numbers that are too high to be begun. */
static void test_others(void)
{
	int pair[2], high;

	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
	high = fcntl(pair[MILTER], F_DUPFD, DESCRIPTORS);
	g_assert_cmpint(high, >=, DESCRIPTORS);
	read_ahead_begin(high);
	send_text(pair[MTA], "one two");
	assert_reads(pair[MILTER], 3, "one");
	g_assert_cmpint(kernel_octets(pair[MILTER]), ==, 4);
	assert_reads(high, 2, " t");
	g_assert_cmpint(kernel_octets(high), ==, 2);
	g_assert_true(is_ready(high));
	close(high);
	sockets_close(pair);
}

/* Pieces of any size, read in pieces of any size. */
static void test_random_pieces(void)
{
	enum { TOTAL = 400000, PIECE = 40000 };
	g_autofree char *octets = g_malloc(PIECE);
	uint32_t sent = 0, got = 0;
	int pair[2];

	sockets_open(pair);
	while (got < TOTAL) {
		int32_t length = g_test_rand_int_range(1, g_test_rand_bit() ? 40 : PIECE);
		ssize_t done;

		for (int32_t i = 0; i < length; i++)
			octets[i] = (char)((sent + (uint32_t)i) % 251);
		done = send(pair[MTA], octets, (size_t)length, MSG_DONTWAIT);
		sent += done > 0 ? (uint32_t)done : 0;
		g_assert_cmpint(is_ready(pair[MILTER]), ==, sent > got);
		if (sent == got)
			continue;
		length = g_test_rand_int_range(1, g_test_rand_bit() ? 40 : PIECE);
		done = read(pair[MILTER], octets, (size_t)length);
		g_assert_cmpint(done, >, 0);
		for (ssize_t i = 0; i < done; i++, got++)
			g_assert_cmpint(octets[i], ==, (char)(got % 251));
	}
	sockets_close(pair);
}

/* A thread that is asked whether more comes, for libmilter's own time. */
static bool is_kept(int descriptor)
{
	struct pollfd asked = {descriptor, POLLIN, 0};

	return poll(&asked, 1, 1) == 1;
}

/* Within many times. */
static bool is_let_go(int descriptor)
{
	bool kept = true;

	for (int i = 0; i < 100 && kept; i++)
		kept = is_kept(descriptor);
	return !kept;
}

/* A connection that is new, or that the controller found ready, has no thread before one
 * asks for it by itself: then others with work are let go. */
static void test_turns(void)
{
	int mine[2], other[2];

	sockets_open(mine);
	g_assert_false(is_ready(mine[MILTER]));
	send_text(mine[MTA], "mine");
	sockets_open(other);
	g_usleep(LATE_US);
	g_assert_true(is_let_go(mine[MILTER]));
	g_assert_false(is_ready(other[MILTER]));
	g_usleep(LATE_US);
	g_assert_false(is_let_go(mine[MILTER]));

	for (int i = 0; i < 2; i++) { /* once with octets that are here */
		struct pollfd asked[2] = {{other[MILTER], POLLIN, 0}, {-1, POLLIN, 0}};

		if (i == 0)
			send_text(other[MTA], "oooooooo");
		g_assert_cmpint(poll(asked, 2, -1), ==, 1);
		g_usleep(LATE_US);
		g_assert_true(is_let_go(mine[MILTER]));
		g_assert_true(is_ready(other[MILTER]));
		assert_reads(other[MILTER], 1, "o");
		g_usleep(LATE_US);
		g_assert_false(is_let_go(mine[MILTER]));
	}
	sockets_close(mine);
	sockets_close(other);
}

static void test_none(void)
{
	int pair[2];

	read_ahead_set_descriptors(0);
	sockets_open(pair);
	send_text(pair[MTA], "one two");
	assert_reads(pair[MILTER], 3, "one");
	g_assert_cmpint(kernel_octets(pair[MILTER]), ==, 4);
	sockets_close(pair);
	read_ahead_set_descriptors(DESCRIPTORS);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	read_ahead_set_descriptors(DESCRIPTORS);
	g_test_add_func("/read-ahead/all-at-once", test_all_at_once);
	g_test_add_func("/read-ahead/hang-up", test_hang_up);
	g_test_add_func("/read-ahead/errors", test_errors);
	g_test_add_func("/read-ahead/long-pieces", test_long_pieces);
	g_test_add_func("/read-ahead/among-others", test_among_others);
	g_test_add_func("/read-ahead/number-again", test_number_again);
	g_test_add_func("/read-ahead/others", test_others);
	g_test_add_func("/read-ahead/random-pieces", test_random_pieces);
	g_test_add_func("/read-ahead/turns", test_turns);
	g_test_add_func("/read-ahead/none", test_none);
	return g_test_run();
}
