/* SPDX-License-Identifier: BSD-2-Clause */
/* The store's doors for changing one contact: put, move. */
#include "draft.h"
#include "lead/error.h"
#include "store-private.h"

typedef struct {
	GBytes *draft; /* NULL: a change of stage */
	Stage stage;
	char *actor, *reason;
	int64_t at, id;
	PutResult result;
} ContactJob;

static void contact_job_free(void *data)
{
	ContactJob *job = data;

	g_clear_pointer(&job->draft, g_bytes_unref);
	g_free(job->actor);
	g_free(job->reason);
	g_free(job);
}

static void run_put(Txn *txn, void *data)
{
	ContactJob *job = data;
	g_auto(DraftCopy) copy = {0};

	draft_decode(job->draft, &copy);
	job->result = draft_put(txn, &copy.draft, job->actor, job->at, &job->id);
}

bool store_put_contact(Store *store, const ContactDraft *draft, const char *actor,
		       int64_t at, PutResult *result_out, int64_t *id_out, GError **error)
{
	ContactJob *data = g_new0(ContactJob, 1);
	Job *job;

	data->draft = draft_encode(draft);
	data->actor = g_strdup(actor);
	data->at = at;
	job = store_do(store, run_put, data, contact_job_free, 0, error);
	if (job == NULL)
		return false;
	if (result_out != NULL)
		*result_out = data->result;
	if (id_out != NULL)
		*id_out = data->id;
	job_unref(job);
	return true;
}

static void run_set_stage(Txn *txn, void *data)
{
	ContactJob *job = data;

	stage_set(txn, job->id, job->stage, job->actor, job->reason, job->at);
}

bool store_set_stage(Store *store, int64_t contact, Stage stage, const char *actor,
		     const char *reason, int64_t at, GError **error)
{
	ContactJob *data = g_new0(ContactJob, 1);
	Job *job;

	data->id = contact;
	data->stage = stage;
	data->actor = g_strdup(actor);
	data->reason = g_strdup(reason);
	data->at = at;
	job = store_do(store, run_set_stage, data, contact_job_free, 0, error);
	if (job == NULL)
		return false;
	job_unref(job);
	return true;
}
