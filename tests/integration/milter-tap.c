/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * milter-tap SOCKET TARGET DIR: stands between an MTA and the milter at the unix socket
 * TARGET, passes every packet on unchanged, and writes each down in DIR/log:
 *
 *   > O 6 1ff 1fffff    offered by the MTA: version, actions, protocol
 *   < O 6 100 fff       asked for by the milter
 *   > M                 a command, by its letter in the protocol
 *   < c                 an answer
 *
 * If there is a file DIR/kill with a letter in it, then the milter is killed (its pid is in
 * TARGET.lock) when the command of that letter comes and before it is passed on; with a
 * plus sign behind the letter, when it has been answered and before the answer is passed
 * on. Either way the MTA loses the connection without a word. The file is removed then.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { PACKET_MAX = 1 << 20 };

typedef struct {
	int mta, milter;
	const char *target;
	int log;
	bool dying; /* the milter is to be killed at the next answer */
} Tap;

typedef struct {
	uint32_t length; /* of what follows */
	char *octets;	 /* command and content; big enough for PACKET_MAX */
} Packet;

static void die(const char *what)
{
	fprintf(stderr, "milter-tap: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* ---- packets ---- */

/* false at the end of the stream */
static bool read_fully(int from, char *octets, size_t length)
{
	while (length > 0) {
		ssize_t got = read(from, octets, length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		octets += got;
		length -= (size_t)got;
	}
	return true;
}

static bool write_fully(int to, const char *octets, size_t length)
{
	while (length > 0) {
		ssize_t put = send(to, octets, length, MSG_NOSIGNAL);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		octets += put;
		length -= (size_t)put;
	}
	return true;
}

static bool packet_read(Packet *packet, int from)
{
	uint32_t length;

	if (!read_fully(from, (char *)&length, sizeof length))
		return false;
	packet->length = ntohl(length);
	if (packet->length < 1 || packet->length > PACKET_MAX)
		return false;
	return read_fully(from, packet->octets, packet->length);
}

static bool packet_write(const Packet *packet, int to)
{
	uint32_t length = htonl(packet->length);

	return write_fully(to, (const char *)&length, sizeof length) &&
	       write_fully(to, packet->octets, packet->length);
}

static uint32_t packet_number(const Packet *packet, unsigned index)
{
	uint32_t number;

	memcpy(&number, packet->octets + 1 + index * sizeof number, sizeof number);
	return ntohl(number);
}

/* One write a line, so that lines of several connections do not mix. */
static void packet_log(const Packet *packet, int log, char direction)
{
	char line[80];
	int length;

	if (packet->octets[0] == 'O' && packet->length >= 13)
		length = snprintf(line, sizeof line, "%c O %u %x %x\n", direction,
				  packet_number(packet, 0), packet_number(packet, 1),
				  packet_number(packet, 2));
	else
		length = snprintf(line, sizeof line, "%c %c\n", direction,
				  packet->octets[0]);
	if (write(log, line, (size_t)length) < 0)
		die("log");
}

/* ---- killing ---- */

/* The stage at which to kill, or false if nobody wants that. */
static bool read_kill(char stage[2])
{
	FILE *file = fopen("kill", "r");
	size_t got;

	if (file == NULL)
		return false;
	stage[1] = '\0';
	got = fread(stage, 1, 2, file);
	fclose(file);
	return got > 0;
}

/* The end of the stream tells when the process is gone; a waiting parent would only know
 * later. */
static void kill_milter(Tap *tap)
{
	char name[256], rest[512];
	FILE *lock;
	long pid = 0;

	snprintf(name, sizeof name, "%s.lock", tap->target);
	lock = fopen(name, "r");
	if (lock == NULL || fscanf(lock, "%ld", &pid) != 1 || pid <= 1)
		die(name);
	fclose(lock);
	if (kill((pid_t)pid, SIGKILL) < 0)
		die("kill");
	while (read(tap->milter, rest, sizeof rest) > 0)
		continue;
	unlink("kill");
	exit(0);
}

static void consider_killing(Tap *tap, const Packet *command)
{
	char stage[2];

	if (!read_kill(stage) || stage[0] != command->octets[0])
		return;
	if (stage[1] != '+')
		kill_milter(tap);
	tap->dying = true;
}

/* ---- passing on ---- */

static void pass_command(Tap *tap, Packet *packet)
{
	if (!packet_read(packet, tap->mta))
		exit(0);
	packet_log(packet, tap->log, '>');
	consider_killing(tap, packet);
	if (!packet_write(packet, tap->milter))
		exit(0);
}

static void pass_answer(Tap *tap, Packet *packet)
{
	if (!packet_read(packet, tap->milter))
		exit(0);
	packet_log(packet, tap->log, '<');
	if (tap->dying)
		kill_milter(tap);
	if (!packet_write(packet, tap->mta))
		exit(0);
}

static void pass_all(Tap *tap)
{
	Packet packet = {.octets = malloc(PACKET_MAX)};
	struct pollfd ready[2] = {{.fd = tap->mta, .events = POLLIN},
				  {.fd = tap->milter, .events = POLLIN}};

	if (packet.octets == NULL)
		die("packet");
	for (;;) {
		if (poll(ready, 2, -1) < 0 && errno != EINTR)
			die("poll");
		if (ready[1].revents != 0)
			pass_answer(tap, &packet);
		else if (ready[0].revents != 0)
			pass_command(tap, &packet);
	}
}

/* ---- sockets ---- */

static struct sockaddr_un address_of(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (strlen(path) >= sizeof address.sun_path) {
		errno = ENAMETOOLONG;
		die(path);
	}
	strcpy(address.sun_path, path);
	return address;
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = address_of(path);
	int connection = socket(AF_UNIX, SOCK_STREAM, 0);

	if (connection < 0)
		die("socket");
	if (connect(connection, (struct sockaddr *)&address, sizeof address) < 0)
		exit(0); /* the milter is away, and so are we */
	return connection;
}

static int listen_on(const char *path)
{
	struct sockaddr_un address = address_of(path);
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	unlink(path);
	if (listener < 0 ||
	    bind(listener, (struct sockaddr *)&address, sizeof address) < 0 ||
	    chmod(path, 0666) < 0 || listen(listener, 64) < 0)
		die(path);
	return listener;
}

int main(int argc, char **argv)
{
	Tap tap = {0};
	int listener;

	if (argc != 4) {
		fprintf(stderr, "usage: milter-tap SOCKET TARGET DIR\n");
		return 2;
	}
	tap.target = argv[2];
	listener = listen_on(argv[1]);
	if (chdir(argv[3]) < 0)
		die(argv[3]);
	tap.log = open("log", O_WRONLY | O_CREAT | O_APPEND, 0644);
	if (tap.log < 0)
		die("log");
	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		tap.mta = accept(listener, NULL, NULL);
		if (tap.mta < 0)
			continue;
		if (fork() == 0) {
			close(listener);
			tap.milter = connect_to(tap.target);
			pass_all(&tap);
		}
		close(tap.mta);
	}
}
