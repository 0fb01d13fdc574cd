/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Into the background, in two steps: the process that was started stays until the daemon
 * is ready, so that its exit status is true and its errors reach the terminal. Before any
 * thread.
 */
#ifndef LEADMILTER_DAEMONIZE_H
#define LEADMILTER_DAEMONIZE_H

#include <glib.h>
#include <stdbool.h>

/* Returns in the child only; the parent waits and exits. PERMANENT. */
bool daemonize_begin(GError **error);
/* Ready: lets go of terminal (of standard error only if nothing is logged there), folder
 * and parent. Nothing without daemonize_begin(). */
void daemonize_end(bool keep_stderr);

#endif
