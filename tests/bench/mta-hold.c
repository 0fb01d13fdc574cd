/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Holds sessions open, and tells what memory the milter has then. Each session has sent
 * HELO and waits (idle), or has sent a message up to its end and waits with that (active);
 * with --end it is sent, too, one session after the other, and the peak counts.
 */
#include <stdio.h>
#include <stdlib.h>

#include "letter.h"
#include "tally.h"

#include "../protocol/mta.h"

enum { PIECE = 65535 }; /* of a body, as Postfix cuts them */

static struct {
	char *socket;
	int pid, sessions, body;
	gboolean active, end;
} options = {.sessions = 100, .body = 2048};

static const GOptionEntry entries[] = {
	{"socket", 's', 0, G_OPTION_ARG_STRING, &options.socket,
	 "the milter's: unix:PATH or inet:PORT@HOST", "SOCKET"},
	{"pid", 'p', 0, G_OPTION_ARG_INT, &options.pid, "the milter's process", "PID"},
	{"sessions", 'c', 0, G_OPTION_ARG_INT, &options.sessions, "(100)", "N"},
	{"body", 0, 0, G_OPTION_ARG_INT, &options.body, "octets of each body (2048)", "N"},
	{"active", 0, 0, G_OPTION_ARG_NONE, &options.active,
	 "each session is within a message, just before its end", NULL},
	{"end", 0, 0, G_OPTION_ARG_NONE, &options.end, "... and ends it", NULL},
	{NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
};

static Mta *session_begin(void)
{
	Mta *mta = mta_new(options.socket);

	if (!mta_negotiate(mta, &mta_offer_full))
		g_error("the milter at %s does not negotiate", options.socket);
	mta_macros(mta, 'C', "{daemon_name}", "mx.ours.example", NULL);
	mta_client(mta, "out.example", "192.0.2.25");
	mta_helo(mta, "out.example");
	return mta;
}

static void send_body(Mta *mta)
{
	g_autofree char *piece = g_malloc(PIECE);

	for (int i = 0; i < PIECE; i++)
		piece[i] = i % 72 == 71 ? '\n' : (char)('a' + i % 26);
	for (int left = options.body; left > 0; left -= PIECE) {
		if (mta_body(mta, piece, (size_t)MIN(left, PIECE)) == 's')
			return;
	}
}

/* The letter is of a reply, so that nothing of it may be left out: its slots are filled in
 * with a number. */
static char *filled(const char *text, unsigned number)
{
	g_autofree char *digits = g_strdup_printf("%0*u", SLOT_WIDTH, number);
	char *copy = g_strdup(text);

	for (char *p = copy; *p != '\0'; p++) {
		if (*p >= SLOT_SELF && *p <= SLOT_PERSON_LAST)
			*p = digits[(p - copy) % SLOT_WIDTH];
	}
	return copy;
}

static void send_letter(Mta *mta, const Letter *letter, unsigned number)
{
	mta_macros(mta, 'M', "i", "4Zk8QyHold", NULL);
	mta_mail(mta, letter->reverse_path);
	for (unsigned i = 0; i < letter->forward_paths->len; i++)
		mta_rcpt(mta, letter->forward_paths->pdata[i]);
	mta_data(mta);
	for (unsigned i = 0; i + 1 < letter->fields->len; i += 2) {
		g_autofree char *body = filled(letter->fields->pdata[i + 1], number);

		mta_field(mta, letter->fields->pdata[i], body);
	}
	mta_end_of_header(mta);
	send_body(mta);
}

/* What was sent is read when an unknown macro stage has been, too: there is no answer to
 * wait for before the end. So the memory is looked at until it stays. */
static ProcessUse settled_use(void)
{
	ProcessUse use = process_use(options.pid), next;
	unsigned same = 0;

	while (same < 5) {
		g_usleep(40000);
		next = process_use(options.pid);
		same = next.resident_kb == use.resident_kb && next.cpu_us == use.cpu_us
			       ? same + 1
			       : 0;
		use = next;
	}
	return use;
}

static void hold(Mta **sessions, const Letter *letter)
{
	for (int i = 0; i < options.sessions; i++) {
		sessions[i] = session_begin();
		if (options.active || options.end)
			send_letter(sessions[i], letter, (unsigned)i);
		if (options.end && mta_end(sessions[i]) != 'c')
			g_error("the milter refuses the message");
	}
}

static void run(void)
{
	LetterShape shape = {.fields = 15, .recipients = 1, .body_octets = 0};
	g_autoptr(Letter) letter = letter_new(LETTER_REPLY, &shape);
	g_autofree Mta **sessions = g_new0(Mta *, (size_t)options.sessions);
	ProcessUse before = process_use(options.pid), with;

	hold(sessions, letter);
	with = settled_use();
	printf("{\"sessions\":%d,\"body\":%d,\"before_kb\":%" G_GINT64_FORMAT
	       ",\"resident_kb\":%" G_GINT64_FORMAT ",\"peak_kb\":%" G_GINT64_FORMAT "}\n",
	       options.sessions, options.body, before.resident_kb, with.resident_kb,
	       with.peak_kb);
	for (int i = 0; i < options.sessions; i++) {
		mta_abort(sessions[i]);
		mta_quit(sessions[i]);
		mta_free(sessions[i]);
	}
}

int main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context =
		g_option_context_new("- hold sessions of a milter open");
	g_autoptr(GError) error = NULL;

	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error) ||
	    options.socket == NULL || options.pid <= 0 || options.sessions < 1 ||
	    options.body < 0) {
		fprintf(stderr, "mta-hold: %s\n",
			error != NULL ? error->message : "--socket and --pid are missing");
		return 2;
	}
	run();
	return EXIT_SUCCESS;
}
