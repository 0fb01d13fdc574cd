/* SPDX-License-Identifier: BSD-2-Clause */
/* The store's doors for people who correct it: suggestions, undoing, locks. */
#include "deed.h"
#include "store-private.h"
#include "view.h"

bool store_visit_suggestions(Store *store, const SuggestionFilter *filter,
			     SuggestionVisit visit, void *user, GError **error)
{
	Txn *txn = store_read_begin(store, error);

	if (txn == NULL)
		return false;
	view_suggestions(txn, filter, visit, user);
	return store_read_end(txn, error);
}

/* ---- answers ---- */

typedef struct {
	int64_t *ids;
	size_t count;
	bool accept, dry_run;
	Deed deed;
	Settings *settings;
	AnswerResult *results;
} AnswerJob;

void answer_result_clear(AnswerResult *result)
{
	g_clear_pointer(&result->address, g_free);
	g_clear_pointer(&result->other_address, g_free);
}

static void answer_job_free(void *data)
{
	AnswerJob *job = data;

	for (size_t i = 0; i < job->count; i++)
		answer_result_clear(&job->results[i]);
	deed_copy_clear(&job->deed);
	settings_unref(job->settings);
	g_free(job->results);
	g_free(job->ids);
	g_free(job);
}

/* A dry run does all of it, and then undoes it. */
static void run_answers(Txn *txn, void *data)
{
	AnswerJob *job = data;

	if (job->dry_run)
		txn->ops->savepoint(txn);
	for (size_t i = 0; i < job->count; i++)
		answer_result_clear(&job->results[i]);
	for (size_t i = 0; i < job->count && txn->error == NULL; i++)
		suggestion_answer(txn, job->ids[i], job->accept, &job->deed, job->settings,
				  &job->results[i]);
	if (job->dry_run && txn->error == NULL)
		txn->ops->rollback_to(txn);
}

bool store_answer(Store *store, const Answers *answers, const Deed *deed,
		  Settings *settings, AnswerResult *results_out, GError **error)
{
	AnswerJob *data = g_new0(AnswerJob, 1);
	Job *job;

	*data = (AnswerJob){
		.ids = g_memdup2(answers->ids, answers->count * sizeof *answers->ids),
		.count = answers->count,
		.accept = answers->accept,
		.dry_run = answers->dry_run,
		.deed = deed_copy(deed),
		.settings = settings_ref(settings),
		.results = g_new0(AnswerResult, answers->count),
	};
	job = store_do(store, run_answers, data, answer_job_free, 0, error);
	if (job == NULL)
		return false;
	for (size_t i = 0; i < answers->count; i++) {
		results_out[i] = data->results[i];
		data->results[i] = (AnswerResult){.id = 0};
	}
	job_unref(job);
	return true;
}

/* ---- stages ---- */

typedef struct {
	int64_t contact, history;
	bool locked, changed;
	Deed deed;
	UndoResult undone;
} StageJob;

static void stage_job_free(void *data)
{
	StageJob *job = data;

	deed_copy_clear(&job->deed);
	g_free(job);
}

static void run_undo(Txn *txn, void *data)
{
	StageJob *job = data;

	stage_undo(txn, job->contact, job->history, &job->deed, &job->undone);
}

bool store_undo(Store *store, int64_t contact, int64_t history, const Deed *deed,
		UndoResult *result_out, GError **error)
{
	StageJob *data = g_new0(StageJob, 1);
	Job *job;

	*data = (StageJob){.contact = contact, .history = history, .deed = deed_copy(deed)};
	job = store_do(store, run_undo, data, stage_job_free, 0, error);
	if (job == NULL)
		return false;
	*result_out = data->undone;
	job_unref(job);
	return true;
}

static void run_lock(Txn *txn, void *data)
{
	StageJob *job = data;

	job->changed = contact_lock(txn, job->contact, job->locked, &job->deed);
}

bool store_set_lock(Store *store, int64_t contact, bool locked, const Deed *deed,
		    bool *changed_out, GError **error)
{
	StageJob *data = g_new0(StageJob, 1);
	Job *job;

	*data = (StageJob){.contact = contact, .locked = locked, .deed = deed_copy(deed)};
	job = store_do(store, run_lock, data, stage_job_free, 0, error);
	if (job == NULL)
		return false;
	if (changed_out != NULL)
		*changed_out = data->changed;
	job_unref(job);
	return true;
}
