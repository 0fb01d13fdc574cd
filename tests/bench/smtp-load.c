/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sends mail by SMTP at a fixed rate, each message in a session of its own, and tells how
 * long each took: from the moment when it was due until the MTA has taken it. So what a
 * milter costs is seen where it matters, behind a real MTA.
 *
 *	smtp-load -p PORT [-r RATE] [-n MESSAGES] [-w WARMING] [--fields N] [--body N]
 *
 * The messages are replies of made-up contacts to rep@ours.example. Results as mta-load
 * tells them (--json).
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "tally.h"

enum { SESSIONS_MAX = 400, EVENTS_MAX = 64, LINE_OCTETS = 2048 };

static struct {
	int port, total, warming, fields, body, first;
	double rate;
	gboolean json;
} options = {.total = 2000, .warming = 200, .fields = 15, .body = 2048, .rate = 200};

static const GOptionEntry entries[] = {
	{"port", 'p', 0, G_OPTION_ARG_INT, &options.port, "on 127.0.0.1", "PORT"},
	{"rate", 'r', 0, G_OPTION_ARG_DOUBLE, &options.rate, "messages a second (200)",
	 "N"},
	{"total", 'n', 0, G_OPTION_ARG_INT, &options.total, "messages measured (2000)",
	 "N"},
	{"warming", 'w', 0, G_OPTION_ARG_INT, &options.warming,
	 "messages sent before these (200)", "N"},
	{"fields", 0, 0, G_OPTION_ARG_INT, &options.fields, "header fields (15)", "N"},
	{"body", 0, 0, G_OPTION_ARG_INT, &options.body, "octets of a body (2048)", "N"},
	{"first", 0, 0, G_OPTION_ARG_INT, &options.first, "number of the first message",
	 "N"},
	{"json", 0, 0, G_OPTION_ARG_NONE, &options.json, "the result as JSON", NULL},
	{NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
};

/* ---- one session ---- */

typedef struct {
	int descriptor;
	unsigned step; /* of the dialogue: how many answers have come */
	unsigned long number;
	int64_t due;
	char line[LINE_OCTETS]; /* what was received of an answer */
	size_t received;
} Session;

static char *text_of(unsigned long number)
{
	GString *text = g_string_new(NULL);
	size_t header;

	g_string_append_printf(
		text,
		"From: Jo Lead <jo@c%05lu.example>\r\nTo: <rep@ours.example>\r\n"
		"Subject: Re: Our proposal %lu\r\nMessage-ID: <%lu.smtp@c.example>\r\n"
		"Date: Mon, 2 Feb 2026 10:00:00 +0000\r\n"
		"In-Reply-To: <%lu.out@ours.example>\r\nMIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n",
		number % 1000, number, number, number);
	for (int i = 8; i < options.fields; i++)
		g_string_append_printf(text, "X-Vendor-%d: BIAAAAAAAAA=;NAM12-MW2\r\n", i);
	g_string_append(text, "\r\n");
	header = text->len;
	while (text->len < header + (size_t)options.body)
		g_string_append(text, "The works in the north want two machines by May.\r\n");
	g_string_append(text, ".\r\n");
	return g_string_free(text, FALSE);
}

/* What is said after so many answers; NULL: nothing more. Caller frees. */
static char *words_of(const Session *session)
{
	switch (session->step) {
	case 1:
		return g_strdup("EHLO c.example\r\n");
	case 2:
		return g_strdup_printf("MAIL FROM:<jo@c%05lu.example>\r\n",
				       session->number % 1000);
	case 3:
		return g_strdup("RCPT TO:<rep@ours.example>\r\n");
	case 4:
		return g_strdup("DATA\r\n");
	case 5:
		return text_of(session->number);
	default:
		return g_strdup("QUIT\r\n");
	}
}

enum { STEP_TAKEN = 6 };

static void complain(const char *what)
{
	fprintf(stderr, "smtp-load: %s\n", what);
	exit(1);
}

static void say(const Session *session)
{
	g_autofree char *words = words_of(session);
	size_t length = strlen(words), sent = 0;

	while (sent < length) { /* blocking: an MTA reads what it asked for */
		ssize_t now = send(session->descriptor, words + sent, length - sent,
				   MSG_NOSIGNAL);

		if (now < 0 && errno != EINTR)
			complain(g_strerror(errno));
		sent += now > 0 ? (size_t)now : 0;
	}
}

static Session *session_new(unsigned long number, int64_t due)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)options.port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	Session *session = g_new0(Session, 1);
	int at_once = 1;

	session->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	session->number = number;
	session->due = due;
	if (session->descriptor < 0 ||
	    connect(session->descriptor, (struct sockaddr *)&address, sizeof address) != 0)
		complain(g_strerror(errno));
	setsockopt(session->descriptor, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
	return session;
}

