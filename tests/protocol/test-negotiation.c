/* SPDX-License-Identifier: BSD-2-Clause */
/* What the daemon asks of an MTA, for what the MTA offers. */
#include <string.h>

#include "mail.h"

enum {
	SETSYMLIST = 0x100,
	NOUNKNOWN = 0x100,
	NOBODY = 0x10,
	NO_REPLY = 0x80 | 0x1000 | 0x2000 | 0x4000 | 0x8000 | 0x10000 | 0x40000 | 0x80000,
	HDR_LEADSPC = 0x100000,
};

static const struct {
	const char *name;
	MtaOffer offer, wanted;
	bool no_body; /* [milter] read_body = no */
} rows[] = {
	{"everything",
	 {6, 0x1ff, 0x1fffff},
	 {6, SETSYMLIST, NOUNKNOWN | NO_REPLY | HDR_LEADSPC},
	 false},
	{"everything, body not read",
	 {6, 0x1ff, 0x1fffff},
	 {6, SETSYMLIST, NOUNKNOWN | NO_REPLY | HDR_LEADSPC | NOBODY},
	 true},
	{"larger packets are not taken",
	 {6, 0x1ff, 0x1fffff | 0x10000000 | 0x20000000},
	 {6, SETSYMLIST, NOUNKNOWN | NO_REPLY | HDR_LEADSPC},
	 false},
	{"no macro lists",
	 {6, 0xff, 0x1fffff},
	 {6, 0, NOUNKNOWN | NO_REPLY | HDR_LEADSPC},
	 false},
	{"leading blanks are cut",
	 {6, 0x1ff, 0xfffff},
	 {6, SETSYMLIST, NOUNKNOWN | NO_REPLY},
	 false},
	{"no reply to fields only",
	 {6, 0x1ff, 0x7ff},
	 {6, SETSYMLIST, NOUNKNOWN | 0x80},
	 false},
	{"refused recipients only", {6, 0x1ff, 0x800}, {6, SETSYMLIST, 0}, false},
	{"protocol 4", {4, 0x3f, 0x3ff}, {4, 0, NOUNKNOWN | 0x80}, false},
	{"protocol 2", {2, 0x3f, 0x7f}, {2, 0, 0}, false},
	{"protocol 2, body not read", {2, 0x3f, 0x7f}, {2, 0, NOBODY}, true},
	{"no flags at all", {2, 0, 0}, {2, 0, 0}, false},
	{"a protocol of the future",
	 {99, 0xfffffff, 0x1fffff},
	 {6, SETSYMLIST, NOUNKNOWN | NO_REPLY | HDR_LEADSPC},
	 false},
};

static void check_lists(const char *name, const Mta *mta, bool asked)
{
	static const char list[] =
		"i j {daemon_name} {daemon_port} {auth_type} {auth_authen} "
		"{mail_mailer} {msg_id} {nrcpts}";
	static const char recipient_list[] = "i {rcpt_mailer} {rcpt_host}";

	for (size_t i = 0; i < MTA_STAGES; i++) {
		const char *wanted = i == 3 ? recipient_list : list;

		if (g_strcmp0(mta->macro_lists[i], asked ? wanted : NULL) != 0)
			g_error("%s: macros of stage %zu: wanted '%s', got '%s'", name, i,
				asked ? wanted : "none", mta->macro_lists[i]);
	}
}

static void check_offer(Daemon *daemon, size_t row)
{
	Mta *mta = mta_new(daemon_socket(daemon));
	const MtaOffer *wanted = &rows[row].wanted;

	g_assert_true(mta_negotiate(mta, &rows[row].offer));
	if (mta->agreed.version != wanted->version ||
	    mta->agreed.actions != wanted->actions ||
	    mta->agreed.protocol != wanted->protocol)
		g_error("%s: wanted %u 0x%x 0x%x, got %u 0x%x 0x%x", rows[row].name,
			wanted->version, wanted->actions, wanted->protocol,
			mta->agreed.version, mta->agreed.actions, mta->agreed.protocol);
	check_lists(rows[row].name, mta, wanted->actions != 0);
	mta_free(mta);
}

static void test_offers(gconstpointer body)
{
	bool no_body = GPOINTER_TO_INT(body);
	g_autoptr(Daemon) daemon = daemon_new();

	daemon_set(daemon, "milter", "read_body", no_body ? "no" : "yes");
	daemon_start(daemon);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].no_body == no_body)
			check_offer(daemon, i);
}

