/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The socket on which the MTA reaches us. libmilter makes it, and would also take a path
 * away from a living instance, and at its end remove whatever socket is there; so a lock
 * file beside the path decides who may have it.
 */
#ifndef LEADMILTER_SOCKET_H
#define LEADMILTER_SOCKET_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#include "lead/settings.h"

/* Whether the settings name a socket that may be opened: INVALID for inet:PORT without a
 * host, or with a wildcard for it, unless allow_public_listen, and for an unknown group. */
bool socket_check(const Settings *settings, GError **error);

/* Takes the lock, removes a dead socket, lets libmilter open a new one and gives it owner,
 * group and mode; uid and gid are those that we shall run as. Waits for another instance
 * that is stopping; TEMPORARY if it lives on, PERMANENT otherwise. */
bool socket_open(const Settings *settings, uid_t uid, gid_t gid, GError **error);

/* The group of the settings; gid_out stays as it is if they name none. INVALID. */
bool socket_group_find(const Settings *settings, gid_t *gid_out, GError **error);

/* Whoever is started from now on may wait for our place. */
void socket_tell_stopping(void);

/* Removes a unix socket that is still ours: nobody connects any more. */
void socket_remove(void);

#endif
