/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is under way, so that the daemon can stop without breaking it: libmilter itself
 * stops serving sessions at once, wherever they are. Mail transactions are waited for
 * (drain); recordings are waited for and then no more let in (barrier before the store is
 * closed). Any thread.
 */
#ifndef LEADMILTER_INFLIGHT_H
#define LEADMILTER_INFLIGHT_H

#include <stdbool.h>
#include <stdint.h>

void inflight_init(void);

/* A mail transaction begins. True if a drain waits for it: then inflight_transaction_end()
 * must be called once. Those that begin during the drain are not waited for, or a busy MTA
 * would never let us go. */
bool inflight_transaction_begin(void);
void inflight_transaction_end(void);

/* Around the end of a message, where all the work is and the store. After inflight_close()
 * it does not return: the process is about to end, and the MTA then does with the message
 * what it does without us. */
void inflight_recording_begin(void);
void inflight_recording_end(void);

/* Waits until the transactions that began before are over, at most timeout_ms, or until
 * inflight_hurry(). Returns how many are left. */
unsigned inflight_drain(int64_t timeout_ms);
void inflight_hurry(void);

/* Lets no more recordings in and waits for those under way, at most timeout_ms. Returns
 * how many are left: above 0 the store must not be closed. */
unsigned inflight_close(int64_t timeout_ms);

#endif
