/* SPDX-License-Identifier: BSD-2-Clause */
/* Bounces that follow no standard: known by their wording (data/bounce.txt). */
#include <glib.h>
#include <string.h>

#include "header-decode.h"
#include "phrases.h"
#include "report-parts.h"

enum { SUBJECT_OCTETS = 400 }; /* of a subject or a name that are looked at */

static const struct {
	PhraseListId list;
	const char *action; /* as a delivery status would say it */
} forms[] = {
	{PHRASES_FORM_DELAYED, "delayed"},
	{PHRASES_FORM_SUCCESS, "delivered"},
	{PHRASES_FORM_FAILED, "failed"},
};

static bool is_bounce_subject(const char *subject)
{
	g_autofree char *folded = phrases_fold(subject, strlen(subject), SUBJECT_OCTETS);

	return phrases_within(PHRASES_BOUNCE_SUBJECT, folded) != NULL;
}

static bool subject_is_bounce(const HeaderSection *section)
{
	const char *field = header_section_get(section, FIELD_SUBJECT, 0);
	g_autofree char *decoded = field != NULL ? header_text_decode(field) : NULL;

	return decoded != NULL && is_bounce_subject(decoded);
}

static bool is_daemon_name(const char *name)
{
	g_autofree char *folded = phrases_fold(name, strlen(name), SUBJECT_OCTETS);

	return phrases_begin(PHRASES_DAEMON, folded) != NULL;
}

static bool is_daemon(const Mailbox *author)
{
	return addr_spec_is_mailer_daemon(author->address) ||
	       is_daemon_name(author->address->canonical) ||
	       (author->name != NULL && is_daemon_name(author->name));
}

typedef enum { AUTHOR_OTHER, AUTHOR_ROBOT, AUTHOR_DAEMON } AuthorKind;

/* From is "display-name <local@domain>": either part may tell. Some write "<>". */
static AuthorKind author_kind(const HeaderSection *section)
{
	const char *field = header_section_get(section, FIELD_FROM, 0);
	g_autoptr(GPtrArray) authors = mailbox_list_new();
	const Mailbox *author;

	if (field == NULL)
		return AUTHOR_OTHER;
	mailbox_list_parse(authors, field, "+", 1);
	if (authors->len == 0) {
		bool is_daemon = strstr(field, "<>") != NULL || is_daemon_name(field);

		return is_daemon ? AUTHOR_DAEMON : AUTHOR_OTHER;
	}
	author = g_ptr_array_index(authors, 0);
	if (is_daemon(author))
		return AUTHOR_DAEMON;
	return addr_spec_is_role(author->address) ? AUTHOR_ROBOT : AUTHOR_OTHER;
}

static bool return_path_is_null(const HeaderSection *section)
{
	const char *path = header_section_get(section, FIELD_RETURN_PATH, 0);

	return path != NULL && (g_str_has_prefix(path, "<>") || *path == '\0');
}

static bool has_mark_of_report(const HeaderSection *section)
{
	return header_section_count(section, FIELD_X_FAILED_RECIPIENTS) > 0 ||
	       header_section_count(section, FIELD_X_MS_EXCHANGE_MESSAGE_IS_NDR) > 0 ||
	       return_path_is_null(section);
}

bool report_by_text_might_be(const HeaderSection *section)
{
	return has_mark_of_report(section) || author_kind(section) == AUTHOR_DAEMON ||
	       subject_is_bounce(section);
}

bool report_by_text_might_be_of(const HeaderSection *section, const Mailbox *author,
				const char *subject)
{
	return has_mark_of_report(section) ||
	       (author != NULL ? is_daemon(author)
			       : author_kind(section) == AUTHOR_DAEMON) ||
	       (subject != NULL && is_bounce_subject(subject));
}

static const char *form_action(const char *text, size_t length)
{
	g_autofree char *folded = phrases_fold(text, length, REPORT_TEXT_MAX);

	for (unsigned i = 0; i < G_N_ELEMENTS(forms); i++) {
		if (phrases_within(forms[i].list, folded) != NULL)
			return forms[i].action;
	}
	return NULL;
}

