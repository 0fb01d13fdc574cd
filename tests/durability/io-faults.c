/* SPDX-License-Identifier: BSD-2-Clause */
#include "io-faults.h"

#include <glib.h>
#include <pthread.h>
#include <sqlite3.h>

static struct {
	pthread_mutex_t lock;
	IoKind kind;
	unsigned count, calls; /* count 0: nothing fails */
	bool goes_on, armed;
	sqlite3_vfs *real;
} faults = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool keeps_cache; /* set before a database is open */

static const struct {
	const char *name;
	int code;
} kinds[IO_KINDS] = {
	[IO_OPEN] = {"open", SQLITE_CANTOPEN},
	[IO_DELETE] = {"delete", SQLITE_IOERR_DELETE},
	[IO_ACCESS] = {"access", SQLITE_IOERR_ACCESS},
	[IO_READ] = {"read", SQLITE_IOERR_READ},
	[IO_WRITE] = {"write", SQLITE_IOERR_WRITE},
	[IO_FULL_DISK] = {"full-disk", SQLITE_FULL},
	[IO_TRUNCATE] = {"truncate", SQLITE_IOERR_TRUNCATE},
	[IO_SYNC] = {"sync", SQLITE_IOERR_FSYNC},
	[IO_FILE_SIZE] = {"file-size", SQLITE_IOERR_FSTAT},
	[IO_LOCK] = {"lock", SQLITE_IOERR_LOCK},
	[IO_SHARED_MAP] = {"shared-map", SQLITE_IOERR_SHMMAP},
	[IO_SHARED_LOCK] = {"shared-lock", SQLITE_IOERR_SHMLOCK},
};

const char *io_kind_name(IoKind kind)
{
	return kinds[kind].name;
}

void io_faults_arm(IoKind kind, unsigned count, bool goes_on)
{
	pthread_mutex_lock(&faults.lock);
	faults.kind = kind;
	faults.count = count;
	faults.goes_on = goes_on;
	faults.calls = 0;
	faults.armed = true;
	pthread_mutex_unlock(&faults.lock);
}

static void set_armed(bool armed)
{
	pthread_mutex_lock(&faults.lock);
	faults.armed = armed;
	pthread_mutex_unlock(&faults.lock);
}

void io_faults_pause(void)
{
	set_armed(false);
}

void io_faults_go_on(void)
{
	set_armed(true);
}

unsigned io_faults_disarm(void)
{
	unsigned calls;

	pthread_mutex_lock(&faults.lock);
	faults.armed = false;
	calls = faults.calls;
	pthread_mutex_unlock(&faults.lock);
	return calls;
}

/* SQLITE_OK, or what this call fails with. */
static int fate(IoKind kind)
{
	bool fails = false;

	pthread_mutex_lock(&faults.lock);
	if (faults.armed && faults.kind == kind) {
		faults.calls++;
		fails = faults.count > 0 &&
			(faults.calls == faults.count ||
			 (faults.goes_on && faults.calls > faults.count));
	}
	pthread_mutex_unlock(&faults.lock);
	return fails ? kinds[kind].code : SQLITE_OK;
}

/* ---- a file ---- */

typedef struct {
	sqlite3_file base;
	sqlite3_file *real; /* behind this struct */
} File;

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((File *)file)->real;
}

