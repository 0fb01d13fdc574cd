/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A VFS of ours for SQLite (https://www.sqlite.org/vfs.html) that leaves all to SQLite's
 * own but a few methods of some files: the files are the parent's, with a table of methods
 * in which those few are replaced.
 */
#ifndef LEAD_STORE_SQLITE_CHILD_VFS_H
#define LEAD_STORE_SQLITE_CHILD_VFS_H

#include <sqlite3.h>
#include <stdbool.h>

typedef struct {
	sqlite3_vfs vfs; /* first member */
	char name[32];
	sqlite3_vfs *parent;
	int flags;			 /* SQLITE_OPEN_...: of the files that are meant */
	sqlite3_io_methods methods;	 /* of those files; see child_vfs_of() */
	const sqlite3_io_methods *plain; /* the parent's; NULL until one was opened */
	void (*replace)(sqlite3_io_methods *methods);
} ChildVfs;

/* Known to SQLite under its name from now on. replace puts its own into a table that holds
 * the parent's. False if SQLite has no memory for it. */
bool child_vfs_begin(ChildVfs *child, int flags,
		     void (*replace)(sqlite3_io_methods *methods));
/* When none of its files is open any more. */
void child_vfs_end(ChildVfs *child);

/* Whose file this is, for a method that replaces one. */
ChildVfs *child_vfs_of(const sqlite3_file *file);

#endif
