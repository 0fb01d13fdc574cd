/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <string.h>

#include "lead/body.h"
#include "lead/calendar.h"

#define EVENT(METHOD, ATTENDEE)                                                            \
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n" METHOD               \
	"BEGIN:VEVENT\r\nUID:1@example.com\r\nDTSTART:20250303T100000Z\r\n" ATTENDEE       \
	"ORGANIZER:mailto:ann@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
#define ANSWER(PARTSTAT) "ATTENDEE;CN=Bo;PARTSTAT=" PARTSTAT ":mailto:bo@example.org\r\n"

static const struct {
	const char *name;
	const char *text;
	CalendarKind kind;
} rows[] = {
	{"request", EVENT("METHOD:REQUEST\r\n", ANSWER("NEEDS-ACTION")), CALENDAR_REQUEST},
	{"counter", EVENT("METHOD:COUNTER\r\n", ANSWER("TENTATIVE")), CALENDAR_COUNTER},
	{"cancel", EVENT("METHOD:CANCEL\r\n", ""), CALENDAR_CANCEL},
	{"publish", EVENT("METHOD:PUBLISH\r\n", ""), CALENDAR_OTHER},
	{"no method", EVENT("", ANSWER("ACCEPTED")), CALENDAR_OTHER},
	{"accepted", EVENT("METHOD:REPLY\r\n", ANSWER("ACCEPTED")),
	 CALENDAR_REPLY_ACCEPTED},
	{"tentative", EVENT("METHOD:REPLY\r\n", ANSWER("TENTATIVE")),
	 CALENDAR_REPLY_TENTATIVE},
	{"declined", EVENT("METHOD:REPLY\r\n", ANSWER("DECLINED")),
	 CALENDAR_REPLY_DECLINED},
	{"small letters", EVENT("method:reply\r\n", ANSWER("declined")),
	 CALENDAR_REPLY_DECLINED},
	{"delegated", EVENT("METHOD:REPLY\r\n", ANSWER("DELEGATED")), CALENDAR_REPLY},
	{"reply without answer", EVENT("METHOD:REPLY\r\n", ""), CALENDAR_REPLY},
	{"folded",
	 EVENT("METHOD:REPLY\r\n",
	       "ATTENDEE;CN=Bo;PART\r\n STAT=ACCEPTED:mailto:bo@example.org\r\n"),
	 CALENDAR_REPLY_ACCEPTED},
	{"LF alone",
	 "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=ACCEPTED:mailto:b@"
	 "x.org\n"
	 "END:VEVENT\nEND:VCALENDAR\n",
	 CALENDAR_REPLY_ACCEPTED},
	{"a time zone first",
	 "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VTIMEZONE\nTZID:X\nEND:VTIMEZONE\nBEGIN:"
	 "VEVENT\n"
	 "ATTENDEE;PARTSTAT=DECLINED:mailto:b@x.org\nEND:VEVENT\nEND:VCALENDAR\n",
	 CALENDAR_REPLY_DECLINED},
	{"two objects",
	 "BEGIN:VCALENDAR\nMETHOD:CANCEL\nEND:VCALENDAR\nBEGIN:VCALENDAR\nMETHOD:REQUEST\n"
	 "END:VCALENDAR\n",
	 CALENDAR_CANCEL},
	{"task",
	 "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VTODO\nATTENDEE;PARTSTAT=ACCEPTED:mailto:b@"
	 "x.org\n"
	 "END:VTODO\nEND:VCALENDAR\n",
	 CALENDAR_REPLY_ACCEPTED},
	{"cut", "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMM", CALENDAR_REQUEST},
	{"cut reply",
	 "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=DECLINED:mailto:"
	 "b@x.org\nDESCRIPTION:long",
	 CALENDAR_REPLY_DECLINED},
	{"card", "BEGIN:VCARD\nFN:Bo\nEND:VCARD\n", CALENDAR_OTHER},
	{"words", "hello", CALENDAR_OTHER},
	{"nothing", "", CALENDAR_OTHER},
	{"colon", ":", CALENDAR_OTHER},
	{"end alone", "END:VCALENDAR\n", CALENDAR_OTHER},
	{"odd method", "BEGIN:VCALENDAR\nMETHOD:\nMETHOD;X=\n;:\nEND:VCALENDAR\n",
	 CALENDAR_OTHER},
	{"8 bit",
	 "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nSUMMARY:\377\376\nEND:VEVENT\n"
	 "END:VCALENDAR\n",
	 CALENDAR_REPLY},
};

static void test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		size_t length = strlen(rows[i].text);
		g_autofree char *exact = g_memdup2(rows[i].text, length);
		CalendarKind kind = calendar_parse(exact, length);

		if (kind != rows[i].kind)
			g_test_message("row '%s'", rows[i].name);
		g_assert_cmpstr(calendar_kind_name(kind), ==,
				calendar_kind_name(rows[i].kind));
	}
}

static void test_prefixes(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		for (size_t length = 0; length < strlen(rows[i].text); length++) {
			g_autofree char *exact = g_memdup2(rows[i].text, length);

			g_assert_cmpint(calendar_parse(exact, length), !=, CALENDAR_NONE);
		}
	}
}

/* Components within components, each freed by a call of its own. */
static void test_nested(void)
{
	GString *text = g_string_new("BEGIN:VCALENDAR\nMETHOD:REPLY\n");

	while (text->len < 1 << 20)
		g_string_append(text, "BEGIN:VEVENT\n");
	g_assert_cmpint(calendar_parse(text->str, text->len), !=, CALENDAR_NONE);
	g_string_free(text, TRUE);
}

static void test_names(void)
{
	g_assert_null(calendar_kind_name(CALENDAR_NONE));
	g_assert_cmpstr(calendar_kind_name(CALENDAR_REPLY_DECLINED), ==, "declined");
	g_assert_cmpstr(calendar_kind_name(CALENDAR_REQUEST), ==, "request");
}

int main(int argc, char **argv)
{
	body_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/calendar/rows", test_rows);
	g_test_add_func("/calendar/prefixes", test_prefixes);
	g_test_add_func("/calendar/nested", test_nested);
	g_test_add_func("/calendar/names", test_names);
	return g_test_run();
}
