/* SPDX-License-Identifier: BSD-2-Clause */
/* SQLite's own files beneath a VFS under test: counted, and failing when asked to. */
#ifndef LEAD_TEST_COUNTED_DISK_H
#define LEAD_TEST_COUNTED_DISK_H

#include <sqlite3.h>

typedef struct {
	int flags; /* SQLITE_OPEN_...: of the files that are meant */
	int writes, octets, syncs;
	int unsynced, most_unsynced;	 /* octets */
	int failing_write, failing_sync; /* the number of one that fails; 0: none */
} CountedDisk;

extern CountedDisk counted_disk;

/* The default of SQLite from now on. */
void counted_disk_install(void);
void counted_disk_reset(int flags);

/* A database on it, or on another VFS, without checkpoints of its own. */
sqlite3 *counted_disk_open(const char *path, const char *vfs);
/* Ends the test on failure. */
void sql_run(sqlite3 *db, const char *sql);
sqlite3_int64 sql_number(sqlite3 *db, const char *sql);

#endif
