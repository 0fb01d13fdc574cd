/* SPDX-License-Identifier: BSD-2-Clause */
/* What a command does in the name of whoever sits at the keyboard. */
#ifndef LEADCTL_DEED_H
#define LEADCTL_DEED_H

#include <stdbool.h>

#include "lead/store.h"

/* reason: the value of --reason, stripped in place, or NULL. The deed borrows it. */
void deed_read(char *reason, Deed *deed_out);
/* The same where a reason must be given: false (complained) if there is none. */
bool deed_read_reasoned(const char *command, char *reason, Deed *deed_out);

#endif
