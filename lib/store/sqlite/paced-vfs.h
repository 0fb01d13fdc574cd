/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SQLite's way to its files (https://www.sqlite.org/vfs.html), but what is written to the
 * database is synced piece by piece. Copying the log back writes thousands of pages and
 * then syncs them all, and for as long as a disk is busy with that, every sync of the log
 * stands behind it: one commit in twenty took 20 ms instead of 1. Of pieces each commit
 * meets at most one.
 */
#ifndef LEAD_STORE_SQLITE_PACED_VFS_H
#define LEAD_STORE_SQLITE_PACED_VFS_H

typedef struct PacedVfs PacedVfs;

/* NULL if SQLite has no memory for it. For one connection. */
PacedVfs *paced_vfs_new(void);
void paced_vfs_free(PacedVfs *vfs); /* when its connection is closed */
/* For sqlite3_open_v2(); NULL, which is SQLite's own, for NULL. */
const char *paced_vfs_name(const PacedVfs *vfs);

#endif
