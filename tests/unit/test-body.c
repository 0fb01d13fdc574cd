/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <string.h>

#include "lead/body.h"
#include "read-body.h"

#define MIXED "From: bo@example.org\nContent-Type: multipart/mixed; boundary=M\n\n"
#define ALTERNATIVE                                                                        \
	"From: bo@example.org\nContent-Type: multipart/alternative; boundary=\"A b\"\n\n"
#define ICS                                                                                \
	"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=ACCEPTED:mailto:"  \
	"b@x.org\n"                                                                        \
	"END:VEVENT\nEND:VCALENDAR\n"

static const struct {
	const char *name, *message;
	const char *own; /* NULL: no text part */
	CalendarKind calendar;
	bool has_tnef;
} rows[] = {
	{"plain", "Subject: x\n\nYes.\n> old\n", "Yes.", CALENDAR_NONE, false},
	{"no header section", "\nYes.\n", "Yes.", CALENDAR_NONE, false},
	{"no body", "Subject: x\n\n", "", CALENDAR_NONE, false},
	{"nothing at all", "", "", CALENDAR_NONE, false},
	{"latin1", "Content-Type: text/plain; charset=iso-8859-1\n\n\374ber\n", "über",
	 CALENDAR_NONE, false},
	{"8 bit of no charset", "Subject: x\n\n\374ber\n", "über", CALENDAR_NONE, false},
	{"charset that nobody knows", "Content-Type: text/plain; charset=x-none\n\nüber\n",
	 "über", CALENDAR_NONE, false},
	{"utf-8 that is none", "Content-Type: text/plain; charset=utf-8\n\n\374ber\n",
	 "über", CALENDAR_NONE, false},
	{"iso-2022-jp",
	 "Content-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B$O$$\x1b(B\n", "はい",
	 CALENDAR_NONE, false},
	{"quoted-printable",
	 "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
	 "Quoted-Printable\n\n=C3=BCber=\n all\n",
	 "über all", CALENDAR_NONE, false},
	{"base64",
	 "Content-Type: text/plain\nContent-Transfer-Encoding: "
	 "base64\n\nWWVzLgo+IG9sZAo=\n",
	 "Yes.", CALENDAR_NONE, false},
	{"encoding that nobody knows", "Content-Transfer-Encoding: x-none\n\nYes.\n",
	 "Yes.", CALENDAR_NONE, false},
	{"HTML",
	 "Content-Type: text/html\n\n<p>Yes &amp; no</p><blockquote>old</blockquote>\n",
	 "Yes & no", CALENDAR_NONE, false},
	{"type in capitals", "Content-Type: TEXT/HTML; charset=\"UTF-8\"\n\n<p>Yes</p>\n",
	 "Yes", CALENDAR_NONE, false},
	{"two types", "Content-Type: text/plain\nContent-Type: text/html\n\n<p>Yes.\n",
	 "<p>Yes.", CALENDAR_NONE, false},
	{"type that cannot be read", "Content-Type: ;;\n\nYes.\n", "Yes.", CALENDAR_NONE,
	 false},
	{"no text", "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n",
	 NULL, CALENDAR_NONE, false},
	{"attachment is not own text",
	 MIXED "--M\nContent-Disposition: attachment\n\nfile\n--M--\n", NULL, CALENDAR_NONE,
	 false},
	{"first text of many",
	 MIXED "preamble\n--M\n\nYes.\n--M\n\nfooter of a list\n--M--\nepilogue\n", "Yes.",
	 CALENDAR_NONE, false},
	{"plain before its twin",
	 ALTERNATIVE "--A b\n\nPlain.\n--A b\nContent-Type: text/html\n\n"
		     "<p>Rich.</p>\n--A b--\n",
	 "Plain.", CALENDAR_NONE, false},
	{"plain behind its twin",
	 ALTERNATIVE "--A b\nContent-Type: text/html\n\n<p>Rich.</p>\n--A b\n\n"
		     "Plain.\n--A b--\n",
	 "Plain.", CALENDAR_NONE, false},
	{"plain is empty",
	 ALTERNATIVE "--A b\n\n \n--A b\nContent-Type: text/html\n\n<p>Rich.</p>\n"
		     "--A b--\n",
	 "Rich.", CALENDAR_NONE, false},
	{"HTML alone",
	 ALTERNATIVE "--A b\nContent-Type: text/html\n\n<p>Rich.</p>\n--A b--\n", "Rich.",
	 CALENDAR_NONE, false},
	{"another text is no twin",
	 MIXED "--M\nContent-Type: text/html\n\n<p>Rich.</p>\n--M\n\nPlain.\n"
	       "--M--\n",
	 "Rich.", CALENDAR_NONE, false},
	{"alternative within mixed",
	 MIXED "--M\nContent-Type: multipart/alternative; boundary=I\n\n--I\n\n"
	       "Plain.\n--I\nContent-Type: text/html\n\nRich\n--I--\n--M\nContent-Type: "
	       "image/png\n\nx\n--M--\n",
	 "Plain.", CALENDAR_NONE, false},
	{"inner end missing",
	 MIXED "--M\nContent-Type: multipart/alternative; boundary=I\n\n--I\n\nPlain.\n"
	       "--M\nContent-Type: application/ms-tnef\n\nx\n--M--\n",
	 "Plain.", CALENDAR_NONE, true},
	{"inner boundary begins like the outer one",
	 "Content-Type: multipart/mixed; boundary=M\n\n--M\n"
	 "Content-Type: multipart/alternative; "
	 "boundary=MM\n\n--MM\n\nPlain.\n--MM--\n--M--\n",
	 "Plain.", CALENDAR_NONE, false},
	{"same boundary twice",
	 MIXED "--M\nContent-Type: multipart/alternative; boundary=M\n\n--M\n\n"
	       "Plain.\n--M--\n",
	 "Plain.", CALENDAR_NONE, false},
	{"cut", MIXED "--M\n\nYes.\nand", "Yes.\nand", CALENDAR_NONE, false},
	{"cut in a part's header section", MIXED "--M\n\nYes.\n--M\nContent-Ty", "Yes.",
	 CALENDAR_NONE, false},
	{"delimiter never comes", MIXED "Yes.\n", "Yes.", CALENDAR_NONE, false},
	{"boundary parameter lost",
	 "Content-Type: multipart/mixed\n\n--XX\nContent-Type: text/plain\n\n"
	 "Yes.\n--XX--\n",
	 "Yes.", CALENDAR_NONE, false},
	{"bare CR", "Content-Type: multipart/mixed; boundary=M\r\r--M\r\rYes.\r--M--\r",
	 "Yes.", CALENDAR_NONE, false},
	{"delimiter with blanks", MIXED "--M \t\n\nYes.\n--M-- \n", "Yes.", CALENDAR_NONE,
	 false},
	{"delimiter inside a line", MIXED "--M\n\nYes. --M\n--Mx\n--M--\n",
	 "Yes. --M\n--Mx", CALENDAR_NONE, false},
	{"forward as attachment",
	 MIXED "--M\n\nLook.\n--M\nContent-Type: message/rfc822\n\nSubject: y\n\n"
	       "old\n--M--\n",
	 "Look.", CALENDAR_NONE, false},
	{"nothing but a forward", "Content-Type: message/rfc822\n\nSubject: y\n\nold\n",
	 NULL, CALENDAR_NONE, false},
	{"calendar", "Content-Type: text/calendar; method=REPLY\n\n" ICS, NULL,
	 CALENDAR_REPLY_ACCEPTED, false},
	{"calendar beside text",
	 ALTERNATIVE "--A b\n\nAccepted.\n--A b\nContent-Type: text/calendar\n\n" ICS
		     "--A b--\n",
	 "Accepted.", CALENDAR_REPLY_ACCEPTED, false},
	{"calendar as a file",
	 MIXED "--M\n\nx\n--M\nContent-Type: application/ics; name=invite.ics\n"
	       "Content-Disposition: attachment\n\n" ICS "--M--\n",
	 "x", CALENDAR_REPLY_ACCEPTED, false},
	{"calendar that its parameter tells",
	 "Content-Type: text/calendar; method=\"Request\"\n\nrubbish\n", NULL,
	 CALENDAR_REQUEST, false},
	{"calendar of no method", "Content-Type: text/calendar\n\nrubbish\n", NULL,
	 CALENDAR_OTHER, false},
	{"TNEF",
	 MIXED
	 "--M\n\nx\n--M\nContent-Type: application/ms-tnef; name=winmail.dat\n\nx\n--M--\n",
	 "x", CALENDAR_NONE, true},
};

