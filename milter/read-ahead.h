/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an MTA has sent already, taken from the kernel at once. libmilter asks the kernel
 * five times for each command: whether there is something, for its length, whether there
 * is more, for the rest, and whether another command comes. An MTA that waits for no reply
 * sends a macro command and a header field command for each field, so that a message of
 * fifteen fields took 210 system calls, and half of all the time. So the poll(2), read(2)
 * and close(2) that libmilter calls are ours, as accept(2) is (listener.h): for connections
 * that were begun here, read(2) takes as much as there is, and both are answered from that
 * as long as it lasts. All other descriptors meet the kernel as ever.
 *
 * It depends on nothing but that libmilter polls before it reads, and takes a connection's
 * octets only by read(2): poll(2) tells of octets that wait here, so none of them can be
 * forgotten. An idle connection holds no buffer. Which thread polls when is turns.h's.
 *
 * Threads: as with any descriptor, one connection is read by one thread at a time.
 */
#ifndef LEADMILTER_READ_AHEAD_H
#define LEADMILTER_READ_AHEAD_H

#include <stdbool.h>
#include <stdint.h>

/* Before there is a connection: descriptors below limit may be begun; 0: none, all meet
 * the kernel. */
void read_ahead_set_descriptors(int64_t limit);

/* A connection that was just accepted. It ends with its close(2). */
void read_ahead_begin(int descriptor);

#endif
