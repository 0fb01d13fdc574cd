/* SPDX-License-Identifier: BSD-2-Clause */
/* What the notice and the returned message add to a report. */
#include <glib.h>
#include <string.h>

#include "header-decode.h"
#include "lead/auto-submitted.h"
#include "lead/msg-id.h"
#include "phrases.h"
#include "report-parts.h"

enum { REFERENCES_MAX = 32 };

/* A status that says too little is settled by the notice, if that says more. */
static void recipients_settle(Report *report, const char *notice)
{
	report->bounce = BOUNCE_NONE;
	for (unsigned i = 0; i < report->recipients->len; i++) {
		ReportRecipient *recipient = g_ptr_array_index(report->recipients, i);

		if (recipient->kind == BOUNCE_SOFT && !recipient->by_text &&
		    !bounce_status_settles(recipient->status))
			recipient->kind = bounce_settle(NULL, recipient->status, notice,
							&recipient->by_text);
		report->bounce = MAX(report->bounce, recipient->kind);
	}
}

/* "Returned mail: User unknown": what Sendmail and its kin have to say stands there when
 * their notice has lost it. Of other bounces the subject is the returned message's. */
static void recipients_settle_by_subject(Report *report, const HeaderSection *section)
{
	static const char start[] = "returned mail";
	const char *field = header_section_get(section, FIELD_SUBJECT, 0);
	g_autofree char *decoded = field != NULL ? header_text_decode(field) : NULL;

	if (decoded != NULL && g_ascii_strncasecmp(decoded, start, strlen(start)) == 0)
		recipients_settle(report, decoded + strlen(start));
}

static void delivery_complete(Report *report, const HeaderSection *section,
			      const char *notice, size_t length)
{
	ReportRecipient *first = report->recipients->len > 0
					 ? g_ptr_array_index(report->recipients, 0)
					 : NULL;
	g_autofree char *text = NULL;

	if (first == NULL) {
		report_add_notice(report, section, notice, length);
		return;
	}
	if (first->recipient == NULL && report->recipients->len == 1) {
		g_autoptr(GArray) found = report_notice_recipients(section, notice, length);

		if (found->len == 1)
			first->recipient = g_steal_pointer(
				&g_array_index(found, NoticeRecipient, 0).address);
	}
	text = g_strndup(notice, MIN(length, REPORT_TEXT_MAX));
	recipients_settle(report, text);
	recipients_settle_by_subject(report, section);
}

/* RFC 5429 2.1.2: a reject is an MDN too, "deleted", and only its words tell. */
static void disposition_complete(Report *report, const HeaderSection *section,
				 const char *notice, size_t length)
{
	const char *submitted = NULL;
	g_autofree char *folded = phrases_fold(notice, length, REPORT_TEXT_MAX);
	g_autofree char *comment = NULL;

	if (report->disposition == DISPOSITION_NONE)
		report->disposition = DISPOSITION_OTHER;
	if (report->disposition == DISPOSITION_DISPLAYED)
		return;
	auto_submitted_read(section, &submitted);
	comment = phrases_fold(submitted ? submitted : "",
			       submitted ? strlen(submitted) : 0, 200);
	if (strstr(comment, "reject") != NULL ||
	    phrases_within(PHRASES_REFUSED, folded) != NULL)
		report->disposition = DISPOSITION_REFUSED;
}

/* Some name the returned message only in the fields of an answer. */
static void id_from_answer(Report *report, const HeaderSection *section)
{
	const char *answer = header_section_get(section, FIELD_IN_REPLY_TO, 0);
	const char *references = header_section_get(section, FIELD_REFERENCES, 0);
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);

	if (answer != NULL)
		report->original_id = msg_id_parse(answer);
	if (report->original_id != NULL || references == NULL)
		return;
	msg_id_list_parse(ids, references, REFERENCES_MAX);
	if (ids->len > 0)
		report->original_id = g_strdup(g_ptr_array_index(ids, ids->len - 1));
}

/* The returned message: a part of its own, or in the notice, or somewhere in the body of
 * a report whose parts are damaged. */
static void returned_find(Report *report, const ReportContext *context, size_t notice)
{
	if (context->returned != NULL) {
		size_t length;
		const char *bytes = g_bytes_get_data(context->returned, &length);

		report_read_returned(report, bytes, length);
	}
	if (report->original_id == NULL && notice < context->notice_length)
		report_read_returned(report, context->notice + notice,
				     context->notice_length - notice);
	if (report->original_id == NULL)
		report_read_returned(report, context->body, context->body_length);
	if (report->original_id == NULL)
		id_from_answer(report, context->section);
}

void report_complete(Report *report, const ReportContext *context)
{
	size_t notice = report_find_returned(context->notice, context->notice_length, NULL);

	if (report->kind == REPORT_DELIVERY)
		delivery_complete(report, context->section, context->notice, notice);
	else if (report->kind == REPORT_DELIVERY_BY_TEXT)
		recipients_settle_by_subject(report, context->section);
	else if (report->kind == REPORT_DISPOSITION)
		disposition_complete(report, context->section, context->notice, notice);
	returned_find(report, context, notice);
}
