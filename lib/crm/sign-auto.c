/* SPDX-License-Identifier: BSD-2-Clause */
/* Auto-Submitted (RFC 3834 5), its home-made twin, and Exchange's absence notices. */
#include "class-rule.h"

static bool auto_submitted_is(const Reading *reading, AutoSubmitted kind, char **text_out)
{
	const char *text = reading->facts->auto_submitted_text;

	if (reading->facts->auto_submitted != kind)
		return false;
	*text_out = g_strdup_printf("%s: %s", field_name(FIELD_AUTO_SUBMITTED),
				    text != NULL ? text : "");
	return true;
}

bool auto_submitted_no(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return auto_submitted_is(reading, AUTO_SUBMITTED_NO, text_out);
}

bool auto_submitted_generated(const ClassRule *rule, const Reading *reading,
			      char **text_out)
{
	(void)rule;
	return auto_submitted_is(reading, AUTO_SUBMITTED_GENERATED, text_out);
}

bool auto_submitted_notified(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return auto_submitted_is(reading, AUTO_SUBMITTED_NOTIFIED, text_out);
}

bool auto_submitted_replied(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return auto_submitted_is(reading, AUTO_SUBMITTED_REPLIED, text_out);
}

bool auto_submitted_vacation(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return auto_submitted_is(reading, AUTO_SUBMITTED_REPLIED_VACATION, text_out);
}

/* Office 365 calls its absence notices auto-generated. */
bool generated_absence(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return reading->subject.is_absence &&
	       (auto_submitted_generated(rule, reading, text_out) ||
		auto_submitted_notified(rule, reading, text_out));
}

bool x_auto_submitted(const ClassRule *rule, const Reading *reading, char **text_out)
{
	const char *value = header_section_get(reading->section, rule->field, 0);

	if (value == NULL || auto_submitted_parse(value) <= AUTO_SUBMITTED_NO)
		return false;
	return field_is_present(rule, reading, text_out);
}

static bool suppresses_all(const Reading *reading)
{
	const char *value =
		header_section_get(reading->section, FIELD_X_AUTO_RESPONSE_SUPPRESS, 0);

	return value != NULL && g_ascii_strcasecmp(value, "All") == 0;
}

/* What older Exchange servers put on an absence notice: the mark of a mailbox rule, and
 * no reverse-path or the wish that nothing answers. */
bool exchange_absence(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return (reading->null_reverse_path || suppresses_all(reading)) &&
	       field_is_present(rule, reading, text_out);
}
