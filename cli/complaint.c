/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>

#include "lead/error.h"
#include "lead/safe-text.h"
#include "leadctl.h"

void complain(const char *format, ...)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		/* names of files and cells of strangers are in here */
		g_autofree char *safe = safe_text_line(*line);

		if (*safe != '\0')
			fprintf(stderr, "leadctl: %s\n", safe);
	}
}

ExitCode complain_error(const GError *error)
{
	complain("%s", error->message);
	if (error->domain != LEAD_ERROR)
		return LEADCTL_REFUSED;
	switch ((LeadError)error->code) {
	case LEAD_ERROR_NOT_FOUND:
		return LEADCTL_NOTHING;
	case LEAD_ERROR_TEMPORARY:
		return LEADCTL_NO_STORE;
	case LEAD_ERROR_INVALID:
	case LEAD_ERROR_LIMIT:
	case LEAD_ERROR_PERMANENT:
		break;
	}
	return LEADCTL_REFUSED;
}
