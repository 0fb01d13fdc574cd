/* SPDX-License-Identifier: BSD-2-Clause */
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

enum {
	TERMINAL_PAUSE = G_USEC_PER_SEC / 10,
	LINE_PAUSE = 2 * G_USEC_PER_SEC,
};

void progress_begin(Progress *progress, bool asked)
{
	*progress = (Progress){.terminal = isatty(STDERR_FILENO)};
	progress->on = asked || progress->terminal;
}

void progress_show(Progress *progress, const char *phase, size_t done, size_t total)
{
	gint64 now;

	if (!progress->on)
		return;
	now = g_get_monotonic_time();
	if (now < progress->next_at)
		return;
	progress->next_at = now + (progress->terminal ? TERMINAL_PAUSE : LINE_PAUSE);
	progress->shown = true;
	fputs(progress->terminal ? "\r\033[K" : "", stderr);
	if (total > 0)
		fprintf(stderr, "%s: %3.0f %%", phase,
			100.0 * (double)done / (double)total);
	else
		fprintf(stderr, "%s: %zu", phase, done);
	fputs(progress->terminal ? "" : "\n", stderr);
}

void progress_hide(Progress *progress)
{
	if (progress->shown && progress->terminal)
		fputs("\r\033[K", stderr);
	progress->shown = false;
	progress->next_at = 0;
}