static const BodyLimits limits = {65536, 8};

static void test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		BodyFacts facts;

		read_body(rows[i].message, strlen(rows[i].message), &limits, &facts);
		if (g_strcmp0(facts.own_text, rows[i].own) != 0 ||
		    facts.calendar != rows[i].calendar ||
		    facts.has_tnef != rows[i].has_tnef)
			g_test_message("row '%s'", rows[i].name);
		g_assert_cmpstr(facts.own_text, ==, rows[i].own);
		g_assert_cmpint(facts.had_text, ==, rows[i].own != NULL);
		g_assert_cmpstr(calendar_kind_name(facts.calendar), ==,
				calendar_kind_name(rows[i].calendar));
		g_assert_cmpint(facts.has_tnef, ==, rows[i].has_tnef);
		g_assert_cmpint(facts.report.kind, ==, REPORT_NONE);
		g_assert_cmpint(facts.digest, !=, 0);
		body_facts_clear(&facts);
	}
}

/* Octets that are text in no charset: whatever is made of them, it is valid UTF-8. The
 * first four would be a character beyond U+10FFFF, which GMime lets pass. */
static void test_no_charset(void)
{
	GString *message = g_string_new("Subject: x\n\n\366\267\242\275");
	BodyFacts facts;

	read_body(message->str, message->len, &limits, &facts);
	g_assert_true(g_utf8_validate(facts.own_text, -1, NULL));
	body_facts_clear(&facts);
	for (unsigned octet = 255; octet > 0; octet--)
		g_string_append_c(message, (char)octet);
	read_body(message->str, message->len, &limits, &facts);
	g_assert_true(g_utf8_validate(facts.own_text, -1, NULL));
	body_facts_clear(&facts);
	g_string_free(message, TRUE);
}

