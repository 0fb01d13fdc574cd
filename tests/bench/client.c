/* SPDX-License-Identifier: BSD-2-Clause */
#include "client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	REPLY_OCTETS = 4096, /* of the milter: the negotiation's is the longest */
	LENGTH_OCTETS = 4,
};

typedef enum { PHASE_NEGOTIATION, PHASE_SESSION, PHASE_LETTER } Phase;

struct Client {
	Mta *mta;
	Traffic *traffic;
	bool outbound, blocked;
	Phase phase;
	const Script *script;
	GByteArray *octets; /* of the script, slots filled in */
	size_t sent;
	unsigned stop; /* index of the next */
	guint8 replies[REPLY_OCTETS];
	size_t replied;
	Dispatch dispatch;
	int64_t due;
	bool accepted;
	unsigned letters;
};

Client *client_new(const char *socket, Traffic *traffic)
{
	Client *self = g_new0(Client, 1);

	self->mta = mta_new(socket);
	fcntl(self->mta->descriptor, F_SETFL, O_NONBLOCK);
	self->traffic = traffic;
	self->octets = g_byte_array_new();
	return self;
}

void client_free(Client *client)
{
	mta_free(client->mta);
	g_byte_array_unref(client->octets);
	g_free(client);
}

int client_descriptor(const Client *client)
{
	return client->mta->descriptor;
}

bool client_wants_to_send(const Client *client)
{
	return client->blocked;
}

int64_t client_due(const Client *client)
{
	return client->due;
}

bool client_was_accepted(const Client *client)
{
	return client->accepted;
}

unsigned client_letters(const Client *client)
{
	return client->letters;
}

/* ---- sending ---- */

static size_t next_stop(const Client *self)
{
	return self->stop < self->script->stops->len
		       ? g_array_index(self->script->stops, size_t, self->stop)
		       : self->octets->len;
}

static bool script_is_done(const Client *self)
{
	return self->sent == self->octets->len && self->stop >= self->script->stops->len;
}

/* Until an answer is awaited, or the socket takes no more. */
static void send_more(Client *self)
{
	size_t until = next_stop(self);

	self->blocked = false;
	while (self->sent < until) {
		ssize_t sent = send(self->mta->descriptor, self->octets->data + self->sent,
				    until - self->sent, MSG_NOSIGNAL);

		if (sent < 0 && errno != EINTR) {
			self->blocked = errno == EAGAIN; /* else reading tells */
			return;
		}
		if (sent > 0)
			self->sent += (size_t)sent;
	}
}

static void play(Client *self, Phase phase, const Script *script)
{
	self->phase = phase;
	self->script = script;
	self->sent = 0;
	self->stop = 0;
	if (phase == PHASE_LETTER)
		return;
	g_byte_array_set_size(self->octets, 0);
	g_byte_array_append(self->octets, script->octets->data, script->octets->len);
}

static void play_letter(Client *self)
{
	self->dispatch = traffic_next(self->traffic, self->outbound, self->octets);
	play(self, PHASE_LETTER, self->dispatch.script);
	if (self->letters == 0)
		self->sent = self->script->first_from;
}

static ClientState advance(Client *self)
{
	for (;;) {
		send_more(self);
		if (!script_is_done(self))
			return CLIENT_WAITS;
		if (self->phase == PHASE_LETTER) {
			self->letters++;
			return CLIENT_ANSWERED;
		}
		if (self->phase == PHASE_SESSION)
			play_letter(self);
		else
			play(self, PHASE_SESSION,
			     traffic_session(self->traffic, self->outbound));
	}
}

ClientState client_begin(Client *client, int64_t due)
{
	static Script *negotiation;

	if (negotiation == NULL)
		negotiation = script_of_negotiation();
	client->due = due;
	client->outbound = traffic_next_is_outbound(client->traffic);
	play(client, PHASE_NEGOTIATION, negotiation);
	return advance(client);
}

ClientState client_send_letter(Client *client, int64_t due)
{
	client->due = due;
	play_letter(client);
	return advance(client);
}

void client_quit(Client *client)
{
	mta_abort(client->mta);
	mta_quit(client->mta);
}

/* ---- receiving ---- */

/* Removes the first whole packet from what was received; 0 if there is none. */
static char take_reply(Client *self)
{
	uint32_t network;
	size_t length;
	char letter;

	if (self->replied < LENGTH_OCTETS + 1)
		return 0;
	memcpy(&network, self->replies, sizeof network);
	length = LENGTH_OCTETS + ntohl(network);
	g_assert_cmpuint(length, <=, REPLY_OCTETS);
	if (self->replied < length)
		return 0;
	letter = (char)self->replies[LENGTH_OCTETS];
	self->replied -= length;
	memmove(self->replies, self->replies + length, self->replied);
	return letter;
}

/* The milter wants no more of the body: the stops of its other pieces go, too. */
static void skip_body(Client *self)
{
	self->sent = self->script->body_to;
	while (next_stop(self) <= self->sent)
		self->stop++;
}

static void finish_letter(Client *self, bool accepted)
{
	self->accepted = accepted;
	self->stop = self->script->stops->len;
	self->sent = self->octets->len;
	if (accepted)
		traffic_was_accepted(self->traffic, &self->dispatch);
}

static void take_answer(Client *self, char letter)
{
	if (letter == 'p') /* is still at work */
		return;
	self->stop++;
	if (self->phase != PHASE_LETTER)
		return;
	if (letter == 's')
		skip_body(self);
	else if (letter != 'c')
		finish_letter(self, letter == 'a');
	else if (script_is_done(self))
		finish_letter(self, true);
}

/* False if nothing will ever come again. */
static bool receive(Client *self)
{
	ssize_t got = read(self->mta->descriptor, self->replies + self->replied,
			   REPLY_OCTETS - self->replied);
	char letter;

	if (got <= 0)
		return got < 0 && (errno == EAGAIN || errno == EINTR);
	self->replied += (size_t)got;
	while ((letter = take_reply(self)) != 0)
		take_answer(self, letter);
	return true;
}

ClientState client_go_on(Client *client)
{
	return receive(client) ? advance(client) : CLIENT_HUNG_UP;
}
