/* SPDX-License-Identifier: BSD-2-Clause */
/* How far a long command has come: one line on standard error, rewritten in place on a
 * terminal, now and then a new one elsewhere. */
#ifndef LEADCTL_PROGRESS_H
#define LEADCTL_PROGRESS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
	bool on, terminal, shown;
	gint64 next_at; /* monotonic microseconds */
} Progress;

/* On a terminal always; elsewhere only if asked for. */
void progress_begin(Progress *progress, bool asked);
/* total 0: unknown. */
void progress_show(Progress *progress, const char *phase, size_t done, size_t total);
/* Clears the line: before other text goes to the terminal, and at the end. */
void progress_hide(Progress *progress);

#endif
