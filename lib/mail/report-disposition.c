/* SPDX-License-Identifier: BSD-2-Clause */
/* message/disposition-notification (RFC 8098) and its utf-8 form (RFC 6533). */
#include <glib.h>
#include <string.h>

#include "lead/msg-id.h"
#include "report-parts.h"

static const struct {
	const char *type;
	Disposition disposition;
} types[] = {
	{"displayed", DISPOSITION_DISPLAYED},
	{"read", DISPOSITION_DISPLAYED},
	{"deleted", DISPOSITION_DELETED},
};

/* disposition-field = "Disposition:" disposition-mode ";" disposition-type
 * [ "/" disposition-modifier *( "," disposition-modifier ) ] (RFC 8098 3.2.6) */
static Disposition disposition_of(const char *value)
{
	const char *type = strchr(value, ';');

	type = type ? type + 1 : value;
	while (g_ascii_isspace(*type))
		type++;
	for (unsigned i = 0; i < G_N_ELEMENTS(types); i++) {
		if (g_ascii_strncasecmp(type, types[i].type, strlen(types[i].type)) == 0)
			return types[i].disposition;
	}
	return DISPOSITION_OTHER;
}

static void disposition_visit(const char *name, const char *value, void *context)
{
	Report *report = context;

	if (name == NULL)
		return;
	if (g_ascii_strcasecmp(name, "Disposition") == 0)
		report->disposition = disposition_of(value);
	else if (g_ascii_strcasecmp(name, "Original-Message-ID") == 0 &&
		 report->original_id == NULL)
		report->original_id = msg_id_parse(value);
}

void report_read_disposition(Report *report, const char *text, size_t length)
{
	report_fields_read(text, length, disposition_visit, report);
}
