/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/header-section.h"

#include <stdint.h>
#include <string.h>

static const HeaderLimits roomy = { 1000000, 1000, 100000 };

/* Octets with NUL inside. */
#define BYTES(text) text, sizeof(text) - 1

/* kept: "Name=body" parted by '|', in the order of LEAD_FIELDS and then of the message */
static const struct {
	const char *name;
	const char *bytes;
	size_t length;
	const char *kept;
	size_t fields;
	const char *rest; /* the body */
	size_t rest_length;
} messages[] = {
	{ "LF", BYTES("From: a\nTo: b\n\nbody\n"), "From=a|To=b", 2, BYTES("body\n") },
	{ "CRLF", BYTES("From: a\r\nTo: b\r\n\r\nbody\r\n"), "From=a|To=b", 2, BYTES("body\r\n") },
	{ "CR", BYTES("From: a\rTo: b\r\rbody\r"), "From=a|To=b", 2, BYTES("body\r") },
	{ "CR, then LF", BYTES("From: a\rTo: b\n\nbody"), "From=a|To=b", 2, BYTES("body") },
	{ "CR, then CRLF", BYTES("From: a\rTo: b\r\n\r\nbody"), "From=a|To=b", 2, BYTES("body") },
	{ "CR CR LF", BYTES("From: a\r\r\nTo: b\r\r\n\r\r\nbody"), "From=a|To=b", 2, BYTES("body") },
	{ "smuggled behind CR", BYTES("From: a\r\nSubject: x\rTo: b\r\n\r\n"), "From=a|Subject=x To: b", 2, BYTES("") },
	{ "LF then CRLF", BYTES("From: a\nTo: b\r\n\r\nbody"), "From=a|To=b", 2, BYTES("body") },
	{ "nothing", BYTES(""), "", 0, BYTES("") },
	{ "one letter", BYTES("F"), "", 0, BYTES("F") },
	{ "one LF", BYTES("\n"), "", 0, BYTES("") },
	{ "one CR", BYTES("\r"), "", 0, BYTES("") },
	{ "blank line first", BYTES("\r\nFrom: a\r\n"), "", 0, BYTES("From: a\r\n") },
	{ "no body", BYTES("From: a\n"), "From=a", 1, BYTES("") },
	{ "no body, blank line", BYTES("From: a\n\n"), "From=a", 1, BYTES("") },
	{ "no end of line", BYTES("From: a"), "From=a", 1, BYTES("") },
	{ "no end of line, CR", BYTES("From: a\r"), "From=a", 1, BYTES("") },
	{ "no field", BYTES("hello\nFrom: a\n"), "", 0, BYTES("hello\nFrom: a\n") },
	{ "no field in between", BYTES("From: a\nhello world\nTo: b\n\n"), "From=a", 1, BYTES("hello world\nTo: b\n\n") },
	{ "blank in the name", BYTES("From: a\nTo the: b\n\n"), "From=a", 1, BYTES("To the: b\n\n") },
	{ "8-bit in the name", BYTES("From: a\nT\xc3\xb6: b\n\n"), "From=a", 1, BYTES("T\xc3\xb6: b\n\n") },
	{ "no name", BYTES("From: a\n: b\n\n"), "From=a", 1, BYTES(": b\n\n") },
	{ "blanks before the colon", BYTES("From \t: a\nTo : b\n\n"), "From=a|To=b", 2, BYTES("") },
	{ "no blank behind the colon", BYTES("From:a\nTo:b\n\n"), "From=a|To=b", 2, BYTES("") },
	{ "empty bodies", BYTES("From:\nTo: \nCc:\t\n\n"), "From=|To=|Cc=", 3, BYTES("") },
	{ "any case", BYTES("FROM: a\nmessage-id: b\n\n"), "From=a|Message-ID=b", 2, BYTES("") },
	{ "blanks around the body", BYTES("From: \t a b \t\n\n"), "From=a b", 1, BYTES("") },
	{ "folded", BYTES("From: a\n b\n\tc\n\n"), "From=a b\tc", 1, BYTES("") },
	{ "folded, CRLF", BYTES("From: a\r\n b\r\n\r\n"), "From=a b", 1, BYTES("") },
	{ "folded at once", BYTES("From:\n a\n\n"), "From=a", 1, BYTES("") },
	{ "folded, blank line with a blank", BYTES("From: a\n \n b\n\n"), "From=a  b", 1, BYTES("") },
	{ "folded, not asked", BYTES("X-A: a\n b\n c\nFrom: a\n\n"), "From=a", 2, BYTES("") },
	{ "folded, first line", BYTES(" a\nFrom: a\n\n"), "", 0, BYTES(" a\nFrom: a\n\n") },
	{ "NUL", BYTES("From: a\0b\nSub\0ject: x\n\n"), "From=a b", 1, BYTES("Sub\0ject: x\n\n") },
	{ "NUL at the ends", BYTES("From: \0a\0\nTo: b\0\n\n"), "From=a|To=b", 2, BYTES("") },
	{ "8-bit", BYTES("From: \xff\xc3\xb6\n\n"), "From=\xff\xc3\xb6", 1, BYTES("") },
	{ "mbox line", BYTES("From a@b Thu Jan  1 00:00:00 1970\nFrom: a\n\n"), "From=a", 1, BYTES("") },
	{ "mbox line, quoted", BYTES(">From a@b Thu Jan  1\r\nFrom: a\r\n\r\n"), "From=a", 1, BYTES("") },
	{ "mbox line alone", BYTES("From a@b"), "", 0, BYTES("") },
	{ "mbox line and a bare CR file", BYTES("From a@b\rFrom: a\r\rbody"), "From=a", 1, BYTES("body") },
	{ "mbox line later", BYTES("From: a\nFrom b@c Thu\nTo: b\n\n"), "From=a", 1, BYTES("From b@c Thu\nTo: b\n\n") },
	{ "byte order mark", BYTES("\xef\xbb\xbf" "From: a\n\n"), "From=a", 1, BYTES("") },
	{ "several of a name", BYTES("Received: 1\nFrom: a\nReceived: 2\nReceived: 3\n\n"), "From=a|Received=1|Received=2|Received=3", 4, BYTES("") },
	{ "nobody asks", BYTES("X-A: a\nDKIM-Signature: b\n\n"), "", 2, BYTES("") },
	{ "spam verdict", BYTES("X-Spam-FLAG: YES\nFrom: a\nX-Spam: no\n\n"), "From=a|X-Spam-Flag=YES|X-Spam=no", 3, BYTES("") },
	{ "asked by both", BYTES("User-Agent: z\n\n"), "User-Agent=z|user-agent=z", 1, BYTES("") },
};

