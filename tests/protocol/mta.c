/* SPDX-License-Identifier: BSD-2-Clause */
#include "mta.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	TIMEOUT_MS = 60000, /* of a reply; a sanitizer on a busy machine is slow */
	LENGTH_OCTETS = 4,
};

const MtaOffer mta_offer_full = {6, 0x1ff, 0x1fffff};
const MtaOffer mta_offer_answered = {6, 0x1ff, 0x100f7f};

/* One row for each step: its letter, the bits that leave it out and that spare the reply.
 */
static const struct {
	char command;
	uint32_t left_out, no_reply;
} steps[] = {
	{'C', 0x1, 0x1000},   {'H', 0x2, 0x2000},    {'M', 0x4, 0x4000},
	{'R', 0x8, 0x8000},   {'T', 0x200, 0x10000}, {'L', 0x20, 0x80},
	{'N', 0x40, 0x40000}, {'B', 0x10, 0x80000},  {'U', 0x100, 0x20000},
};

/* ---- the connection ---- */

static socklen_t address_of(const char *name, struct sockaddr_storage *address)
{
	struct sockaddr_un *local = (void *)address;
	struct sockaddr_in *v4 = (void *)address;
	const char *host = strchr(name, '@');

	memset(address, 0, sizeof *address);
	if (g_str_has_prefix(name, "unix:")) {
		local->sun_family = AF_UNIX;
		g_strlcpy(local->sun_path, name + strlen("unix:"), sizeof local->sun_path);
		return sizeof *local;
	}
	g_assert_true(g_str_has_prefix(name, "inet:") && host != NULL);
	v4->sin_family = AF_INET;
	v4->sin_port = htons((uint16_t)g_ascii_strtoull(name + strlen("inet:"), NULL, 10));
	g_assert_cmpint(inet_pton(AF_INET, host + 1, &v4->sin_addr), ==, 1);
	return sizeof *v4;
}

static int connect_to(const char *name)
{
	struct sockaddr_storage address;
	socklen_t length = address_of(name, &address);
	int descriptor = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_assert_cmpint(descriptor, >=, 0);
	if (connect(descriptor, (struct sockaddr *)&address, length) == 0)
		return descriptor;
	close(descriptor);
	return -1;
}

bool mta_can_connect(const char *socket_name)
{
	int descriptor = connect_to(socket_name);

	if (descriptor >= 0)
		close(descriptor);
	return descriptor >= 0;
}

Mta *mta_new(const char *socket_name)
{
	Mta *mta = g_new0(Mta, 1);

	mta->descriptor = connect_to(socket_name);
	if (mta->descriptor < 0)
		g_error("cannot connect to %s: %s", socket_name, g_strerror(errno));
	return mta;
}

Mta *mta_new_taking_down(void)
{
	Mta *mta = g_new0(Mta, 1);

	mta->descriptor = -1;
	mta->taken_down = g_byte_array_new();
	return mta;
}

void mta_free(Mta *mta)
{
	if (mta->descriptor >= 0)
		close(mta->descriptor);
	if (mta->taken_down != NULL)
		g_byte_array_unref(mta->taken_down);
	for (size_t i = 0; i < MTA_STAGES; i++)
		g_free(mta->macro_lists[i]);
	g_free(mta);
}

/* ---- packets ---- */

bool mta_send_octets(Mta *mta, const void *octets, size_t length)
{
	const char *next = octets;

	if (mta->taken_down != NULL) {
		g_byte_array_append(mta->taken_down, octets, (guint)length);
		return true;
	}
	while (length > 0) {
		size_t piece = mta->chunk > 0 ? MIN(mta->chunk, length) : length;
		ssize_t sent = send(mta->descriptor, next, piece, MSG_NOSIGNAL);

		if (sent < 0 && errno != EINTR)
			return false;
		if (sent > 0) {
			next += sent;
			length -= (size_t)sent;
		}
	}
	return true;
}

