/* SPDX-License-Identifier: BSD-2-Clause */
/* Bad input: the daemon answers, records or lets go, and goes on. */
#include <string.h>

#include "mail.h"

enum { MEGABYTE = 1024 * 1024, LARGEST_PACKET = 65535 };

static Daemon *started(void)
{
	Daemon *daemon = daemon_new();

	daemon_start(daemon);
	return daemon;
}

/* It lives, and a message on a new session comes through. */
static void check_health(Daemon *daemon)
{
	static unsigned count;
	g_autofree char *id = g_strdup_printf("health%u", ++count);
	Mta *mta = mail_submission_session(daemon);

	g_assert_cmpint(mail_outreach(mta, id, "health@customer.example"), ==, 'c');
	mail_end_session(mta);
}

/* ---- the wire ---- */

static void test_octet_by_octet(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mta_new(daemon_socket(daemon));

	mta->chunk = 1;
	mail_submission_begin(mta);
	g_assert_cmpint(mail_outreach(mta, "slow1", "lead@customer.example"), ==, 'c');
	g_assert_cmpint(mail_outreach(mta, "slow2", "lead@customer.example"), ==, 'c');
	mail_end_session(mta);
	g_assert_cmpint(daemon_messages(daemon), ==, 2);
}

/* A whole session, cut at every seventh octet. */
static void test_cut_sessions(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *whole = mta_new_taking_down();
	size_t length;

	mail_submission_begin(whole);
	mail_outreach(whole, "cut", "lead@customer.example");
	length = whole->taken_down->len - strlen("\0\0\0\1E");
	for (size_t cut = 1; cut < length; cut += 7) {
		Mta *mta = mta_new(daemon_socket(daemon));

		mta_send_octets(mta, whole->taken_down->data, cut);
		mta_free(mta);
	}
	mta_free(whole);
	check_health(daemon);
	g_assert_cmpint(daemon_messages(daemon), ==, 1);
}

static void test_wrong_lengths(void)
{
	static const uint32_t lies[] = {
		0, 1, 2, 3, 5, 65535, 65536, 65537, 0x7fffffff, 0x80000000, 0xffffffff};
	static const char letters[] = "OCHMRTLNBEDAQKU?";
	static const char octets[] = "abc\0def";
	g_autoptr(Daemon) daemon = started();

	for (size_t i = 0; i < G_N_ELEMENTS(lies); i++) {
		for (const char *letter = letters; *letter != '\0'; letter++) {
			Mta *mta = *letter == 'O' ? mta_new(daemon_socket(daemon))
						  : mail_submission_session(daemon);

			if (strchr("RTLNBE", *letter) != NULL)
				mail_outreach_envelope(mta, "lie", "lead@customer.example");
			mta_send_lie(mta, lies[i], *letter, octets, sizeof octets);
			mta_free(mta);
		}
		check_health(daemon);
	}
}

static void test_wrong_contents(void)
{
	static const struct {
		const char *name;
		char command;
		const char *octets;
		size_t length;
	} rows[] = {
		{"negotiation of nothing", 'O', NULL, 0},
		{"negotiation of 11 octets", 'O', "\0\0\0\6\0\0\1\377\0\37\377", 11},
		{"client without NUL", 'C', "host", 4},
		{"client without family", 'C', "host", 5},
		{"client of an unknown family", 'C', "host\0Xab1.2.3.4", 14},
		{"client without address", 'C',
		 "host\0"
		 "4",
		 6},
		{"client, address without NUL", 'C',
		 "host\0"
		 "4ab1.2.3.4",
		 15},
		{"client with a bad address", 'C',
		 "host\0"
		 "4ab1.2.3.999",
		 18},
		{"client with a bad IPv6 address", 'C',
		 "host\0"
		 "6ab:::::",
		 14},
		{"HELO without NUL", 'H', "name", 4},
		{"MAIL of nothing", 'M', NULL, 0},
		{"MAIL without NUL", 'M', "<a@ours.example>", 16},
		{"MAIL of a NUL", 'M', "", 1},
		{"MAIL of NULs", 'M', "\0\0\0\0\0", 5},
		{"RCPT of a NUL", 'R', "", 1},
		{"field of nothing", 'L', NULL, 0},
		{"field of a NUL", 'L', "", 1},
		{"field of two NULs", 'L', "\0", 2},
		{"field without a body", 'L', "From", 5},
		{"field without NUL", 'L', "From\0someone", 12},
		{"field without a name", 'L', "\0someone", 9},
		{"body of nothing", 'B', NULL, 0},
		{"macros of nothing", 'D', NULL, 0},
		{"macros of no stage", 'D', "?i\0id", 6},
		{"macro without value", 'D', "Mi", 3},
		{"macro without NUL", 'D', "Mi\0id", 5},
		{"macros of NULs", 'D', "M\0\0\0\0", 5},
	};
	g_autoptr(Daemon) daemon = started();

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Mta *mta = rows[i].command == 'O' ? mta_new(daemon_socket(daemon))
						  : mail_submission_session(daemon);

		g_test_message("%s", rows[i].name);
		if (strchr("RLB", rows[i].command) != NULL)
			mail_outreach_envelope(mta, "wrong", "lead@customer.example");
		mta_send(mta, rows[i].command, rows[i].octets, rows[i].length);
		mta_quit(mta);
		mta_wait_hang_up(mta);
		mta_free(mta);
		check_health(daemon);
	}
}

