/* SPDX-License-Identifier: BSD-2-Clause */
/* The returned message inside a report: whole, its header section, or within text. */
#include <glib.h>
#include <string.h>

#include "lead/msg-id.h"
#include "report-parts.h"

static const HeaderLimits returned_limits = {
	.octets = 65536,
	.fields = 500,
	.field_octets = 8192,
};

/* A report that names nobody is about the recipient of the message, if it had just one. */
static void recipient_from(Report *report, const HeaderSection *section)
{
	const char *to = header_section_get(section, FIELD_TO, 0);
	g_autoptr(GPtrArray) mailboxes = mailbox_list_new();
	ReportRecipient *first = NULL;
	const Mailbox *mailbox;

	if (to == NULL || report->kind == REPORT_DISPOSITION || report->recipients->len > 1)
		return;
	if (mailbox_list_parse(mailboxes, to, "+", 1) > 0 || mailboxes->len == 0)
		return;
	mailbox = g_ptr_array_index(mailboxes, 0);
	if (report->recipients->len > 0)
		first = g_ptr_array_index(report->recipients, 0);
	if (first == NULL)
		report_add_address(report, addr_spec_copy(mailbox->address));
	else if (first->recipient == NULL && *addr_spec_domain(mailbox->address) != '\0')
		first->recipient = addr_spec_copy(mailbox->address);
}

static bool section_take(Report *report, const HeaderSection *section)
{
	const char *id = header_section_get(section, FIELD_MESSAGE_ID, 0);
	const char *from = header_section_get(section, FIELD_FROM, 0);
	g_autoptr(GPtrArray) authors = mailbox_list_new();

	if (id != NULL && report->original_id == NULL)
		report->original_id = msg_id_parse(id);
	if (from != NULL && report->original_author == NULL) {
		mailbox_list_parse(authors, from, "+", 1);
		if (authors->len > 0)
			report->original_author =
				g_strdup(((Mailbox *)g_ptr_array_index(authors, 0))
						 ->address->canonical);
	}
	recipient_from(report, section);
	return report->original_id != NULL;
}

void report_read_returned(Report *report, const char *bytes, size_t length)
{
	g_autoptr(HeaderSection) section = header_section_new(&returned_limits, NULL);
	g_autofree char *text = NULL;

	header_section_split(section, bytes, length);
	if (section_take(report, section))
		return;
	/* Some put their own lines in front of it, or quote it. */
	report_find_returned(bytes, length, &text);
	if (text == NULL)
		return;
	header_section_clear(section);
	header_section_split(section, text, strlen(text));
	section_take(report, section);
}