/* Spam fields as the settings give them. */
static char **spam_fields(void)
{
	return g_strsplit("X-Spam-Flag X-Spam user-agent", " ", -1);
}

static char *kept_text(const HeaderSection *section)
{
	GString *text = g_string_new(NULL);

	for (FieldId id = 0; id < FIELD_NONE; id++) {
		for (size_t at = 0; at < header_section_count(section, id); at++)
			g_string_append_printf(text, "%s%s=%s", text->len > 0 ? "|" : "",
					       header_section_name(section, id, at),
					       header_section_get(section, id, at));
	}
	return g_string_free(text, FALSE);
}

static void test_split(void)
{
	g_auto(GStrv) spam = spam_fields();

	for (size_t i = 0; i < G_N_ELEMENTS(messages); i++) {
		g_autoptr(HeaderSection) section = header_section_new(&roomy, spam);
		g_autofree char *bytes = g_memdup2(messages[i].bytes, messages[i].length);
		size_t offset = header_section_split(section, bytes, messages[i].length);
		g_autofree char *kept = kept_text(section);

		if (strcmp(kept, messages[i].kept) == 0 &&
		    header_section_fields(section) == messages[i].fields &&
		    offset == messages[i].length - messages[i].rest_length &&
		    memcmp(messages[i].bytes + offset, messages[i].rest,
			   messages[i].rest_length) == 0)
			continue;
		g_test_message("%s: wanted '%s' (%zu fields), got '%s' (%zu), body at %zu",
			       messages[i].name, messages[i].kept, messages[i].fields, kept,
			       header_section_fields(section), offset);
		g_test_fail();
	}
}

