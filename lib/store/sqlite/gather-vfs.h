/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The writer's way to its log. SQLite writes each page that a transaction changed in two
 * calls, a header of 24 octets and the page, all in one row: some nine system calls a
 * message. Here they are gathered and written when the log is to be synced, read or
 * measured, or when enough has come together. And a log that grows is given room for what
 * will come, as a sync is quicker where the file's size stays.
 *
 * Nobody can miss what is gathered: other connections read a log as far as the index says,
 * which is told after the sync (synchronous=FULL), and this one's reads write it first. What
 * was gathered for a transaction that is rolled back is never written.
 */
#ifndef LEAD_STORE_SQLITE_GATHER_VFS_H
#define LEAD_STORE_SQLITE_GATHER_VFS_H

#include <sqlite3.h>

typedef struct GatherVfs GatherVfs;

/* NULL if SQLite has no memory for it. For one connection. */
GatherVfs *gather_vfs_new(void);
/* Of a connection through it, before it writes. Until then, where it does not sync each
 * commit, and where SQLite would write pages behind a sync to fill up a sector, the log is
 * written as SQLite means it. */
void gather_vfs_begin(GatherVfs *vfs, sqlite3 *db);
void gather_vfs_free(GatherVfs *vfs); /* when its connection is closed */
/* For sqlite3_open_v2(); NULL, which is SQLite's own, for NULL. */
const char *gather_vfs_name(const GatherVfs *vfs);

#endif
