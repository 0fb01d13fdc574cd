/* SPDX-License-Identifier: BSD-2-Clause */
#include "script.h"

#include <string.h>

/* A stage, and the macros that Postfix sends if the milter does not ask for others. */
static const struct {
	char command;
	int stage;
	const char *macros;
} stages[] = {
	{'C', 0, "j {daemon_name} {daemon_addr} v _"},
	{'H', 1, "{tls_version} {cipher} {cipher_bits} {cert_subject} {cert_issuer}"},
	{'M', 2,
	 "i {auth_type} {auth_authen} {auth_author} {mail_addr} {mail_host} "
	 "{mail_mailer}"},
	{'R', 3, "i {rcpt_addr} {rcpt_host} {rcpt_mailer}"},
	{'T', 4, "i"},
	{'L', 6, "i"}, /* before a header field come those of its end, and before a body */
	{'N', 6, "i"}, /* piece, too */
	{'B', 6, "i"},
	{'E', 5, "i"},
};

/* Their values; NULL for one that does not know the macro at that time. */
static const struct {
	const char *name;
	const char *inbound, *outbound;
} values[] = {
	{"j", "mx.ours.example", "mx.ours.example"},
	{"v", "Postfix 3.7.11", "Postfix 3.7.11"},
	{"_", "out.example [192.0.2.25]", "desk.ours.example [198.51.100.7]"},
	{"{daemon_name}", "mx.ours.example", "ORIGINATING"},
	{"{daemon_addr}", "203.0.113.1", "203.0.113.1"},
	{"{daemon_port}", "25", "587"},
	{"{auth_type}", NULL, "PLAIN"},
	{"{auth_authen}", NULL, "anna"},
	{"{mail_mailer}", "smtp", "smtp"},
	{"{rcpt_mailer}", "local", "smtp"},
	{"{rcpt_host}", "ours.example", "customer.example"},
	{"i", "4Zk8Qy\001\001\001\001\001\001\001\001\001\001",
	 "4Zk8Qz\001\001\001\001\001\001\001\001\001\001"},
};

typedef struct {
	Script *script;
	Mta *mta; /* takes down */
	bool outbound;
} Maker;

Mta *script_negotiate(const char *socket)
{
	Mta *mta = mta_new(socket);

	if (!mta_negotiate(mta, &mta_offer_full))
		g_error("the milter at %s does not negotiate", socket);
	return mta;
}

/* ---- making ---- */

static Maker maker_begin(const Mta *agreed, bool outbound)
{
	Maker self = {g_new0(Script, 1), mta_new_taking_down(), outbound};

	self.script->stops = g_array_new(FALSE, FALSE, sizeof(size_t));
	self.script->spots = g_array_new(FALSE, FALSE, sizeof(Spot));
	if (agreed == NULL)
		return self;
	self.mta->agreed = agreed->agreed;
	for (size_t i = 0; i < MTA_STAGES; i++)
		self.mta->macro_lists[i] = g_strdup(agreed->macro_lists[i]);
	return self;
}

static size_t length_of(const Maker *self)
{
	return self->mta->taken_down->len;
}

/* Behind a step that was sent and is answered. */
static void stop_if_answered(Maker *self, char answer)
{
	size_t at = length_of(self);

	if (answer != MTA_NO_REPLY && answer != MTA_NOT_SENT)
		g_array_append_val(self->script->stops, at);
}

static void find_spots(Script *script)
{
	const guint8 *octets = script->octets->data;

	for (size_t at = 0; at + SLOT_WIDTH <= script->octets->len; at++) {
		Spot spot = {at, octets[at]};
		size_t run = 1;

		if (octets[at] < SLOT_SELF || octets[at] > SLOT_PERSON_LAST)
			continue;
		while (run < SLOT_WIDTH && octets[at + run] == octets[at])
			run++;
		if (run < SLOT_WIDTH)
			continue;
		g_array_append_val(script->spots, spot);
		at += SLOT_WIDTH - 1;
	}
}

static Script *maker_end(Maker *self)
{
	self->script->octets = g_byte_array_ref(self->mta->taken_down);
	mta_free(self->mta);
	find_spots(self->script);
	return self->script;
}

/* ---- macros ---- */

