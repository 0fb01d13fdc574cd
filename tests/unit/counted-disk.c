/* SPDX-License-Identifier: BSD-2-Clause */
#include "counted-disk.h"

#include <glib.h>

CountedDisk counted_disk;

static sqlite3_vfs *real;
static sqlite3_io_methods methods;
static const sqlite3_io_methods *plain;

static int count_write(sqlite3_file *file, const void *octets, int length,
		       sqlite3_int64 place)
{
	if (++counted_disk.writes == counted_disk.failing_write)
		return SQLITE_FULL;
	counted_disk.octets += length;
	counted_disk.unsynced += length;
	counted_disk.most_unsynced = MAX(counted_disk.most_unsynced, counted_disk.unsynced);
	return plain->xWrite(file, octets, length, place);
}

static int count_sync(sqlite3_file *file, int flags)
{
	if (++counted_disk.syncs == counted_disk.failing_sync)
		return SQLITE_IOERR_FSYNC;
	counted_disk.unsynced = 0;
	return plain->xSync(file, flags);
}

static int open_counted(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
			int *flags_out)
{
	int status = real->xOpen(real, path, file, flags, flags_out);

	(void)vfs;
	if (status != SQLITE_OK || (flags & counted_disk.flags) == 0)
		return status;
	plain = file->pMethods;
	methods = *plain;
	methods.xWrite = count_write;
	methods.xSync = count_sync;
	file->pMethods = &methods;
	return SQLITE_OK;
}

void counted_disk_install(void)
{
	static sqlite3_vfs vfs; /* for as long as the program runs */

	real = sqlite3_vfs_find(NULL);
	vfs = *real;
	vfs.pNext = NULL;
	vfs.zName = "counted";
	vfs.xOpen = open_counted;
	g_assert_cmpint(sqlite3_vfs_register(&vfs, 1), ==, SQLITE_OK);
}

void counted_disk_reset(int flags)
{
	counted_disk = (CountedDisk){.flags = flags};
}

sqlite3 *counted_disk_open(const char *path, const char *vfs)
{
	sqlite3 *db;

	g_assert_cmpint(sqlite3_open_v2(path, &db,
					SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
						SQLITE_OPEN_URI,
					vfs),
			==, SQLITE_OK);
	sql_run(db, "PRAGMA wal_autocheckpoint = 0");
	sql_run(db, "PRAGMA synchronous = FULL");
	return db;
}

void sql_run(sqlite3 *db, const char *sql)
{
	char *problem = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK)
		g_error("%s: %s", sql, problem);
}

sqlite3_int64 sql_number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement;
	sqlite3_int64 number;

	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
	number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return number;
}
