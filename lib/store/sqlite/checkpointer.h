/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The checkpointer: a thread with a connection of its own that copies the write-ahead log
 * back into the database while the writer goes on. It can never have all of it as long as
 * the writer adds to it, and the log begins anew only when all of it is copied; so the
 * writer, between two transactions, copies the little that is left. Ten thousand pages
 * of log take some 60 ms, in pieces (paced-vfs.h): nobody's answer waits for that.
 */
#ifndef LEAD_STORE_SQLITE_CHECKPOINTER_H
#define LEAD_STORE_SQLITE_CHECKPOINTER_H

#include "connection.h"

typedef struct Checkpointer Checkpointer;

/* path, name: borrowed. No thread yet. */
Checkpointer *checkpointer_new(const char *path, const char *name, int64_t timeout_ms);
void checkpointer_free(Checkpointer *checkpointer); /* waits for what it is at */
/* By the writer. What failed may have failed for want of room, which copying can make. */
void checkpointer_note_failure(Checkpointer *checkpointer);
/* By the writer, between two transactions. */
void checkpointer_tidy(Checkpointer *checkpointer, Connection *writer);

#endif
