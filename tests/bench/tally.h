/* SPDX-License-Identifier: BSD-2-Clause */
/* The tally of a run: how long each letter took, and what the milter process used. */
#ifndef LEAD_BENCH_TALLY_H
#define LEAD_BENCH_TALLY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Of a process since its start. */
typedef struct {
	int64_t cpu_us;
	int64_t written; /* octets handed to the disk */
	int64_t resident_kb, peak_kb;
} ProcessUse;

/* By pid from /proc; all 0 if there is none, or pid is 0. */
ProcessUse process_use(pid_t pid);

typedef struct {
	GArray *latencies;    /* of uint32_t, us */
	uint64_t refused;     /* answered otherwise than accept or continue */
	int64_t began, ended; /* us, monotonic */
	ProcessUse before, after;
	int64_t own_cpu_us; /* of the load generator, while it ran */
} Tally;

void tally_init(Tally *tally);
void tally_clear(Tally *tally);
void tally_begin(Tally *tally, pid_t pid); /* forgets what was noted before */
void tally_note(Tally *tally, int64_t latency_us, bool accepted);
void tally_end(Tally *tally, pid_t pid);

typedef struct {
	uint64_t messages, refused;
	double seconds, per_second;
	double cpu_us, written, own_cpu_us; /* of one message */
	uint32_t p50, p95, p99, max;	    /* us */
	int64_t resident_kb, peak_kb;
} TallySum;

TallySum tally_sum(Tally *tally); /* sorts */
void tally_print_table(const TallySum *sum);
void tally_print_json(const TallySum *sum);

#endif
