/* SPDX-License-Identifier: BSD-2-Clause */
/* The contract of every backend under many threads: group commit, a savepoint for each
 * decision, one promotion, waiters that give up. */
#include <pthread.h>
#include <string.h>

#include "../../lib/store/store-private.h"
#include "../unit/story.h"
#include "lead/error.h"
#include "lead/words.h"
#include "store-fixture.h"

enum { THREADS = 20, MAILS = 10 };

/* ---- a gate: a job that holds the writer until it is opened ---- */

typedef struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool entered, open;
} Gate;

static void gate_init(Gate *gate)
{
	*gate = (Gate){.open = false};
	pthread_mutex_init(&gate->lock, NULL);
	pthread_cond_init(&gate->changed, NULL);
}

static void gate_clear(Gate *gate)
{
	pthread_cond_destroy(&gate->changed);
	pthread_mutex_destroy(&gate->lock);
}

static void gate_run(Txn *txn, void *data)
{
	Gate *gate = *(Gate **)data;

	(void)txn;
	pthread_mutex_lock(&gate->lock);
	gate->entered = true;
	pthread_cond_broadcast(&gate->changed);
	while (!gate->open)
		pthread_cond_wait(&gate->changed, &gate->lock);
	pthread_mutex_unlock(&gate->lock);
}

static void gate_set_open(Gate *gate)
{
	pthread_mutex_lock(&gate->lock);
	gate->open = true;
	pthread_cond_broadcast(&gate->changed);
	pthread_mutex_unlock(&gate->lock);
}

/* Returns when the writer stands in the gate. */
static Job *gate_shut(Store *store, Gate *gate)
{
	Gate **data = g_new(Gate *, 1);
	Job *job;

	gate_init(gate);
	*data = gate;
	job = job_new(gate_run, data, g_free);
	writer_submit(store->writer, job, store->timeout_ms);
	pthread_mutex_lock(&gate->lock);
	while (!gate->entered)
		pthread_cond_wait(&gate->changed, &gate->lock);
	pthread_mutex_unlock(&gate->lock);
	return job;
}

static void gate_finish(Store *store, Gate *gate, Job *job)
{
	g_autoptr(GError) error = NULL;

	gate_set_open(gate);
	g_assert_true(writer_wait(store->writer, job, &error));
	g_assert_no_error(error);
	job_unref(job);
	gate_clear(gate);
}

/* ---- jobs that write an organization, and some that fail then ---- */

typedef struct {
	char name[16];
	bool fails;
} Writing;

static void write_run(Txn *txn, void *data)
{
	const Writing *writing = data;
	OrganizationRow row = {.name = g_strdup(writing->name)};

	txn->ops->row_add(txn, ROW_ORGANIZATION, &row);
	organization_row_clear(&row);
	if (writing->fails)
		txn_fail(txn, g_error_new(LEAD_ERROR, LEAD_ERROR_PERMANENT, "bad one"));
}

static unsigned count_organizations(Store *store)
{
	g_autoptr(GArray) ids = ids_new();
	g_autoptr(GError) error = NULL;
	Txn *txn = store_read_begin(store, &error);

	g_assert_no_error(error);
	txn->ops->all(txn, ROW_ORGANIZATION, ids);
	g_assert_true(store_read_end(txn, &error));
	return ids->len;
}

static void test_savepoints(Fixture *fixture)
{
	enum { JOBS = 30, EVERY = 3 };
	Store *store = fixture->store;
	Job *jobs[JOBS];
	Gate gate;
	Job *gate_job = gate_shut(store, &gate);
	unsigned failed = 0;

	for (unsigned i = 0; i < JOBS; i++) {
		Writing *writing = g_new0(Writing, 1);

		g_snprintf(writing->name, sizeof writing->name, "org%u", i);
		writing->fails = i % EVERY == 1;
		jobs[i] = job_new(write_run, writing, g_free);
		writer_submit(store->writer, jobs[i], store->timeout_ms);
	}
	gate_finish(store, &gate, gate_job);
	for (unsigned i = 0; i < JOBS; i++) {
		g_autoptr(GError) error = NULL;

		if (!writer_wait(store->writer, jobs[i], &error)) {
			g_assert_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT);
			g_assert_cmpstr(error->message, ==, "bad one");
			g_assert_cmpuint(i % EVERY, ==, 1);
			failed++;
		}
		job_unref(jobs[i]);
	}
	g_assert_cmpuint(failed, ==, JOBS / EVERY);
	g_assert_cmpuint(count_organizations(store), ==, JOBS - JOBS / EVERY);
	/* The gate's transaction, and one for all that waited before it. */
	g_assert_cmpint(writer_commits(store->writer), ==, 2);
}

