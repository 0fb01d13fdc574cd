/* SPDX-License-Identifier: BSD-2-Clause */
/* The life of sessions and mail transactions: in order, out of order, ended anywhere. */
#include <pthread.h>
#include <string.h>

#include "mail.h"

static Daemon *started(void)
{
	Daemon *daemon = daemon_new();

	daemon_start(daemon);
	return daemon;
}

static void test_several_messages(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_submission_session(daemon);

	for (unsigned i = 0; i < 5; i++) {
		g_autofree char *id = g_strdup_printf("several%u", i);
		g_autofree char *lead = g_strdup_printf("lead%u@customer.example", i);
		g_autofree char *line = NULL;

		g_assert_cmpint(mail_outreach(mta, id, lead), ==, 'c');
		g_assert_cmpint(mail_stage(daemon, lead), ==, STAGE_LEAD);
		line = daemon_wait_message(daemon, id);
		g_assert_nonnull(strstr(line, "direction=outbound"));
	}
	mail_end_session(mta);
	g_assert_cmpint(daemon_messages(daemon), ==, 5);
}

static void test_reply_promotes(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *submission = mail_submission_session(daemon);
	Mta *mx = mail_mx_session(daemon);
	g_autofree char *line = NULL;

	g_assert_cmpint(mail_outreach(submission, "out1", "lead@customer.example"), ==,
			'c');
	g_assert_cmpint(mail_reply(mx, "in1", "lead@customer.example", "out1"), ==, 'c');
	g_assert_cmpint(mail_stage(daemon, "lead@customer.example"), ==, STAGE_PROSPECT);
	line = daemon_wait_message(daemon, "in1");
	g_assert_nonnull(
		strstr(line, "in1: direction=inbound rule=external class=human contacts=1 "
			     "outcome=promoted reason=reply-reference "
			     "tier=reference us="));
	mail_end_session(submission);
	mail_end_session(mx);
}

/* ---- an MTA that does not wait for answers that it will get ---- */

enum { MESSAGES_AT_ONCE = 40 };

/* All octets of a session with so many messages. */
static GByteArray *session_octets(const char *prefix)
{
	Mta *mta = mail_submission_begin(mta_new_taking_down());
	GByteArray *octets = g_byte_array_ref(mta->taken_down);

	for (unsigned i = 0; i < MESSAGES_AT_ONCE; i++) {
		g_autofree char *id = g_strdup_printf("%s%u", prefix, i);

		mail_outreach(mta, id, "lead@customer.example");
	}
	mta_quit(mta);
	mta_free(mta);
	return octets;
}

/* Reads of files, pipes and sockets, but not by recv(2). */
static int64_t reads_of(const Daemon *daemon)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/io", (int)daemon_pid(daemon));
	g_autofree char *text = NULL;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_nonnull(strstr(text, "syscr: "));
	return g_ascii_strtoll(strstr(text, "syscr: ") + strlen("syscr: "), NULL, 10);
}

/* Nothing of what has arrived is forgotten, whoever keeps it until it is asked for, and the
 * session ends. */
static void test_at_once(const void *read_ahead)
{
	g_autoptr(Daemon) daemon = daemon_new();
	g_autoptr(GByteArray) first = session_octets("first");
	g_autoptr(GByteArray) second = session_octets("second");
	GByteArray *sessions[] = {first, second};
	Mta *mtas[G_N_ELEMENTS(sessions)];
	int64_t reads;
	enum { COMMANDS = 12 }; /* of a message, at least */

	daemon_set(daemon, "milter", "read_ahead", read_ahead);
	daemon_start(daemon);
	reads = reads_of(daemon);
	for (unsigned i = 0; i < G_N_ELEMENTS(sessions); i++) {
		mtas[i] = mta_new(daemon_socket(daemon));
		mta_send_octets(mtas[i], sessions[i]->data, sessions[i]->len);
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(sessions); i++) {
		g_assert_cmpint(mta_read(mtas[i]), ==, 'O');
		for (unsigned message = 0; message < MESSAGES_AT_ONCE; message++)
			g_assert_cmpint(mta_read(mtas[i]), ==, 'c');
		g_assert_cmpint(mta_read(mtas[i]), ==, MTA_HUNG_UP);
		mta_free(mtas[i]);
	}
	reads = reads_of(daemon) - reads;
	g_test_message("%" G_GINT64_FORMAT " reads", reads);
	g_assert_cmpint(reads < (int64_t)COMMANDS * 2 * MESSAGES_AT_ONCE, ==,
			g_str_equal(read_ahead, "yes"));
	g_assert_cmpint(daemon_messages(daemon), ==, 2 * MESSAGES_AT_ONCE);
}

