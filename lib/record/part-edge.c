/* SPDX-License-Identifier: BSD-2-Clause */
#include "part-edge.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "mbox-line.h"

static size_t trimmed(const char *line, size_t length)
{
	while (length > 0 && g_ascii_isspace(line[length - 1]))
		length--;
	return length;
}

/* dash-boundary, but not a close-delimiter, behind which the next message may come at
 * once, nor the "-- " above a signature. A rule of dashes alone is one: people paste
 * messages below it. */
static bool is_delimiter(const char *line, size_t length)
{
	size_t dashes = 0;

	if (length < 3 || memcmp(line, "--", 2) != 0)
		return false;
	while (dashes < length && line[dashes] == '-')
		dashes++;
	if (dashes == length)
		return true;
	return !g_ascii_isspace(line[2]) && memcmp(line + length - 2, "--", 2) != 0;
}

static bool is_content_field(const char *line, size_t length)
{
	static const char prefix[] = "Content-";

	return length > strlen(prefix) &&
	       g_ascii_strncasecmp(line, prefix, strlen(prefix)) == 0 &&
	       mbox_line_is_field(line, length);
}

/* An empty line right behind the delimiter begins a part, too; but far more often it ends
 * a message whose last line is a rule. */
PartEdge part_edge_next(PartEdge edge, const char *line, size_t length)
{
	size_t end = trimmed(line, length);
	bool in_header = edge == PART_HEADER;

	if ((in_header || edge == PART_DELIMITER) && is_content_field(line, length))
		return PART_HEADER;
	if (in_header && end == 0)
		return PART_START;
	if (in_header && (g_ascii_isspace(*line) || mbox_line_is_field(line, length)))
		return PART_HEADER;
	return is_delimiter(line, end) ? PART_DELIMITER : PART_NONE;
}
