/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Load: reps write to leads and leads answer, over many connections at once, until the
 * daemon is gone or it is enough. Some mail comes twice, as after an answer that was lost.
 */
#ifndef LEAD_TEST_LOAD_H
#define LEAD_TEST_LOAD_H

#include "../protocol/daemon.h"
#include "ledger.h"

typedef struct Load Load;

/* Connects to the daemon, twice for each pair. name: of this load; begins all ids. */
Load *load_start(Daemon *daemon, Ledger *ledger, const char *name, unsigned pairs);
/* No more messages, but those under way. */
void load_stop(Load *load);
/* Waits until all connections are closed: after load_stop(), or when the daemon is gone.
 * Frees. The longest that an answer took, and how many were not "continue", go to *_out. */
void load_end(Load *load, double *slowest_out, unsigned *refused_out);

#endif
