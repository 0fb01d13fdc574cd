/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a stranger can enlarge has a limit. Each row sends the same mail under the defaults
 * and under a limit that it goes beyond, and what the daemon says of it shows where it
 * stopped reading. And what all limits together cost in memory.
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "mail.h"

/* ---- one limit ---- */

typedef struct {
	const char *name, *option, *limit;
	const char *junk_name; /* a field before all others, or NULL */
	size_t junk_count, junk_octets;
	const char *more_to;	  /* further addresses in To */
	const char *unknown_id;	  /* before the outreach's in In-Reply-To, or NULL */
	size_t comment_octets;	  /* and a comment */
	const char *content_type; /* or NULL */
	size_t quoted;		  /* lines of quoted text before the body */
	const char *body;
	const char *within, *beyond; /* in the line that is logged */
} Row;

#define PROMOTED "outcome=promoted reason=reply-reference"
#define STOP "unsubscribe\r\n"
#define NESTED                                                                             \
	"--a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"                         \
	"--b\r\nContent-Type: text/plain\r\n\r\n" STOP "--b--\r\n--a--\r\n"

static const Row rows[] = {
	{.name = "header fields",
	 .option = "header_fields",
	 .limit = "16",
	 .junk_name = "Received",
	 .junk_count = 20,
	 .junk_octets = 40,
	 .within = PROMOTED,
	 .beyond = "class="},
	{.name = "header octets",
	 .option = "header_octets",
	 .limit = "4K",
	 .junk_name = "Received",
	 .junk_count = 9,
	 .junk_octets = 500,
	 .within = PROMOTED,
	 .beyond = "class="},
	{.name = "field octets",
	 .option = "field_octets",
	 .limit = "1K",
	 .comment_octets = 2000,
	 .within = PROMOTED,
	 .beyond = "class="},
	{.name = "addresses in a field",
	 .option = "addresses_per_field",
	 .limit = "2",
	 .more_to = ", x@else.example, second@customer.example",
	 .within = "contacts=2",
	 .beyond = "contacts=1"},
	{.name = "references",
	 .option = "references",
	 .limit = "1",
	 .unknown_id = "<unknown@ours.example>",
	 .within = PROMOTED,
	 .beyond = "class="},
	{.name = "body octets",
	 .option = "body_octets",
	 .limit = "1K",
	 .quoted = 200,
	 .body = STOP,
	 .within = "class=opt-out",
	 .beyond = "class="},
	{.name = "nesting of parts",
	 .option = "mime_depth",
	 .limit = "1",
	 .content_type = " multipart/mixed; boundary=a",
	 .body = NESTED,
	 .within = "class=opt-out",
	 .beyond = "class="},
};

static void send_junk(Mta *mta, const Row *row)
{
	g_autofree char *body = g_strnfill(row->junk_octets, 'x');

	for (size_t i = 0; i < row->junk_count; i++)
		mta_field(mta, row->junk_name, body);
}

static void send_header(Mta *mta, const Row *row)
{
	g_autofree char *to = g_strconcat(" rep@ours.example", row->more_to, NULL);
	g_autofree char *comment = g_strnfill(row->comment_octets, 'x');
	g_autofree char *answers =
		g_strdup_printf(" (%s) %s <first@ours.example>", comment,
				row->unknown_id != NULL ? row->unknown_id : "");

	send_junk(mta, row);
	mta_field(mta, "From", " lead@customer.example");
	mta_field(mta, "To", to);
	mta_field(mta, "Subject", " Your offer");
	mta_field(mta, "Message-ID", " <reply@customer.example>");
	mta_field(mta, "In-Reply-To", answers);
	if (row->content_type != NULL)
		mta_field(mta, "Content-Type", row->content_type);
	mta_end_of_header(mta);
}

static void send_body(Mta *mta, const Row *row)
{
	static const char quoted[] = "> what do you think of it?\r\n";

	for (size_t i = 0; i < row->quoted; i++)
		mta_body(mta, quoted, strlen(quoted));
	if (row->body != NULL)
		mta_body(mta, row->body, strlen(row->body));
	else
		mta_body(mta, "Yes, please.\r\n", strlen("Yes, please.\r\n"));
}

