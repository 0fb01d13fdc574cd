/* SPDX-License-Identifier: BSD-2-Clause */
#include "option-values.h"

#include "date.h"
#include "leadctl.h"

bool option_stage(const char *name, const char *text, Stage *stage_out)
{
	*stage_out = 0;
	if (text == NULL || stage_from_name(text, stage_out))
		return true;
	complain("%s: no stage '%s'; there are lead, prospect, customer and client", name,
		 text);
	return false;
}

bool option_date(const char *name, const char *text, int64_t *at_out)
{
	*at_out = 0;
	if (text == NULL || date_read(text, date_now(), at_out))
		return true;
	complain("%s: cannot read the date '%s'; write it as 2026-11-01, "
		 "2026-11-01T09:30:00Z or 30d",
		 name, text);
	return false;
}

bool option_limit(const char *name, const char *text, size_t *limit_out)
{
	guint64 limit;

	*limit_out = 0;
	if (text == NULL)
		return true;
	if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT32, &limit, NULL)) {
		complain("%s: '%s' is no number above zero", name, text);
		return false;
	}
	*limit_out = (size_t)limit;
	return true;
}
