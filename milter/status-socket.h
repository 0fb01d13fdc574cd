/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The socket on which the daemon tells how it is (lead/daemon-status.h). One thread, one
 * connection at a time, and none can hold it up: what a client sends is not read, and the
 * text goes into the socket's buffer or nowhere. Mail does not depend on it: where it
 * cannot be opened, that is a warning.
 */
#ifndef LEADMILTER_STATUS_SOCKET_H
#define LEADMILTER_STATUS_SOCKET_H

#include <sys/types.h>

#include "lead/recorder.h"
#include "lead/settings.h"

/* After socket_open(), whose lock (or port) says that no other instance lives, and before
 * the change of user; with the same owner, group and mode as the milter's socket. */
void status_socket_open(const Settings *settings, uid_t uid, gid_t gid);

/* Starts the thread. */
void status_socket_serve(Recorder *recorder);

/* Removes the socket; afterwards nobody asks the recorder any more. Also if it was never
 * opened. */
void status_socket_close(void);

#endif
