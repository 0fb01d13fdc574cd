/* SPDX-License-Identifier: BSD-2-Clause */
/* Reports and calendar objects: what the body says, and what the header section says of
 * a body that was not read. */
#include <string.h>

#include "class-rule.h"
#include "lead/words.h"
#include "sign-words.h"

static const Report *report_of(const Reading *reading)
{
	return &reading->facts->body.report;
}

bool report_is_delivery(const ClassRule *rule, const Reading *reading, char **text_out)
{
	const char *kind = bounce_kind_name(report_of(reading)->bounce);

	(void)rule;
	if (report_of(reading)->kind != REPORT_DELIVERY)
		return false;
	*text_out = kind != NULL ? g_strdup_printf("delivery status: %s", kind) : NULL;
	return true;
}

/* A wording alone proves nothing: people quote bounces at each other. */
bool report_is_delivery_by_text(const ClassRule *rule, const Reading *reading,
				char **text_out)
{
	(void)rule;
	(void)text_out;
	return report_of(reading)->kind == REPORT_DELIVERY_BY_TEXT &&
	       (reading->null_reverse_path || reading->from_daemon ||
		report_of(reading)->by_daemon ||
		header_section_count(reading->section, FIELD_X_FAILED_RECIPIENTS) > 0);
}

bool report_names_failed(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return (reading->null_reverse_path || reading->from_daemon) &&
	       field_is_present(rule, reading, text_out);
}

/* A responder without a reverse-path may repeat the subject of a mail about a bounce. */
static const char *bounce_subject(const Reading *reading)
{
	const Subject *subject = &reading->subject;

	if (subject->is_automatic || subject->is_reply || subject->is_forward)
		return NULL;
	return words_starts(WORDS_BOUNCE_SUBJECT, subject->key);
}

static bool tell_subject(const Reading *reading, char **text_out)
{
	const char *phrase = bounce_subject(reading);

	if (phrase == NULL)
		return false;
	*text_out = g_strdup_printf("subject: %s", phrase);
	return true;
}

bool report_by_subject(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return (reading->null_reverse_path || reading->from_daemon) &&
	       tell_subject(reading, text_out);
}

/* Wording and subject of a bounce, from an address that nobody reads. */
bool report_by_robot(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return report_of(reading)->kind == REPORT_DELIVERY_BY_TEXT &&
	       reading->from != NULL && addr_spec_is_no_reply(reading->from->address) &&
	       tell_subject(reading, text_out);
}

/* Goods are late and come back, too: the words must be about somebody's mailbox. */
static bool names_mailbox(const Report *report)
{
	for (guint i = 0; i < report->recipients->len; i++) {
		if (((ReportRecipient *)report->recipients->pdata[i])->recipient != NULL)
			return true;
	}
	return false;
}

bool report_wording_alone(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	(void)text_out;
	return report_of(reading)->kind == REPORT_DELIVERY_BY_TEXT &&
	       names_mailbox(report_of(reading));
}

bool report_subject_alone(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return tell_subject(reading, text_out);
}

/* "multipart/report; report-type=delivery-status" (RFC 6522 3), without its body. */
bool report_type_is(const ClassRule *rule, const Reading *reading, char **text_out)
{
	const char *value = header_section_get(reading->section, FIELD_CONTENT_TYPE, 0);
	g_autofree char *folded = NULL;
	const char *type;

	if (value == NULL || g_ascii_strncasecmp(value, "multipart/report", 16) != 0)
		return false;
	folded = words_fold(value);
	type = strstr(folded, "report-type");
	if (type == NULL)
		return false;
	type += strlen("report-type");
	type += strspn(type, " =\"");
	if (!row_words_start(type, rule->words))
		return false;
	*text_out = g_strdup_printf("report-type: %s", rule->words);
	return true;
}

static bool is_feedback(const Reading *reading, bool complains, char **text_out)
{
	const Report *report = report_of(reading);
	const char *type = report->feedback_type != NULL ? report->feedback_type : "";

	if (report->kind != REPORT_FEEDBACK ||
	    row_words_start(type, "abuse|opt-out|opt-out-list|unsubscribe") != complains)
		return false;
	*text_out = g_strdup_printf("Feedback-Type: %s", type);
	return true;
}

bool report_is_complaint(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return is_feedback(reading, true, text_out);
}

bool report_is_other_feedback(const ClassRule *rule, const Reading *reading,
			      char **text_out)
{
	(void)rule;
	return is_feedback(reading, false, text_out);
}

bool report_is_disposition(const ClassRule *rule, const Reading *reading, char **text_out)
{
	const char *name = disposition_name(report_of(reading)->disposition);

	(void)rule;
	if (report_of(reading)->kind != REPORT_DISPOSITION)
		return false;
	*text_out = name != NULL ? g_strdup_printf("disposition: %s", name) : NULL;
	return true;
}

static bool calendar_text(const Reading *reading, char **text_out)
{
	*text_out = g_strdup_printf("calendar: %s",
				    calendar_kind_name(reading->facts->body.calendar));
	return true;
}

bool calendar_asks_or_answers(const ClassRule *rule, const Reading *reading,
			      char **text_out)
{
	(void)rule;
	return reading->facts->body.calendar > CALENDAR_OTHER &&
	       calendar_text(reading, text_out);
}

/* Published dates, or an event that somebody attached to a letter. */
bool calendar_is_other(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return reading->facts->body.calendar == CALENDAR_OTHER &&
	       calendar_text(reading, text_out);
}

/* Outlook's answers in TNEF have no iCalendar part; the field stays on them. */
bool calendar_by_exchange(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return reading->facts->body.has_tnef &&
	       reading->facts->body.calendar == CALENDAR_NONE &&
	       field_is_present(rule, reading, text_out);
}
