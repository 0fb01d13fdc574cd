/* SPDX-License-Identifier: BSD-2-Clause */
/* One database file: the writer's connection, and a small pool of readers'. */
#ifndef LEAD_STORE_SQLITE_BACKEND_H
#define LEAD_STORE_SQLITE_BACKEND_H

#include <pthread.h>

#include "checkpointer.h"
#include "connection.h"
#include "gather-vfs.h"

enum { READERS_MAX = 8 };

typedef struct SqliteBackend {
	char *path; /* absolute: the daemon changes its folder */
	char *name; /* the store's, for errors */
	bool read_only;
	int64_t timeout_ms;
	GatherVfs *gather_vfs; /* of the writer; or NULL */
	Connection *writer; /* of the writer's thread; NULL until it is needed again */
	Checkpointer *checkpointer;

	pthread_mutex_t lock;
	pthread_cond_t returned;
	Connection *idle[READERS_MAX];
	size_t idle_count, open_count; /* readers */
} SqliteBackend;

Txn *sqlite_read_begin(void *backend, int64_t wait_ms, GError **error);
void sqlite_read_end(Txn *txn);

#endif