static void test_nul_octets(void)
{
	static const char message[] = "Subject: x\n\nYe\0s\n";
	BodyFacts facts;

	read_body(message, sizeof message - 1, &limits, &facts);
	g_assert_cmpstr(facts.own_text, ==, "Ye s");
	body_facts_clear(&facts);
}

static void test_no_octets(void)
{
	static const HeaderLimits header_limits = {1000, 10, 1000};
	g_autoptr(HeaderSection) section = header_section_new(&header_limits, NULL);
	BodyFacts facts;

	body_read(section, NULL, 0, &limits, &facts);
	g_assert_cmpstr(facts.own_text, ==, "");
	body_facts_clear(&facts);
}

static int64_t digest_of_message(const char *message)
{
	BodyFacts facts;
	int64_t digest;

	read_body(message, strlen(message), &limits, &facts);
	digest = facts.digest;
	body_facts_clear(&facts);
	return digest;
}

static void test_digest(void)
{
	int64_t digest = digest_of_message("Subject: x\n\nI am away.\nBo\n");

	g_assert_cmpint(digest_of_message("Subject: y\n\nI  am away.\r\n\r\nBo"), ==,
			digest);
	g_assert_cmpint(digest_of_message(MIXED "--M\n\nI am away.\nBo\n--M--\n"), ==,
			digest);
	g_assert_cmpint(
		digest_of_message(
			"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
			"SSBhbSBhd2F5LgpCbwo=\n"),
		==, digest);
	g_assert_cmpint(digest_of_message("Subject: x\n\nI am away\nBo\n"), !=, digest);
	g_assert_cmpint(digest_of_message("Content-Type: image/png\n\nAAAA\n"), !=,
			digest_of_message("Content-Type: image/png\n\nAAAB\n"));
}

/* A message whose text lies depth multiparts deep. */
static GString *nested_message(unsigned depth)
{
	GString *message = g_string_new("Content-Type: multipart/mixed; boundary=b0\n\n");

	for (unsigned i = 1; i < depth; i++)
		g_string_append_printf(
			message, "--b%u\nContent-Type: multipart/mixed; boundary=b%u\n\n",
			i - 1, i);
	g_string_append_printf(message, "--b%u\n\nYes.\n", depth - 1);
	return message;
}

