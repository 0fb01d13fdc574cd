/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The readers behind report.h, one for each kind of report part. Each adds what it finds
 * to a report; none fails; what strangers can enlarge is bounded here.
 */
#ifndef LEAD_MAIL_REPORT_PARTS_H
#define LEAD_MAIL_REPORT_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "lead/header-section.h"
#include "lead/report.h"

enum {
	REPORT_RECIPIENTS_MAX = 100,
	REPORT_TEXT_MAX = 8192, /* octets of a notice or a diagnostic that are looked at */
};

/*
 * The fields of a report part (RFC 3464 2.1.2: as in RFC 5322): visit gets each with its
 * value unfolded, and name NULL for the blank line between groups.
 */
typedef void (*ReportFieldVisitor)(const char *name, const char *value, void *context);
void report_fields_read(const char *text, size_t length, ReportFieldVisitor visit,
			void *context);

/* "rfc822; a@b", "utf-8; ...", "<a@b>": RFC 3464 2.3.1, RFC 6533 3. NULL if it names no
 * mailbox. */
AddrSpec *report_address_parse(const char *value);

/* Takes address (may be NULL); keeps the strongest bounce. text is the diagnostic, or
 * NULL. False above the limit. *added_out (may be NULL) is borrowed from the report. */
bool report_add_recipient(Report *report, AddrSpec *address_taken, const char *action,
			  const char *status, const char *text,
			  ReportRecipient **added_out);

/* As bounce_kind(); *by_text_out says whether the text settled it. */
BounceKind bounce_settle(const char *action, const char *status, const char *text,
			 bool *by_text_out);
/* Does the code alone settle the kind? status may be NULL. */
bool bounce_status_settles(const char *status);
/* The enhanced status code (RFC 3463) of a Status field, which may lack its dots; and
 * the first one in running text. NULL if there is none. Caller frees. */
char *bounce_status_read(const char *field);
char *bounce_status_find(const char *text);

void report_read_delivery_status(Report *report, const char *text, size_t length);
void report_read_disposition(Report *report, const char *text, size_t length);
void report_read_feedback(Report *report, const char *text, size_t length);
/* Outlook.com's feedback, which has no report part: bytes is the returned message. False
 * if it is none. */
bool report_read_feedback_by_field(Report *report, const HeaderSection *section,
				   const char *bytes, size_t length);
/* Takes address (may be NULL): adds it once. For reports that are no delivery reports. */
void report_add_address(Report *report, AddrSpec *address_taken);

/* The returned message or its header section: original_id, original_author. */
void report_read_returned(Report *report, const char *bytes, size_t length);
/* Looks for a header section inside running text: a run of fields that has a Message-ID,
 * or at least three that all messages have. Returns where the first begins, length if
 * there is none; *section_out (may be NULL) gets the one with a Message-ID if there is
 * one, else the first; NULL if there is none. */
size_t report_find_returned(const char *text, size_t length, char **section_out);

/* What is known beside the report parts themselves, when all have been seen. */
typedef struct {
	const HeaderSection *section;
	const char *notice; /* the text for a person; "" if there is none */
	size_t notice_length;
	GBytes *returned; /* the returned message as a part of its own, or NULL */
	const char *body; /* all of it, undecoded */
	size_t body_length;
} ReportContext;

/* A bounce that follows no standard. might_be: does the header section suggest one? */
bool report_by_text_might_be(const HeaderSection *section);
/* The same of a section whose author and decoded subject (each may be NULL) were read. */
bool report_by_text_might_be_of(const HeaderSection *section, const Mailbox *author,
				const char *subject);
/* False if the notice has no known form. */
bool report_read_by_text(Report *report, const ReportContext *context);
/* The same for a delivery report whose own part is missing: any form will do. */
void report_add_notice(Report *report, const HeaderSection *section, const char *text,
		       size_t length);
/* Adds to a report what its own parts leave open. */
void report_complete(Report *report, const ReportContext *context);

/* The mailboxes that a notice complains about, of AddrSpec *, and where each stands. */
typedef struct {
	AddrSpec *address;
	size_t start; /* offset of its line */
} NoticeRecipient;
GArray *report_notice_recipients(const HeaderSection *section, const char *text,
				 size_t length);

#endif