/* ---- a message that does not come to its end ---- */

enum { AFTER_MAIL, AFTER_RCPT, AFTER_DATA, AFTER_FIELD, AFTER_HEADER, AFTER_BODY, PLACES };
static const char *const place_names[] = {"MAIL",    "RCPT",	   "DATA",
					  "a field", "the header", "the body"};

static void begin_message(Mta *mta, unsigned place)
{
	mta_macros(mta, 'M', "i", "cut", "{auth_authen}", "rep", NULL);
	mta_mail(mta, "<rep@ours.example>");
	if (place >= AFTER_RCPT)
		mta_rcpt(mta, "<lost@customer.example>");
	if (place >= AFTER_DATA)
		mta_data(mta);
	if (place >= AFTER_FIELD)
		mta_field(mta, "Subject", " This is lost");
	if (place >= AFTER_HEADER)
		mta_end_of_header(mta);
	if (place >= AFTER_BODY)
		mta_body(mta, "lost", 4);
}

enum { BY_ABORT, BY_MAIL, BY_HELO, BY_QUIT, BY_HANGING_UP, BY_QUIT_NEW_CONNECTION, WAYS };
static const char *const way_names[] = {"ABORT", "MAIL",       "HELO",
					"QUIT",	 "hanging up", "QUIT_NC"};

/* The session on which to go on: the same if it goes on, else a new one. */
static Mta *end_message(Daemon *daemon, Mta *mta, unsigned way)
{
	switch (way) {
	case BY_ABORT:
		mta_abort(mta);
		return mta;
	case BY_MAIL:
		return mta;
	case BY_HELO: /* the MTA sends ABORT before it, and HELO only if asked to */
		mta_abort(mta);
		mta_send(mta, 'H', "again.example", sizeof "again.example");
		return mta;
	case BY_QUIT_NEW_CONNECTION:
		mta_quit_new_connection(mta);
		mta_macros(mta, 'C', "{daemon_name}", "ORIGINATING", NULL);
		mta_client(mta, "client.example", "198.51.100.7");
		return mta;
	case BY_QUIT:
		mail_end_session(mta);
		break;
	default:
		mta_free(mta);
	}
	return mail_submission_session(daemon);
}

/* Nothing of it is recorded, and nothing of it is left in the next message. */
static void test_cut_messages(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_submission_session(daemon);
	g_autofree char *dump = NULL;
	unsigned count = 0;

	for (unsigned place = 0; place < PLACES; place++) {
		for (unsigned way = 0; way < WAYS; way++) {
			g_autofree char *id = g_strdup_printf("next%u", ++count);
			char answer;

			begin_message(mta, place);
			mta = end_message(daemon, mta, way);
			answer = mail_outreach(mta, id, "lead@customer.example");
			if (answer != 'c')
				g_error("after %s ended by %s: wanted c, got %c",
					place_names[place], way_names[way], answer);
			g_assert_true(mta_is_quiet(mta));
		}
	}
	mail_end_session(mta);
	g_assert_cmpint(daemon_messages(daemon), ==, count);
	dump = daemon_dump(daemon);
	g_assert_null(strstr(dump, "lost"));
}

/* Postfix aborts after every message, also after one that was accepted. */
static void test_abort_after_end(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_submission_session(daemon);

	g_assert_cmpint(mail_outreach(mta, "a1", "lead@customer.example"), ==, 'c');
	mta_abort(mta);
	g_assert_cmpint(mail_outreach(mta, "a2", "lead@customer.example"), ==, 'c');
	mta_abort(mta);
	mail_end_session(mta);
	g_assert_cmpint(daemon_messages(daemon), ==, 2);
}

