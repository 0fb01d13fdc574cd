/* SPDX-License-Identifier: BSD-2-Clause */
#include "lib/store/sqlite/paced-vfs.h"

#include <glib.h>
#include <glib/gstdio.h>

#include "counted-disk.h"

enum { PAGES = 1000, PIECE_OCTETS = 32 * 4096 };

/* A log of so many pages. */
static sqlite3 *fill_log(const char *path)
{
	g_autofree char *sql = g_strdup_printf(
		"CREATE TABLE t (b); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT "
		"i + 1 FROM n WHERE i < %d) INSERT INTO t SELECT zeroblob(4000) FROM n",
		PAGES);
	sqlite3 *db = counted_disk_open(path, NULL);

	sql_run(db, "PRAGMA journal_mode = WAL");
	sql_run(db, sql);
	return db;
}

static int copy_log(sqlite3 *db)
{
	counted_disk.unsynced = counted_disk.most_unsynced = 0;
	counted_disk.octets = counted_disk.syncs = 0;
	return sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

static sqlite3_int64 rows(sqlite3 *db)
{
	return sql_number(db, "SELECT count(*) FROM t");
}

typedef struct {
	char *folder, *path;
	sqlite3 *writer, *copier;
	PacedVfs *vfs;
} Case;

static void case_begin(Case *self)
{
	counted_disk_reset(SQLITE_OPEN_MAIN_DB);
	self->folder = g_dir_make_tmp("lead-paced.XXXXXX", NULL);
	self->path = g_build_filename(self->folder, "db", NULL);
	self->writer = fill_log(self->path);
	self->vfs = paced_vfs_new();
	g_assert_nonnull(self->vfs);
	self->copier = counted_disk_open(self->path, paced_vfs_name(self->vfs));
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
	g_assert_cmpint(counted_disk.octets, >, PAGES * 4000);
	g_assert_cmpint(counted_disk.most_unsynced, ==, PIECE_OCTETS);
	g_assert_cmpint(counted_disk.unsynced, ==, 0);
	g_assert_cmpint(rows(a.copier), ==, PAGES);
	case_end(&a);
}

/* Only a connection that asks for it. */
static void test_others(void)
{
	Case a;

	case_begin(&a);
	g_assert_cmpint(copy_log(a.writer), ==, SQLITE_OK);
	g_assert_cmpint(counted_disk.most_unsynced, ==, counted_disk.octets);
	case_end(&a);
}

/* A piece that cannot be synced ends the copying, and the log stands as it was. */
static void test_failing_sync(void)
{
	Case a;

	case_begin(&a);
	counted_disk.failing_sync = 3;
	g_assert_cmpint(copy_log(a.copier), !=, SQLITE_OK);
	g_assert_cmpint(counted_disk.syncs, ==, 3);
	counted_disk.failing_sync = 0;
	g_assert_cmpint(copy_log(a.copier), ==, SQLITE_OK);
	g_assert_cmpint(rows(a.writer), ==, PAGES);
	case_end(&a);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	counted_disk_install();
	g_test_add_func("/paced-vfs/pieces", test_pieces);
	g_test_add_func("/paced-vfs/others", test_others);
	g_test_add_func("/paced-vfs/failing-sync", test_failing_sync);
	return g_test_run();
}