/* True if a last line of an answer ("250 ...") is complete; the code's first digit. */
static bool take_answer(Session *session, char *digit_out)
{
	char *start = session->line, *end;

	session->line[session->received] = '\0';
	while ((end = strchr(start, '\n')) != NULL) {
		if (end - start >= 4 && start[3] != '-') {
			*digit_out = *start;
			session->received = 0;
			return true;
		}
		start = end + 1;
	}
	session->received -= (size_t)(start - session->line);
	memmove(session->line, start, session->received);
	return false;
}

/* ---- all of them ---- */

typedef struct {
	int poll, timer;
	int64_t start;
	int begun, ended, open, all;
	Tally tally;
} Load;

static int64_t due_at(const Load *self, int number)
{
	return self->start + (int64_t)(number * (double)G_USEC_PER_SEC / options.rate);
}

static void open_due(Load *self)
{
	struct itimerspec at = {.it_interval = {0}};
	int64_t due;

	while (self->begun < self->all && self->open < SESSIONS_MAX &&
	       due_at(self, self->begun) <= g_get_monotonic_time()) {
		Session *session =
			session_new((unsigned long)(options.first + self->begun),
				    due_at(self, self->begun));
		struct epoll_event event = {.events = EPOLLIN, .data.ptr = session};

		epoll_ctl(self->poll, EPOLL_CTL_ADD, session->descriptor, &event);
		self->begun++;
		self->open++;
	}
	if (self->begun == self->all)
		return;
	due = due_at(self, self->begun);
	at.it_value = (struct timespec){due / G_USEC_PER_SEC, due % G_USEC_PER_SEC * 1000};
	timerfd_settime(self->timer, TFD_TIMER_ABSTIME, &at, NULL);
}

static void note(Load *self, const Session *session, bool accepted)
{
	tally_note(&self->tally, g_get_monotonic_time() - session->due, accepted);
	self->ended++;
	if (self->ended == options.warming)
		tally_begin(&self->tally, 0);
	if (self->ended == self->all)
		tally_end(&self->tally, 0);
}

static void end_session(Load *self, Session *session)
{
	close(session->descriptor);
	g_free(session);
	self->open--;
}

static void go_on(Load *self, Session *session)
{
	ssize_t got = read(session->descriptor, session->line + session->received,
			   LINE_OCTETS - 1 - session->received);
	char digit;

	if (got <= 0 && session->step > STEP_TAKEN) {
		end_session(self, session);
		return;
	}
	if (got <= 0)
		complain("the MTA hung up");
	session->received += (size_t)got;
	if (!take_answer(session, &digit))
		return;
	session->step++;
	if (session->step == STEP_TAKEN)
		note(self, session, digit == '2');
	else if (digit != '2' && digit != '3')
		complain("the MTA refuses");
	if (session->step <= STEP_TAKEN)
		say(session);
	else
		end_session(self, session);
}

static void run(void)
{
	struct epoll_event event = {.events = EPOLLIN}, events[EVENTS_MAX];
	Load self = {.all = options.warming + options.total};
	TallySum sum;

	self.poll = epoll_create1(EPOLL_CLOEXEC);
	self.timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	epoll_ctl(self.poll, EPOLL_CTL_ADD, self.timer, &event);
	tally_init(&self.tally);
	tally_begin(&self.tally, 0);
	self.start = g_get_monotonic_time();
	while (self.ended < self.all || self.open > 0) {
		int count;

		open_due(&self);
		count = epoll_wait(self.poll, events, EVENTS_MAX, -1);
		for (int i = 0; i < count; i++) {
			uint64_t expirations;

			if (events[i].data.ptr != NULL)
				go_on(&self, events[i].data.ptr);
			else if (read(self.timer, &expirations, sizeof expirations) < 0)
				continue;
		}
	}
	sum = tally_sum(&self.tally);
	if (options.json)
		tally_print_json(&sum);
	else
		tally_print_table(&sum);
	tally_clear(&self.tally);
}

int main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new("- load an MTA");
	g_autoptr(GError) error = NULL;

	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error))
		complain(error->message);
	if (options.port < 1 || options.rate <= 0 || options.total < 1)
		complain("--port is missing, or a number is not positive");
	run();
	return EXIT_SUCCESS;
}
