/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/body.h"

#include <libical/ical.h>
#include <string.h>

#include "html-text.h"
#include "lead/auto-submitted.h"
#include "lead/msg-id.h"
#include "lead/own-text.h"
#include "mime.h"
#include "phrases.h"
#include "report-parts.h"

enum {
	DIGEST_OCTETS = 8192, /* enough to tell templates apart, and cheap */
};

/* What one walk over the parts gathers. */
typedef struct {
	const HeaderSection *section;
	BodyFacts *facts;
	GBytes *text; /* the first text part, decoded; NULL if there was none */
	bool text_is_html;
	unsigned alternative; /* that the text part stands in; 0 if in none */
	GBytes *returned;     /* the first returned message or header section */
} BodyReader;

void body_init(void)
{
	mime_init();
	icalerror_set_errors_are_fatal(false);
}

void body_facts_init(BodyFacts *facts)
{
	memset(facts, 0, sizeof *facts);
	report_init(&facts->report);
}

void body_facts_clear(BodyFacts *facts)
{
	report_clear(&facts->report);
	g_free(facts->own_text);
	memset(facts, 0, sizeof *facts);
}

/* ---- readers of parts ---- */

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
	const char *bytes;
	size_t length;

	if (self->facts->calendar > CALENDAR_OTHER)
		return;
	bytes = g_bytes_get_data(text, &length);
	self->facts->calendar = calendar_parse(bytes, length);
}

static void read_tnef(BodyReader *self, const MimePart *part)
{
	(void)part;
	self->facts->has_tnef = true;
}

/* RFC 2634: the S/MIME receipt stands for "displayed". */
static void read_smime(BodyReader *self, const MimePart *part)
{
	const char *type = mime_part_param(part, "smime-type");

	if (type == NULL || g_ascii_strcasecmp(type, "signed-receipt") != 0)
		return;
	self->facts->report.kind = REPORT_DISPOSITION;
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

	for (unsigned i = 0; type != NULL && i < G_N_ELEMENTS(report_types); i++) {
		if (g_ascii_strcasecmp(type, report_types[i].report_type) == 0)
			self->facts->report.kind = report_types[i].kind;
	}
}

static void read_status(BodyReader *self, const MimePart *part,
			void (*read)(Report *report, const char *text, size_t length),
			ReportKind kind)
{
	g_autoptr(GBytes) text = mime_part_text(part);
	const char *bytes;
	size_t length;

	bytes = g_bytes_get_data(text, &length);
	self->facts->report.kind = kind;
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
} readers[] = {
	{"text/plain", read_text},
	{"text/html", read_text},
	{"text/enriched", read_text},
	{"text/calendar", read_calendar},
	{"application/ics", read_calendar},
	{"application/ms-tnef", read_tnef},
	{"application/vnd.ms-tnef", read_tnef},
	{"application/pkcs7-mime", read_smime},
	{"application/x-pkcs7-mime", read_smime},
	{"multipart/report", read_report},
	{"message/delivery-status", read_delivery},
	{"message/global-delivery-status", read_delivery},
	{"message/disposition-notification", read_disposition},
	{"message/global-disposition-notification", read_disposition},
	{"message/feedback-report", read_feedback},
	{"message/rfc822", read_returned},
	{"message/global", read_returned},
	{"message/global-headers", read_returned},
	{"message/rfc822-headers", read_returned},
	{"text/rfc822-headers", read_returned},
	{"text/rfc822-header", read_returned},
	{"text/rfc822", read_returned},
};

static bool part_visit(const MimePart *part, void *context)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(readers); i++) {
		if (strcmp(part->type, readers[i].type) == 0)
			readers[i].read(context, part);
	}
	return true;
}

/* ---- what the parts say together ---- */

/* The notice of a report, as a person would read it; "" if there is none. */
static char *notice_text(const BodyReader *self)
{
	const char *text;
	size_t length;

	if (self->text == NULL)
		return g_strdup("");
	text = g_bytes_get_data(self->text, &length);
	return self->text_is_html ? html_to_text(text, length) : g_strndup(text, length);
}

static void report_finish(BodyReader *self, const char *body, size_t length)
{
	Report *report = &self->facts->report;
	g_autofree char *notice = NULL;
	ReportContext context;

	if (report->kind == REPORT_NONE && !report_by_text_might_be(self->section))
		return;
	notice = notice_text(self);
	context = (ReportContext){
		.section = self->section,
		.notice = notice,
		.notice_length = strlen(notice),
		.returned = self->returned,
		.body = body,
		.body_length = length,
	};
	if (report->kind == REPORT_NONE &&
	    !report_read_by_text(report, self->section, notice, context.notice_length))
		return;
	report_complete(report, &context);
}

static void own_text_finish(BodyReader *self)
{
	const char *text;
	size_t length;

	if (self->text == NULL)
		return;
	text = g_bytes_get_data(self->text, &length);
	self->facts->had_text = true;
	self->facts->own_text = self->text_is_html ? own_text_from_html(text, length)
						   : own_text_from_plain(text, length);
}

static int64_t digest_of(const char *bytes, size_t length)
{
	g_autofree char *folded = phrases_fold(bytes, length, DIGEST_OCTETS);

	return digest_of_texts(folded, NULL);
}

void body_read(const HeaderSection *section, const char *bytes, size_t length,
	       const BodyLimits *limits, BodyFacts *facts_out)
{
	BodyReader self = {.section = section, .facts = facts_out};

	body_facts_init(facts_out);
	length = MIN(length, limits->octets);
	mime_walk(section, bytes, length, limits->depth, part_visit, &self);
	report_finish(&self, bytes, length);
	own_text_finish(&self);
	if (self.text != NULL)
		bytes = g_bytes_get_data(self.text, &length);
	facts_out->digest = digest_of(bytes, length);
	g_clear_pointer(&self.text, g_bytes_unref);
	g_clear_pointer(&self.returned, g_bytes_unref);
}
