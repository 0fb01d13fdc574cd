/* SPDX-License-Identifier: BSD-2-Clause */
#include "tally.h"

#include <string.h>

#include "../month.h"
#include "connection.h"

static void write_contacts(Connection *connection, const TallyContacts *contacts,
			   const char *source)
{
	if (contacts->number != 0)
		statement_run(connection, COUNT_MORE_CONTACTS, "itti", contacts->month,
			      stage_name(contacts->stage), source, contacts->number);
}

void tally_contact(Connection *connection, const ContactRow *row)
{
	TallyContacts *self = &connection->tally.contacts, before = *self;
	TallyContacts one = {1, month_of(row->created.at), row->stage, ""};
	const char *source = row->source != NULL ? row->source : "";

	if (row->erased)
		return;
	if (g_strlcpy(one.source, source, sizeof one.source) >= sizeof one.source) {
		write_contacts(connection, &one, source);
	} else if (self->number > 0 && self->month == one.month &&
		   self->stage == one.stage && strcmp(self->source, source) == 0) {
		self->number++;
	} else {
		*self = one;
		write_contacts(connection, &before, before.source);
	}
}

static TallyMonth *month_find(Tally *self, int64_t month)
{
	for (size_t i = 0; i < self->count; i++) {
		if (self->months[i].month == month)
			return &self->months[i];
	}
	return NULL;
}

void tally_interaction(Connection *connection, int64_t at, bool outbound, int by)
{
	Tally *self = &connection->tally;
	int64_t month = month_of(at);
	TallyMonth *there = month_find(self, month);

	if (there == NULL) {
		if (self->count == TALLY_MONTHS)
			tally_write(connection);
		there = &self->months[self->count++];
		*there = (TallyMonth){.month = month};
	}
	there->number[outbound] += by;
}

void tally_message(Connection *connection, int64_t at)
{
	Tally *self = &connection->tally;

	self->messages++;
	self->last_message_at = MAX(self->last_message_at, at);
}

void tally_promotion(Connection *connection, int by)
{
	connection->tally.promotions += by;
}

static void add(Connection *connection, const char *name, int64_t month, int64_t number)
{
	if (number != 0)
		statement_run(connection, TALLY_ADD, "tii", name, month, number);
}

/* Taken back together with what it counts if the transaction, or a savepoint of it, is:
 * tally_return() brings what was gathered then. */
void tally_write(Connection *connection)
{
	Tally now = connection->tally;

	tally_forget(connection);
	write_contacts(connection, &now.contacts, now.contacts.source);
	for (size_t i = 0; i < now.count; i++) {
		add(connection, "inbound", now.months[i].month, now.months[i].number[0]);
		add(connection, "outbound", now.months[i].month, now.months[i].number[1]);
	}
	add(connection, "messages", 0, now.messages);
	add(connection, "promotions", 0, now.promotions);
	if (now.last_message_at != 0)
		statement_run(connection, TALLY_RAISE, "ti", "last-message-at",
			      now.last_message_at);
}

void tally_forget(Connection *connection)
{
	connection->tally = (Tally){.count = 0};
}

void tally_mark(Connection *connection)
{
	connection->tally_marked = connection->tally;
}

void tally_return(Connection *connection)
{
	connection->tally = connection->tally_marked;
}
