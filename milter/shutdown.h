/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end of the daemon: it waits for the mail transactions under way, closes the store
 * and ends the process, while libmilter goes on serving. smfi_stop() is not used: it
 * abandons all sessions where they are, takes five seconds in which MTAs connect and get
 * no answer, and destroys mutexes that libmilter's own workers still wait for.
 */
#ifndef LEADMILTER_SHUTDOWN_H
#define LEADMILTER_SHUTDOWN_H

#include "lead/recorder.h"

/* Before libmilter runs. */
void shutdown_prepare(Recorder *recorder_taken);

/* Begins to stop, in a thread of its own; called again, waits no longer. */
void shutdown_begin(void);

/* Without waiting for transactions, for an end that nobody asked for. Does not return. */
void shutdown_now(int status) __attribute__((noreturn));

#endif
