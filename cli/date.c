/* SPDX-License-Identifier: BSD-2-Clause */
#include "date.h"

#include <glib.h>
#include <string.h>

static bool age_read(const char *text, int64_t *seconds_out)
{
	static const struct {
		const char *unit;
		int64_t seconds;
	} units[] = {{"h", 3600}, {"d", 86400}, {"w", INT64_C(7) * 86400}};
	enum { MOST = 1000000 }; /* 2,700 years of days: far inside 64 bits */
	char *end = NULL;
	guint64 number;

	if (!g_ascii_isdigit(*text))
		return false;
	number = g_ascii_strtoull(text, &end, 10);
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		if (strcmp(end, units[i].unit) == 0 && number <= MOST) {
			*seconds_out = (int64_t)number * units[i].seconds;
			return true;
		}
	}
	return false;
}

bool date_read(const char *text, int64_t now, int64_t *at_out)
{
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	g_autoptr(GDateTime) time = NULL;
	g_autofree char *midnight = NULL;
	int64_t seconds;

	if (age_read(text, &seconds)) {
		*at_out = now - seconds;
		return true;
	}
	if (strlen(text) == strlen("2026-11-01"))
		midnight = g_strconcat(text, "T00:00:00Z", NULL);
	time = g_date_time_new_from_iso8601(midnight != NULL ? midnight : text, utc);
	if (time == NULL)
		return false;
	*at_out = g_date_time_to_unix(time);
	return true;
}

char *date_text(int64_t at)
{
	g_autoptr(GDateTime) time = at != 0 ? g_date_time_new_from_unix_utc(at) : NULL;

	return time != NULL ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

int64_t date_now(void)
{
	return g_get_real_time() / G_USEC_PER_SEC;
}