/* The MTA hangs up without taking the answer: it may have got it, so the message counts.
 * (One that hangs up earlier loses it: libmilter then drops what it has not yet read.) */
static void test_answer_lost(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_submission_session(daemon);

	mail_outreach_envelope(mta, "gone1", "lead@customer.example");
	mail_outreach_content(mta, "gone1", "lead@customer.example");
	mta_macros(mta, 'E', "i", "gone1", NULL);
	mta_send(mta, 'E', NULL, 0);
	mta_wait_answer(mta);
	mta_free(mta);
	g_assert_cmpint(daemon_messages(daemon), ==, 1);
}

/* ---- sessions without a message ---- */

static void test_close_before_connect(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *mta;

	for (unsigned i = 0; i < 5; i++) {
		mta = mta_new(daemon_socket(daemon));
		if (i >= 1)
			g_assert_true(mta_negotiate(mta, &mta_offer_full));
		if (i == 2)
			mta_quit(mta);
		if (i == 3)
			mta_abort(mta);
		if (i == 4)
			mta_client(mta, "client.example", NULL);
		mta_free(mta);
	}
	mta = mail_submission_session(daemon);
	g_assert_cmpint(mail_outreach(mta, "ok", "lead@customer.example"), ==, 'c');
	mail_end_session(mta);
}

/* No negotiation comes before the new session: what was agreed still holds. */
static void test_quit_new_connection(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *mta = mail_submission_session(daemon);

	for (unsigned i = 0; i < 3; i++) {
		g_autofree char *id = g_strdup_printf("nc%u", i);

		g_assert_cmpint(mail_outreach(mta, id, "lead@customer.example"), ==, 'c');
		mta_quit_new_connection(mta);
		if (i == 1)
			mta_quit_new_connection(mta);
		mta_macros(mta, 'C', "{daemon_name}", "ORIGINATING", NULL);
		mta_client(mta, "client.example", "198.51.100.8");
		g_assert_true(mta_is_quiet(mta));
	}
	mail_end_session(mta);
	g_assert_cmpint(daemon_messages(daemon), ==, 3);
	g_assert_false(daemon_has_logged(daemon, "private data not NULL"));
	g_assert_false(daemon_has_logged(daemon, "claimed not to reply"));
}

/* ---- commands that no MTA sends in this order ---- */

static void send_letter(Mta *mta, char letter)
{
	static const struct {
		char command;
		const char *octets;
		size_t length;
	} packets[] = {
		{'C', "host\0U", 6},
		{'H', "name", 5},
		{'M', "<a@ours.example>", 17},
		{'R', "<lost@customer.example>", 24},
		{'T', NULL, 0},
		{'L', "Subject\0lost", 13},
		{'N', NULL, 0},
		{'B', "lost", 4},
		{'E', NULL, 0},
		{'U', "BOGUS", 6},
		{'A', NULL, 0},
		{'K', NULL, 0},
		{'O', "\0\0\0\6\0\0\1\377\0\37\377\377", 12},
		{'?', "what", 4},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(packets); i++)
		if (packets[i].command == letter)
			mta_send(mta, letter, packets[i].octets, packets[i].length);
}

static void test_out_of_order(void)
{
	static const char *const orders[] = {
		"E",	    "OE",	 "OCE",	     "OCBE",	 "OCLNBE",  "OCRE",
		"OCURE",    "OCURLNBE",	 "OCUBE",    "OCME",	 "OCMLE",   "OCMNE",
		"OCMBE",    "OCMTE",	 "OO",	     "OCO",	 "OCMOE",   "OCMRE",
		"OCMRBLNE", "OCMRLMRLE", "OCMREE",   "OCMREBE",	 "OKE",	    "OCKE",
		"OCMRLKE",  "OCMRLKCE",	 "OCC",	     "OCMRLCE",	 "KKK",	    "AAA",
		"OCAAMAAE", "MRE",	 "CMRTLNBE", "OMRTLNBE", "OCMUUUE", "OCMRUE",
		"OC?",	    "?",
	};
	g_autoptr(Daemon) daemon = started();
	Mta *mta;

	for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
		g_test_message("%s", orders[i]);
		mta = mta_new(daemon_socket(daemon));
		for (const char *letter = orders[i]; *letter != '\0'; letter++)
			send_letter(mta, *letter);
		mta_quit(mta);
		mta_wait_hang_up(mta);
		mta_free(mta);
	}
	mta = mail_submission_session(daemon);
	g_assert_cmpint(mail_outreach(mta, "ok", "lead@customer.example"), ==, 'c');
	mail_end_session(mta);
	g_assert_cmpint(mail_stage(daemon, "lead@customer.example"), ==, STAGE_LEAD);
}

