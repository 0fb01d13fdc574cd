/* SPDX-License-Identifier: BSD-2-Clause */
/* message/feedback-report (RFC 5965 3). */
#include <glib.h>
#include <string.h>

#include "report-parts.h"

static bool has_address(const Report *report, const AddrSpec *address)
{
	for (unsigned i = 0; i < report->recipients->len; i++) {
		const ReportRecipient *one = g_ptr_array_index(report->recipients, i);

		if (one->recipient != NULL && addr_spec_equal(one->recipient, address))
			return true;
	}
	return false;
}

void report_add_address(Report *report, AddrSpec *address_taken)
{
	ReportRecipient *recipient;

	/* "undisclosed recipients", "redacted": not everybody names whom it is about */
	if (address_taken == NULL || *addr_spec_domain(address_taken) == '\0' ||
	    report->recipients->len >= REPORT_RECIPIENTS_MAX ||
	    has_address(report, address_taken)) {
		addr_spec_free(address_taken);
		return;
	}
	recipient = g_new0(ReportRecipient, 1);
	recipient->recipient = address_taken;
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
		report_add_address(report, report_address_parse(value));
	}
}

void report_read_feedback(Report *report, const char *text, size_t length)
{
	report_fields_read(text, length, feedback_visit, report);
}

/* The field that Outlook.com puts in front of a message that its user called junk. */
static void outlook_visit(const char *name, const char *value, void *context)
{
	Report *report = context;

	if (name == NULL || g_ascii_strcasecmp(name, "X-HmXmrOriginalRecipient") != 0)
		return;
	report->kind = REPORT_FEEDBACK;
	report_add_address(report, report_address_parse(value));
}

bool report_read_feedback_by_field(Report *report, const HeaderSection *section,
				   const char *bytes, size_t length)
{
	const char *from = header_section_get(section, FIELD_FROM, 0);

	/* A person may return such a message too: it must come from there. */
	if (from == NULL || strstr(from, "staff@hotmail.com") == NULL)
		return false;
	report_fields_read(bytes, MIN(length, REPORT_TEXT_MAX), outlook_visit, report);
	if (report->kind != REPORT_FEEDBACK)
		return false;
	report->feedback_type = g_strdup("abuse");
	return true;
}
