/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * To be preloaded into a program: what it writes below a folder also goes to a disk
 * (disk.h) that holds only what was synced. The program is killed whenever the test likes;
 * then the disk is what a power cut leaves. A killed program alone would prove nothing of
 * syncs: what it wrote is in the kernel's memory, and that goes on.
 *
 * All ways to write are here that SQLite and the spool use. With LEAD_DISK_SYNCHRONOUS
 * SQLite is opened less careful than the program asks.
 */
#define _GNU_SOURCE /* this is no part of the build's configuration */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disk.h"
#include "real.h"

#define EXPORTED __attribute__((visibility("default")))

Real real;

void real_init(void)
{
	static const struct {
		const char *name;
		size_t offset;
	} rows[] = {
		{"open", offsetof(Real, open)},
		{"write", offsetof(Real, write)},
		{"pwrite64", offsetof(Real, pwrite64)},
		{"ftruncate64", offsetof(Real, ftruncate64)},
		{"fsync", offsetof(Real, fsync)},
		{"fdatasync", offsetof(Real, fdatasync)},
		{"rename", offsetof(Real, rename)},
		{"unlink", offsetof(Real, unlink)},
		{"mkdir", offsetof(Real, mkdir)},
		{"rmdir", offsetof(Real, rmdir)},
		{"sqlite3_exec", offsetof(Real, sqlite3_exec)},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		void *symbol = dlsym(RTLD_NEXT, rows[i].name);

		memcpy((char *)&real + rows[i].offset, &symbol, sizeof symbol);
	}
}

/* ---- names ---- */

static int open_on_disk(const char *path, int flags, mode_t mode)
{
	struct stat status;
	bool is_new;
	int descriptor, error;

	/* What was written is read back. */
	if ((flags & O_ACCMODE) == O_WRONLY)
		flags = (flags & ~O_ACCMODE) | O_RDWR;
	disk_lock();
	is_new = lstat(path, &status) != 0;
	descriptor = real.open(path, flags, mode);
	error = errno;
	if (descriptor >= 0 && is_new)
		disk_note_new(path);
	else if (descriptor >= 0 && (flags & O_TRUNC) != 0)
		disk_note_size(disk_node(descriptor), descriptor, 0);
	disk_unlock();
	errno = error;
	return descriptor;
}

static int open_anywhere(const char *path, int flags, mode_t mode)
{
	if (disk_has_path(path))
		return open_on_disk(path, flags, mode);
	return real.open(path, flags, mode);
}

static mode_t mode_of(int flags, va_list *arguments)
{
	return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(*arguments, mode_t) : 0;
}

EXPORTED int open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = mode_of(flags, &arguments);
	va_end(arguments);
	return open_anywhere(path, flags, mode);
}

EXPORTED int open64(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = mode_of(flags, &arguments);
	va_end(arguments);
	return open_anywhere(path, flags, mode);
}

int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);

EXPORTED int __open_2(const char *path, int flags)
{
	return open_anywhere(path, flags, 0);
}

EXPORTED int __open64_2(const char *path, int flags)
{
	return open_anywhere(path, flags, 0);
}

static int remove_with(int (*function)(const char *path), const char *path)
{
	int result, error;

	if (!disk_has_path(path))
		return function(path);
	disk_lock();
	result = function(path);
	error = errno;
	if (result == 0)
		disk_note_removed(path);
	disk_unlock();
	errno = error;
	return result;
}

EXPORTED int unlink(const char *path)
{
	disk_is_there();
	return remove_with(real.unlink, path);
}

EXPORTED int rmdir(const char *path)
{
	disk_is_there();
	return remove_with(real.rmdir, path);
}

EXPORTED int mkdir(const char *path, mode_t mode)
{
	int result, error;

	if (!disk_has_path(path))
		return real.mkdir(path, mode);
	disk_lock();
	result = real.mkdir(path, mode);
	error = errno;
	if (result == 0)
		disk_note_new(path);
	disk_unlock();
	errno = error;
	return result;
}