/* ---- where the client comes from ---- */

static void test_clients(void)
{
	static const struct {
		const char *name;
		char family;
		const char *address, *rule;
	} rows[] = {
		{"IPv4 from outside", '4', "192.0.2.1", "rule=external"},
		{"IPv4 loopback", '4', "127.0.0.1", "rule=internal-network"},
		{"IPv6 from outside", '6', "2001:db8::1", "rule=external"},
		{"IPv6 loopback", '6', "::1", "rule=internal-network"},
		{"IPv6 with prefix", '6', "IPv6:::1", "rule=internal-network"},
		{"IPv4 mapped, loopback", '6', "::ffff:127.0.0.1", "rule=internal-network"},
		{"IPv4 mapped, outside", '6', "::ffff:192.0.2.1", "rule=external"},
		{"unix socket", 'L', "/run/socket", "rule=no-client-address"},
		{"unknown", 'U', NULL, "rule=no-client-address"},
	};
	g_autoptr(Daemon) daemon = started();

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *id = g_strdup_printf("client%zu", i);
		g_autofree char *line = NULL;
		Mta *mta = mta_new(daemon_socket(daemon));

		g_assert_true(mta_negotiate(mta, &mta_offer_full));
		mta_client_family(mta, rows[i].family, rows[i].address);
		g_assert_cmpint(mail_reply(mta, id, "rep@ours.example", "none"), ==, 'c');
		mail_end_session(mta);
		line = daemon_wait_message(daemon, id);
		if (strstr(line, rows[i].rule) == NULL)
			g_error("%s: wanted %s, got %s", rows[i].name, rows[i].rule, line);
	}
}

/* ---- many at once ---- */

enum { SESSIONS = 50 };

/* In step: all are in the same place, and all ends are there before one is answered. */
static void test_sessions_in_step(void)
{
	g_autoptr(Daemon) daemon = started();
	Mta *sessions[SESSIONS];

	for (size_t i = 0; i < SESSIONS; i++)
		sessions[i] = mail_submission_session(daemon);
	for (size_t i = 0; i < SESSIONS; i++) {
		g_autofree char *id = g_strdup_printf("step%zu", i);

		mail_outreach_envelope(sessions[i], id, "lead@customer.example");
	}
	for (size_t i = 0; i < SESSIONS; i++) {
		g_autofree char *id = g_strdup_printf("step%zu", i);

		mail_outreach_content(sessions[i], id, "lead@customer.example");
	}
	for (size_t i = 0; i < SESSIONS; i++)
		mta_send(sessions[i], 'E', NULL, 0);
	for (size_t i = 0; i < SESSIONS; i++)
		g_assert_cmpint(mta_read(sessions[i]), ==, 'c');
	for (size_t i = 0; i < SESSIONS; i++)
		mail_end_session(sessions[i]);
	g_assert_cmpint(daemon_messages(daemon), ==, SESSIONS);
}

typedef struct {
	Daemon *daemon;
	size_t number;
	char answers[3];
} Client;

static void *converse(void *argument)
{
	Client *client = argument;
	g_autofree char *out = g_strdup_printf("out%zu", client->number);
	g_autofree char *in = g_strdup_printf("in%zu", client->number);
	g_autofree char *lead = g_strdup_printf("lead%zu@customer.example", client->number);
	Mta *submission = mail_submission_session(client->daemon);
	Mta *mx = mail_mx_session(client->daemon);

	client->answers[0] = mail_outreach(submission, out, lead);
	client->answers[1] = mail_reply(mx, in, lead, out);
	mail_end_session(submission);
	mail_end_session(mx);
	return NULL;
}

