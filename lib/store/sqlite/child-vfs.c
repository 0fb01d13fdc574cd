/* SPDX-License-Identifier: BSD-2-Clause */
#include "child-vfs.h"

#include <stddef.h>
#include <stdint.h>

ChildVfs *child_vfs_of(const sqlite3_file *file)
{
	return (ChildVfs *)((uintptr_t)file->pMethods - offsetof(ChildVfs, methods));
}

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
		     int *flags_out)
{
	ChildVfs *self = (ChildVfs *)vfs;
	int status = self->parent->xOpen(self->parent, path, file, flags, flags_out);

	if (status != SQLITE_OK || (flags & self->flags) == 0)
		return status;
	self->plain = file->pMethods;
	self->methods = *file->pMethods;
	self->replace(&self->methods);
	file->pMethods = &self->methods;
	return SQLITE_OK;
}

bool child_vfs_begin(ChildVfs *self, int flags,
		     void (*replace)(sqlite3_io_methods *methods))
{
	self->parent = sqlite3_vfs_find(NULL);
	self->flags = flags;
	self->replace = replace;
	self->vfs = *self->parent;
	sqlite3_snprintf((int)sizeof self->name, self->name, "lead-%p", (void *)self);
	self->vfs.zName = self->name;
	self->vfs.pNext = NULL;
	self->vfs.xOpen = open_file;
	return sqlite3_vfs_register(&self->vfs, 0) == SQLITE_OK;
}

void child_vfs_end(ChildVfs *self)
{
	sqlite3_vfs_unregister(&self->vfs);
}