/* ---- many threads ---- */

typedef struct {
	Fixture *fixture;
	unsigned number;
	char *(*mail)(unsigned thread, unsigned i);
	unsigned failed;
} Worker;

static void *work(void *worker)
{
	Worker *self = worker;

	for (unsigned i = 0; i < MAILS; i++) {
		g_autofree char *mail = self->mail(self->number, i);
		g_autoptr(MessageSummary) summary = fixture_summary(mail);
		g_autoptr(GError) error = NULL;
		RecordResult result;

		if (!store_record(self->fixture->store, summary, self->fixture->settings, 0,
				  &result, &error))
			self->failed++;
	}
	return NULL;
}

static void work_in_threads(Fixture *fixture, char *(*mail)(unsigned thread, unsigned i))
{
	Worker workers[THREADS];
	pthread_t threads[THREADS];

	for (unsigned i = 0; i < THREADS; i++) {
		workers[i] = (Worker){fixture, i, mail, 0};
		g_assert_cmpint(pthread_create(&threads[i], NULL, work, &workers[i]), ==,
				0);
	}
	for (unsigned i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		g_assert_cmpuint(workers[i].failed, ==, 0);
	}
}

static char *outreach_mail(unsigned thread, unsigned i)
{
	return g_strdup_printf(
		"out from=rep@ours.example to=p%u@lead.example id=o%u-%u day=%u", thread,
		thread, i, i);
}

static void test_all_are_there(Fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	StoreStatus status;

	work_in_threads(fixture, outreach_mail);
	g_assert_true(store_status(fixture->store, &status, &error));
	g_assert_cmpint(status.messages, ==, THREADS * MAILS);
	g_assert_cmpint(status.contacts, ==, THREADS);
	g_assert_cmpint(status.interactions, ==, THREADS * MAILS);
	g_assert_cmpint(status.commits, <=, THREADS * MAILS);
	/* While one commit is made durable, others gather. */
	if (fixture->path != NULL)
		g_assert_cmpint(status.commits, <, THREADS * MAILS);
}

static char *reply_mail(unsigned thread, unsigned i)
{
	return g_strdup_printf("in from=jane@lead.example to=rep@ours.example id=r%u-%u "
			       "answers=o1 day=%u",
			       thread, i, 2 + (thread * 7 + i * 13) % 200);
}

/* The compare-and-set: one promotion stands, the earliest reply's, and the state is the
 * one that a single thread would have come to. */
static void test_one_promotion(Fixture *fixture)
{
	static const char outreach[] =
		"out from=rep@ours.example to=jane@lead.example id=o1 day=1";
	g_autofree char *result = fixture_step(fixture, outreach), *got = NULL,
			*wanted = NULL;
	g_autoptr(GError) error = NULL;
	StoreStatus status;
	Fixture single;

	work_in_threads(fixture, reply_mail);
	g_assert_true(store_status(fixture->store, &status, &error));
	g_assert_cmpint(status.promotions, ==, 1);
	g_assert_cmpint(status.interactions, ==, THREADS * MAILS + 1);
	got = fixture_dump(fixture);

	fixture_init(&single, "memory", NULL);
	g_free(fixture_step(&single, outreach));
	for (unsigned thread = 0; thread < THREADS; thread++) {
		for (unsigned i = 0; i < MAILS; i++) {
			g_autofree char *mail = reply_mail(thread, i);

			g_free(fixture_step(&single, mail));
		}
	}
	wanted = fixture_dump(&single);
	fixture_clear(&single);
	assert_text("as in one thread", wanted, got);
}

