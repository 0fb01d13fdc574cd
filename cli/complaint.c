/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>

#include "lead/error.h"
#include "lead/safe-text.h"
#include "leadctl.h"

/* Names of files and cells of strangers are in here: not one octet goes out as it is, and
 * a line break in them begins no second message. */
void complain(const char *format, ...)
{
	g_autofree char *text = NULL, *safe = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	safe = safe_text_line(text);
	fprintf(stderr, "leadctl: %s\n", safe);
}

static ExitCode code_of(const GError *error)
{
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

ExitCode complain_error(const GError *error)
{
	complain("%s", error->message);
	return code_of(error);
}
