/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The least durable recorder that can be written: one thread that commits all rows that
 * wait in one transaction (write-ahead log, synchronous=FULL), and answers then.
 */
#ifndef LEAD_BENCH_CEILING_WRITER_H
#define LEAD_BENCH_CEILING_WRITER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct CeilingRow CeilingRow;
struct CeilingRow {
	const char *message_id, *agent, *subject, *answers; /* borrowed; may be NULL */
	int64_t contact, at, size;

	/* the writer's */
	CeilingRow *next;
	bool done, good;
	pthread_cond_t answered;
};

/* indexes: the two that a recorder cannot do without. */
bool ceiling_writer_open(const char *path, bool indexes);
/* Returns when the row is durable: true, or false if it is not. Any thread. */
bool ceiling_writer_record(CeilingRow *row);

#endif
