/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The daemon's log: syslog (facility mail) or standard error, a line a message. A line
 * about a mail message begins with its queue id and goes on in key=value pairs. Any
 * thread; target and level may change while others write.
 */
#ifndef LEADMILTER_LOG_H
#define LEADMILTER_LOG_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/settings.h"

/* Until then, and for a level above the settings', lines go to standard error or nowhere.
 * libmilter's own lines go the same way. */
void log_open(LogTarget target, LogLevel level);
bool log_wants(LogLevel level);
void log_write(LogLevel level, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* One entry for each line of a text that may have several (errors of the settings). */
void log_write_lines(LogLevel level, const char *prefix, const char *text);

/* At most one line in ten seconds; how many were held back is told with the next. */
typedef struct {
	int64_t quiet_until; /* monotonic us; both atomic */
	unsigned held_back;
} LogRate;
void log_write_rated(LogRate *rate, LogLevel level, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

/* Appends " key=value", the value made safe for a line; nothing if it is NULL. */
void log_line_add(GString *line, const char *key, const char *value);
void log_line_add_number(GString *line, const char *key, int64_t value);

#endif
