/* SPDX-License-Identifier: BSD-2-Clause */
/* Another user of the database, who holds its write lock. */
#ifndef LEAD_TEST_LOCKER_H
#define LEAD_TEST_LOCKER_H

typedef struct Locker Locker;

/* Holds it from now on; the database must be there. */
Locker *locker_new(const char *database);
void locker_free(Locker *locker); /* lets go */

/* Takes it and lets go again and again, for times at random up to that, in a thread. */
Locker *locker_new_restless(const char *database, unsigned most_ms);

#endif
