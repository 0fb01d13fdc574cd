/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whose turn it is. libmilter serves its connections by a pool of threads, with two habits
 * that cost more than all else it does. A thread that has had nothing to read for a
 * millisecond gives its connection back, and when something comes another thread is woken
 * or made for it: 0.2 ms for each message of a hundred connections. And of connections that
 * become ready together some are taken for served, and wait until a thread is through with
 * its own: seconds, where that one has many messages.
 *
 * So here a thread stays with its connection for some milliseconds, and lets it go at once
 * while another one waits for a thread: libmilter looks for those first.
 *
 * Threads: any. A connection is called by libmilter's controller or by whoever accepts it,
 * and taken by one thread.
 */
#ifndef LEADMILTER_TURNS_H
#define LEADMILTER_TURNS_H

#include <poll.h>
#include <stdint.h>

/* Before there is a connection: those below limit may be called; 0: none. */
void turns_set_descriptors(int64_t limit);

/* A thread is to come for the connection, as something has arrived or it is new. */
void turns_call(int descriptor);
/* One has come, or none is needed any more. */
void turns_take(int descriptor);

/* poll(2) for one connection, by the thread that has it: 0 when it is to be let go. */
int turns_wait(struct pollfd *asked);

#endif