bool mta_send_lie(Mta *mta, uint32_t claimed, char command, const void *octets,
		  size_t length)
{
	g_autofree char *packet = g_malloc(LENGTH_OCTETS + 1 + length);
	uint32_t network = htonl(claimed);

	memcpy(packet, &network, LENGTH_OCTETS);
	packet[LENGTH_OCTETS] = command;
	if (length > 0)
		memcpy(packet + LENGTH_OCTETS + 1, octets, length);
	return mta_send_octets(mta, packet, LENGTH_OCTETS + 1 + length);
}

bool mta_send(Mta *mta, char command, const void *octets, size_t length)
{
	return mta_send_lie(mta, (uint32_t)(length + 1), command, octets, length);
}

/* Waits for octets or the end; ends the test if neither comes. */
static bool wait_readable(Mta *mta, int timeout_ms)
{
	struct pollfd wanted = {.fd = mta->descriptor, .events = POLLIN};
	int ready;

	do
		ready = poll(&wanted, 1, timeout_ms);
	while (ready < 0 && errno == EINTR);
	return ready > 0;
}

void mta_wait_answer(Mta *mta)
{
	if (!wait_readable(mta, TIMEOUT_MS))
		g_error("the milter did not answer within %d s", TIMEOUT_MS / 1000);
}

static bool read_octets(Mta *mta, void *into, size_t length)
{
	char *next = into;

	while (length > 0) {
		ssize_t got;

		mta_wait_answer(mta);
		got = read(mta->descriptor, next, length);
		if (got <= 0)
			return false;
		next += got;
		length -= (size_t)got;
	}
	return true;
}

/* The letter of a packet; its content goes to *content_out, to be freed by the caller. */
static char read_packet(Mta *mta, char **content_out, size_t *length_out)
{
	uint32_t network;
	char command;

	*content_out = NULL;
	if (!read_octets(mta, &network, sizeof network) || !read_octets(mta, &command, 1))
		return MTA_HUNG_UP;
	*length_out = ntohl(network) - 1;
	g_assert_cmpuint(*length_out, <, 65536);
	*content_out = g_malloc0(*length_out + 1);
	return read_octets(mta, *content_out, *length_out) ? command : MTA_HUNG_UP;
}

char mta_read(Mta *mta)
{
	g_autofree char *content = NULL;
	size_t length;

	if (mta->taken_down != NULL)
		return 'c';
	return read_packet(mta, &content, &length);
}

bool mta_is_quiet(Mta *mta)
{
	return !wait_readable(mta, 0);
}

void mta_wait_hang_up(Mta *mta)
{
	while (mta_read(mta) != MTA_HUNG_UP)
		continue;
}

/* ---- negotiation ---- */

static void put_number(GByteArray *packet, uint32_t number)
{
	uint32_t network = htonl(number);

	g_byte_array_append(packet, (guint8 *)&network, sizeof network);
}

static uint32_t get_number(const char *octets)
{
	uint32_t network;

	memcpy(&network, octets, sizeof network);
	return ntohl(network);
}

/* Behind the three numbers: number of a stage, its list and a NUL, again and again. */
static void read_macro_lists(Mta *mta, const char *octets, size_t length)
{
	while (length > LENGTH_OCTETS) {
		uint32_t stage = get_number(octets);
		const char *list = octets + LENGTH_OCTETS;
		size_t used = LENGTH_OCTETS + strlen(list) + 1;

		g_assert_cmpuint(stage, <, MTA_STAGES);
		g_assert_cmpuint(used, <=, length);
		g_free(mta->macro_lists[stage]);
		mta->macro_lists[stage] = g_strdup(list);
		octets += used;
		length -= used;
	}
	g_assert_cmpuint(length, ==, 0);
}

