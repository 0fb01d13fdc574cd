/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include "turns.h"

#include <glib.h>
#include <pthread.h>
#include <stdbool.h>

enum {
	NOBODY = -1,
	IDLE_US = 1000,	 /* so long others have waited when a thread without work goes... */
	BUSY_US = 10000, /* ...and one with work: more than a thread needs to get up */
};

/* How long a thread waits, piece by piece; it looks around between two. */
static const int pieces_ms[] = {1, 1, 2, 4, 7};

/* Those that wait, in the order in which they were called or somebody went for them. */
typedef struct {
	int64_t since; /* us, monotonic; 0: it does not wait. Atomic */
	int previous, next;
} Call;

static Call *calls; /* by descriptor */
static int64_t calls_size;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int first = NOBODY, last = NOBODY;
static int64_t first_since; /* of the first, 0 if there is none; atomic */

void turns_set_descriptors(int64_t limit)
{
	g_free(calls);
	calls = g_new0(Call, (size_t)limit);
	calls_size = limit;
	first = last = NOBODY;
	first_since = 0;
}

static int64_t load(const int64_t *at)
{
	return __atomic_load_n(at, __ATOMIC_RELAXED);
}

static void store(int64_t *at, int64_t value)
{
	__atomic_store_n(at, value, __ATOMIC_RELAXED);
}

/* Under the lock, as the next. */
static void note_first(void)
{
	store(&first_since, first != NOBODY ? load(&calls[first].since) : 0);
}

static void append(int descriptor)
{
	Call *call = &calls[descriptor];

	store(&call->since, g_get_monotonic_time());
	call->previous = last;
	call->next = NOBODY;
	*(last != NOBODY ? &calls[last].next : &first) = descriptor;
	last = descriptor;
	note_first();
}

static void take_out(int descriptor)
{
	Call *call = &calls[descriptor];

	*(call->previous != NOBODY ? &calls[call->previous].next : &first) = call->next;
	*(call->next != NOBODY ? &calls[call->next].previous : &last) = call->previous;
	store(&call->since, 0);
	note_first();
}

void turns_call(int descriptor)
{
	if (descriptor >= calls_size)
		return;
	pthread_mutex_lock(&lock);
	if (load(&calls[descriptor].since) == 0)
		append(descriptor);
	pthread_mutex_unlock(&lock);
}

void turns_take(int descriptor)
{
	if (descriptor >= calls_size || load(&calls[descriptor].since) == 0)
		return;
	pthread_mutex_lock(&lock);
	if (load(&calls[descriptor].since) != 0)
		take_out(descriptor);
	pthread_mutex_unlock(&lock);
}

static bool first_waits(int64_t for_us)
{
	int64_t since = load(&first_since);

	return since != 0 && g_get_monotonic_time() - since > for_us;
}

/* Whether the thread that asks is to go and help. One goes for each that waits, and again
 * after as long: where the processors are what is short, all going would make it worse. */
static bool is_to_go(int64_t for_us)
{
	bool goes;

	if (!first_waits(for_us))
		return false;
	pthread_mutex_lock(&lock);
	goes = first_waits(for_us);
	if (goes) {
		int late = first;

		take_out(late);
		append(late);
	}
	pthread_mutex_unlock(&lock);
	return goes;
}

int turns_wait(struct pollfd *asked)
{
	int ready = 0;

	asked->revents = 0;
	if (is_to_go(BUSY_US))
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(pieces_ms) && ready == 0; i++) {
		struct timespec piece = {0, pieces_ms[i] * 1000000L};

		if (i > 0 && is_to_go(IDLE_US))
			return 0;
		ready = ppoll(asked, 1, &piece, NULL);
	}
	return ready;
}
