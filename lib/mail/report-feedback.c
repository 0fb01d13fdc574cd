/* SPDX-License-Identifier: BSD-2-Clause */
/* message/feedback-report (RFC 5965 3). */
#include <glib.h>
#include <string.h>

#include "report-parts.h"

static void recipient_add(Report *report, const char *value)
{
	AddrSpec *address = report_address_parse(value);
	ReportRecipient *recipient;

	if (address == NULL || report->recipients->len >= REPORT_RECIPIENTS_MAX) {
		addr_spec_free(address);
		return;
	}
	recipient = g_new0(ReportRecipient, 1);
	recipient->recipient = address;
	g_ptr_array_add(report->recipients, recipient);
}

static void feedback_visit(const char *name, const char *value, void *context)
{
	Report *report = context;

	if (name == NULL)
		return;
	if (g_ascii_strcasecmp(name, "Feedback-Type") == 0 &&
	    report->feedback_type == NULL) {
		report->feedback_type =
			g_ascii_strdown(value, (gssize)strcspn(value, " \t;("));
	} else if (g_ascii_strcasecmp(name, "Original-Rcpt-To") == 0 ||
		   g_ascii_strcasecmp(name, "Removal-Recipient") == 0) {
		recipient_add(report, value);
	}
}

void report_read_feedback(Report *report, const char *text, size_t length)
{
	report_fields_read(text, length, feedback_visit, report);
}
