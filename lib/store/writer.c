/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POSIX threads instead of GLib's locks: thread sanitizer sees them, and does not see into
 * a GLib that was built without it.
 */
#include <errno.h>
#include <time.h>

#include "job.h"
#include "lead/error.h"

enum {
	BATCH_MAX =
		512, /* jobs in one transaction: bounds how long others are locked out */
	MS_PER_S = 1000,
	NS_PER_MS = 1000000,
};

struct Writer {
	const BackendOps *ops;
	void *backend;
	const char *name;
	int64_t timeout_ms;

	pthread_mutex_t lock;
	pthread_cond_t work;
	pthread_t thread;
	bool runs, ends;
	GQueue queue; /* of Job * */
	int64_t commits;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * MS_PER_S + now.tv_nsec / NS_PER_MS;
}

/* ---- the thread ---- */

static GPtrArray *take_batch(Writer *self)
{
	GPtrArray *batch = g_ptr_array_new();
	Job *job;

	while (batch->len < BATCH_MAX && (job = g_queue_pop_head(&self->queue)) != NULL) {
		job->state = JOB_TAKEN;
		g_ptr_array_add(batch, job);
	}
	return batch;
}

/* Answers the job from the batch; with an error of its own it keeps it. */
static void answer(Job *job, const GError *error)
{
	if (job->error == NULL && error != NULL)
		job->error = g_error_copy(error);
	job->state = JOB_DONE;
}

/* Whoever is woken asks for the lock: so it is free by then. */
static void answer_all(Writer *self, GPtrArray *batch, const GError *error)
{
	pthread_mutex_lock(&self->lock);
	for (unsigned i = 0; i < batch->len; i++)
		answer(batch->pdata[i], error);
	pthread_mutex_unlock(&self->lock);
	for (unsigned i = 0; i < batch->len; i++) {
		Job *job = batch->pdata[i];

		pthread_cond_signal(&job->answered);
		job_unref(job);
	}
	g_ptr_array_set_size(batch, 0);
}

/* Those whose time is over are answered; what is left of the shortest time is returned. */
static int64_t answer_late(Writer *self, GPtrArray *batch, const GError *error)
{
	int64_t now = now_ms(), left = self->timeout_ms;

	pthread_mutex_lock(&self->lock);
	for (unsigned i = 0; i < batch->len;) {
		Job *job = batch->pdata[i];

		if (!job->given_up && (error == NULL || job->begin_by > now)) {
			left = MIN(left, job->begin_by - now);
			i++;
			continue;
		}
		answer(job, error);
		pthread_cond_signal(&job->answered);
		job_unref(job);
		g_ptr_array_remove_index_fast(batch, i);
	}
	pthread_mutex_unlock(&self->lock);
	return MAX(left, 1);
}

static bool is_busy(const GError *error)
{
	return g_error_matches(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY);
}

/* Waits for the lock as long as the most patient job does. NULL: all are answered. */
static Txn *begin(Writer *self, GPtrArray *batch)
{
	int64_t wait_ms = answer_late(self, batch, NULL);

	while (batch->len > 0) {
		g_autoptr(GError) error = NULL;
		int64_t before = now_ms();
		Txn *txn = self->ops->write_begin(self->backend, wait_ms, &error);

		if (txn != NULL)
			return txn;
		/* Away, not locked: waiting would not help. */
		if (!is_busy(error) || now_ms() - before < wait_ms / 2)
			answer_all(self, batch, error);
		else
			wait_ms = answer_late(self, batch, error);
	}
	return NULL;
}

static bool is_given_up(Writer *self, Job *job)
{
	bool given_up;

	pthread_mutex_lock(&self->lock);
	given_up = job->given_up;
	pthread_mutex_unlock(&self->lock);
	return given_up;
}

/* A job that fails is undone; an error that outlives the undoing ends the transaction. */
static void run_apart(Writer *self, Txn *txn, Job *job)
{
	if (txn->error != NULL || is_given_up(self, job))
		return;
	self->ops->savepoint(txn);
	if (txn->error == NULL)
		job->run(txn, job->data);
	if (txn->error == NULL) {
		self->ops->release(txn);
		return;
	}
	job->error = g_error_copy(txn->error);
	self->ops->rollback_to(txn);
}

/* All of them in one piece: behind a savepoint SQLite keeps a copy of each page that is
 * written. False if one failed. */
static bool run_together(Writer *self, Txn *txn, GPtrArray *batch)
{
	for (unsigned i = 0; i < batch->len && txn->error == NULL; i++) {
		Job *job = batch->pdata[i];

		if (!is_given_up(self, job))
			job->run(txn, job->data);
	}
	return txn->error == NULL;
}

