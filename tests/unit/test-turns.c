/* SPDX-License-Identifier: BSD-2-Clause */
#include "milter/turns.h"

#include <glib.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

/* LATE_US: longer than any thread lets another one's connection wait. */
enum { DESCRIPTORS = 100, LATE_US = 15000, BUSY_US = 10000, MTA = 0, MILTER = 1 };

typedef struct {
	int pair[2];
} Link;

static Link link_new(void)
{
	Link link;

	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, link.pair), ==, 0);
	return link;
}

static void link_close(const Link *link)
{
	close(link->pair[MTA]);
	close(link->pair[MILTER]);
}

static void say(const Link *link)
{
	g_assert_cmpint(write(link->pair[MTA], "x", 1), ==, 1);
}

static bool is_kept(const Link *link)
{
	struct pollfd asked = {link->pair[MILTER], POLLIN, 0};
	int ready = turns_wait(&asked);

	g_assert_cmpint(ready, ==, asked.revents != 0);
	return ready == 1;
}

/* How often a connection with work is let go, out of many times; at most once for each that
 * waits, and again when so much time has passed. */
static int times_let_go(const Link *link, int waiting)
{
	int64_t begin = g_get_monotonic_time(), passed;
	int times = 0;

	for (int i = 0; i < 200; i++)
		times += !is_kept(link);
	passed = g_get_monotonic_time() - begin;
	g_assert_cmpint(times, <=, waiting * (1 + passed / BUSY_US));
	return times;
}

static void *say_later(void *link)
{
	g_usleep(3000);
	say(link);
	return NULL;
}

/* What comes within some milliseconds finds its thread. */
static void test_kept(void)
{
	Link link = link_new();
	bool kept = false;

	g_assert_false(is_kept(&link));
	for (int i = 0; i < 50 && !kept; i++) { /* a thread may come late */
		pthread_t thread;

		g_assert_cmpint(pthread_create(&thread, NULL, say_later, &link), ==, 0);
		kept = is_kept(&link);
		pthread_join(thread, NULL);
		g_assert_true(is_kept(&link)); /* by now it is there */
		g_assert_cmpint(read(link.pair[MILTER], (char[1]){0}, 1), ==, 1);
	}
	g_assert_true(kept);
	link_close(&link);
}

static void test_hang_up(void)
{
	Link link = link_new();

	close(link.pair[MTA]);
	g_assert_true(is_kept(&link));
	close(link.pair[MILTER]);
}

static void test_others_wait(void)
{
	Link link = link_new();

	say(&link);
	g_assert_cmpint(times_let_go(&link, 0), ==, 0);
	turns_call(5);
	turns_call(5);
	g_usleep(LATE_US);
	g_assert_cmpint(times_let_go(&link, 1), >=, 1);
	g_usleep(LATE_US); /* nobody came */
	g_assert_cmpint(times_let_go(&link, 1), >=, 1);
	turns_take(5);
	turns_take(5);
	g_usleep(LATE_US);
	g_assert_cmpint(times_let_go(&link, 0), ==, 0);
	link_close(&link);
}

/* One for each, whoever of them is taken meanwhile. */
static void test_many_wait(void)
{
	enum { MANY = 4 };
	Link link = link_new();

	say(&link);
	for (int taken = -1; taken < MANY; taken++) {
		for (int i = 0; i < MANY; i++)
			turns_call(i);
		if (taken >= 0)
			turns_take(taken);
		g_usleep(LATE_US);
		g_assert_cmpint(times_let_go(&link, MANY), >=, MANY - (taken >= 0));
		for (int i = MANY - 1; i >= 0; i--)
			turns_take(i);
		g_assert_cmpint(times_let_go(&link, 0), ==, 0);
	}
	link_close(&link);
}

/* Numbers too high to be called never wait. */
static void test_limit(void)
{
	Link link = link_new();

	say(&link);
	turns_call(DESCRIPTORS);
	g_usleep(LATE_US);
	g_assert_cmpint(times_let_go(&link, 0), ==, 0);
	turns_take(DESCRIPTORS);
	link_close(&link);
}

static void *call_and_take(void *number)
{
	for (int i = 0; i < 20000; i++) {
		turns_call(*(const int *)number);
		turns_take(*(const int *)number);
	}
	return NULL;
}

/* Nobody is left waiting by mistake. */
static void test_threads(void)
{
	enum { THREADS = 4 };
	Link link = link_new();
	pthread_t threads[THREADS];
	int numbers[THREADS];

	say(&link);
	for (int i = 0; i < THREADS; i++) {
		numbers[i] = i;
		g_assert_cmpint(
			pthread_create(&threads[i], NULL, call_and_take, &numbers[i]), ==,
			0);
	}
	for (int i = 0; i < 1000; i++)
		is_kept(&link);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	g_usleep(LATE_US);
	g_assert_cmpint(times_let_go(&link, 0), ==, 0);
	link_close(&link);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	turns_set_descriptors(DESCRIPTORS);
	g_test_add_func("/turns/kept", test_kept);
	g_test_add_func("/turns/hang-up", test_hang_up);
	g_test_add_func("/turns/others-wait", test_others_wait);
	g_test_add_func("/turns/many-wait", test_many_wait);
	g_test_add_func("/turns/limit", test_limit);
	g_test_add_func("/turns/threads", test_threads);
	return g_test_run();
}
