/* SPDX-License-Identifier: BSD-2-Clause */
#include "lib/store/sqlite/gather-vfs.h"

#include <glib.h>
#include <glib/gstdio.h>

#include "counted-disk.h"

typedef struct {
	char *folder, *path;
	GatherVfs *vfs;
	sqlite3 *writer, *reader;
} Case;

/* parameters: of the writer's file, as a URI's */
static void case_begin(Case *self, const char *parameters)
{
	g_autofree char *uri = NULL;

	counted_disk_reset(SQLITE_OPEN_WAL);
	self->folder = g_dir_make_tmp("lead-gather.XXXXXX", NULL);
	self->path = g_build_filename(self->folder, "db", NULL);
	self->vfs = gather_vfs_new();
	g_assert_nonnull(self->vfs);
	uri = g_strdup_printf("file:%s?%s", self->path, parameters);
	self->writer = counted_disk_open(uri, gather_vfs_name(self->vfs));
	gather_vfs_begin(self->vfs, self->writer);
	sql_run(self->writer, "PRAGMA journal_mode = WAL");
	sql_run(self->writer, "CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
	self->reader = counted_disk_open(self->path, NULL);
}

static void case_end(Case *self)
{
	sqlite3_close(self->reader);
	sqlite3_close(self->writer);
	gather_vfs_free(self->vfs);
	g_unlink(self->path);
	g_rmdir(self->folder);
	g_free(self->path);
	g_free(self->folder);
}

/* So many pages in one transaction. */
static void insert(sqlite3 *db, int pages)
{
	g_autofree char *sql = g_strdup_printf(
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
		"i < %d) INSERT INTO t (b) SELECT zeroblob(4000) FROM n",
		pages);

	sql_run(db, sql);
}

static void assert_rows(const Case *self, int wanted)
{
	static const char count[] = "SELECT count(*) FROM t WHERE length(b) = 4000";

	g_assert_cmpint(sql_number(self->reader, count), ==, wanted);
	g_assert_cmpint(sql_number(self->writer, count), ==, wanted);
}

static int64_t log_octets(const Case *self)
{
	g_autofree char *path = g_strconcat(self->path, "-wal", NULL);
	GStatBuf status;

	return g_stat(path, &status) == 0 ? status.st_size : 0;
}

/* One write for a commit, unless the log grows, which it does seldom, and not for little;
 * what is committed is there for others. */
static void test_commits(void)
{
	enum { COMMITS = 400 };
	int64_t most = 0;
	int grown = 0;
	Case a;

	case_begin(&a, "");
	for (int commit = 1; commit <= COMMITS; commit++) {
		int64_t before = log_octets(&a), after;

		counted_disk.writes = counted_disk.syncs = 0;
		insert(a.writer, 5);
		after = log_octets(&a);
		if (after == before)
			g_assert_cmpint(counted_disk.writes, ==, 1);
		g_assert_cmpint(counted_disk.syncs, ==, 1);
		g_assert_cmpint(after, <=, commit * 5 * 2 * 2 * 4120 + 100000);
		grown += after > before;
		most = MAX(most, after - before);
		if (commit % 100 == 0)
			assert_rows(&a, 5 * commit);
	}
	g_assert_cmpint(grown, <=, 20);
	g_assert_cmpint(most, <=, 1024 * 1024 + 50000);
	case_end(&a);
}

/* Of a log that was left to begin anew all is room. */
static void test_round(void)
{
	int64_t before;
	Case a;

	case_begin(&a, "");
	insert(a.writer, 500);
	before = log_octets(&a);
	g_assert_cmpint(sqlite3_wal_checkpoint_v2(a.writer, NULL, SQLITE_CHECKPOINT_RESTART,
						  NULL, NULL),
			==, SQLITE_OK);
	for (int commit = 0; commit < 50; commit++)
		insert(a.writer, 5);
	g_assert_cmpint(log_octets(&a), ==, before);
	assert_rows(&a, 750);
	case_end(&a);
}

/* A disk without room for what is not needed has room for what is; nothing is left of the
 * attempt. */
static void test_no_room(void)
{
	int64_t before;
	Case a;

	case_begin(&a, "");
	before = log_octets(&a);
	while (log_octets(&a) == before)
		insert(a.writer, 1);
	before = log_octets(&a);
	for (int commit = 0; log_octets(&a) == before; commit++) {
		counted_disk.writes = 0;
		counted_disk.failing_write = 2;
		insert(a.writer, 1);
		g_assert_cmpint(commit, <, 100);
	}
	g_assert_cmpint(log_octets(&a) - before, <, 20000);
	g_assert_cmpint(sql_number(a.reader, "SELECT count(*) FROM t"), ==,
			sql_number(a.writer, "SELECT max(a) FROM t"));
	case_end(&a);
}

/* More than is gathered, more than the page cache holds, and read back before its end. */
static void test_long_transaction(void)
{
	Case a;

	case_begin(&a, "");
	sql_run(a.writer, "PRAGMA cache_size = 10");
	sql_run(a.writer, "BEGIN");
	for (int i = 1; i <= 5; i++) {
		insert(a.writer, 100);
		g_assert_cmpint(sql_number(a.writer, "SELECT count(*) FROM t WHERE "
						     "length(b) = 4000"),
				==, 100 * i);
		sql_run(a.writer, "UPDATE t SET b = zeroblob(4000) WHERE a % 7 = 0");
	}
	g_assert_cmpint(sql_number(a.reader, "SELECT count(*) FROM t"), ==, 0);
	sql_run(a.writer, "COMMIT");
	assert_rows(&a, 500);
	g_assert_cmpint(sqlite3_wal_checkpoint_v2(a.writer, NULL,
						  SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL),
			==, SQLITE_OK);
	insert(a.writer, 5);
	assert_rows(&a, 505);
	case_end(&a);
}

/* What was gathered for a transaction that ended without a commit lies where others may
 * write next. */
static void test_rolled_back(void)
{
	for (int next = 0; next < 3; next++) {
		int status = SQLITE_OK;
		Case a;

		case_begin(&a, "");
		insert(a.writer, 60);
		sql_run(a.writer, "PRAGMA wal_checkpoint");
		sql_run(a.writer, "PRAGMA cache_size = 10");
		sql_run(a.writer, "BEGIN");
		sql_run(a.writer, "UPDATE t SET b = randomblob(4000)");
		sql_run(a.writer, "ROLLBACK");
		insert(a.reader, 120);
		if (next == 0)
			insert(a.writer, 1);
		else if (next == 1)
			status = sqlite3_wal_checkpoint_v2(
				a.writer, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
		else
			status = sqlite3_close(g_steal_pointer(&a.writer));
		g_assert_cmpint(status, ==, SQLITE_OK);
		g_assert_cmpint(sql_number(a.reader, "SELECT count(*) FROM t WHERE "
						     "length(b) = 4000"),
				==, next == 0 ? 181 : 180);
		g_assert_cmpint(sql_number(a.reader, "SELECT count(*) FROM "
						     "pragma_integrity_check WHERE "
						     "integrity_check = 'ok'"),
				==, 1);
		case_end(&a);
	}
}

/* Nor does it ask for room: a sync outside a transaction leaves the log as it is. */
static void test_rolled_back_room(void)
{
	int64_t before;
	Case a;

	case_begin(&a, "");
	insert(a.writer, 60);
	sql_run(a.writer, "PRAGMA cache_size = 10");
	sql_run(a.writer, "BEGIN");
	insert(a.writer, 300);
	sql_run(a.writer, "ROLLBACK");
	insert(a.reader, 5);
	before = log_octets(&a);
	sql_run(a.writer, "PRAGMA wal_checkpoint");
	g_assert_cmpint(log_octets(&a), ==, before);
	assert_rows(&a, 65);
	case_end(&a);
}

/* A commit that cannot be written, or not be synced, is none; the next one is. */
static void test_failures(void)
{
	for (int what = 0; what < 2; what++) {
		Case a;

		case_begin(&a, "");
		insert(a.writer, 5);
		counted_disk.writes = counted_disk.syncs = 0;
		counted_disk.failing_write = what == 0;
		counted_disk.failing_sync = what == 1;
		g_assert_cmpint(sqlite3_exec(a.writer,
					     "INSERT INTO t (b) VALUES (zeroblob(4000))",
					     NULL, NULL, NULL),
				!=, SQLITE_OK);
		assert_rows(&a, 5);
		insert(a.writer, 5);
		assert_rows(&a, 10);
		g_assert_cmpint(sql_number(a.reader, "SELECT count(*) FROM "
						     "pragma_integrity_check WHERE "
						     "integrity_check = 'ok'"),
				==, 1);
		case_end(&a);
	}
}

/* Without a sync at its end a commit is for others to see at once. */
static void test_no_sync(void)
{
	Case a;

	case_begin(&a, "");
	sql_run(a.writer, "PRAGMA synchronous = NORMAL");
	gather_vfs_begin(a.vfs, a.writer);
	insert(a.writer, 5);
	assert_rows(&a, 5);
	case_end(&a);
}

/* There SQLite writes pages behind the sync, and all goes as SQLite meant it. */
static void test_half_sectors(void)
{
	Case a;

	case_begin(&a, "psow=0");
	counted_disk.writes = 0;
	insert(a.writer, 5);
	g_assert_cmpint(counted_disk.writes, >=, 10);
	assert_rows(&a, 5);
	case_end(&a);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	counted_disk_install();
	g_test_add_func("/gather-vfs/commits", test_commits);
	g_test_add_func("/gather-vfs/round", test_round);
	g_test_add_func("/gather-vfs/no-room", test_no_room);
	g_test_add_func("/gather-vfs/long-transaction", test_long_transaction);
	g_test_add_func("/gather-vfs/rolled-back", test_rolled_back);
	g_test_add_func("/gather-vfs/rolled-back-room", test_rolled_back_room);
	g_test_add_func("/gather-vfs/failures", test_failures);
	g_test_add_func("/gather-vfs/no-sync", test_no_sync);
	g_test_add_func("/gather-vfs/half-sectors", test_half_sectors);
	return g_test_run();
}