/* ---- readers beside the writer ---- */

static bool count_contact(const Contact *contact, void *count)
{
	(void)contact;
	++*(unsigned *)count;
	return true;
}

static void *read_on(void *fixture)
{
	for (unsigned i = 0; i < MAILS; i++) {
		g_autoptr(GError) error = NULL;
		unsigned count = 0;

		store_visit_contacts(((Fixture *)fixture)->store, NULL, count_contact,
				     &count, &error);
		g_assert_no_error(error);
	}
	return NULL;
}

static void test_readers(Fixture *fixture)
{
	pthread_t readers[THREADS];

	for (unsigned i = 0; i < THREADS; i++)
		g_assert_cmpint(pthread_create(&readers[i], NULL, read_on, fixture), ==, 0);
	work_in_threads(fixture, outreach_mail);
	for (unsigned i = 0; i < THREADS; i++)
		pthread_join(readers[i], NULL);
}

/* ---- giving up ---- */

static void test_giving_up(Fixture *fixture)
{
	enum { SHORT_MS = 30 };
	Store *store = fixture->store;
	g_autofree char *again = NULL, *contacts = NULL;
	g_autoptr(GError) error = NULL;
	RecordResult result;
	Gate gate;
	Job *gate_job = gate_shut(store, &gate);
	MessageSummary *summary = fixture_summary(
		"out from=rep@ours.example to=jane@lead.example id=o1 day=1");

	g_assert_false(
		store_record(store, summary, fixture->settings, SHORT_MS, &result, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY);
	g_assert_nonnull(strstr(error->message, store_name(store)));
	summary_unref(summary);
	gate_finish(store, &gate, gate_job);
	again = fixture_step(fixture,
			     "out from=rep@ours.example to=jane@lead.example id=o1 day=1");
	contacts = fixture_contacts(fixture);
	assert_text("once", "jane@lead.example lead 1\n", contacts);
}

/* The waiter gives up while the writer is at his job: what it works on stays. */
static void test_giving_up_on_what_is_begun(Fixture *fixture)
{
	enum { SHORT_MS = 30 };
	Store *store = fixture->store;
	Gate **data = g_new(Gate *, 1), gate;
	g_autoptr(GError) error = NULL;
	Job *job;

	gate_init(&gate);
	*data = &gate;
	job = job_new(gate_run, data, g_free);
	writer_submit(store->writer, job, SHORT_MS);
	g_assert_false(writer_wait(store->writer, job, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY);
	job_unref(job);
	gate_set_open(&gate);
	g_free(fixture_step(fixture, "put jane@lead.example")); /* behind the gate */
	gate_clear(&gate);
}

/* store_close() waits for what is queued. */
static void test_closing(Fixture *fixture)
{
	Store *store = fixture->store;
	Gate gate;
	Job *gate_job = gate_shut(store, &gate);
	Writing *writing = g_new0(Writing, 1);
	Job *job = job_new(write_run, writing, g_free);
	g_autoptr(GError) error = NULL;

	writer_submit(store->writer, job, store->timeout_ms);
	gate_set_open(&gate);
	g_assert_true(writer_wait(store->writer, gate_job, &error));
	job_unref(gate_job);
	gate_clear(&gate);
	writer_free(store->writer);
	store->writer = NULL;
	job_unref(job);
	g_assert_cmpuint(count_organizations(store), ==, 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	fixture_add_test("savepoints", test_savepoints);
	fixture_add_test("all are there", test_all_are_there);
	fixture_add_test("one promotion", test_one_promotion);
	fixture_add_test("readers", test_readers);
	fixture_add_test("giving up", test_giving_up);
	fixture_add_test("giving up on what is begun", test_giving_up_on_what_is_begun);
	fixture_add_test("closing", test_closing);
	return g_test_run();
}
