/* SPDX-License-Identifier: BSD-2-Clause */
/* Whatever GMime reads in a Content-Type is what we read, by whichever way. */
#include "../../lib/mail/content-type.h"

#include <gmime/gmime.h>
#include <stdbool.h>
#include <string.h>

#include "lead/body.h"

static const char *const fields[] = {
	"text/plain",
	"text/plain;",
	"TEXT/Plain; Charset=UTF-8",
	"text/plain; charset=\"utf-8\"; format=flowed; delsp=yes",
	"text/plain;charset=us-ascii;",
	"text/plain ; charset = utf-8",
	"text/plain; charset=utf-8; charset=iso-8859-1",
	"text/plain; charset=\"utf\\-8\"",
	"text/plain (the best); charset=utf-8 (or so)",
	"text/plain; charset=",
	"text/plain; charset=\"\"",
	"text/plain; charset=\"utf-8",
	"text/plain; charset",
	"text/plain; =utf-8",
	"text/plain charset=utf-8",
	"text/plain, charset=utf-8",
	"text/plain; charset=utf-8 garbage; format=flowed",
	"text",
	"text/",
	"/plain",
	"",
	"; charset=utf-8/16",
	"multipart/mixed; boundary=\"=_part 1?\"",
	"multipart/mixed; boundary=----=_Part_1",
	"multipart/mixed; boundary=\"=?utf-8?q?a?=\"",
	"multipart/mixed; boundary=abc+def.g_h",
	"multipart/report; report-type=delivery-status; boundary=\"a/b\"",
	"multipart/report; report-type=\"delivery-status\";\tboundary=\"a\"",
	"text/calendar; method=REPLY; charset=\"UTF-8\"; name=\"invite.ics\"",
	"application/pkcs7-mime; smime-type=signed-receipt; name=\"a b.p7m\"",
	"application/octet-stream; name*=utf-8''%e2%82%ac.txt",
	"application/octet-stream; name*0=\"a\"; name*1=\"b\"",
	"text/plain; charset=\"utf-8\"; x=\"caf\xc3\xa9\"",
	"text/plain; a=1; b=2; c=3; d=4; e=5; f=6; g=7; h=8; i=9; charset=utf-8",
	"text/x-a+b.c-d; charset=x",
	"text/plain/more; charset=utf-8",
	"text/pl ain; charset=utf-8",
};

static const char *const params[] = {
	"charset", "boundary", "report-type", "method", "smime-type", "name",
	"format",  "a",	       "i",	      "x",	"delsp",
};

static bool field_is_type(const char *field)
{
	const char *slash = strchr(field, '/');

	return slash != NULL && (size_t)(slash - field) < strcspn(field, ";");
}

static void check_same(const char *field, const char *what, const char *wanted,
		       const char *got)
{
	if (g_strcmp0(wanted, got) != 0)
		g_error("'%s': %s: wanted %s, got %s", field, what,
			wanted != NULL ? wanted : "nothing", got != NULL ? got : "nothing");
}

static void check_field(const char *field)
{
	GMimeContentType *wanted =
		field_is_type(field) ? g_mime_content_type_parse(NULL, field) : NULL;
	g_autofree char *exact = g_memdup2(field, strlen(field) + 1);
	ContentType *got = content_type_parse(exact);
	g_autofree char *name = NULL, *lower = NULL;

	if ((wanted == NULL) != (got == NULL))
		g_error("'%s': %s", field, got == NULL ? "not read" : "read");
	if (wanted == NULL)
		return;
	name = g_mime_content_type_get_mime_type(wanted);
	lower = g_ascii_strdown(name, -1);
	check_same(field, "type", lower, content_type_name(got));
	for (size_t i = 0; i < G_N_ELEMENTS(params); i++)
		check_same(field, params[i],
			   g_mime_content_type_get_parameter(wanted, params[i]),
			   content_type_param(got, params[i]));
	g_object_unref(wanted);
	content_type_free(got);
}

static void test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		check_field(fields[i]);
}

/* Every octet in every place of an ordinary field. */
static void test_octets(void)
{
	static const char ordinary[] = "text/plain; charset=\"utf-8\"; method=a";

	for (size_t at = 0; at < sizeof ordinary - 1; at++) {
		for (int octet = 1; octet < 256; octet++) {
			char field[sizeof ordinary];

			memcpy(field, ordinary, sizeof field);
			field[at] = (char)octet;
			check_field(field);
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	body_init();
	g_test_add_func("/content-type/rows", test_rows);
	g_test_add_func("/content-type/octets", test_octets);
	return g_test_run();
}