static void test_sessions_at_will(void)
{
	g_autoptr(Daemon) daemon = started();
	pthread_t threads[SESSIONS];
	Client clients[SESSIONS];

	for (size_t i = 0; i < SESSIONS; i++) {
		clients[i] = (Client){daemon, i, ""};
		g_assert_cmpint(pthread_create(&threads[i], NULL, converse, &clients[i]),
				==, 0);
	}
	for (size_t i = 0; i < SESSIONS; i++) {
		g_autofree char *lead = g_strdup_printf("lead%zu@customer.example", i);

		pthread_join(threads[i], NULL);
		g_assert_cmpstr(clients[i].answers, ==, "cc");
		g_assert_cmpint(mail_stage(daemon, lead), ==, STAGE_PROSPECT);
	}
	g_assert_cmpint(daemon_messages(daemon), ==, 2 * SESSIONS);
}

/* Above max_sessions a session is turned away, and its place is free again afterwards. */
static void test_too_many_sessions(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	Mta *first, *second, *third;

	daemon_set(daemon, "milter", "max_sessions", "2");
	daemon_start(daemon);
	first = mail_submission_session(daemon);
	second = mail_submission_session(daemon);
	third = mta_new(daemon_socket(daemon));
	g_assert_false(mta_negotiate(third, &mta_offer_full));
	mta_free(third);
	daemon_wait_log(daemon, "session refused: 2 are open", 1);
	g_assert_cmpint(mail_outreach(first, "full1", "lead@customer.example"), ==, 'c');
	mail_end_session(first);
	third = mail_submission_session(daemon);
	g_assert_cmpint(mail_outreach(third, "full2", "lead@customer.example"), ==, 'c');
	mail_end_session(third);
	mail_end_session(second);
}

/* Descriptors run short before sessions do: some are turned away, nothing spins, and
 * afterwards all is well. */
static void test_few_descriptors(void)
{
	enum { LIMIT = 80, KEPT = 64, TRIED = 30 };
	g_autoptr(Daemon) daemon = daemon_new();
	Mta *sessions[TRIED];
	unsigned taken = 0;
	Mta *mta;

	daemon_limit_descriptors(daemon, LIMIT);
	daemon_start(daemon);
	for (size_t i = 0; i < TRIED; i++) {
		sessions[i] = mta_new(daemon_socket(daemon));
		taken += mta_negotiate(sessions[i], &mta_offer_full);
	}
	g_assert_cmpuint(taken, ==, LIMIT - KEPT);
	daemon_wait_log(daemon, "session refused: 16 are open", 1);
	for (size_t i = 0; i < TRIED; i++) {
		mta_quit(sessions[i]);
		mta_wait_hang_up(sessions[i]);
		mta_free(sessions[i]);
	}
	mta = mail_submission_session(daemon);
	g_assert_cmpint(mail_outreach(mta, "room", "lead@customer.example"), ==, 'c');
	mail_end_session(mta);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/session/several-messages", test_several_messages);
	g_test_add_func("/session/reply-promotes", test_reply_promotes);
	g_test_add_data_func("/session/at-once", "yes", test_at_once);
	g_test_add_data_func("/session/at-once-no-read-ahead", "no", test_at_once);
	g_test_add_func("/session/cut-messages", test_cut_messages);
	g_test_add_func("/session/abort-after-end", test_abort_after_end);
	g_test_add_func("/session/answer-lost", test_answer_lost);
	g_test_add_func("/session/close-before-connect", test_close_before_connect);
	g_test_add_func("/session/quit-new-connection", test_quit_new_connection);
	g_test_add_func("/session/out-of-order", test_out_of_order);
	g_test_add_func("/session/clients", test_clients);
	g_test_add_func("/session/fifty-in-step", test_sessions_in_step);
	g_test_add_func("/session/fifty-at-will", test_sessions_at_will);
	g_test_add_func("/session/too-many", test_too_many_sessions);
	g_test_add_func("/session/few-descriptors", test_few_descriptors);
	return g_test_run();
}
