/* SPDX-License-Identifier: BSD-2-Clause */
#include "gather-vfs.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "child-vfs.h"

enum {
	GATHERED_OCTETS = 64 * 1024,
	ROOM_MAX = 1024 * 1024, /* made at once */
};

struct GatherVfs {
	ChildVfs child; /* of logs; first member */
	bool gathers;
	sqlite3_int64 place; /* in the log, of what is gathered */
	int length;
	sqlite3_int64 end;  /* of what the transaction wrote last; 0: nothing */
	sqlite3_int64 size; /* of the log, at least; 0 unknown */
	char octets[GATHERED_OCTETS];
};

static GatherVfs *vfs_of(const sqlite3_file *file)
{
	return (GatherVfs *)child_vfs_of(file);
}

/* Of a transaction that ends without a commit. Where it wrote others may by now. */
static void forget(void *vfs)
{
	GatherVfs *self = vfs;

	self->length = 0;
	self->end = 0;
}

/* What could not be written is forgotten: its transaction has failed. */
static int flush(GatherVfs *self, sqlite3_file *file)
{
	int length = self->length;

	self->length = 0;
	return length == 0
		       ? SQLITE_OK
		       : self->child.plain->xWrite(file, self->octets, length, self->place);
}

static int write_gathered(sqlite3_file *file, const void *octets, int length,
			  sqlite3_int64 place)
{
	GatherVfs *self = vfs_of(file);

	if (!self->gathers)
		return self->child.plain->xWrite(file, octets, length, place);
	self->end = place + length;
	if (place != self->place + self->length ||
	    length > GATHERED_OCTETS - self->length) {
		int status = flush(self, file);

		if (status != SQLITE_OK)
			return status;
		self->place = place;
	}
	if (length > GATHERED_OCTETS)
		return self->child.plain->xWrite(file, octets, length, place);
	memcpy(self->octets + self->length, octets, (size_t)length);
	self->length += length;
	return SQLITE_OK;
}

/* ---- room ---- */

static bool make_room(GatherVfs *self, sqlite3_file *file, sqlite3_int64 octets)
{
	sqlite3_int64 limit = self->end + octets;

	memset(self->octets, 0, sizeof self->octets);
	for (sqlite3_int64 place = self->end; place < limit; place += GATHERED_OCTETS) {
		if (self->child.plain->xWrite(file, self->octets,
					      (int)MIN(GATHERED_OCTETS, limit - place),
					      place) != SQLITE_OK)
			return false;
	}
	self->size = limit;
	return true;
}

/*
 * A log that has grown is longer to sync, by as much again, for the file system has to
 * note its size. So when it grows it grows by more than is needed: as much as it has, so
 * that a short one stays short. When SQLite reads a log, zeros end it, like all that is not
 * of the last round. Where there is no room, none is taken. Within a transaction only, for
 * then nobody else writes.
 */
static void room_look(GatherVfs *self, sqlite3_file *file)
{
	const sqlite3_io_methods *plain = self->child.plain;

	if (self->end <= self->size || plain->xFileSize(file, &self->size) != SQLITE_OK ||
	    self->end < self->size)
		return;
	if (!make_room(self, file, MIN(self->end, ROOM_MAX)))
		plain->xTruncate(file, self->end);
}

/* ---- all else sees the log as SQLite meant it ---- */

static int read_log(sqlite3_file *file, void *octets, int length, sqlite3_int64 place)
{
	GatherVfs *self = vfs_of(file);
	int status = flush(self, file);

	return status != SQLITE_OK ? status
				   : self->child.plain->xRead(file, octets, length, place);
}

static int sync_log(sqlite3_file *file, int flags)
{
	GatherVfs *self = vfs_of(file);
	int status = flush(self, file);

	if (status != SQLITE_OK)
		return status;
	room_look(self, file);
	self->end = 0;
	return self->child.plain->xSync(file, flags);
}

static int truncate_log(sqlite3_file *file, sqlite3_int64 size)
{
	GatherVfs *self = vfs_of(file);
	int status = flush(self, file);

	self->size = 0;
	return status != SQLITE_OK ? status : self->child.plain->xTruncate(file, size);
}

static int measure_log(sqlite3_file *file, sqlite3_int64 *size_out)
{
	GatherVfs *self = vfs_of(file);
	int status = flush(self, file);

	return status != SQLITE_OK ? status : self->child.plain->xFileSize(file, size_out);
}

static int close_log(sqlite3_file *file)
{
	GatherVfs *self = vfs_of(file);

	forget(self);
	self->size = 0;
	return self->child.plain->xClose(file);
}

static void replace(sqlite3_io_methods *methods)
{
	methods->xWrite = write_gathered;
	methods->xRead = read_log;
	methods->xSync = sync_log;
	methods->xTruncate = truncate_log;
	methods->xFileSize = measure_log;
	methods->xClose = close_log;
}

GatherVfs *gather_vfs_new(void)
{
	GatherVfs *self = g_new0(GatherVfs, 1);

	if (child_vfs_begin(&self->child, SQLITE_OPEN_WAL, replace))
		return self;
	g_free(self);
	return NULL;
}

static bool fills_up_sectors(sqlite3 *db)
{
	int is_safe = -1; /* asks */

	sqlite3_file_control(db, "main", SQLITE_FCNTL_POWERSAFE_OVERWRITE, &is_safe);
	return is_safe <= 0;
}

static bool syncs_commits(sqlite3 *db)
{
	enum { FULL = 2 };
	sqlite3_stmt *statement = NULL;
	bool syncs = sqlite3_prepare_v2(db, "PRAGMA synchronous", -1, &statement, NULL) ==
			     SQLITE_OK &&
		     sqlite3_step(statement) == SQLITE_ROW &&
		     sqlite3_column_int(statement, 0) >= FULL;

	sqlite3_finalize(statement);
	return syncs;
}

void gather_vfs_begin(GatherVfs *self, sqlite3 *db)
{
	if (self == NULL)
		return;
	self->gathers = syncs_commits(db) && !fills_up_sectors(db);
	sqlite3_rollback_hook(db, forget, self);
}

void gather_vfs_free(GatherVfs *self)
{
	if (self == NULL)
		return;
	child_vfs_end(&self->child);
	g_free(self);
}

const char *gather_vfs_name(const GatherVfs *self)
{
	return self != NULL ? self->child.name : NULL;
}
