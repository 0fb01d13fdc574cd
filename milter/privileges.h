/* SPDX-License-Identifier: BSD-2-Clause */
/* The user that the daemon runs as, and what root can give it before it changes to it. */
#ifndef LEADMILTER_PRIVILEGES_H
#define LEADMILTER_PRIVILEGES_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "lead/settings.h"

typedef struct {
	char *name; /* NULL: no change */
	uid_t uid;
	gid_t gid;
} RunAs;

/* Whom the settings ask for. No change if they ask for nobody or if we are not root;
 * INVALID if there is no such user. */
bool run_as_find(const Settings *settings, RunAs *run_as_out, GError **error);
void run_as_clear(RunAs *run_as);

/* Changes for good, supplementary groups included. PERMANENT. */
bool run_as_become(const RunAs *run_as, GError **error);

/* Every session is a descriptor: sets the limit, as far as we may, and returns it. */
int64_t descriptor_limit_set(int64_t wanted);

#endif
