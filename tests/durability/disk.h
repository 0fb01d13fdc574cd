/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a disk holds of a folder that a program writes to: of each file what was synced,
 * and of each folder the names that it had when it was synced. It is kept as files too,
 * in DISK/tree, and brought up to date sync by sync; so when the program is killed, that
 * tree is what a power cut would have left.
 *
 * With luck a disk also holds some of what was not synced: single sectors, in any order.
 * One lock for all, taken by the caller.
 */
#ifndef LEAD_TEST_DISK_H
#define LEAD_TEST_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* From the environment; without the first two there is no disk. */
#define DISK_FOLDER "LEAD_DISK_FOLDER" /* that the program writes to */
#define DISK_PATH "LEAD_DISK_PATH"     /* an empty folder; becomes the disk */
#define DISK_LUCK                                                                          \
	"LEAD_DISK_LUCK" /* percent of writes of which sectors get there early             \
			  */
#define DISK_SYNC_US "LEAD_DISK_SYNC_US" /* the longest that a sync takes */
#define DISK_LIES "LEAD_DISK_LIES" /* end of the names of files that are never synced */
#define DISK_SEED "LEAD_DISK_SEED"
#define DISK_SYNCHRONOUS                                                                   \
	"LEAD_DISK_SYNCHRONOUS" /* how SQLite is opened instead of FULL                    \
				 */

typedef struct Node Node; /* a file or a folder */

/* False without a disk. Before anything else of this file. */
bool disk_is_there(void);
/* True if the path is on the disk: below the folder, and kept over a restart. */
bool disk_has_path(const char *path);
void disk_lock(void);
void disk_unlock(void);

/* What the descriptor has open, or the path names; NULL if that is not on the disk. */
Node *disk_node(int descriptor);
Node *disk_node_at(const char *path);

/* A name that the program has just given, taken or changed. */
void disk_note_new(const char *path);
void disk_note_removed(const char *path);
void disk_note_renamed(const char *from, const char *to);
/* Octets that it has just written; the descriptor is open for reading too. */
void disk_note_write(Node *node, int descriptor, off_t offset, size_t length);
void disk_note_size(Node *node, int descriptor, off_t size);

/* Takes its time, without the lock. */
void disk_sync(Node *node);

/* Ends the program: it does what a disk of this kind cannot follow. */
void disk_fail(const char *what, const char *subject) __attribute__((noreturn));

#endif
