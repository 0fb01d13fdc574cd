/* SPDX-License-Identifier: BSD-2-Clause */
/* A message of a test, read as the daemon reads it: from exact-size memory. */
#ifndef TESTS_UNIT_READ_BODY_H
#define TESTS_UNIT_READ_BODY_H

#include <glib.h>

#include "lead/body.h"

static inline void read_body(const char *message, size_t length, const BodyLimits *limits,
			     BodyFacts *facts_out)
{
	static const HeaderLimits header_limits = {262144, 1000, 65536};
	g_autoptr(HeaderSection) section = header_section_new(&header_limits, NULL);
	g_autofree char *exact = g_memdup2(message, length);
	size_t at = header_section_split(section, exact, length);
	g_autofree char *body = g_memdup2(exact + at, length - at);

	body_read(section, body, length - at, limits, facts_out);
}

#endif
