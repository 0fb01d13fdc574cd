/* SPDX-License-Identifier: BSD-2-Clause */
/* The C library's own functions, behind those that powercut.c puts in their place. */
#ifndef LEAD_TEST_REAL_H
#define LEAD_TEST_REAL_H

#include <sys/types.h>

struct sqlite3;

typedef struct {
	int (*open)(const char *path, int flags, ...);
	ssize_t (*write)(int descriptor, const void *octets, size_t length);
	ssize_t (*pwrite64)(int descriptor, const void *octets, size_t length,
			    off_t offset);
	int (*ftruncate64)(int descriptor, off_t size);
	int (*fsync)(int descriptor);
	int (*fdatasync)(int descriptor);
	int (*rename)(const char *from, const char *to);
	int (*unlink)(const char *path);
	int (*mkdir)(const char *path, mode_t mode);
	int (*rmdir)(const char *path);
	int (*sqlite3_exec)(struct sqlite3 *db, const char *sql,
			    int (*row)(void *, int, char **, char **), void *user,
			    char **message_out);
} Real;

extern Real real;
void real_init(void); /* again and again is fine */

#endif
