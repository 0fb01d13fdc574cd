/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <string.h>

#include "lead/report.h"

static const struct {
	const char *action, *status, *text;
	BounceKind kind;
} rows[] = {
	/* the action says it */
	{"delivered", "2.0.0", NULL, BOUNCE_SUCCESS},
	{"relayed", "2.0.0", NULL, BOUNCE_SUCCESS},
	{"expanded (to multi-recipient alias)", "2.0.0", NULL, BOUNCE_SUCCESS},
	{"Delayed", "4.4.1", "550 user unknown", BOUNCE_DELAYED},
	{"delayed", NULL, NULL, BOUNCE_DELAYED},
	{NULL, "2.1.5", NULL, BOUNCE_SUCCESS},
	/* the code says it */
	{"failed", "5.1.1", NULL, BOUNCE_HARD},
	{"failed", "5.1.2", NULL, BOUNCE_HARD},
	{"failed", "5.1.3", NULL, BOUNCE_HARD},
	{"failed", "5.1.6", NULL, BOUNCE_HARD},
	{"failed", "5.1.10", NULL, BOUNCE_HARD},
	{"failed", "5.2.1", NULL, BOUNCE_HARD},
	{"FAILED", "5.1.1 (bad destination mailbox)", NULL, BOUNCE_HARD},
	{NULL, "5.1.1", NULL, BOUNCE_HARD},
	{"failed", "5.2.2", "no such user", BOUNCE_SOFT},
	{"failed", "5.3.4", "no such user", BOUNCE_SOFT},
	{"failed", "5.7.1", "550 5.7.1 message refused by policy", BOUNCE_SOFT},
	{"failed", "5.7.26", NULL, BOUNCE_SOFT},
	{"failed", "4.4.7", "host unreachable", BOUNCE_SOFT},
	{"failed", "4.1.1", "450 4.1.1 user unknown", BOUNCE_SOFT},
	{"failed", "5.1.10", "mailbox unavailable", BOUNCE_HARD},
	{"failed", "5.7.27", "550 Host does not accept mail", BOUNCE_HARD},
	{"failed", "5.1.100", NULL, BOUNCE_SOFT},
	/* spelt badly */
	{"failed", "511", NULL, BOUNCE_HARD},
	{"failed", "5 1 1", NULL, BOUNCE_HARD},
	{"failed", "5-1-1", NULL, BOUNCE_HARD},
	{"failed", " 5.1.1", NULL, BOUNCE_HARD},
	{"failed", "550", NULL, BOUNCE_SOFT},
	{"failed", "5111", NULL, BOUNCE_SOFT},
	{"failed", "5.1", NULL, BOUNCE_SOFT},
	{"failed", "", NULL, BOUNCE_SOFT},
	{"failed", "permanent", NULL, BOUNCE_SOFT},
	/* the text settles what the code does not */
	{"failed", "5.0.0", "smtp; 550 User unknown", BOUNCE_HARD},
	{"failed", "5.0.0", "smtp; 550 No such user here", BOUNCE_HARD},
	{"failed", "5.0.0", "smtp;550 mailbox unavailable", BOUNCE_HARD},
	{"failed", "5.0.0", "smtp;550 mailbox unavailable, over quota", BOUNCE_SOFT},
	{"failed", "5.0.0", "smtp;552 Mailbox is full", BOUNCE_SOFT},
	{"failed", "5.0.0", "smtp;554 rejected as spam", BOUNCE_SOFT},
	{"failed", "5.0.0", "smtp;550 relaying denied", BOUNCE_SOFT},
	{"failed", "5.0.0", "smtp;552 message too large", BOUNCE_SOFT},
	{"failed", "5.0.0", "smtp;550 5.1.1 gone", BOUNCE_HARD},
	{"failed", "5.0.0", "smtp;550-5.2.2 gone", BOUNCE_SOFT},
	{"failed", "5.0.0", "host 192.0.2.5.1.1 said no", BOUNCE_SOFT},
	{"failed", "5.0.0", "host 5.1.1.9 said no", BOUNCE_SOFT},
	{"failed", "5.0.0", "something happened", BOUNCE_SOFT},
	{"failed", "5.0.0", NULL, BOUNCE_SOFT},
	{"failed", "5.4.1", "550 5.4.1 Recipient address rejected: Access denied",
	 BOUNCE_HARD},
	{"failed", "5.4.1", "no answer from host", BOUNCE_SOFT},
	{"failed", "5.4.4", "Host or domain name not found", BOUNCE_HARD},
	{"failed", "5.4.4", "Host not found, try again", BOUNCE_SOFT},
	{"failed", NULL, "550 <bo@example.org>: User <bo@example.org> does not exist",
	 BOUNCE_HARD},
	{"failed", NULL, "Benutzer unbekannt", BOUNCE_HARD},
	{"failed", NULL, NULL, BOUNCE_SOFT},
	{NULL, NULL, "user unknown", BOUNCE_HARD},
	{NULL, NULL, NULL, BOUNCE_SOFT},
	{"", "", "", BOUNCE_SOFT},
	/* words within words are none */
	{"failed", "5.0.0", "superuser unknownness", BOUNCE_SOFT},
	/* what real servers say against their own code */
	{"failed", "5.1.1", "552 5.2.2 Over quota", BOUNCE_SOFT},
	{"failed", "5.2.1",
	 "The user you are trying to contact is receiving mail at a rate that "
	 "prevents additional messages",
	 BOUNCE_SOFT},
	{"failed", "5.7.1", "550 5.7.1 <bo@example.org>... User unknown", BOUNCE_HARD},
};

static void test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *action = g_strdup(rows[i].action);
		g_autofree char *status = g_strdup(rows[i].status);
		g_autofree char *text = g_strdup(rows[i].text);
		BounceKind kind = bounce_kind(action, status, text);

		if (kind != rows[i].kind)
			g_test_message("row %zu: action '%s', status '%s', text '%s'", i,
				       action, status, text);
		g_assert_cmpstr(bounce_kind_name(kind), ==, bounce_kind_name(rows[i].kind));
	}
}

static void test_long_text(void)
{
	GString *text = g_string_new(NULL);

	while (text->len < 1 << 20)
		g_string_append(text, "user mailbox host 5.1.");
	g_assert_cmpint(bounce_kind("failed", NULL, text->str), ==, BOUNCE_SOFT);
	g_string_free(text, TRUE);
}

static void test_names(void)
{
	g_assert_null(bounce_kind_name(BOUNCE_NONE));
	g_assert_cmpstr(bounce_kind_name(BOUNCE_HARD), ==, "hard");
	g_assert_cmpstr(bounce_kind_name(BOUNCE_SOFT), ==, "soft");
	g_assert_cmpstr(bounce_kind_name(BOUNCE_DELAYED), ==, "delayed");
	g_assert_cmpstr(bounce_kind_name(BOUNCE_SUCCESS), ==, "success");
	g_assert_null(disposition_name(DISPOSITION_NONE));
	g_assert_cmpstr(disposition_name(DISPOSITION_REFUSED), ==, "refused");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bounce-kind/rows", test_rows);
	g_test_add_func("/bounce-kind/long-text", test_long_text);
	g_test_add_func("/bounce-kind/names", test_names);
	return g_test_run();
}
