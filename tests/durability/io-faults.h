/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SQLite's file system with faults on order: the n-th call of a kind fails, once or from
 * then on. Counts calls. Any thread.
 */
#ifndef LEAD_TEST_IO_FAULTS_H
#define LEAD_TEST_IO_FAULTS_H

#include <stdbool.h>

typedef enum {
	IO_OPEN,
	IO_DELETE,
	IO_ACCESS,
	IO_READ,
	IO_WRITE,     /* half of it is written */
	IO_FULL_DISK, /* of writes: nothing is written */
	IO_TRUNCATE,
	IO_SYNC,
	IO_FILE_SIZE,
	IO_LOCK,
	IO_SHARED_MAP,
	IO_SHARED_LOCK,
	IO_KINDS
} IoKind;

const char *io_kind_name(IoKind kind);

/* Becomes the file system of all databases opened from here on. */
void io_faults_install(void);
/* A database's own default_cache_size is what a connection gets, whatever it asks for. */
void io_faults_keep_cache(bool kept);
/* The count-th call of that kind from now fails, and all of that kind after it if goes_on.
 * 0: none does, calls are only counted. */
void io_faults_arm(IoKind kind, unsigned count, bool goes_on);
/* Between the two no call fails or counts. */
void io_faults_pause(void);
void io_faults_go_on(void);
/* Ends the fault. How many calls of the kind were made since it was armed. */
unsigned io_faults_disarm(void);

#endif