bool mta_negotiate(Mta *mta, const MtaOffer *offer)
{
	g_autoptr(GByteArray) packet = g_byte_array_new();
	g_autofree char *answer = NULL;
	size_t length;

	put_number(packet, offer->version);
	put_number(packet, offer->actions);
	put_number(packet, offer->protocol);
	mta_send(mta, 'O', packet->data, packet->len);
	if (mta->taken_down != NULL) {
		mta->agreed = (MtaOffer){6, 0x100, 0x1df180};
		return true;
	}
	if (read_packet(mta, &answer, &length) != 'O')
		return false;
	g_assert_cmpuint(length, >=, 3 * LENGTH_OCTETS);
	mta->agreed.version = get_number(answer);
	mta->agreed.actions = get_number(answer + LENGTH_OCTETS);
	mta->agreed.protocol = get_number(answer + 2 * LENGTH_OCTETS);
	read_macro_lists(mta, answer + 3 * LENGTH_OCTETS, length - 3 * LENGTH_OCTETS);
	return true;
}

/* ---- steps ---- */

static char step(Mta *mta, char command, const void *octets, size_t length)
{
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		if (steps[i].command != command)
			continue;
		if ((mta->agreed.protocol & steps[i].left_out) != 0)
			return MTA_NOT_SENT;
		if (!mta_send(mta, command, octets, length))
			return MTA_HUNG_UP;
		return (mta->agreed.protocol & steps[i].no_reply) != 0 ? MTA_NO_REPLY
								       : mta_read(mta);
	}
	g_assert_not_reached();
}

static char text_step(Mta *mta, char command, const char *text)
{
	return step(mta, command, text, strlen(text) + 1);
}

static void put_text(GByteArray *packet, const char *text)
{
	g_byte_array_append(packet, (const guint8 *)text, (guint)strlen(text) + 1);
}

void mta_macros(Mta *mta, int stage, ...)
{
	g_autoptr(GByteArray) packet = g_byte_array_new();
	const guint8 letter = (guint8)stage;
	const char *text;
	va_list texts;

	g_byte_array_append(packet, &letter, 1);
	va_start(texts, stage);
	while ((text = va_arg(texts, const char *)) != NULL)
		put_text(packet, text);
	va_end(texts);
	mta_send(mta, 'D', packet->data, packet->len);
}

static char client(Mta *mta, const char *host, char family, const char *address)
{
	g_autoptr(GByteArray) packet = g_byte_array_new();
	uint16_t port = htons(25025);

	put_text(packet, host);
	g_byte_array_append(packet, (guint8 *)&family, 1);
	if (address != NULL) {
		g_byte_array_append(packet, (guint8 *)&port, sizeof port);
		put_text(packet, address);
	}
	return step(mta, 'C', packet->data, packet->len);
}

char mta_client(Mta *mta, const char *host, const char *address)
{
	if (address == NULL)
		return client(mta, host, 'U', NULL);
	return client(mta, host, strchr(address, ':') != NULL ? '6' : '4', address);
}

char mta_client_family(Mta *mta, char family, const char *address)
{
	return client(mta, "client.example", family, address);
}

char mta_helo(Mta *mta, const char *name)
{
	return text_step(mta, 'H', name);
}

char mta_mail(Mta *mta, const char *reverse_path)
{
	return text_step(mta, 'M', reverse_path);
}

char mta_rcpt(Mta *mta, const char *forward_path)
{
	return text_step(mta, 'R', forward_path);
}

char mta_data(Mta *mta)
{
	return step(mta, 'T', NULL, 0);
}

char mta_field(Mta *mta, const char *name, const char *body)
{
	g_autoptr(GByteArray) packet = g_byte_array_new();

	put_text(packet, name);
	put_text(packet, body);
	return step(mta, 'L', packet->data, packet->len);
}

char mta_end_of_header(Mta *mta)
{
	return step(mta, 'N', NULL, 0);
}

char mta_body(Mta *mta, const void *octets, size_t length)
{
	return step(mta, 'B', octets, length);
}

char mta_end(Mta *mta)
{
	return mta_send(mta, 'E', NULL, 0) ? mta_read(mta) : MTA_HUNG_UP;
}

void mta_abort(Mta *mta)
{
	mta_send(mta, 'A', NULL, 0);
}

void mta_quit(Mta *mta)
{
	mta_send(mta, 'Q', NULL, 0);
}

void mta_quit_new_connection(Mta *mta)
{
	mta_send(mta, 'K', NULL, 0);
}