/* Packets with true lengths, of letters and contents at random; same seed, same packets. */
static void test_random_packets(void)
{
	static const char letters[] = "OCHMRTLNBEDAKUMRLLDDE";
	g_autoptr(Daemon) daemon = started();
	g_autoptr(GRand) rand = g_rand_new_with_seed(20260);

	for (unsigned session = 0; session < 150; session++) {
		Mta *mta = mail_submission_session(daemon);

		for (unsigned packet = 0; packet < 60; packet++) {
			char octets[64];
			size_t length = (size_t)g_rand_int_range(rand, 0, sizeof octets);
			size_t letter =
				(size_t)g_rand_int_range(rand, 0, sizeof letters - 1);

			for (size_t i = 0; i < length; i++)
				octets[i] = (char)g_rand_int_range(rand, 0, 256);
			if (length > 0 && g_rand_boolean(rand))
				octets[length - 1] = '\0';
			mta_send(mta, letters[letter], octets, length);
		}
		mta_free(mta);
	}
	check_health(daemon);
}

/* ---- quantities ---- */

static void test_ten_thousand_recipients(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_submission_session(daemon);
	g_autofree char *line = NULL;

	mta_macros(mta, 'M', "i", "many", "{auth_authen}", "rep", NULL);
	mta_mail(mta, "<rep@ours.example>");
	for (unsigned i = 0; i < 10000; i++) {
		g_autofree char *path = g_strdup_printf("<lead%u@customer.example>", i);

		mta_rcpt(mta, path);
	}
	mail_outreach_content(mta, "many", "all@customer.example");
	mta_macros(mta, 'E', "i", "many", "{nrcpts}", "10000", NULL);
	g_assert_cmpint(mta_end(mta), ==, 'c');
	mail_end_session(mta);
	line = daemon_wait_message(daemon, "many");
	g_assert_nonnull(strstr(line, "direction=outbound"));
	g_assert_null(strstr(line, "nrcpts"));
	check_health(daemon);
}

static void send_large_header(Mta *mta, const char *name, size_t field_octets,
			      size_t fields)
{
	g_autofree char *body = g_malloc(field_octets + 1);

	memset(body, 'x', field_octets);
	body[0] = ' ';
	body[field_octets] = '\0';
	for (size_t i = 0; i < fields; i++)
		mta_field(mta, name, body);
}

static void test_large_headers(void)
{
	static const struct {
		const char *name, *field;
		size_t octets, fields;
	} rows[] = {
		{"80 large ones that nobody asks for", "X-Large", 64000, 80},
		{"80 large ones that somebody asks for", "References", 64000, 80},
		{"80 large recipients", "To", 64000, 80},
		{"100,000 small ones", "Received", 40, 100000},
		{"100,000 of the subject", "Subject", 40, 100000},
	};
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_submission_session(daemon);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *id = g_strdup_printf("large%zu", i);

		g_test_message("%s", rows[i].name);
		mail_outreach_envelope(mta, id, "lead@customer.example");
		mta_field(mta, "From", " rep@ours.example");
		send_large_header(mta, rows[i].field, rows[i].octets, rows[i].fields);
		mta_end_of_header(mta);
		mta_macros(mta, 'E', "i", id, NULL);
		g_assert_cmpint(mta_end(mta), ==, 'c');
		g_free(daemon_wait_message(daemon, id));
	}
	mail_end_session(mta);
	check_health(daemon);
}

static void test_large_body(void)
{
	g_autoptr(Daemon) daemon = started();
	g_autofree char *chunk = g_malloc0(LARGEST_PACKET);
	Mta *mta = mail_submission_session(daemon);

	mail_outreach_envelope(mta, "body", "lead@customer.example");
	mail_outreach_content(mta, "body", "lead@customer.example");
	for (size_t sent = 0; sent < 5 * MEGABYTE; sent += LARGEST_PACKET)
		mta_body(mta, chunk, LARGEST_PACKET);
	g_assert_cmpint(mta_end(mta), ==, 'c');
	g_assert_cmpint(mail_outreach(mta, "next", "lead@customer.example"), ==, 'c');
	mail_end_session(mta);
	g_assert_cmpint(daemon_messages(daemon), ==, 2);
}

