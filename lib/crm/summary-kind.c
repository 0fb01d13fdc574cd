/* SPDX-License-Identifier: BSD-2-Clause */
#include "summary-kind.h"

#include <string.h>

#include "class-rule.h"
#include "lead/msg-id.h"

static const int64_t absence_max = 400 * INT64_C(86400); /* seconds; longer is no absence */

static void recipient_free(gpointer recipient)
{
	report_recipient_free(recipient);
}

static ReportRecipient *recipient_copy(const ReportRecipient *recipient)
{
	ReportRecipient *copy = g_new0(ReportRecipient, 1);

	copy->recipient =
		recipient->recipient != NULL ? addr_spec_copy(recipient->recipient) : NULL;
	copy->original =
		recipient->original != NULL ? addr_spec_copy(recipient->original) : NULL;
	copy->status = g_strdup(recipient->status);
	copy->kind = recipient->kind;
	copy->by_text = recipient->by_text;
	return copy;
}

static GPtrArray *copy_recipients(const GPtrArray *recipients)
{
	GPtrArray *copies = g_ptr_array_new_with_free_func(recipient_free);

	for (guint i = 0; i < recipients->len; i++)
		g_ptr_array_add(copies, recipient_copy(recipients->pdata[i]));
	return copies;
}

static void read_returned(MessageSummary *summary, const Report *report)
{
	if (report->original_id == NULL)
		return;
	summary->returned_id = g_strdup(report->original_id);
	summary->returned_id_digest = msg_id_digest(report->original_id);
}

/* What a report says counts only where a rule believed it. */
static void read_report(MessageSummary *summary, const Report *report)
{
	bool bounced = signs_have_strong(summary->signs, CLASS_BOUNCE);
	bool complained = signs_have_strong(summary->signs, CLASS_COMPLAINT);

	if (bounced) /* what nothing settles is soft: it condemns no address */
		summary->bounce =
			report->bounce != BOUNCE_NONE ? report->bounce : BOUNCE_SOFT;
	if (bounced || complained)
		summary->bounced = copy_recipients(report->recipients);
	if (bounced || complained || report->kind == REPORT_DISPOSITION)
		read_returned(summary, report);
	summary->disposition = report->disposition;
}

/* "{kind=VACATION,startDate=2019-11-30T15:00:00Z,endDate=2020-01-10T14:59:59Z}" */
static int64_t read_apple_end(const HeaderSection *section)
{
	static const char key[] = "endDate=";
	const char *value = header_section_get(section, FIELD_X_APPLE_CRITERIA, 0);
	const char *start = value != NULL ? strstr(value, key) : NULL;
	g_autofree char *date = NULL;
	g_autoptr(GDateTime) end = NULL;

	if (start == NULL)
		return 0;
	start += strlen(key);
	date = g_strndup(start, strcspn(start, ",} \t"));
	end = g_date_time_new_from_iso8601(date, NULL);
	return end != NULL ? g_date_time_to_unix(end) : 0;
}

static int64_t read_absence(const MessageFacts *facts)
{
	int64_t at = facts->envelope->received_at;
	int64_t end = read_apple_end(facts->section);

	return end > at && end - at <= absence_max ? end : 0;
}

void summary_read_kind(MessageSummary *summary, const MessageFacts *facts)
{
	read_report(summary, &facts->body.report);
	summary->calendar = facts->body.calendar;
	if (summary->calendar == CALENDAR_NONE &&
	    signs_have_strong(summary->signs, CLASS_CALENDAR))
		summary->calendar = CALENDAR_REPLY; /* Outlook's, in TNEF */
	summary->absent_until = read_absence(facts);
	summary->body_digest = facts->body.digest;
}
