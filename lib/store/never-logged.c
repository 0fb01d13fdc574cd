/* SPDX-License-Identifier: BSD-2-Clause */
/* The never-log list: its copy in memory, and the doors by which people change it. */
#include "never-logged.h"

#include <string.h>

#include "deed.h"
#include "lead/error.h"
#include "store-private.h"

/* ---- the copy ---- */

static void load_list(Txn *txn)
{
	g_autoptr(GArray) ids = ids_new();

	never_log_free(txn->never_log);
	txn->never_log = never_log_new();
	txn->ops->all(txn, ROW_NEVER_LOG, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		g_auto(NeverLogRow) row = {0};

		if (txn->ops->row_load(txn, ROW_NEVER_LOG, id_at(ids, i), &row))
			never_log_add(txn->never_log, row.pattern, row.scope, row.id);
	}
}

const NeverLog *txn_never_log(Txn *txn)
{
	int64_t generation;

	if (txn->never_log_is_current)
		return txn->never_log;
	generation = txn->ops->never_log_generation(txn);
	if (txn->never_log == NULL || txn->never_log_generation != generation)
		load_list(txn);
	txn->never_log_generation = generation;
	txn->never_log_is_current = true;
	/* Half of it is no list. */
	if (txn->error != NULL) {
		txn->never_log_generation = -1;
		txn->never_log_is_current = false;
	}
	return txn->never_log;
}

void never_log_count(Txn *txn, int64_t pattern)
{
	g_auto(NeverLogRow) row = {0};

	if (!txn->ops->row_load(txn, ROW_NEVER_LOG, pattern, &row))
		return;
	row.dropped++;
	txn->ops->row_update(txn, ROW_NEVER_LOG, &row);
}

/* ---- changes ---- */

typedef struct {
	char *pattern;
	NeverLogScope scope; /* NOT: remove it */
	Deed deed;
	bool changed;
	int64_t generation; /* of the list, behind the change */
} NeverLogJob;

static void job_free(void *data)
{
	NeverLogJob *job = data;

	deed_copy_clear(&job->deed);
	g_free(job->pattern);
	g_free(job);
}

static void find_row(Txn *txn, const char *pattern, NeverLogRow *row_out)
{
	g_autoptr(GArray) ids = ids_new();
	bool found = false;

	txn->ops->all(txn, ROW_NEVER_LOG, ids);
	for (unsigned i = 0; !found && i < ids->len; i++) {
		never_log_row_clear(row_out);
		found = txn->ops->row_load(txn, ROW_NEVER_LOG, id_at(ids, i), row_out) &&
			strcmp(row_out->pattern, pattern) == 0;
	}
	if (!found)
		never_log_row_clear(row_out);
}

static void add_row(Txn *txn, const NeverLogJob *job)
{
	g_auto(NeverLogRow) row = {
		.pattern = g_strdup(job->pattern),
		.scope = job->scope,
		.at = job->deed.at,
		.actor = g_strdup(job->deed.actor),
		.reason = g_strdup(job->deed.reason),
	};

	txn->ops->row_add(txn, ROW_NEVER_LOG, &row);
}

/* True if the list says something else now. */
static bool change(Txn *txn, const NeverLogJob *job)
{
	g_auto(NeverLogRow) row = {0};

	find_row(txn, job->pattern, &row);
	if (row.scope == job->scope)
		return false;
	if (row.id == 0) {
		add_row(txn, job);
	} else if (job->scope == NEVER_LOG_NOT) {
		txn->ops->row_remove(txn, ROW_NEVER_LOG, row.id);
	} else {
		row.scope = job->scope;
		txn->ops->row_update(txn, ROW_NEVER_LOG, &row);
	}
	return true;
}

static void run_change(Txn *txn, void *data)
{
	NeverLogJob *job = data;
	const char *scope = never_log_scope_name(job->scope);
	g_autofree char *detail = scope != NULL
					  ? g_strdup_printf("%s (%s)", job->pattern, scope)
					  : g_strdup(job->pattern);

	job->changed = change(txn, job);
	if (!job->changed)
		return;
	txn->ops->never_log_changed(txn);
	txn->never_log_is_current = false;
	job->generation = txn->ops->never_log_generation(txn);
	deed_note(txn, &job->deed,
		  job->scope == NEVER_LOG_NOT ? ACTION_UNIGNORED : ACTION_IGNORED, 0, 0,
		  detail);
}

bool store_never_log_add(Store *store, const char *pattern, NeverLogScope scope,
			 const Deed *deed, bool *changed_out, GError **error)
{
	NeverLogJob *data = g_new0(NeverLogJob, 1);
	Job *job;

	*data = (NeverLogJob){g_strdup(pattern), scope, deed_copy(deed), false, 0};
	job = store_do(store, run_change, data, job_free, 0, error);
	if (job == NULL)
		return false;
	if (data->changed)
		known_addresses_heed(store->known, data->generation);
	if (changed_out != NULL)
		*changed_out = data->changed;
	job_unref(job);
	return true;
}

bool store_never_log_remove(Store *store, const char *pattern, const Deed *deed,
			    bool *changed_out, GError **error)
{
	return store_never_log_add(store, pattern, NEVER_LOG_NOT, deed, changed_out, error);
}

/* ---- looking ---- */

static void destroy_row(gpointer row)
{
	never_log_row_clear(row);
	g_free(row);
}

static int by_pattern(const void *a, const void *b)
{
	const NeverLogRow *left = *(NeverLogRow *const *)a;
	const NeverLogRow *right = *(NeverLogRow *const *)b;

	return strcmp(left->pattern, right->pattern);
}

static GPtrArray *load_rows(Txn *txn)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(destroy_row);
	g_autoptr(GArray) ids = ids_new();

	txn->ops->all(txn, ROW_NEVER_LOG, ids);
	for (unsigned i = 0; i < ids->len; i++) {
		NeverLogRow *row = g_new0(NeverLogRow, 1);

		g_ptr_array_add(rows, row);
		if (!txn->ops->row_load(txn, ROW_NEVER_LOG, id_at(ids, i), row))
			g_ptr_array_set_size(rows, (int)rows->len - 1);
	}
	g_ptr_array_sort(rows, by_pattern);
	return rows;
}

bool store_visit_never_log(Store *store, NeverLogVisit visit, void *user, GError **error)
{
	Txn *txn = store_read_begin(store, error);
	g_autoptr(GPtrArray) rows = NULL;
	bool goes_on = true;

	if (txn == NULL)
		return false;
	rows = load_rows(txn);
	for (unsigned i = 0; goes_on && i < rows->len; i++) {
		const NeverLogRow *row = rows->pdata[i];

		goes_on = visit(
			&(NeverLogEntry){
				.pattern = row->pattern,
				.scope = row->scope,
				.at = row->at,
				.actor = row->actor,
				.reason = row->reason,
				.dropped = row->dropped,
			},
			user);
	}
	return store_read_end(txn, error);
}