/* Packets above 65,535 octets end a session in libmilter, and nothing else. */
static void test_packet_too_large(void)
{
	g_autoptr(Daemon) daemon = started();
	g_autofree char *chunk = g_malloc0(LARGEST_PACKET + 1);
	Mta *mta = mail_submission_session(daemon);

	mail_outreach_envelope(mta, "packet", "lead@customer.example");
	mail_outreach_content(mta, "packet", "lead@customer.example");
	mta_send(mta, 'B', chunk, LARGEST_PACKET + 1);
	mta_wait_hang_up(mta);
	mta_free(mta);
	check_health(daemon);
	g_assert_cmpint(daemon_messages(daemon), ==, 1);
}

/* ---- contents ---- */

static void test_odd_octets(void)
{
	static const char body[] = "one\0two\r\n\377\376\200\r\n.\r\n\0\0\0";
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_submission_session(daemon);

	mta_macros(mta, 'M', "i", "odd\033[31m\nid \377", "{auth_authen}", "r\001e\377p",
		   NULL);
	mta_mail(mta, "<r\303\251p\377@\377ours.example>");
	mta_rcpt(mta, "<l\377ad@customer.example>");
	mta_rcpt(mta, "<\"odd \\\" local\"@customer.example>");
	mta_rcpt(mta, "@,@,:::<<>>");
	mta_rcpt(mta, "");
	mta_field(mta, "From", " =?utf-8?B?/////w==?= <rep@ours.example>\n\t\001\002\377");
	mta_field(mta, "Subject", "\n \n \377\376 =?bad?Q?=00=ff?=");
	mta_field(mta, "Message-ID", " <<<\377>>");
	mta_field(mta, "Date", " 99 Foo 99999 \377");
	mta_field(mta, "Fr\377om:\n", " x");
	mta_end_of_header(mta);
	mta_body(mta, body, sizeof body);
	g_assert_cmpint(mta_end(mta), ==, 'c');
	mail_end_session(mta);
	daemon_wait_log(daemon, "direction=", 1);
	g_assert_false(daemon_has_logged(daemon, "\033"));
	g_assert_false(daemon_has_logged(daemon, "\nid"));
	check_health(daemon);
}

/* Each of the usual fields missing, all of them, and no header at all. */
static void test_missing_fields(void)
{
	static const char *const fields[][2] = {
		{"From", " rep@ours.example"},
		{"To", " lead@customer.example"},
		{"Date", " Mon, 02 Feb 2026 10:00:00 +0000"},
		{"Message-ID", " <missing@ours.example>"},
	};
	enum { ALL = (1 << G_N_ELEMENTS(fields)) - 1 };
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_submission_session(daemon);

	for (unsigned present = 0; present <= ALL; present++) {
		g_autofree char *id = g_strdup_printf("missing%u", present);
		g_autofree char *line = NULL;

		mail_outreach_envelope(mta, id, "lead@customer.example");
		for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
			if ((present & 1U << i) != 0)
				mta_field(mta, fields[i][0], fields[i][1]);
		mta_end_of_header(mta);
		mta_macros(mta, 'E', "i", id, NULL);
		g_assert_cmpint(mta_end(mta), ==, 'c');
		line = daemon_wait_message(daemon, id);
		g_assert_nonnull(strstr(line, "reason="));
	}
	mail_end_session(mta);
	daemon_wait_log(daemon, "missing0: no header field came with this message", 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/hostile/octet-by-octet", test_octet_by_octet);
	g_test_add_func("/hostile/cut-sessions", test_cut_sessions);
	g_test_add_func("/hostile/wrong-lengths", test_wrong_lengths);
	g_test_add_func("/hostile/wrong-contents", test_wrong_contents);
	g_test_add_func("/hostile/random-packets", test_random_packets);
	g_test_add_func("/hostile/ten-thousand-recipients", test_ten_thousand_recipients);
	g_test_add_func("/hostile/large-headers", test_large_headers);
	g_test_add_func("/hostile/large-body", test_large_body);
	g_test_add_func("/hostile/packet-too-large", test_packet_too_large);
	g_test_add_func("/hostile/odd-octets", test_odd_octets);
	g_test_add_func("/hostile/missing-fields", test_missing_fields);
	return g_test_run();
}