/* As libmilter hands fields over. */
static void test_add(void)
{
	static const struct {
		const char *name, *body, *wanted;
	} rows[] = {
		{ "Subject", "x", "x" },
		{ "Subject", " x", "x" },
		{ "Subject", "\tx\n y", "x y" },
		{ "Subject", " x\r\n\ty\r\n z ", "x\ty z" },
		{ "Subject", "x\ny", "x y" },
		{ "Subject", "x\r\n\r\ny", "x y" },
		{ "Subject", "x\n", "x" },
		{ "Subject", "\n\n\n", "" },
		{ "Subject", "", "" },
		{ "Subject ", "x", "x" },
		{ "subject", "x", "x" },
		{ "X-Nobody", "x", NULL },
		{ "", "x", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(HeaderSection) section = header_section_new(&roomy, NULL);
		g_autofree char *name = g_strdup(rows[i].name), *body = g_strdup(rows[i].body);

		header_section_add(section, name, body);
		g_assert_cmpstr(header_section_get(section, FIELD_SUBJECT, 0), ==, rows[i].wanted);
		g_assert_cmpuint(header_section_fields(section), ==, 1);
		g_assert_cmpuint(header_section_octets(section), ==,
				 strlen(g_strchomp(name)) + strlen(body) + 3);
	}
}

static void test_places(void)
{
	g_autoptr(HeaderSection) section = header_section_new(&roomy, NULL);
	const char *first;

	header_section_add(section, "X-A", "a");
	header_section_add(section, "Authentication-Results", "b");
	header_section_add(section, "X-C", "c");
	header_section_add(section, "Received", "d");
	header_section_add(section, "Authentication-Results", "e");
	first = header_section_get(section, FIELD_AUTHENTICATION_RESULTS, 0);
	g_assert_cmpuint(header_section_place(section, FIELD_AUTHENTICATION_RESULTS, 0), ==, 1);
	g_assert_cmpuint(header_section_place(section, FIELD_RECEIVED, 0), ==, 3);
	g_assert_cmpuint(header_section_place(section, FIELD_AUTHENTICATION_RESULTS, 1), ==, 4);
	g_assert_cmpuint(header_section_place(section, FIELD_RECEIVED, 1), ==, SIZE_MAX);
	g_assert_null(header_section_get(section, FIELD_AUTHENTICATION_RESULTS, 2));
	g_assert_null(header_section_get(section, FIELD_NONE, 0));
	g_assert_null(header_section_name(section, FIELD_TO, 0));
	g_assert_cmpuint(header_section_count(section, FIELD_NONE), ==, 0);

	/* what was handed out stays while more comes */
	for (unsigned i = 0; i < 500; i++)
		header_section_add(section, "Received", "some more octets to fill a block");
	g_assert_true(first == header_section_get(section, FIELD_AUTHENTICATION_RESULTS, 0));
	g_assert_cmpstr(first, ==, "b");
}

static void test_clear(void)
{
	g_autoptr(HeaderSection) section = header_section_new(&roomy, NULL);

	for (unsigned round = 0; round < 3; round++) {
		header_section_add(section, "From", "a");
		header_section_add(section, "X-A", "a");
		g_assert_cmpuint(header_section_count(section, FIELD_FROM), ==, 1);
		g_assert_cmpuint(header_section_place(section, FIELD_FROM, 0), ==, 0);
		g_assert_cmpuint(header_section_fields(section), ==, 2);
		header_section_clear(section);
		g_assert_cmpuint(header_section_count(section, FIELD_FROM), ==, 0);
		g_assert_cmpuint(header_section_fields(section), ==, 0);
		g_assert_cmpuint(header_section_octets(section), ==, 0);
	}
	header_section_free(NULL);
}

static void test_limits(void)
{
	static const HeaderLimits limits = { 100, 4, 20 };
	g_autoptr(HeaderSection) section = header_section_new(&limits, NULL);

	header_section_add(section, "Subject", "12345678901234567890");
	g_assert_false(header_section_was_cut(section));
	header_section_add(section, "To", "123456789012345678901");
	g_assert_true(header_section_was_cut(section));
	g_assert_cmpstr(header_section_get(section, FIELD_TO, 0), ==, "12345678901234567890");
	header_section_clear(section);
	g_assert_false(header_section_was_cut(section));

	/* cut between characters */
	header_section_add(section, "To", "123456789012345678\xe2\x82\xac.");
	g_assert_cmpstr(header_section_get(section, FIELD_TO, 0), ==, "123456789012345678");
	header_section_clear(section);

	for (unsigned i = 0; i < 5; i++)
		header_section_add(section, "Received", "x");
	g_assert_cmpuint(header_section_count(section, FIELD_RECEIVED), ==, 4);
	g_assert_cmpuint(header_section_fields(section), ==, 5);
	g_assert_true(header_section_was_cut(section));
	header_section_clear(section);

	/* one that does not fit is left out, a smaller one behind it is not */
	for (unsigned i = 0; i < 3; i++)
		header_section_add(section, "Message-ID", "12345678901234567890");
	g_assert_false(header_section_was_cut(section));
	header_section_add(section, "Subject", "12345678901234567890");
	g_assert_null(header_section_get(section, FIELD_SUBJECT, 0));
	header_section_add(section, "To", "a");
	g_assert_cmpstr(header_section_get(section, FIELD_TO, 0), ==, "a");
}

static void test_floods(void)
{
	g_autoptr(HeaderSection) section = header_section_new(&roomy, NULL);
	g_autoptr(GString) text = g_string_new("Subject: ");
	g_autofree char *big = g_strnfill(5000000, 'x');
	size_t offset;

	/* one field of 5 MB, in one line */
	g_string_append_printf(text, "%s\nFrom: a\n\nbody", big);
	offset = header_section_split(section, text->str, text->len);
	g_assert_cmpstr(text->str + offset, ==, "body");
	g_assert_cmpuint(strlen(header_section_get(section, FIELD_SUBJECT, 0)), ==, 100000);
	g_assert_cmpstr(header_section_get(section, FIELD_FROM, 0), ==, "a");
	g_assert_cmpuint(header_section_octets(section), >, 5000000);
	header_section_clear(section);

	/* the same folded into a million lines, of a field that nobody asks about */
	g_string_assign(text, "X-A: x");
	while (text->len < 5000000)
		g_string_append(text, "\r\n y");
	g_string_append(text, "\r\nFrom: a\r\n\r\nbody");
	offset = header_section_split(section, text->str, text->len);
	g_assert_cmpstr(text->str + offset, ==, "body");
	g_assert_cmpuint(header_section_fields(section), ==, 2);
	header_section_clear(section);

	/* 100,000 fields */
	g_string_assign(text, "");
	for (unsigned i = 0; i < 100000; i++)
		g_string_append(text, "Received: x\n");
	g_string_append(text, "From: a\n");
	offset = header_section_split(section, text->str, text->len);
	g_assert_cmpuint(offset, ==, text->len);
	g_assert_cmpuint(header_section_count(section, FIELD_RECEIVED), ==, 1000);
	g_assert_cmpuint(header_section_fields(section), ==, 100001);
	g_assert_true(header_section_was_cut(section));
	header_section_clear(section);

	/* 5 MB of CR, of mbox lines, of NUL */
	memset(big, '\r', 5000000);
	header_section_split(section, big, 5000000);
	memset(big, '\0', 5000000);
	g_assert_cmpuint(header_section_split(section, big, 5000000), ==, 0);
	g_string_assign(text, "");
	while (text->len < 5000000)
		g_string_append(text, "From x\n");
	g_assert_cmpuint(header_section_split(section, text->str, text->len), ==, text->len);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/header section/split", test_split);
	g_test_add_func("/header section/add", test_add);
	g_test_add_func("/header section/places", test_places);
	g_test_add_func("/header section/clear", test_clear);
	g_test_add_func("/header section/limits", test_limits);
	g_test_add_func("/header section/floods", test_floods);
	return g_test_run();
}
