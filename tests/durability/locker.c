/* SPDX-License-Identifier: BSD-2-Clause */
#include "locker.h"

#include <glib.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>

enum { PATIENCE_MS = 60000 };

struct Locker {
	sqlite3 *db;
	unsigned most_ms; /* 0: no thread */
	bool enough;	  /* atomic */
	pthread_t thread;
};

static void take(Locker *self)
{
	int code = sqlite3_exec(self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);

	if (code != SQLITE_OK)
		g_error("cannot take the write lock: %s", sqlite3_errmsg(self->db));
}

static void let_go(Locker *self)
{
	sqlite3_exec(self->db, "ROLLBACK", NULL, NULL, NULL);
}

static Locker *locker_open(const char *database, unsigned most_ms)
{
	Locker *self = g_new0(Locker, 1);

	self->most_ms = most_ms;
	g_assert_cmpint(sqlite3_open_v2(database, &self->db, SQLITE_OPEN_READWRITE, NULL),
			==, SQLITE_OK);
	sqlite3_busy_timeout(self->db, PATIENCE_MS);
	return self;
}

Locker *locker_new(const char *database)
{
	Locker *self = locker_open(database, 0);

	take(self);
	return self;
}

static void *be_restless(void *user)
{
	Locker *self = user;
	g_autoptr(GRand) chance = g_rand_new();

	while (!__atomic_load_n(&self->enough, __ATOMIC_RELAXED)) {
		take(self);
		g_usleep((gulong)g_rand_int_range(chance, 1, (gint32)self->most_ms) * 1000);
		let_go(self);
		g_usleep((gulong)g_rand_int_range(chance, 1, (gint32)self->most_ms) * 1000);
	}
	return NULL;
}

Locker *locker_new_restless(const char *database, unsigned most_ms)
{
	Locker *self = locker_open(database, most_ms);

	g_assert_cmpint(pthread_create(&self->thread, NULL, be_restless, self), ==, 0);
	return self;
}

void locker_free(Locker *locker)
{
	if (locker->most_ms > 0) {
		__atomic_store_n(&locker->enough, true, __ATOMIC_RELAXED);
		pthread_join(locker->thread, NULL);
	}
	let_go(locker);
	sqlite3_close(locker->db);
	g_free(locker);
}
