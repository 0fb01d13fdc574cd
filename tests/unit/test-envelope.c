/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/envelope.h"

static void test_empty(void)
{
	Envelope envelope;

	envelope_init(&envelope);
	g_assert_cmpuint(envelope.recipients->len, ==, 0);
	g_assert_null(envelope.reverse_path);
	g_assert_false(envelope_has_null_reverse_path(&envelope)); /* not known is not null */
	envelope_clear(&envelope);
	g_assert_null(envelope.recipients);
	envelope_clear(&envelope); /* twice is fine */
	envelope_init(&envelope);
	envelope_clear(&envelope);
}

static void test_reverse_path(void)
{
	static const struct {
		const char *path;
		bool null;
	} rows[] = { { "<>", true }, { "", true }, { "<a@b.de>", false }, { "<MAILER-DAEMON>", false } };

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Envelope envelope;

		envelope_init(&envelope);
		envelope.reverse_path = addr_spec_parse(rows[i].path, "+");
		g_assert_cmpint(envelope_has_null_reverse_path(&envelope), ==, rows[i].null);
		envelope_clear(&envelope);
	}
}

/* Everything is owned: the leak checker counts. */
static void test_recipients(void)
{
	Envelope envelope;
	const EnvelopeRecipient *recipient;

	envelope_init(&envelope);
	envelope.client_address = g_strdup("192.0.2.1");
	envelope.daemon_name = g_strdup("ORIGINATING");
	envelope.daemon_port = g_strdup("587");
	envelope.auth_type = g_strdup("PLAIN");
	envelope.auth_authen = g_strdup("joe");
	envelope.mta_host = g_strdup("mx");
	envelope.queue_id = g_strdup("4X");
	envelope.generated_id = g_strdup("4X@mx");
	envelope_add_recipient(&envelope, addr_spec_parse("<a@b.de>", "+"), "smtp", 2);
	envelope_add_recipient(&envelope, addr_spec_parse("<c@d.de>", "+"), NULL, 2);
	envelope_add_recipient(&envelope, addr_spec_parse("<e@f.de>", "+"), "local", 2);
	g_assert_cmpuint(envelope.recipients->len, ==, 2);
	g_assert_cmpuint(envelope.recipients_left_out, ==, 1);
	recipient = envelope.recipients->pdata[0];
	g_assert_cmpstr(recipient->address->canonical, ==, "a@b.de");
	g_assert_cmpstr(recipient->mailer, ==, "smtp");
	recipient = envelope.recipients->pdata[1];
	g_assert_null(recipient->mailer);
	envelope_clear(&envelope);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/envelope/empty", test_empty);
	g_test_add_func("/envelope/reverse-path", test_reverse_path);
	g_test_add_func("/envelope/recipients", test_recipients);
	return g_test_run();
}
