/* SPDX-License-Identifier: BSD-2-Clause */
/* leadmilter [-fnV] [-c FILE] */
#ifndef LEADMILTER_COMMAND_LINE_H
#define LEADMILTER_COMMAND_LINE_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
	char *file; /* of the settings; never NULL after reading */
	gboolean foreground;
	gboolean check; /* the settings, and exit */
	gboolean version;
} CommandLine;

/* --help prints and exits. INVALID. */
bool command_line_read(int argc, char **argv, CommandLine *command_line_out,
		       GError **error);

#endif
