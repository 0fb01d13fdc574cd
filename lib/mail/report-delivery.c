/* SPDX-License-Identifier: BSD-2-Clause */
/* message/delivery-status (RFC 3464) and message/global-delivery-status (RFC 6533). */
#include <glib.h>
#include <string.h>

#include "lead/msg-id.h"
#include "report-parts.h"

typedef enum {
	MEMBER_FINAL,
	MEMBER_ORIGINAL,
	MEMBER_ACTION,
	MEMBER_STATUS,
	MEMBER_DIAGNOSTIC,
	MEMBER_N,
} Member;

static const struct {
	const char *name;
	Member member;
} members[] = {
	{"Final-Recipient", MEMBER_FINAL},
	{"Original-Recipient", MEMBER_ORIGINAL},
	{"Action", MEMBER_ACTION},
	{"Status", MEMBER_STATUS},
	{"Diagnostic-Code", MEMBER_DIAGNOSTIC},
};

typedef struct {
	Report *report;
	char *values[MEMBER_N]; /* of the group being read */
} Group;

static bool has_value(const Group *group)
{
	for (unsigned i = 0; i < MEMBER_N; i++) {
		if (group->values[i] != NULL)
			return true;
	}
	return false;
}

/* "Status: 5.4.4 (Illegal host name found)": RFC 3464 2.3.4 leaves room for a comment,
 * and some have no other word to say. */
static const char *group_text(const Group *group)
{
	const char *text = group->values[MEMBER_DIAGNOSTIC];

	return text != NULL ? text : group->values[MEMBER_STATUS];
}

static void group_end(Group *group)
{
	char **values = group->values;
	AddrSpec *final, *original;
	ReportRecipient *added;

	if (!has_value(group))
		return;
	final = values[MEMBER_FINAL] ? report_address_parse(values[MEMBER_FINAL]) : NULL;
	original = values[MEMBER_ORIGINAL] ? report_address_parse(values[MEMBER_ORIGINAL])
					   : NULL;
	if (final == NULL)
		final = g_steal_pointer(&original);
	if (report_add_recipient(group->report, final, values[MEMBER_ACTION],
				 values[MEMBER_STATUS], group_text(group), &added) &&
	    original != NULL && !addr_spec_equal(original, added->recipient))
		added->original = g_steal_pointer(&original);
	addr_spec_free(original);
	for (unsigned i = 0; i < MEMBER_N; i++)
		g_clear_pointer(&values[i], g_free);
}

/* Damaged reports: groups may follow each other without a blank line, so a recipient,
 * action or status that the group already has begins the next one; and a blank line may
 * stand inside a group, so a group without a verdict goes on behind it. */
static bool begins_group(const Group *group, Member member)
{
	if (group->values[member] == NULL)
		return false;
	return member != MEMBER_DIAGNOSTIC;
}

static bool is_complete(const Group *group)
{
	return group->values[MEMBER_ACTION] != NULL || group->values[MEMBER_STATUS] != NULL;
}

static void group_visit(const char *name, const char *value, void *context)
{
	Group *group = context;

	if (name == NULL) {
		if (is_complete(group))
			group_end(group);
		return;
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(members); i++) {
		Member member = members[i].member;

		if (g_ascii_strcasecmp(name, members[i].name) != 0)
			continue;
		if (begins_group(group, member))
			group_end(group);
		if (group->values[member] == NULL)
			group->values[member] = g_strdup(value);
	}
}

void report_read_delivery_status(Report *report, const char *text, size_t length)
{
	Group group = {.report = report};

	report_fields_read(text, length, group_visit, &group);
	group_end(&group);
}

/* ---- what a report holds ---- */

static char *status_copy(const char *status, const char *text)
{
	char *read = status ? bounce_status_read(status) : NULL;

	return read == NULL && text != NULL ? bounce_status_find(text) : read;
}

bool report_add_recipient(Report *report, AddrSpec *address_taken, const char *action,
			  const char *status, const char *text, ReportRecipient **added_out)
{
	ReportRecipient *recipient;

	if (report->recipients->len >= REPORT_RECIPIENTS_MAX) {
		addr_spec_free(address_taken);
		return false;
	}
	recipient = g_new0(ReportRecipient, 1);
	recipient->recipient = address_taken;
	recipient->kind = bounce_settle(action, status, text, &recipient->by_text);
	recipient->status = status_copy(status, text);
	g_ptr_array_add(report->recipients, recipient);
	report->bounce = MAX(report->bounce, recipient->kind);
	if (added_out != NULL)
		*added_out = recipient;
	return true;
}
