/* SPDX-License-Identifier: BSD-2-Clause */
#include "paced-vfs.h"

#include <glib.h>
#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

enum { PIECE_OCTETS = 32 * 4096 };

/* The files are those of SQLite's own VFS, with another table of methods. */
struct PacedVfs {
	sqlite3_vfs vfs;
	char name[32];
	sqlite3_vfs *plain_vfs;
	sqlite3_io_methods methods;
	const sqlite3_io_methods *plain; /* NULL until a database was opened */
	int64_t unsynced;		 /* octets of the database */
};

static PacedVfs *vfs_of(sqlite3_file *file)
{
	return (PacedVfs *)((char *)(uintptr_t)file->pMethods -
			    offsetof(PacedVfs, methods));
}

static int write_paced(sqlite3_file *file, const void *octets, int length,
		       sqlite3_int64 place)
{
	PacedVfs *self = vfs_of(file);
	int status = self->plain->xWrite(file, octets, length, place);

	if (status != SQLITE_OK)
		return status;
	self->unsynced += length;
	if (self->unsynced < PIECE_OCTETS)
		return SQLITE_OK;
	self->unsynced = 0;
	return self->plain->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
}

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
		     int *flags_out)
{
	PacedVfs *self = (PacedVfs *)vfs;
	int status = self->plain_vfs->xOpen(self->plain_vfs, path, file, flags, flags_out);

	if (status != SQLITE_OK || (flags & SQLITE_OPEN_MAIN_DB) == 0)
		return status;
	self->plain = file->pMethods;
	self->methods = *file->pMethods;
	self->methods.xWrite = write_paced;
	file->pMethods = &self->methods;
	return SQLITE_OK;
}

PacedVfs *paced_vfs_new(void)
{
	PacedVfs *self = g_new0(PacedVfs, 1);

	self->plain_vfs = sqlite3_vfs_find(NULL);
	self->vfs = *self->plain_vfs;
	g_snprintf(self->name, sizeof self->name, "paced-%p", (void *)self);
	self->vfs.zName = self->name;
	self->vfs.pNext = NULL;
	self->vfs.xOpen = open_file;
	if (sqlite3_vfs_register(&self->vfs, 0) == SQLITE_OK)
		return self;
	g_free(self);
	return NULL;
}

void paced_vfs_free(PacedVfs *self)
{
	if (self == NULL)
		return;
	sqlite3_vfs_unregister(&self->vfs);
	g_free(self);
}

const char *paced_vfs_name(const PacedVfs *self)
{
	return self->name;
}
