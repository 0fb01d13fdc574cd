/* SPDX-License-Identifier: BSD-2-Clause */
#include "job.h"

#include <time.h>

Job *job_new(JobRun run, void *data_taken, GDestroyNotify free_data)
{
	Job *job = g_new0(Job, 1);
	pthread_condattr_t monotonic;

	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&job->answered, &monotonic);
	pthread_condattr_destroy(&monotonic);
	job->references = 1;
	job->run = run;
	job->data = data_taken;
	job->free_data = free_data;
	return job;
}

void job_unref(Job *job)
{
	if (!g_atomic_int_dec_and_test(&job->references))
		return;
	pthread_cond_destroy(&job->answered);
	job->free_data(job->data);
	g_clear_error(&job->error);
	g_free(job);
}

void *job_data(Job *job)
{
	return job->data;
}