/* Exim: "X-Failed-Recipients: a@b, c@d", perhaps several fields. */
static GArray *failed_recipients(const HeaderSection *section, const char *text,
				 size_t length)
{
	GArray *found = report_notice_recipients(section, text, length);
	size_t n = header_section_count(section, FIELD_X_FAILED_RECIPIENTS);
	g_autoptr(GPtrArray) named = mailbox_list_new();

	for (size_t at = 0; at < n; at++)
		mailbox_list_parse(
			named, header_section_get(section, FIELD_X_FAILED_RECIPIENTS, at),
			"+", REPORT_RECIPIENTS_MAX);
	if (named->len == 0)
		return found;

	/* The field names them; the notice, of which one is as likely as the next. */
	g_array_set_size(found, 0);
	for (unsigned i = 0; i < named->len; i++) {
		const Mailbox *mailbox = g_ptr_array_index(named, i);
		NoticeRecipient one = {addr_spec_copy(mailbox->address), 0};

		g_array_append_val(found, one);
	}
	return found;
}

/* The word on one recipient stands from its line to the next one's. */
static char *own_notice(const GArray *found, unsigned at, const char *text, size_t length)
{
	size_t start = g_array_index(found, NoticeRecipient, at).start;
	size_t stop = length;

	if (at + 1 < found->len)
		stop = MAX(g_array_index(found, NoticeRecipient, at + 1).start, start);
	return g_strndup(text + start, MIN(stop - start, REPORT_TEXT_MAX));
}

static void notice_add(Report *report, const HeaderSection *section, const char *action,
		       const char *text, size_t length)
{
	g_autoptr(GArray) found = failed_recipients(section, text, length);
	g_autofree char *whole = g_strndup(text, MIN(length, REPORT_TEXT_MAX));

	for (unsigned i = 0; i < found->len; i++) {
		AddrSpec **address = &g_array_index(found, NoticeRecipient, i).address;
		g_autofree char *own = own_notice(found, i, text, length);
		bool by_text = false;

		if (found->len > 1)
			bounce_settle(NULL, NULL, own, &by_text);
		report_add_recipient(report, g_steal_pointer(address), action, NULL,
				     by_text ? own : whole, NULL);
	}
	if (found->len == 0)
		report_add_recipient(report, NULL, action, NULL, whole, NULL);
}

void report_add_notice(Report *report, const HeaderSection *section, const char *text,
		       size_t length)
{
	const char *action = form_action(text, length);

	notice_add(report, section, action ? action : "failed", text, length);
}

/* Where the notice ends and the returned message begins; unless the words stand below
 * some fields of it, as Exchange and Domino write. */
static size_t notice_length(const char *text, size_t length, const char **action_out)
{
	size_t notice = report_find_returned(text, length, NULL);

	*action_out = form_action(text, notice);
	if (*action_out != NULL || notice == length)
		return notice;
	*action_out = form_action(text, length);
	return *action_out != NULL ? length : notice;
}

/* A mailer daemon that returns a message needs no wording that we know; but some return
 * it because of a virus that they found. */
static bool is_other_notice(const char *text, size_t length)
{
	g_autofree char *folded = phrases_fold(text, length, REPORT_TEXT_MAX);

	return phrases_within(PHRASES_NOTICE, folded) != NULL;
}

bool report_read_by_text(Report *report, const ReportContext *context)
{
	AuthorKind author = author_kind(context->section);
	const char *action;
	size_t notice = notice_length(context->notice, context->notice_length, &action);
	bool returns = context->returned != NULL || notice < context->notice_length;

	if (action == NULL && returns && author == AUTHOR_DAEMON &&
	    !is_other_notice(context->notice, notice))
		action = "failed";
	if (action == NULL)
		return false;
	report->kind = REPORT_DELIVERY_BY_TEXT;
	report->by_daemon = author == AUTHOR_DAEMON || (author == AUTHOR_ROBOT && returns);
	notice_add(report, context->section, action, context->notice, notice);
	return true;
}
