/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * smtp-keep PORT DIR: an SMTP server on loopback (RFC 5321) that takes all mail and keeps
 * it below DIR as it came over the wire, octet for octet: dots stuffed, the final dot left
 * out. A mail server's own sink splits lines as it sees fit; this one is for comparing.
 *
 *   DIR/NNNN.mail   the content; appears when it is complete
 *   DIR/NNNN.env    MAIL and RCPT commands as they came, one a line; is there before
 *
 * Recipients in refusing.example are unknown here (550 5.1.1). One process a connection;
 * numbers go up in the order in which messages end. Ends by a signal.
 */
#define _GNU_SOURCE /* strcasestr */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
	FILE *in, *out;
	FILE *envelope; /* of the message under way, else NULL */
} Server;

static void die(const char *what)
{
	fprintf(stderr, "smtp-keep: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* ---- files ---- */

/* The next number, also with other processes at it: the lock's own content counts. */
static unsigned next_number(void)
{
	int lock = open("number", O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	char digits[16] = "";
	unsigned number;

	if (lock < 0 || flock(lock, LOCK_EX) < 0)
		die("number");
	if (read(lock, digits, sizeof digits - 1) < 0)
		die("number");
	number = (unsigned)strtoul(digits, NULL, 10) + 1;
	snprintf(digits, sizeof digits, "%u\n", number);
	if (pwrite(lock, digits, strlen(digits), 0) < 0)
		die("number");
	close(lock);
	return number;
}

static void working_name(char *name, size_t size, const char *what)
{
	snprintf(name, size, "%s.%ld", what, (long)getpid());
}

static FILE *open_working(const char *what, const char *mode)
{
	char name[64];
	FILE *file;

	working_name(name, sizeof name, what);
	file = fopen(name, mode);
	if (file == NULL)
		die(name);
	return file;
}

static void publish(const char *what, unsigned number, const char *suffix)
{
	char from[64], to[64];

	working_name(from, sizeof from, what);
	snprintf(to, sizeof to, "%04u.%s", number, suffix);
	if (rename(from, to) < 0)
		die(to);
}

static void envelope_drop(Server *self)
{
	if (self->envelope != NULL)
		fclose(self->envelope);
	self->envelope = NULL;
}

static void envelope_add(Server *self, const char *line)
{
	if (self->envelope == NULL)
		self->envelope = open_working("envelope", "w");
	fputs(line, self->envelope);
	fputc('\n', self->envelope);
}

static void keep(Server *self)
{
	unsigned number;

	if (self->envelope == NULL)
		envelope_add(self, "");
	envelope_drop(self);
	number = next_number();
	publish("envelope", number, "env");
	publish("content", number, "mail");
}

/* ---- the conversation ---- */

static void reply(Server *self, const char *text)
{
	fprintf(self->out, "%s\r\n", text);
	if (fflush(self->out) != 0)
		exit(0);
}

/* Octets up to CR LF "." CR LF, which is matched by hand: any other use of CR, LF and dots
 * is content. */
static void read_content(Server *self)
{
	static const char end[] = "\r\n.\r\n";
	FILE *file = open_working("content", "w");
	size_t matched = 2; /* the line before the content has ended */
	int octet;

	while (matched < sizeof end - 1) {
		octet = getc(self->in);
		if (octet == EOF)
			exit(0);
		if (octet == end[matched]) {
			matched++;
		} else {
			/* Behind any mismatch only a CR can begin anew. */
			matched = octet == '\r' ? 1 : 0;
		}
		putc(octet, file);
	}
	if (fflush(file) != 0 || ftruncate(fileno(file), ftell(file) - 3) < 0)
		die("content");
	fclose(file);
}

static void on_data(Server *self)
{
	reply(self, "354 go on");
	read_content(self);
	keep(self);
	reply(self, "250 2.0.0 kept");
}

static void on_ehlo(Server *self)
{
	reply(self, "250-sink.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
		    "250-ENHANCEDSTATUSCODES\r\n250 SIZE 0");
}

static void on_rcpt(Server *self, const char *line)
{
	if (strcasestr(line, "@refusing.example>") != NULL) {
		reply(self, "550 5.1.1 User unknown");
		return;
	}
	envelope_add(self, line);
	reply(self, "250 2.1.5 ok");
}

static bool is_command(const char *line, const char *command)
{
	return strncasecmp(line, command, strlen(command)) == 0;
}

/* false: the conversation is over */
static bool on_line(Server *self, const char *line)
{
	if (is_command(line, "QUIT")) {
		reply(self, "221 2.0.0 bye");
		return false;
	}
	if (is_command(line, "EHLO")) {
		on_ehlo(self);
	} else if (is_command(line, "RCPT")) {
		on_rcpt(self, line);
	} else if (is_command(line, "DATA")) {
		on_data(self);
	} else {
		if (is_command(line, "MAIL") || is_command(line, "RSET"))
			envelope_drop(self);
		if (is_command(line, "MAIL"))
			envelope_add(self, line);
		reply(self, "250 2.0.0 ok");
	}
	return true;
}

static void serve(int connection)
{
	Server self = {.in = fdopen(connection, "rb"),
		       .out = fdopen(dup(connection), "wb")};
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	if (self.in == NULL || self.out == NULL)
		die("connection");
	reply(&self, "220 sink.example ESMTP");
	while ((length = getline(&line, &size, self.in)) > 0) {
		while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
			line[--length] = '\0';
		if (!on_line(&self, line))
			break;
	}
	exit(0);
}

static int listen_on(const char *port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				 .sin_port = htons((unsigned short)atoi(port))};
	int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (listener < 0)
		die("socket");
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 ||
	    listen(listener, 64) < 0)
		die(port);
	return listener;
}

int main(int argc, char **argv)
{
	int listener;

	if (argc != 3) {
		fprintf(stderr, "usage: smtp-keep PORT DIR\n");
		return 2;
	}
	if (chdir(argv[2]) < 0)
		die(argv[2]);
	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	listener = listen_on(argv[1]);
	for (;;) {
		int connection = accept(listener, NULL, NULL);

		if (connection < 0)
			continue;
		if (fork() == 0) {
			close(listener);
			serve(connection);
		}
		close(connection);
	}
}
