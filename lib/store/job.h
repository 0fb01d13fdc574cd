/* SPDX-License-Identifier: BSD-2-Clause */
/* A job of the writer: counted, with the answer that somebody waits for. */
#ifndef LEAD_STORE_JOB_H
#define LEAD_STORE_JOB_H

#include <pthread.h>

#include "writer.h"

typedef enum { JOB_QUEUED, JOB_TAKEN, JOB_DONE } JobState;

struct Job {
	int references; /* atomic */
	JobRun run;
	void *data;
	GDestroyNotify free_data;

	/* under the writer's lock */
	JobState state;
	bool given_up;
	int64_t deadline; /* of the answer; ms, monotonic */
	int64_t begin_by; /* of the wait for another process */
	GError *error;
	pthread_cond_t answered; /* its own: an answer wakes nobody else */
};

#endif
