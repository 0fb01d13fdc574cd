/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The file of a unix socket: taken from the dead, given to owner and group, and removed
 * only while it is still ours.
 */
#ifndef LEADMILTER_SOCKET_FILE_H
#define LEADMILTER_SOCKET_FILE_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>
#include <sys/un.h>

typedef struct {
	const char *path; /* borrowed */
	dev_t device;	  /* of the file that we made; 0 until it is given away */
	ino_t inode;
} SocketFile;

/* false if the path is too long for a socket. */
bool socket_file_address(const char *path, struct sockaddr_un *address_out);

/* Removes what a dead process left. TEMPORARY if somebody listens there, PERMANENT if it
 * is no socket or cannot be removed. Only for one who has the lock, or knows by other
 * means that no other instance does the same. */
bool socket_file_take(const char *path, GError **error);

/* Owner, group and mode, in this order: until then nobody but us may connect. From here
 * on the file is ours. PERMANENT. */
bool socket_file_give(SocketFile *file, uid_t uid, gid_t gid, mode_t mode, GError **error);

/* Nothing if another file has the name by now. */
void socket_file_remove(const SocketFile *file);

#endif
