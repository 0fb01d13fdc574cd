/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The writer: one thread that does all writing. It takes whatever waits, in one
 * transaction (group commit), and answers when that is durable. Where one of several jobs
 * fails, all are undone and run again, each behind a savepoint of its own.
 *
 * A job is counted, and owns all that it works on: whoever waited for it may have given
 * up. What it found is read by the one who waited, after the answer.
 */
#ifndef LEAD_STORE_WRITER_H
#define LEAD_STORE_WRITER_H

#include "backend.h"

typedef struct Writer Writer;
typedef struct Job Job;

/* Works within the transaction; leaves an error in txn->error to undo all it did. It may
 * be run again after that, and then begins anew. */
typedef void (*JobRun)(Txn *txn, void *data);

Writer *writer_new(const BackendOps *ops, void *backend, const char *name,
		   int64_t timeout_ms);
void writer_free(Writer *writer); /* waits for what is queued; NULL is fine */

Job *job_new(JobRun run, void *data_taken, GDestroyNotify free_data);
void job_unref(Job *job);
void *job_data(Job *job);

/* Queues the job; takes a reference of its own. The thread starts with the first. */
void writer_submit(Writer *writer, Job *job, int64_t timeout_ms);
/* Waits for its answer until the time given to writer_submit() is over: then TEMPORARY,
 * and the job may still be done, or be dropped. */
bool writer_wait(Writer *writer, Job *job, GError **error);
/* Transactions committed. */
int64_t writer_commits(Writer *writer);

#endif
