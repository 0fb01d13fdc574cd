/* SPDX-License-Identifier: BSD-2-Clause */
#include "paced-vfs.h"

#include <glib.h>
#include <stdint.h>

#include "child-vfs.h"

enum { PIECE_OCTETS = 32 * 4096 };

struct PacedVfs {
	ChildVfs child;	  /* of the database's files; first member */
	int64_t unsynced; /* octets of the database */
};

static int write_paced(sqlite3_file *file, const void *octets, int length,
		       sqlite3_int64 place)
{
	PacedVfs *self = (PacedVfs *)child_vfs_of(file);
	int status = self->child.plain->xWrite(file, octets, length, place);

	if (status != SQLITE_OK)
		return status;
	self->unsynced += length;
	if (self->unsynced < PIECE_OCTETS)
		return SQLITE_OK;
	self->unsynced = 0;
	return self->child.plain->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
}

static void replace(sqlite3_io_methods *methods)
{
	methods->xWrite = write_paced;
}

PacedVfs *paced_vfs_new(void)
{
	PacedVfs *self = g_new0(PacedVfs, 1);

	if (child_vfs_begin(&self->child, SQLITE_OPEN_MAIN_DB, replace))
		return self;
	g_free(self);
	return NULL;
}

void paced_vfs_free(PacedVfs *self)
{
	if (self == NULL)
		return;
	child_vfs_end(&self->child);
	g_free(self);
}

const char *paced_vfs_name(const PacedVfs *self)
{
	return self != NULL ? self->child.name : NULL;
}
