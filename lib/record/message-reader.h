/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads the messages of one file, mbox or single, from its descriptor in one pass, so
 * that pipes will do; holds a block and one message. Private to lib/record. One thread.
 */
#ifndef LEAD_RECORD_MESSAGE_READER_H
#define LEAD_RECORD_MESSAGE_READER_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MessageReader MessageReader;

MessageReader *message_reader_new(int descriptor); /* borrowed */
void message_reader_free(MessageReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MessageReader, message_reader_free)

/* The next message, borrowed until the next call; its mbox line's date to at_out, 0 if
 * none. NULL at the end, or with an error (PERMANENT). */
const GByteArray *message_reader_next(MessageReader *reader, int64_t *at_out,
				      GError **error);
bool message_reader_is_mbox(const MessageReader *reader);   /* known after the first */
bool message_reader_is_at_end(const MessageReader *reader); /* nothing is left to read */
size_t message_reader_octets(const MessageReader *reader);  /* read so far */

#endif
