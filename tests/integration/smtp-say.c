/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * smtp-say PORT [ADDRESS]: an SMTP client (RFC 5321) that does what a script on standard
 * input says, one command a line, and prints what the server answers. Made for tests that
 * need to be impolite.
 *
 *   HELO a.example     sent with CRLF; waits for the reply, which must be 2xx or 3xx
 *   ?RCPT TO:<x@y>     any reply will do
 *   -RCPT TO:<x@y>     sent without waiting; replies are read when a later line waits
 *   %file PATH         the file as message content: CRLF ends, dots stuffed
 *   %raw PATH          the file's octets as they are (BDAT)
 *   %end 4             ends the content like "."; the reply must begin with these digits
 *   %end               ends the content without waiting; a reply is read as for "-"
 *   %drop              closes the connection at once, with a reset; ends the script
 *
 * Between the 354 reply and the line "." lines are content and get no reply; the script
 * may come bit by bit, so who writes it can wait for things in between. With an ADDRESS
 * the client has that one, which must be the host's own. Exit 0 if all replies were as
 * asked, 1 if not, 2 for a wrong call.
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

/* All replies that are due; the worst of them. */
static int worst_reply(Conversation *self)
{
	int worst = 0;

	while (self->pending > 0) {
		int code = read_reply(self);

		if (code > worst)
			worst = code;
	}
	return worst;
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
	struct linger now = {.l_onoff = 1, .l_linger = 0};

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
	code = worst_reply(self);
	self->in_content = code == 354;
	if (any || (code >= 200 && code < 400))
		return true;
	fprintf(stderr, "smtp-say: '%s' was answered with %d\n", line, code);
	return false;
}

/* digits: how the reply must begin, behind a blank; empty not to wait for it */
static bool end_content(Conversation *self, const char *digits)
{
	char code[16];

	self->in_content = false;
	send_line(self, ".");
	self->pending++;
	if (*digits == '\0')
		return true;
	snprintf(code, sizeof code, " %d", worst_reply(self));
	if (strncmp(code, digits, strlen(digits)) == 0)
		return true;
	fprintf(stderr, "smtp-say: the content was answered with%s, not%s\n", code, digits);
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
	if (strcmp(line, "%end") == 0 || strncmp(line, "%end ", 5) == 0)
		return end_content(self, line + 4);
	if (self->in_content && strcmp(line, ".") != 0) {
		send_line(self, line);
		return true;
	}
	self->in_content = false;
	return say(self, line);
}

static void bind_to(Conversation *self, const char *address)
{
	struct sockaddr_in from = {.sin_family = AF_INET};

	if (inet_pton(AF_INET, address, &from.sin_addr) != 1 ||
	    bind(self->fd, (struct sockaddr *)&from, sizeof from) < 0)
		die(address);
}

static void connect_to(Conversation *self, const char *port, const char *address)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				 .sin_port = htons((unsigned short)atoi(port))};
	struct timeval patience = {.tv_sec = 120};

	self->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (self->fd < 0)
		die("socket");
	if (address != NULL)
		bind_to(self, address);
	if (connect(self->fd, (struct sockaddr *)&to, sizeof to) < 0)
		die("cannot connect");
	setsockopt(self->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	self->in = fdopen(self->fd, "rb");
	if (self->in == NULL)
		die("cannot read");
	self->pending = 1; /* the greeting */
}

int main(int argc, char **argv)
{
	Conversation self = {.fd = -1};
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	bool good = true;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: smtp-say PORT [ADDRESS] <SCRIPT\n");
		return 2;
	}
	connect_to(&self, argv[1], argc > 2 ? argv[2] : NULL);
	if (worst_reply(&self) >= 400)
		return 1;
	while (good && (length = getline(&line, &size, stdin)) >= 0) {
		while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
			line[--length] = '\0';
		good = do_line(&self, line);
	}
	if (good && self.pending > 0)
		good = worst_reply(&self) < 400;
	free(line);
	fclose(self.in);
	return good ? 0 : 1;
}
