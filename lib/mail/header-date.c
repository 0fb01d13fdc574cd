/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/header-date.h"

#include <gmime/gmime.h>

int64_t header_date_parse(const char *body)
{
	GDateTime *date = g_mime_utils_header_decode_date(body);
	int64_t seconds;

	if (date == NULL)
		return 0;
	seconds = g_date_time_to_unix(date);
	g_date_time_unref(date);
	return seconds;
}
