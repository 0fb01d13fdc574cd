/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/store.h"

#include <string.h>

#include "lead/error.h"
#include "store-private.h"
#include "view.h"

static const BackendOps *const backends[] = {&sqlite_backend, &memory_backend};

/* "scheme:path"; *path_out is behind the colon. */
static const BackendOps *find_backend(const char *uri, const char **path_out)
{
	for (size_t i = 0; i < G_N_ELEMENTS(backends); i++) {
		size_t length = strlen(backends[i]->scheme);

		if (strncmp(uri, backends[i]->scheme, length) == 0 && uri[length] == ':') {
			*path_out = uri + length + 1;
			return backends[i];
		}
	}
	return NULL;
}

static bool refuse(const char *uri, const char *why, GError **error)
{
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID, "cannot open store '%s': %s",
		    uri, why);
	return false;
}

static bool check_path(const BackendOps *ops, const char *uri, const char *path,
		       GError **error)
{
	size_t length = strlen(path);

	if (ops == &sqlite_backend && length == 0)
		return refuse(uri, "the path is missing", error);
	if (length > 0 && path[length - 1] == '/')
		return refuse(uri, "the path is that of a folder", error);
	return true;
}

Store *store_open(const char *uri, StoreFlags flags, int64_t timeout_ms, GError **error)
{
	const char *path = NULL;
	const BackendOps *ops = find_backend(uri, &path);
	void *backend;
	Store *store;

	if (ops == NULL) {
		refuse(uri, "a store is named sqlite:PATH or memory:", error);
		return NULL;
	}
	if (!check_path(ops, uri, path, error))
		return NULL;
	backend = ops->open(path, flags, timeout_ms, error);
	if (backend == NULL)
		return NULL;
	store = g_new0(Store, 1);
	store->uri = g_strdup(uri);
	store->ops = ops;
	store->backend = backend;
	store->timeout_ms = timeout_ms;
	store->known = known_addresses_new();
	if ((flags & STORE_READ_ONLY) == 0)
		store->writer = writer_new(ops, backend, store->uri, timeout_ms);
	return store;
}

void store_close(Store *store)
{
	if (store == NULL)
		return;
	writer_free(store->writer);
	store->ops->close(store->backend);
	known_addresses_free(store->known);
	g_free(store->uri);
	g_free(store);
}

bool store_share(Store *store, const char *group, GError **error)
{
	return store->ops->share == NULL ||
	       store->ops->share(store->backend, group, error);
}

const char *store_name(const Store *store)
{
	return store->uri;
}

int store_schema_version(void)
{
	return SCHEMA_VERSION;
}

bool store_can_write(Store *store, GError **error)
{
	if (store->writer != NULL)
		return true;
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
		    "cannot write to store '%s': it is opened read-only", store->uri);
	return false;
}

Job *store_do(Store *store, JobRun run, void *data_taken, GDestroyNotify free_data,
	      int64_t timeout_ms, GError **error)
{
	Job *job = job_new(run, data_taken, free_data);

	if (store_can_write(store, error)) {
		writer_submit(store->writer, job,
			      timeout_ms > 0 ? timeout_ms : store->timeout_ms);
		if (writer_wait(store->writer, job, error))
			return job;
	}
	job_unref(job);
	return NULL;
}

Txn *store_read_begin(Store *store, GError **error)
{
	return store->ops->read_begin(store->backend, store->timeout_ms, error);
}

bool store_read_end(Txn *txn, GError **error)
{
	GError *problem = g_steal_pointer(&txn->error);

	/* So that the backend sees that something was wrong with it. */
	if (problem != NULL)
		txn->error = g_error_copy(problem);
	txn->ops->read_end(txn);
	if (problem == NULL)
		return true;
	g_propagate_error(error, problem);
	return false;
}

bool store_status(Store *store, StoreStatus *status_out, GError **error)
{
	Txn *txn = store_read_begin(store, error);

	*status_out = (StoreStatus){.schema = SCHEMA_VERSION};
	if (txn == NULL)
		return false;
	txn->ops->status(txn, status_out);
	status_out->suggestions_open = view_count_suggestions(txn);
	if (store->writer != NULL)
		status_out->commits = writer_commits(store->writer);
	return store_read_end(txn, error);
}
