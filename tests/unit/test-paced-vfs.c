/* SPDX-License-Identifier: BSD-2-Clause */
#include "lib/store/sqlite/paced-vfs.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

enum { PAGES = 1000, PIECE_OCTETS = 32 * 4096 };

/* What is below: SQLite's own files, counted. */
static struct {
	sqlite3_vfs *real;
	sqlite3_io_methods methods;
	const sqlite3_io_methods *plain;
	int unsynced, most_unsynced, written, syncs;
	int failing_sync; /* the number of one that fails; 0: none */
} disk;

static int count_write(sqlite3_file *file, const void *octets, int length,
		       sqlite3_int64 place)
{
	disk.written += length;
	disk.unsynced += length;
	disk.most_unsynced = MAX(disk.most_unsynced, disk.unsynced);
	return disk.plain->xWrite(file, octets, length, place);
}

static int count_sync(sqlite3_file *file, int flags)
{
	if (++disk.syncs == disk.failing_sync)
		return SQLITE_IOERR_FSYNC;
	disk.unsynced = 0;
	return disk.plain->xSync(file, flags);
}

static int open_counted(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
			int *flags_out)
{
	int status = disk.real->xOpen(disk.real, path, file, flags, flags_out);

	(void)vfs;
	if (status == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB) != 0) {
		disk.plain = file->pMethods;
		disk.methods = *file->pMethods;
		disk.methods.xWrite = count_write;
		disk.methods.xSync = count_sync;
		file->pMethods = &disk.methods;
	}
	return status;
}

static void disk_install(void)
{
	static sqlite3_vfs vfs; /* for as long as the program runs */

	disk.real = sqlite3_vfs_find(NULL);
	vfs = *disk.real;
	vfs.pNext = NULL;
	vfs.zName = "counted";
	vfs.xOpen = open_counted;
	g_assert_cmpint(sqlite3_vfs_register(&vfs, 1), ==, SQLITE_OK);
}

static void run(sqlite3 *db, const char *sql)
{
	char *problem = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK)
		g_error("%s: %s", sql, problem);
}

static sqlite3 *open_database(const char *path, const char *vfs)
{
	sqlite3 *db;

	g_assert_cmpint(
		sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs),
		==, SQLITE_OK);
	run(db, "PRAGMA wal_autocheckpoint = 0");
	return db;
}

/* A log of so many pages. */
static sqlite3 *fill_log(const char *path)
{
	g_autofree char *sql = g_strdup_printf(
		"CREATE TABLE t (b); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT "
		"i + 1 FROM n WHERE i < %d) INSERT INTO t SELECT zeroblob(4000) FROM n",
		PAGES);
	sqlite3 *db = open_database(path, NULL);

	run(db, "PRAGMA journal_mode = WAL");
	run(db, sql);
	return db;
}

static int copy_log(sqlite3 *db)
{
	disk.unsynced = disk.most_unsynced = disk.written = disk.syncs = 0;
	return sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

static sqlite3_int64 rows(sqlite3 *db)
{
	sqlite3_stmt *statement;
	sqlite3_int64 count;

	g_assert_cmpint(
		sqlite3_prepare_v2(db, "SELECT count(*) FROM t", -1, &statement, NULL), ==,
		SQLITE_OK);
	g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
	count = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return count;
}

typedef struct {
	char *folder, *path;
	sqlite3 *writer, *copier;
	PacedVfs *vfs;
} Case;

static void case_begin(Case *self)
{
	disk.failing_sync = 0;
	self->folder = g_dir_make_tmp("lead-paced.XXXXXX", NULL);
	self->path = g_build_filename(self->folder, "db", NULL);
	self->writer = fill_log(self->path);
	self->vfs = paced_vfs_new();
	g_assert_nonnull(self->vfs);
	self->copier = open_database(self->path, paced_vfs_name(self->vfs));
	g_assert_cmpint(rows(self->copier), ==, PAGES);
}

static void case_end(Case *self)
{
	sqlite3_close(self->copier);
	paced_vfs_free(self->vfs);
	sqlite3_close(self->writer);
	g_unlink(self->path);
	g_rmdir(self->folder);
	g_free(self->path);
	g_free(self->folder);
}

static void test_pieces(void)
{
	Case a;

	case_begin(&a);
	g_assert_cmpint(copy_log(a.copier), ==, SQLITE_OK);
	g_assert_cmpint(disk.written, >, PAGES * 4000);
	g_assert_cmpint(disk.most_unsynced, ==, PIECE_OCTETS);
	g_assert_cmpint(disk.unsynced, ==, 0);
	g_assert_cmpint(rows(a.copier), ==, PAGES);
	case_end(&a);
}

/* Only a connection that asks for it. */
static void test_others(void)
{
	Case a;

	case_begin(&a);
	g_assert_cmpint(copy_log(a.writer), ==, SQLITE_OK);
	g_assert_cmpint(disk.most_unsynced, ==, disk.written);
	case_end(&a);
}

/* A piece that cannot be synced ends the copying, and the log stands as it was. */
static void test_failing_sync(void)
{
	Case a;

	case_begin(&a);
	disk.failing_sync = 3;
	g_assert_cmpint(copy_log(a.copier), !=, SQLITE_OK);
	g_assert_cmpint(disk.syncs, ==, 3);
	disk.failing_sync = 0;
	g_assert_cmpint(copy_log(a.copier), ==, SQLITE_OK);
	g_assert_cmpint(rows(a.writer), ==, PAGES);
	case_end(&a);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	disk_install();
	g_test_add_func("/paced-vfs/pieces", test_pieces);
	g_test_add_func("/paced-vfs/others", test_others);
	g_test_add_func("/paced-vfs/failing-sync", test_failing_sync);
	return g_test_run();
}