/* The line about a reply to outreach that went to two leads. Caller frees. */
static char *line_of_reply(const Row *row, const char *limit)
{
	g_autoptr(Daemon) daemon = daemon_new();
	Mta *submission, *mx;
	char *line;

	if (limit != NULL)
		daemon_set(daemon, "limits", row->option, limit);
	daemon_start(daemon);
	submission = mail_submission_session(daemon);
	mx = mail_mx_session(daemon);
	g_assert_cmpint(mail_outreach(submission, "first", "lead@customer.example"), ==,
			'c');
	g_assert_cmpint(mail_outreach(submission, "second", "second@customer.example"), ==,
			'c');
	mta_macros(mx, 'M', "i", "reply", NULL);
	mta_mail(mx, "<lead@customer.example>");
	mta_rcpt(mx, "<rep@ours.example>");
	mta_data(mx);
	send_header(mx, row);
	send_body(mx, row);
	mta_macros(mx, 'E', "i", "reply", NULL);
	g_assert_cmpint(mta_end(mx), ==, 'c');
	line = daemon_wait_message(daemon, "reply");
	mail_end_session(submission);
	mail_end_session(mx);
	return line;
}

static void test_limit(gconstpointer data)
{
	const Row *row = data;
	g_autofree char *within = line_of_reply(row, NULL);
	g_autofree char *beyond = line_of_reply(row, row->limit);

	if (strstr(within, row->within) == NULL)
		g_error("%s, within: wanted %s, got %s", row->name, row->within, within);
	if (strstr(beyond, row->beyond) == NULL || strstr(beyond, row->within) != NULL)
		g_error("%s, beyond: wanted %s, got %s", row->name, row->beyond, beyond);
}

static void begin_outreach(Mta *mta, const char *id, const char *lead, unsigned leads)
{
	mta_macros(mta, 'M', "i", id, "{auth_authen}", "rep", NULL);
	mta_mail(mta, "<rep@ours.example>");
	for (unsigned i = 0; i < leads; i++) {
		g_autofree char *path = g_strdup_printf("<%u.%s>", i, lead);

		mta_rcpt(mta, path);
	}
	mta_data(mta);
}

/* Those beyond the limit are counted and nobody's; the mail goes to all of them. */
static void test_recipients(void)
{
	g_autoptr(Daemon) daemon = daemon_new();
	g_autofree char *line = NULL;
	Mta *mta;

	daemon_set(daemon, "limits", "recipients", "3");
	daemon_start(daemon);
	mta = mail_submission_session(daemon);
	begin_outreach(mta, "some", "lead@customer.example", 5);
	mail_outreach_content(mta, "some", "0.lead@customer.example");
	mta_macros(mta, 'E', "i", "some", "{nrcpts}", "5", NULL);
	g_assert_cmpint(mta_end(mta), ==, 'c');
	mail_end_session(mta);
	line = daemon_wait_message(daemon, "some");
	g_assert_nonnull(strstr(line, "contacts=3"));
	g_assert_null(strstr(line, "nrcpts"));
	g_assert_cmpint(mail_stage(daemon, "2.lead@customer.example"), ==, STAGE_LEAD);
	g_assert_cmpint(mail_stage(daemon, "3.lead@customer.example"), ==, 0);
}

/* ---- descriptors ---- */

/* Seconds of processor that it has used. */
static double processor_of(const Daemon *daemon)
{
	g_autofree char *file = g_strdup_printf("/proc/%d/stat", (int)daemon_pid(daemon));
	g_autofree char *text = NULL;
	g_auto(GStrv) words = NULL;

	g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
	words = g_strsplit(strrchr(text, ')'), " ", -1);
	return (double)(g_ascii_strtoll(words[12], NULL, 10) +
			g_ascii_strtoll(words[13], NULL, 10)) /
	       (double)sysconf(_SC_CLK_TCK);
}

/* Of a second of processor: what is no spinning, which takes all of it. A sanitizer makes
 * each of the few calls that there are cost several times as much. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define MOST_PROCESSOR 0.5
#else
#define MOST_PROCESSOR 0.1
#endif

/* Connections that say nothing take every descriptor: the daemon must not spin, and must
 * serve again when they are gone. */
static void take_all_descriptors(Daemon *daemon)
{
	enum { TRIED = 160, WATCH_MS = 1000 };
	Mta *first, *silent[TRIED];
	double used;

	daemon_start(daemon);
	first = mail_submission_session(daemon);
	for (size_t i = 0; i < TRIED; i++)
		silent[i] = mta_new(daemon_socket(daemon));
	used = processor_of(daemon);
	g_usleep(WATCH_MS * 1000);
	used = processor_of(daemon) - used;
	g_assert_cmpint(mail_outreach(first, "old", "lead@customer.example"), ==, 'c');
	mail_end_session(first);
	for (size_t i = 0; i < TRIED; i++)
		mta_free(silent[i]);
	first = mail_submission_session(daemon);
	g_assert_cmpint(mail_outreach(first, "new", "lead@customer.example"), ==, 'c');
	mail_end_session(first);
	g_test_message("%.0f ms of processor in %d ms", used * 1000, WATCH_MS);
	g_assert_cmpfloat(used, <, MOST_PROCESSOR);
	g_assert_true(daemon_has_logged(daemon, "descriptors run short"));
	g_assert_false(daemon_has_logged(daemon, "libmilter gave up"));
}

