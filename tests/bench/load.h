/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A load: as many sessions at once as asked for, letter behind letter, or one session for
 * each letter at a fixed rate. One thread, so that what it takes from the milter on a small
 * machine is little, and the same for every milter.
 */
#ifndef LEAD_BENCH_LOAD_H
#define LEAD_BENCH_LOAD_H

#include "tally.h"
#include "traffic.h"

typedef struct {
	const char *socket;
	pid_t pid;	       /* of the milter; 0: nothing is said of it */
	unsigned connections;  /* at once */
	unsigned letters;      /* of one session */
	unsigned long total;   /* measured */
	unsigned long warming; /* sent before, and not measured */
	double rate;	       /* letters a second, each in a session of its own; 0: as
				* fast as they are answered */
} LoadPlan;

/* Ends the program if the milter hangs up without an answer. */
void load_run(const LoadPlan *plan, Traffic *traffic, Tally *tally);

#endif
