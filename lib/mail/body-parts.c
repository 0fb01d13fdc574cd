/* SPDX-License-Identifier: BSD-2-Clause */
#include "body-parts.h"

#include <string.h>

#include "report-parts.h"

static bool is_blank_text(GBytes *text)
{
	size_t length;
	const char *at = g_bytes_get_data(text, &length);

	for (const char *end = at + length; at < end; at++) {
		if (!g_ascii_isspace(*at))
			return false;
	}
	return true;
}

/* The first text is the author's; its HTML twin counts if the plain one is empty. */
static void read_text(BodyReader *self, const MimePart *part)
{
	bool is_html = g_str_equal(part->type, "text/html");
	bool is_twin = self->text != NULL && part->alternative > 0 &&
		       part->alternative == self->alternative;

	if (part->is_attachment)
		return;
	if (self->text != NULL) {
		bool replaces = is_twin && ((self->text_is_html && !is_html) ||
					    (is_html && is_blank_text(self->text)));
		if (!replaces)
			return;
		g_bytes_unref(self->text);
	}
	self->text = mime_part_text(part);
	self->text_is_html = is_html;
	self->alternative = part->alternative;
}

static void read_calendar(BodyReader *self, const MimePart *part)
{
	g_autoptr(GBytes) text = mime_part_text(part);
	const char *method = mime_part_param(part, "method");
	const char *bytes;
	size_t length;

	if (self->facts->calendar > CALENDAR_OTHER)
		return;
	bytes = g_bytes_get_data(text, &length);
	self->facts->calendar = calendar_parse(bytes, length);
	if (self->facts->calendar == CALENDAR_OTHER && method != NULL)
		self->facts->calendar = calendar_kind_from_method(method);
}

static void read_tnef(BodyReader *self, const MimePart *part)
{
	(void)part;
	self->facts->has_tnef = true;
}

/* The first such part tells what kind the report is; one of another kind is somebody
 * else's, returned without its own message. */
static bool report_is(BodyReader *self, ReportKind kind)
{
	if (self->report_told)
		return self->facts->report.kind == kind;
	self->report_told = true;
	self->facts->report.kind = kind;
	return true;
}

/* RFC 2634: the S/MIME receipt stands for "displayed". */
static void read_smime(BodyReader *self, const MimePart *part)
{
	const char *type = mime_part_param(part, "smime-type");

	if (type != NULL && g_ascii_strcasecmp(type, "signed-receipt") == 0 &&
	    report_is(self, REPORT_DISPOSITION))
		self->facts->report.disposition = DISPOSITION_DISPLAYED;
}

static const struct {
	const char *report_type;
	ReportKind kind;
} report_types[] = {
	{"delivery-status", REPORT_DELIVERY},
	{"global-delivery-status", REPORT_DELIVERY},
	{"disposition-notification", REPORT_DISPOSITION},
	{"global-disposition-notification", REPORT_DISPOSITION},
	{"feedback-report", REPORT_FEEDBACK},
};

static void read_report(BodyReader *self, const MimePart *part)
{
	const char *type = mime_part_param(part, "report-type");

	if (self->report_told)
		return;
	for (unsigned i = 0; type != NULL && i < G_N_ELEMENTS(report_types); i++) {
		if (g_ascii_strcasecmp(type, report_types[i].report_type) == 0)
			self->facts->report.kind = report_types[i].kind;
	}
}

static void read_status(BodyReader *self, const MimePart *part,
			void (*read)(Report *report, const char *text, size_t length),
			ReportKind kind)
{
	g_autoptr(GBytes) text = NULL;
	const char *bytes;
	size_t length;

	if (!report_is(self, kind))
		return;
	text = mime_part_text(part);
	bytes = g_bytes_get_data(text, &length);
	read(&self->facts->report, bytes, length);
}

static void read_delivery(BodyReader *self, const MimePart *part)
{
	read_status(self, part, report_read_delivery_status, REPORT_DELIVERY);
}

static void read_disposition(BodyReader *self, const MimePart *part)
{
	read_status(self, part, report_read_disposition, REPORT_DISPOSITION);
}

static void read_feedback(BodyReader *self, const MimePart *part)
{
	read_status(self, part, report_read_feedback, REPORT_FEEDBACK);
}

static void read_returned(BodyReader *self, const MimePart *part)
{
	if (self->returned == NULL)
		self->returned = mime_part_content(part);
}

static const struct {
	const char *type;
	void (*read)(BodyReader *self, const MimePart *part);
	bool reports; /* such a part may be a report's */
} readers[] = {
	{"text/plain", read_text, false},
	{"text/html", read_text, false},
	{"text/enriched", read_text, false},
	{"text/calendar", read_calendar, false},
	{"application/ics", read_calendar, false},
	{"application/ms-tnef", read_tnef, false},
	{"application/vnd.ms-tnef", read_tnef, false},
	{"application/pkcs7-mime", read_smime, true},
	{"application/x-pkcs7-mime", read_smime, true},
	{"multipart/report", read_report, true},
	{"message/delivery-status", read_delivery, true},
	{"message/global-delivery-status", read_delivery, true},
	{"message/disposition-notification", read_disposition, true},
	{"message/global-disposition-notification", read_disposition, true},
	{"message/feedback-report", read_feedback, true},
	{"message/rfc822", read_returned, true},
	{"message/global", read_returned, true},
	{"message/global-headers", read_returned, true},
	{"message/rfc822-headers", read_returned, true},
	{"text/rfc822-headers", read_returned, true},
	{"text/rfc822-header", read_returned, true},
	{"text/rfc822", read_returned, true},
};

bool body_part_visit(const MimePart *part, void *context)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(readers); i++) {
		if (strcmp(part->type, readers[i].type) == 0)
			readers[i].read(context, part);
	}
	return true;
}

bool body_part_visit_for_report(const MimePart *part, void *context)
{
	bool *found = context;

	for (unsigned i = 0; !*found && i < G_N_ELEMENTS(readers); i++)
		*found = readers[i].reports && strcmp(part->type, readers[i].type) == 0;
	return !*found;
}