/* With every offer a message comes through, each reply comes that was agreed, and no
 * other; libmilter would log one that it had to swallow. */
static void test_messages(void)
{
	g_autoptr(Daemon) daemon = daemon_new();

	daemon_start(daemon);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *id = g_strdup_printf("offer%zu", i);
		Mta *mta = mta_new(daemon_socket(daemon));

		g_test_message("%s", rows[i].name);
		g_assert_true(mta_negotiate(mta, &rows[i].offer));
		mta_macros(mta, 'C', "{daemon_name}", "ORIGINATING", NULL);
		mta_client(mta, "client.example", "198.51.100.7");
		mta_helo(mta, "client.example");
		g_assert_cmpint(mail_outreach(mta, id, "lead@customer.example"), ==, 'c');
		g_assert_true(mta_is_quiet(mta));
		g_assert_cmpint(mail_outreach(mta, id, "lead@customer.example"), ==, 'c');
		g_assert_true(mta_is_quiet(mta));
		mail_end_session(mta);
	}
	g_assert_cmpint(daemon_messages(daemon), ==, G_N_ELEMENTS(rows));
	g_assert_false(daemon_has_logged(daemon, "claimed not to reply"));
}

/* A delivery report, whole, as a mailer daemon sends it. */
static char send_report(Mta *mta, const char *id)
{
	static const char body[] =
		"--b\r\n\r\nYour message could not be delivered.\r\n--b\r\n"
		"Content-Type: message/delivery-status\r\n\r\n"
		"Reporting-MTA: dns; mx.customer.example\r\n\r\n"
		"Final-Recipient: rfc822; lead@customer.example\r\n"
		"Action: failed\r\nStatus: 5.1.1\r\n--b--\r\n";

	mta_macros(mta, 'M', "i", id, NULL);
	mta_mail(mta, "<>");
	mta_rcpt(mta, "<rep@ours.example>");
	mta_data(mta);
	mta_field(mta, "From", " MAILER-DAEMON@customer.example");
	mta_field(mta, "To", " rep@ours.example");
	mta_field(mta, "In-Reply-To", " <out1@ours.example>");
	mta_field(mta, "Content-Type",
		  " multipart/report; report-type=delivery-status; boundary=b");
	mta_end_of_header(mta);
	mta_body(mta, body, strlen(body));
	return mta_end(mta);
}

/* With read_body = no the MTA sends no body at all, and a report is known by its header
 * section, but not whose address failed. */
static void test_report(gconstpointer body)
{
	bool no_body = GPOINTER_TO_INT(body);
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *line = NULL;
	Mta *mta;

	daemon_set(daemon, "milter", "read_body", no_body ? "no" : "yes");
	daemon_set(daemon, "log", "level", "debug");
	daemon_start(daemon);
	mta = mail_mx_session(daemon);
	g_assert_cmpint(mta->agreed.protocol & NOBODY, ==, no_body ? NOBODY : 0);
	g_assert_cmpint(send_report(mta, "report1"), ==, 'c');
	line = daemon_wait_message(daemon, "report1");
	g_assert_nonnull(strstr(line, "class=bounce"));
	mail_end_session(mta);
	daemon_wait_log(daemon, "sign=report-type-delivery", 1);
	g_assert_cmpint(daemon_has_logged(daemon, "sign=delivery-report"), ==, !no_body);
}

static void test_too_old(void)
{
	static const MtaOffer first = {1, 0xf, 0x3f};
	g_autoptr(Daemon) daemon = daemon_new();
	Mta *mta;

	daemon_start(daemon);
	mta = mta_new(daemon_socket(daemon));
	g_assert_false(mta_negotiate(mta, &first));
	mta_free(mta);
	mta = mail_submission_session(daemon);
	g_assert_cmpint(mail_outreach(mta, "a1", "lead@customer.example"), ==, 'c');
	mail_end_session(mta);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/negotiation/offers", GINT_TO_POINTER(false), test_offers);
	g_test_add_data_func("/negotiation/offers-without-body", GINT_TO_POINTER(true),
			     test_offers);
	g_test_add_func("/negotiation/messages", test_messages);
	g_test_add_data_func("/negotiation/report", GINT_TO_POINTER(false), test_report);
	g_test_add_data_func("/negotiation/report-without-body", GINT_TO_POINTER(true),
			     test_report);
	g_test_add_func("/negotiation/too-old", test_too_old);
	return g_test_run();
}