static const char *value_of(const Maker *self, const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
		if (strcmp(values[i].name, name) == 0)
			return self->outbound ? values[i].outbound : values[i].inbound;
	return NULL;
}

static void put_text(GByteArray *packet, const char *text)
{
	g_byte_array_append(packet, (const guint8 *)text, (guint)strlen(text) + 1);
}

/* Also a packet without any macro is sent. */
static void send_macros(Maker *self, char command, const char *list)
{
	g_autoptr(GByteArray) packet = g_byte_array_new();
	g_auto(GStrv) names = g_strsplit(list, " ", -1);

	g_byte_array_append(packet, (const guint8 *)&command, 1);
	for (size_t i = 0; names[i] != NULL; i++) {
		const char *value = value_of(self, names[i]);

		if (value == NULL)
			continue;
		put_text(packet, names[i]);
		put_text(packet, value);
	}
	mta_send(self->mta, 'D', packet->data, packet->len);
}

static void macros(Maker *self, char command)
{
	for (size_t i = 0; i < G_N_ELEMENTS(stages); i++) {
		const char *asked = self->mta->macro_lists[stages[i].stage];

		if (stages[i].command == command)
			send_macros(self, command,
				    asked != NULL && *asked != '\0' ? asked
								    : stages[i].macros);
	}
}

/* ---- scripts ---- */

Script *script_of_negotiation(void)
{
	Maker self = maker_begin(NULL, false);

	mta_negotiate(self.mta, &mta_offer_full);
	stop_if_answered(&self, 'O');
	return maker_end(&self);
}

Script *script_of_session(const Mta *agreed, bool outbound)
{
	Maker self = maker_begin(agreed, outbound);

	macros(&self, 'C');
	stop_if_answered(&self, mta_client(self.mta,
					   outbound ? "desk.ours.example" : "out.example",
					   outbound ? "198.51.100.7" : "192.0.2.25"));
	macros(&self, 'H');
	stop_if_answered(&self, mta_helo(self.mta, "out.example"));
	return maker_end(&self);
}

static void send_body(Maker *self, const Letter *letter)
{
	enum { PIECE = 65535 };

	self->script->body_from = length_of(self);
	for (size_t at = 0; at < letter->body_length; at += PIECE) {
		macros(self, 'B');
		stop_if_answered(self, mta_body(self->mta, letter->body + at,
						MIN(PIECE, letter->body_length - at)));
	}
	self->script->body_to = length_of(self);
}

static void send_header(Maker *self, const Letter *letter)
{
	for (unsigned i = 0; i + 1 < letter->fields->len; i += 2) {
		const char *body = letter->fields->pdata[i + 1];

		/* Unless the milter wants it, a blank behind the colon is the MTA's. */
		if ((self->mta->agreed.protocol & 0x100000) == 0 && body[0] == ' ')
			body++;
		macros(self, 'L');
		stop_if_answered(self,
				 mta_field(self->mta, letter->fields->pdata[i], body));
	}
	macros(self, 'N');
	stop_if_answered(self, mta_end_of_header(self->mta));
}

/* Postfix aborts after every letter, also after one that was accepted, and sends that with
 * the next. */
Script *script_of_letter(const Mta *agreed, const Letter *letter)
{
	Maker self = maker_begin(agreed, letter->outbound);

	mta_abort(self.mta);
	self.script->first_from = length_of(&self);
	macros(&self, 'M');
	stop_if_answered(&self, mta_mail(self.mta, letter->reverse_path));
	for (unsigned i = 0; i < letter->forward_paths->len; i++) {
		macros(&self, 'R');
		stop_if_answered(&self,
				 mta_rcpt(self.mta, letter->forward_paths->pdata[i]));
	}
	macros(&self, 'T');
	stop_if_answered(&self, mta_data(self.mta));
	send_header(&self, letter);
	/* Macros of body pieces are sent even if the pieces are not. */
	if ((self.mta->agreed.protocol & 0x10) == 0)
		send_body(&self, letter);
	macros(&self, 'E');
	stop_if_answered(&self, mta_end(self.mta));
	return maker_end(&self);
}

void script_free(Script *script)
{
	if (script == NULL)
		return;
	g_byte_array_unref(script->octets);
	g_array_unref(script->stops);
	g_array_unref(script->spots);
	g_free(script);
}