static void test_depth(void)
{
	static const struct {
		unsigned depth;
		const char *own;
	} depths[] = {{1, "Yes."}, {7, "Yes."}, {8, "Yes."}, {9, NULL}, {5000, NULL}};

	for (size_t i = 0; i < G_N_ELEMENTS(depths); i++) {
		GString *message = nested_message(depths[i].depth);
		BodyLimits wide = {1 << 20, 8};
		BodyFacts facts;

		read_body(message->str, message->len, &wide, &facts);
		if (g_strcmp0(facts.own_text, depths[i].own) != 0)
			g_test_message("depth %u", depths[i].depth);
		g_assert_cmpstr(facts.own_text, ==, depths[i].own);
		body_facts_clear(&facts);
		g_string_free(message, TRUE);
	}
}

/* Only the first octets are looked at, wherever they end. */
static void test_octets(void)
{
	static const char message[] =
		MIXED "--M\n\nYes.\n--M\nContent-Type: application/ms-tnef\n\n"
		      "x\n--M--\n";
	size_t body = strstr(message, "\n\n") + 2 - message;

	for (size_t octets = 0; octets < sizeof message - body; octets++) {
		BodyLimits narrow = {octets, 8};
		BodyFacts facts;

		read_body(message, sizeof message - 1, &narrow, &facts);
		g_assert_cmpint(facts.has_tnef, ==,
				octets >= strlen("--M\n\nYes.\n--M\nContent-Type: "
						 "application/ms-tnef"));
		if (octets >= strlen("--M\n\nYes."))
			g_assert_true(g_str_has_prefix(facts.own_text, "Yes."));
		body_facts_clear(&facts);
	}
}

/* Many parts, delimiters and types: bounded by count, not by their length. */
/* Under valgrind all takes fifty times as long, and its time tells nothing. */
static void test_hostile(void)
{
	const size_t octets = g_getenv("LEAD_MEMCHECK") != NULL ? 20000 : 262144;
	static const char *const pieces[] = {
		"--M\n",
		"--M\n\n",
		"--M\nContent-Type: text/plain\n\nx\n",
		"--\n",
		"--M",
		"--M\nContent-Type: multipart/mixed; boundary=M\n\n",
		"--M\nContent-Type: message/rfc822\n\n",
		"--M\nContent-Type: text/calendar\n\nBEGIN:X\n",
		"--M\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n\n",
		"Content-Type: text/plain; charset=\377\n",
		"From: a@b.c\n",
		"Message-ID: <\n",
		"@",
		"a@b ",
		"5.1.1 ",
		">",
		"> Message-ID",
		"user ",
	};
	static const BodyLimits wide = {1 << 20, 50};

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		GString *message =
			g_string_new("From: MAILER-DAEMON@x.org\nSubject: failure notice\n"
				     "Content-Type: multipart/mixed; boundary=M\n\n");
		gint64 before = g_get_monotonic_time();
		BodyFacts facts;

		while (message->len < octets)
			g_string_append(message, pieces[i]);
		read_body(message->str, message->len, &wide, &facts);
		body_facts_clear(&facts);
		g_string_free(message, TRUE);
		g_test_message("'%s': %" G_GINT64_FORMAT " us", pieces[i],
			       g_get_monotonic_time() - before);
		g_assert_cmpint(g_get_monotonic_time() - before, <, 10 * G_USEC_PER_SEC);
	}
}

static gpointer read_often(gpointer unused)
{
	(void)unused;
	for (unsigned n = 0; n < 50; n++)
		test_rows();
	return NULL;
}

/* No state is shared but what body_init() made. */
static void test_threads(void)
{
	GThread *threads[4];

	for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
		threads[i] = g_thread_new("reader", read_often, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
		g_thread_join(threads[i]);
}

int main(int argc, char **argv)
{
	body_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/body/rows", test_rows);
	g_test_add_func("/body/no-charset", test_no_charset);
	g_test_add_func("/body/nul-octets", test_nul_octets);
	g_test_add_func("/body/no-octets", test_no_octets);
	g_test_add_func("/body/digest", test_digest);
	g_test_add_func("/body/depth", test_depth);
	g_test_add_func("/body/octets", test_octets);
	g_test_add_func("/body/hostile", test_hostile);
	g_test_add_func("/body/threads", test_threads);
	return g_test_run();
}
