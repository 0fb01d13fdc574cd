/* SPDX-License-Identifier: BSD-2-Clause */
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "inflight.h"

/* pthread and not GMutex: the thread sanitizer sees through pthread locks only. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static unsigned transactions, recordings;
static bool draining, hurried, closed;

void inflight_init(void)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&changed, &attributes);
	pthread_condattr_destroy(&attributes);
}

bool inflight_transaction_begin(void)
{
	bool counted;

	pthread_mutex_lock(&lock);
	counted = !draining;
	if (counted)
		transactions++;
	pthread_mutex_unlock(&lock);
	return counted;
}

void inflight_transaction_end(void)
{
	pthread_mutex_lock(&lock);
	if (--transactions == 0)
		pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

void inflight_recording_begin(void)
{
	pthread_mutex_lock(&lock);
	if (closed) {
		pthread_mutex_unlock(&lock);
		for (;;)
			pause();
	}
	recordings++;
	pthread_mutex_unlock(&lock);
}

void inflight_recording_end(void)
{
	pthread_mutex_lock(&lock);
	if (--recordings == 0)
		pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static struct timespec deadline_in(int64_t timeout_ms)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += timeout_ms / 1000;
	at.tv_nsec += timeout_ms % 1000 * 1000000;
	if (at.tv_nsec >= 1000000000) {
		at.tv_sec++;
		at.tv_nsec -= 1000000000;
	}
	return at;
}

/* Waits for *count to be 0; lock is held. */
static void wait_for_none(const unsigned *count, const bool *give_up, int64_t timeout_ms)
{
	struct timespec deadline = deadline_in(timeout_ms);

	while (*count > 0 && !*give_up)
		if (pthread_cond_timedwait(&changed, &lock, &deadline) != 0)
			return;
}

unsigned inflight_drain(int64_t timeout_ms)
{
	unsigned left;

	pthread_mutex_lock(&lock);
	draining = true;
	wait_for_none(&transactions, &hurried, timeout_ms);
	left = transactions;
	pthread_mutex_unlock(&lock);
	return left;
}

void inflight_hurry(void)
{
	pthread_mutex_lock(&lock);
	hurried = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

unsigned inflight_close(int64_t timeout_ms)
{
	static const bool never = false;
	unsigned left;

	pthread_mutex_lock(&lock);
	closed = true;
	wait_for_none(&recordings, &never, timeout_ms);
	left = recordings;
	pthread_mutex_unlock(&lock);
	return left;
}
