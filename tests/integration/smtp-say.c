/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * smtp-say PORT: an SMTP client (RFC 5321) that does what a script on standard input
 * says, one command a line, and prints what the server answers. Made for tests that need
 * to be impolite.
 *
 *   HELO a.example     sent with CRLF; waits for the reply, which must be 2xx or 3xx
 *   ?RCPT TO:<x@y>     any reply will do
 *   -RCPT TO:<x@y>     sent without waiting; replies are read when a later line waits
 *   %file PATH         the file as message content: CRLF ends, dots stuffed
 *   %raw PATH          the file's octets as they are (BDAT)
 *   %drop              closes the connection at once, with a reset; ends the script
 *   %hold              waits until standard input gives another line
 *
 * Between the 354 reply and the line "." lines are content and get no reply. Exit 0 if
 * all replies were as asked, 1 if not, 2 for a wrong call.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

typedef struct {
	int fd;
	FILE *in;
	unsigned pending; /* replies not read yet */
	bool in_content;
} Conversation;

static void die(const char *what)
{
	fprintf(stderr, "smtp-say: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void send_octets(Conversation *self, const char *octets, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(self->fd, octets, length, MSG_NOSIGNAL);

		if (sent < 0)
			die("cannot send");
		octets += sent;
		length -= (size_t)sent;
	}
}

static void send_line(Conversation *self, const char *line)
{
	send_octets(self, line, strlen(line));
	send_octets(self, "\r\n", 2);
}

/* Reads one reply of one or more lines; returns its code. */
static int read_reply(Conversation *self)
{
	char line[2048];

	do {
		if (fgets(line, sizeof line, self->in) == NULL)
			die("the server closed the connection");
		printf("< %s", line);
	} while (strlen(line) > 3 && line[3] == '-');
	fflush(stdout);
	self->pending--;
	return atoi(line);
}

static int last_reply(Conversation *self)
{
	int code = 0;

	while (self->pending > 0)
		code = read_reply(self);
	return code;
}

static void send_file(Conversation *self, const char *path, bool raw)
{
	FILE *file = fopen(path, "rb");
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	if (file == NULL)
		die(path);
	while ((length = getline(&line, &size, file)) >= 0) {
		if (raw) {
			send_octets(self, line, (size_t)length);
			continue;
		}
		while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
			length--;
		if (length > 0 && line[0] == '.')
			send_octets(self, ".", 1);
		send_octets(self, line, (size_t)length);
		send_octets(self, "\r\n", 2);
	}
	free(line);
	fclose(file);
}

/* Closes so that the server sees a reset, as from a client that was killed. */
static void drop(Conversation *self)
{
	struct linger now = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(self->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	fclose(self->in);
	exit(0);
}

/* true if the reply was as the line asked */
static bool say(Conversation *self, const char *line)
{
	bool any = line[0] == '?', wait = line[0] != '-';
	int code;

	if (any || !wait)
		line++;
	printf("> %s\n", line);
	fflush(stdout);
	send_line(self, line);
	self->pending++;
	if (!wait)
		return true;
	code = last_reply(self);
	self->in_content = code == 354;
	if (any || (code >= 200 && code < 400))
		return true;
	fprintf(stderr, "smtp-say: '%s' was answered with %d\n", line, code);
	return false;
}

static bool do_line(Conversation *self, const char *line)
{
	if (strncmp(line, "%file ", 6) == 0) {
		send_file(self, line + 6, false);
		return true;
	}
	if (strncmp(line, "%raw ", 5) == 0) {
		send_file(self, line + 5, true);
		return true;
	}
	if (strcmp(line, "%drop") == 0)
		drop(self);
	if (strcmp(line, "%hold") == 0)
		return true; /* the next line comes when the caller writes it */
	if (self->in_content && strcmp(line, ".") != 0) {
		send_line(self, line);
		return true;
	}
	self->in_content = false;
	return say(self, line);
}

static void connect_to(Conversation *self, const char *port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				  .sin_port = htons((unsigned short)atoi(port)) };
	struct timeval patience = { .tv_sec = 20 };

	self->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (self->fd < 0 || connect(self->fd, (struct sockaddr *)&to, sizeof to) < 0)
		die("cannot connect");
	setsockopt(self->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	self->in = fdopen(self->fd, "rb");
	if (self->in == NULL)
		die("cannot read");
	self->pending = 1; /* the greeting */
}

int main(int argc, char **argv)
{
	Conversation self = { .fd = -1 };
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	bool good = true;

	if (argc != 2) {
		fprintf(stderr, "usage: smtp-say PORT <SCRIPT\n");
		return 2;
	}
	connect_to(&self, argv[1]);
	if (last_reply(&self) >= 400)
		return 1;
	while (good && (length = getline(&line, &size, stdin)) >= 0) {
		while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
			line[--length] = '\0';
		good = do_line(&self, line);
	}
	if (good && self.pending > 0)
		good = last_reply(&self) < 400;
	free(line);
	fclose(self.in);
	return good ? 0 : 1;
}