#define CALL(file, method, ...)                                                            \
	(real_of(file)->pMethods->method(real_of(file), ##__VA_ARGS__))
#define CALL_OR_FAIL(kind, file, method, ...)                                              \
	int code = fate(kind);                                                             \
                                                                                           \
	return code != SQLITE_OK ? code : CALL(file, method, ##__VA_ARGS__)

static int file_close(sqlite3_file *file)
{
	return CALL(file, xClose);
}

static int file_read(sqlite3_file *file, void *octets, int length, sqlite3_int64 offset)
{
	CALL_OR_FAIL(IO_READ, file, xRead, octets, length, offset);
}

static int file_write(sqlite3_file *file, const void *octets, int length,
		      sqlite3_int64 offset)
{
	int full = fate(IO_FULL_DISK), code = fate(IO_WRITE);

	if (full != SQLITE_OK)
		return full;
	if (code != SQLITE_OK)
		CALL(file, xWrite, octets, length / 2, offset);
	return code != SQLITE_OK ? code : CALL(file, xWrite, octets, length, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	CALL_OR_FAIL(IO_TRUNCATE, file, xTruncate, size);
}

static int file_sync(sqlite3_file *file, int flags)
{
	CALL_OR_FAIL(IO_SYNC, file, xSync, flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size_out)
{
	CALL_OR_FAIL(IO_FILE_SIZE, file, xFileSize, size_out);
}

static int file_lock(sqlite3_file *file, int level)
{
	CALL_OR_FAIL(IO_LOCK, file, xLock, level);
}

static int file_unlock(sqlite3_file *file, int level)
{
	return CALL(file, xUnlock, level);
}

static int file_check_lock(sqlite3_file *file, int *result_out)
{
	CALL_OR_FAIL(IO_LOCK, file, xCheckReservedLock, result_out);
}

static int file_control(sqlite3_file *file, int operation, void *argument)
{
	/* A pragma that the file system has dealt with SQLite does not see. */
	if (operation == SQLITE_FCNTL_PRAGMA && keeps_cache &&
	    g_str_equal(((char **)argument)[1], "cache_size"))
		return SQLITE_OK;
	return CALL(file, xFileControl, operation, argument);
}

static int file_sector_size(sqlite3_file *file)
{
	return CALL(file, xSectorSize);
}

static int file_properties(sqlite3_file *file)
{
	return CALL(file, xDeviceCharacteristics);
}

static int file_shared_map(sqlite3_file *file, int page, int size, int extend,
			   void volatile **memory_out)
{
	CALL_OR_FAIL(IO_SHARED_MAP, file, xShmMap, page, size, extend, memory_out);
}

/* Letting go cannot fail. */
static int file_shared_lock(sqlite3_file *file, int offset, int count, int flags)
{
	int code = (flags & SQLITE_SHM_UNLOCK) != 0 ? SQLITE_OK : fate(IO_SHARED_LOCK);

	return code != SQLITE_OK ? code : CALL(file, xShmLock, offset, count, flags);
}

static void file_shared_barrier(sqlite3_file *file)
{
	CALL(file, xShmBarrier);
}

static int file_shared_unmap(sqlite3_file *file, int remove)
{
	return CALL(file, xShmUnmap, remove);
}

/* Version 2: without memory-mapped reading. */
static const sqlite3_io_methods file_methods = {
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_check_lock,
	.xFileControl = file_control,
	.xSectorSize = file_sector_size,
	.xDeviceCharacteristics = file_properties,
	.xShmMap = file_shared_map,
	.xShmLock = file_shared_lock,
	.xShmBarrier = file_shared_barrier,
	.xShmUnmap = file_shared_unmap,
};

/* ---- the file system ---- */

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
		     int *flags_out)
{
	int code = fate(IO_OPEN);

	(void)vfs;
	file->pMethods = NULL;
	((File *)file)->real = (sqlite3_file *)((File *)file + 1);
	if (code == SQLITE_OK)
		code = faults.real->xOpen(faults.real, name, real_of(file), flags,
					  flags_out);
	if (code == SQLITE_OK)
		file->pMethods = &file_methods;
	return code;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	int code = fate(IO_DELETE);

	(void)vfs;
	return code != SQLITE_OK ? code
				 : faults.real->xDelete(faults.real, name, sync_folder);
}

static int access_file(sqlite3_vfs *vfs, const char *name, int flags, int *result_out)
{
	int code = fate(IO_ACCESS);

	(void)vfs;
	return code != SQLITE_OK
		       ? code
		       : faults.real->xAccess(faults.real, name, flags, result_out);
}

void io_faults_keep_cache(bool kept)
{
	keeps_cache = kept;
}

void io_faults_install(void)
{
	static sqlite3_vfs vfs; /* for as long as the program runs */

	faults.real = sqlite3_vfs_find(NULL);
	vfs = *faults.real;
	vfs.pNext = NULL;
	vfs.zName = "io-faults";
	vfs.szOsFile = (int)sizeof(File) + faults.real->szOsFile;
	vfs.xOpen = open_file;
	vfs.xDelete = delete_file;
	vfs.xAccess = access_file;
	g_assert_cmpint(sqlite3_vfs_register(&vfs, 1), ==, SQLITE_OK);
}
