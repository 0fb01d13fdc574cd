/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An own splitter and not GMime's: GMime has its door in lib/mail, splits at every line
 * that begins with "From ", which bodies have in real archives, and parses each message
 * whole where the header section is all that is wanted.
 */
#include "message-reader.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "lead/error.h"
#include "lead/message-source.h"
#include "mbox-line.h"
#include "part-edge.h"

enum {
	BLOCK_OCTETS = 256 * 1024,
	PEEK_OCTETS = 1000, /* of the line behind a separator: it must look like a field */
};

struct MessageReader {
	int descriptor;
	bool started, is_mbox, at_end, at_line_start;
	PartEdge edge;	  /* behind the line that was read last */
	int error_number; /* of a failed read */
	size_t octets;
	size_t start, end; /* what is unread of block */
	char *block;
	GByteArray *message;
	int64_t at; /* of the separator that was read last */
};

MessageReader *message_reader_new(int descriptor)
{
	MessageReader *self = g_new0(MessageReader, 1);

	self->descriptor = descriptor;
	self->at_line_start = true;
	self->block = g_malloc(BLOCK_OCTETS);
	self->message = g_byte_array_new();
	return self;
}

void message_reader_free(MessageReader *reader)
{
	if (reader == NULL)
		return;
	g_free(reader->block);
	g_byte_array_unref(reader->message);
	g_free(reader);
}

bool message_reader_is_mbox(const MessageReader *reader)
{
	return reader->is_mbox;
}

bool message_reader_is_at_end(const MessageReader *reader)
{
	return reader->at_end && reader->start == reader->end;
}

size_t message_reader_octets(const MessageReader *reader)
{
	return reader->octets - (reader->end - reader->start);
}

/* Reads on behind what is unread; false if there is no more, or no room. */
static bool fill(MessageReader *self)
{
	ssize_t got;

	if (self->at_end || self->end - self->start == BLOCK_OCTETS)
		return false;
	memmove(self->block, self->block + self->start, self->end - self->start);
	self->end -= self->start;
	self->start = 0;
	do
		got = read(self->descriptor, self->block + self->end,
			   BLOCK_OCTETS - self->end);
	while (got < 0 && errno == EINTR);
	if (got <= 0) {
		self->at_end = true;
		self->error_number = got < 0 ? errno : 0;
		return false;
	}
	self->end += (size_t)got;
	self->octets += (size_t)got;
	return true;
}

/* The length of the next line with its line feed, unread; a line longer than a block comes
 * in pieces, and the last one may lack the line feed. 0 at the end. */
static size_t peek_line(MessageReader *self)
{
	for (size_t looked = 0;;) {
		size_t unread = self->end - self->start;
		const char *from = self->block + self->start;
		const char *feed = unread > looked
					   ? memchr(from + looked, '\n', unread - looked)
					   : NULL;

		if (feed != NULL)
			return (size_t)(feed - from) + 1;
		looked = unread;
		if (!fill(self))
			return unread;
	}
}

/* True if a message begins with the line of that length that is next. The line behind it
 * must be a field, for which a short look is enough; an mbox may end in a lone separator.
 * The empty line that should be before it is often missing where files were joined.
 */
static bool is_boundary(MessageReader *self, size_t length)
{
	bool whole = self->at_end || self->block[self->start + length - 1] == '\n';
	size_t behind;

	if (!self->at_line_start || !whole || self->edge != PART_NONE ||
	    !mbox_line_separates(self->block + self->start, length))
		return false;
	while (self->end - self->start < length + PEEK_OCTETS && fill(self))
		;
	behind = MIN(self->end - self->start - length, PEEK_OCTETS);
	return behind == 0 ||
	       mbox_line_is_field(self->block + self->start + length, behind) ||
	       mbox_line_is_quoted(self->block + self->start + length, behind);
}

static void consume(MessageReader *self, size_t length)
{
	self->edge = self->at_line_start
			     ? part_edge_next(self->edge, self->block + self->start, length)
			     : PART_NONE;
	self->at_line_start = self->block[self->start + length - 1] == '\n';
	self->start += length;
}

static void take_line(MessageReader *self, size_t length)
{
	const char *line = self->block + self->start;
	size_t quote =
		self->is_mbox && self->at_line_start && mbox_line_is_quoted(line, length);
	size_t room = SOURCE_MESSAGE_MAX - self->message->len;

	g_byte_array_append(self->message, (const guint8 *)line + quote,
			    (guint)MIN(length - quote, room));
	consume(self, length);
}

/* The separator is behind an empty line, which is not the message's. */
static void drop_empty_line(GByteArray *message)
{
	const guint8 *end = message->data + message->len;

	if (message->len >= 4 && memcmp(end - 4, "\r\n\r\n", 4) == 0)
		g_byte_array_set_size(message, message->len - 2);
	else if (message->len >= 2 && memcmp(end - 2, "\n\n", 2) == 0)
		g_byte_array_set_size(message, message->len - 1);
}

static void take_separator(MessageReader *self, size_t length)
{
	self->at = mbox_line_date(self->block + self->start, length);
	consume(self, length);
}

static void start(MessageReader *self)
{
	size_t length = peek_line(self);

	self->started = true;
	self->is_mbox = mbox_line_begins_file(self->block + self->start, length);
	if (self->is_mbox)
		take_separator(self, length);
}

const GByteArray *message_reader_next(MessageReader *reader, int64_t *at_out,
				      GError **error)
{
	size_t length;

	if (!reader->started)
		start(reader);
	*at_out = reader->at;
	g_byte_array_set_size(reader->message, 0);
	while ((length = peek_line(reader)) > 0) {
		if (reader->is_mbox && is_boundary(reader, length)) {
			take_separator(reader, length);
			if (reader->message->len > 0)
				break;
			*at_out = reader->at;
			continue;
		}
		take_line(reader, length);
	}
	if (reader->error_number != 0) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT, "%s",
			    g_strerror(reader->error_number));
		return NULL;
	}
	if (reader->is_mbox)
		drop_empty_line(reader->message);
	return reader->message->len > 0 ? reader->message : NULL;
}