/* Jobs hardly ever fail. When one does, nothing of the batch is kept, and each job is run
 * again by itself, so that it spoils no other. NULL: all are answered. */
static Txn *run_batch(Writer *self, GPtrArray *batch)
{
	Txn *txn = begin(self, batch);

	if (txn == NULL || run_together(self, txn, batch))
		return txn;
	self->ops->rollback(txn);
	txn = begin(self, batch);
	for (unsigned i = 0; txn != NULL && i < batch->len; i++)
		run_apart(self, txn, batch->pdata[i]);
	return txn;
}

static void do_batch(Writer *self, GPtrArray *batch)
{
	g_autoptr(GError) error = NULL;
	Txn *txn = run_batch(self, batch);

	if (txn == NULL)
		return;
	if (self->ops->commit(txn, &error)) {
		pthread_mutex_lock(&self->lock);
		self->commits++;
		pthread_mutex_unlock(&self->lock);
	}
	answer_all(self, batch, error);
}

static void *writer_main(void *writer)
{
	Writer *self = writer;

	pthread_mutex_lock(&self->lock);
	for (;;) {
		g_autoptr(GPtrArray) batch = NULL;

		while (g_queue_is_empty(&self->queue) && !self->ends)
			pthread_cond_wait(&self->work, &self->lock);
		if (g_queue_is_empty(&self->queue))
			break;
		batch = take_batch(self);
		pthread_mutex_unlock(&self->lock);
		do_batch(self, batch);
		if (self->ops->tidy != NULL)
			self->ops->tidy(self->backend);
		pthread_mutex_lock(&self->lock);
	}
	pthread_mutex_unlock(&self->lock);
	return NULL;
}

/* ---- for the others ---- */

Writer *writer_new(const BackendOps *ops, void *backend, const char *name,
		   int64_t timeout_ms)
{
	Writer *self = g_new0(Writer, 1);

	self->ops = ops;
	self->backend = backend;
	self->name = name;
	self->timeout_ms = timeout_ms;
	g_queue_init(&self->queue);
	pthread_mutex_init(&self->lock, NULL);
	pthread_cond_init(&self->work, NULL);
	return self;
}

void writer_free(Writer *self)
{
	bool runs;

	if (self == NULL)
		return;
	pthread_mutex_lock(&self->lock);
	self->ends = true;
	runs = self->runs;
	pthread_cond_signal(&self->work);
	pthread_mutex_unlock(&self->lock);
	if (runs)
		pthread_join(self->thread, NULL);
	pthread_cond_destroy(&self->work);
	pthread_mutex_destroy(&self->lock);
	g_free(self);
}

void writer_submit(Writer *self, Job *job, int64_t timeout_ms)
{
	g_atomic_int_inc(&job->references);
	pthread_mutex_lock(&self->lock);
	job->deadline = now_ms() + timeout_ms;
	job->begin_by = now_ms() + MIN(timeout_ms, self->timeout_ms);
	g_queue_push_tail(&self->queue, job);
	if (!self->runs)
		self->runs = pthread_create(&self->thread, NULL, writer_main, self) == 0;
	pthread_mutex_unlock(&self->lock);
	pthread_cond_signal(&self->work);
}

static struct timespec to_timespec(int64_t ms)
{
	return (struct timespec){.tv_sec = ms / MS_PER_S,
				 .tv_nsec = ms % MS_PER_S * NS_PER_MS};
}

/* Nobody waits for it any more. */
static void give_up(Writer *self, Job *job, GError **error)
{
	job->given_up = true;
	if (job->state == JOB_QUEUED && g_queue_remove(&self->queue, job))
		job_unref(job);
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY,
		    "cannot write to store '%s': no answer within the time given",
		    self->name);
}

bool writer_wait(Writer *self, Job *job, GError **error)
{
	struct timespec deadline = to_timespec(job->deadline);
	bool done, failed;

	pthread_mutex_lock(&self->lock);
	while (job->state != JOB_DONE) {
		if (pthread_cond_timedwait(&job->answered, &self->lock, &deadline) ==
		    ETIMEDOUT)
			break;
	}
	done = job->state == JOB_DONE;
	failed = done && job->error != NULL;
	if (!done)
		give_up(self, job, error);
	else if (failed && error != NULL)
		*error = g_error_copy(job->error);
	pthread_mutex_unlock(&self->lock);
	return done && !failed;
}

int64_t writer_commits(Writer *self)
{
	int64_t commits;

	pthread_mutex_lock(&self->lock);
	commits = self->commits;
	pthread_mutex_unlock(&self->lock);
	return commits;
}
