/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef LEAD_STORE_PRIVATE_H
#define LEAD_STORE_PRIVATE_H

#include "backend.h"
#include "known-addresses.h"
#include "writer.h"

struct Store {
	char *uri;
	const BackendOps *ops;
	void *backend;
	Writer *writer; /* NULL: read-only */
	KnownAddresses *known;
	int64_t timeout_ms;
};

/* A job of the writer, done. Its data may be read until it is let go; NULL on error. */
Job *store_do(Store *store, JobRun run, void *data_taken, GDestroyNotify free_data,
	      int64_t timeout_ms, GError **error);
bool store_can_write(Store *store, GError **error);

/* Reads, and believes nothing of it if anything failed: store_read_end() is false then. */
Txn *store_read_begin(Store *store, GError **error);
bool store_read_end(Txn *txn, GError **error);

#endif