EXPORTED int rename(const char *from, const char *to)
{
	int result, error;

	if (!disk_has_path(from) && !disk_has_path(to))
		return real.rename(from, to);
	disk_lock();
	result = real.rename(from, to);
	error = errno;
	if (result == 0)
		disk_note_renamed(from, to);
	disk_unlock();
	errno = error;
	return result;
}

/* ---- octets ---- */

static Node *locked_node(int descriptor)
{
	Node *node;

	if (!disk_is_there())
		return NULL;
	disk_lock();
	node = disk_node(descriptor);
	if (node == NULL)
		disk_unlock();
	return node;
}

static ssize_t note_written(Node *node, int descriptor, off_t offset, ssize_t written)
{
	int error = errno;

	if (written > 0)
		disk_note_write(node, descriptor, offset, (size_t)written);
	disk_unlock();
	errno = error;
	return written;
}

EXPORTED ssize_t write(int descriptor, const void *octets, size_t length)
{
	Node *node = locked_node(descriptor);
	ssize_t written;

	if (node == NULL)
		return real.write(descriptor, octets, length);
	written = real.write(descriptor, octets, length);
	return note_written(node, descriptor, lseek(descriptor, 0, SEEK_CUR) - written,
			    written);
}

static ssize_t write_at(int descriptor, const void *octets, size_t length, off_t offset)
{
	Node *node = locked_node(descriptor);

	if (node == NULL)
		return real.pwrite64(descriptor, octets, length, offset);
	return note_written(node, descriptor, offset,
			    real.pwrite64(descriptor, octets, length, offset));
}

EXPORTED ssize_t pwrite(int descriptor, const void *octets, size_t length, off_t offset)
{
	return write_at(descriptor, octets, length, offset);
}

EXPORTED ssize_t pwrite64(int descriptor, const void *octets, size_t length, off_t offset)
{
	return write_at(descriptor, octets, length, offset);
}

static int set_size(int descriptor, off_t size)
{
	Node *node = locked_node(descriptor);
	int result, error;

	if (node == NULL)
		return real.ftruncate64(descriptor, size);
	result = real.ftruncate64(descriptor, size);
	error = errno;
	if (result == 0)
		disk_note_size(node, descriptor, size);
	disk_unlock();
	errno = error;
	return result;
}

EXPORTED int ftruncate(int descriptor, off_t size)
{
	return set_size(descriptor, size);
}

EXPORTED int ftruncate64(int descriptor, off_t size)
{
	return set_size(descriptor, size);
}

/* ---- syncs ---- */

static int sync_with(int (*function)(int descriptor), int descriptor)
{
	Node *node = locked_node(descriptor);

	if (node == NULL)
		return function(descriptor);
	disk_sync(node);
	disk_unlock();
	return 0;
}

EXPORTED int fsync(int descriptor)
{
	disk_is_there();
	return sync_with(real.fsync, descriptor);
}

EXPORTED int fdatasync(int descriptor)
{
	disk_is_there();
	return sync_with(real.fdatasync, descriptor);
}

/* ---- SQLite ---- */

EXPORTED int sqlite3_exec(struct sqlite3 *db, const char *sql,
			  int (*row)(void *, int, char **, char **), void *user,
			  char **message_out);

EXPORTED int sqlite3_exec(struct sqlite3 *db, const char *sql,
			  int (*row)(void *, int, char **, char **), void *user,
			  char **message_out)
{
	const char *level = getenv(DISK_SYNCHRONOUS);
	g_autoptr(GString) changed = g_string_new(sql);

	disk_is_there();
	if (level != NULL) {
		g_autofree char *wanted = g_strconcat("synchronous = ", level, NULL);

		g_string_replace(changed, "synchronous = FULL", wanted, 0);
	}
	return real.sqlite3_exec(db, changed->str, row, user, message_out);
}