static void test_silent_connections(void)
{
	g_autoptr(Daemon) daemon = daemon_new();

	daemon_limit_descriptors(daemon, 80);
	take_all_descriptors(daemon);
}

/* The same by the daemon's own option, which without it takes what it can. */
static void test_max_descriptors(void)
{
	g_autoptr(Daemon) daemon = daemon_new();

	daemon_set(daemon, "milter", "max_descriptors", "128");
	take_all_descriptors(daemon);
}

/* ---- memory ---- */

/* A figure in kB out of /proc/PID/status. */
static int64_t status_of(const Daemon *daemon, const char *name)
{
	g_autofree char *file = g_strdup_printf("/proc/%d/status", (int)daemon_pid(daemon));
	g_autofree char *status = NULL;
	const char *at;

	g_assert_true(g_file_get_contents(file, &status, NULL, NULL));
	at = strstr(status, name);
	g_assert_nonnull(at);
	return g_ascii_strtoll(at + strlen(name), NULL, 10);
}

/* Beyond every limit: what is kept is what the limits allow. */
static void fill_transaction(Mta *mta, const char *id)
{
	enum { RECIPIENTS = 1200, FIELDS = 1200, FIELD_OCTETS = 400, CHUNK = 65000 };
	static const char *const names[] = {"To", "Cc", "References", "Received"};
	g_autofree char *text = g_malloc(CHUNK);

	begin_outreach(mta, id, "somebody.with.a.name@of-a.customer.example", RECIPIENTS);
	mta_field(mta, "From", " rep@ours.example");
	for (unsigned i = 0; i < FIELDS; i++) {
		g_autoptr(GString) body = g_string_new(NULL);

		for (unsigned j = 0; body->len < FIELD_OCTETS; j++)
			g_string_append_printf(body, ", <a%u.%u@b.example>", i, j);
		mta_field(mta, names[i % G_N_ELEMENTS(names)], body->str + 1);
	}
	mta_end_of_header(mta);
	memset(text, 'x', CHUNK);
	for (unsigned i = 0; i < 4; i++)
		mta_body(mta, text, CHUNK);
}

static void test_memory(void)
{
	enum { SESSIONS = 40, MOST_KB = 4096 };
	g_autoptr(Daemon) daemon = daemon_new();
	Mta *sessions[SESSIONS];
	int64_t before, open, ended;

	daemon_start(daemon);
	for (size_t i = 0; i < SESSIONS; i++)
		sessions[i] = mail_answered_session(daemon);
	fill_transaction(sessions[0], "warm");
	mta_abort(sessions[0]);
	before = status_of(daemon, "VmHWM:");
	for (size_t i = 0; i < SESSIONS; i++) {
		g_autofree char *id = g_strdup_printf("full%zu", i);

		fill_transaction(sessions[i], id);
	}
	open = status_of(daemon, "VmHWM:");
	for (size_t i = 0; i < SESSIONS; i++)
		mta_send(sessions[i], 'E', NULL, 0);
	for (size_t i = 0; i < SESSIONS; i++)
		g_assert_cmpint(mta_read(sessions[i]), ==, 'c');
	ended = status_of(daemon, "VmHWM:");
	for (size_t i = 0; i < SESSIONS; i++)
		mail_end_session(sessions[i]);
	g_test_message("%d transactions at all limits: %" G_GINT64_FORMAT
		       " kB each while open, %" G_GINT64_FORMAT
		       " kB with the peak of their ends",
		       SESSIONS, (open - before) / SESSIONS, (ended - before) / SESSIONS);
	/* The first keeps what was freed, the second a shadow of all that was touched. */
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
	g_assert_cmpint((ended - before) / SESSIONS, <, MOST_KB);
#endif
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strconcat("/limits/", rows[i].option, NULL);

		g_test_add_data_func(path, &rows[i], test_limit);
	}
	g_test_add_func("/limits/recipients", test_recipients);
	g_test_add_func("/limits/silent-connections", test_silent_connections);
	g_test_add_func("/limits/max_descriptors", test_max_descriptors);
	g_test_add_func("/limits/memory", test_memory);
	return g_test_run();
}
