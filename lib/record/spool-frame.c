/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include "spool-frame.h"

#include <string.h>

#include "lead/spool.h"

static const char file_mark[16] = "leadmilter spool";
/* 0x89 cannot begin a character of UTF-8, and length's high octet is NUL in a text. */
static const char frame_mark[8] = {'\x89', 'L', 'E', 'A', 'D', '\r', '\n', '\x1a'};

enum { CHECKSUM_OCTETS = 16, LENGTH_AT = 8, CHECK_AT = 12, CHECKSUM_AT = 16 };

static void put_number(unsigned char *at, guint64 number)
{
	number = GUINT64_TO_LE(number);
	memcpy(at, &number, sizeof number);
}

static guint64 get_number(const char *at)
{
	guint64 number;

	memcpy(&number, at, sizeof number);
	return GUINT64_FROM_LE(number);
}

static guint32 get_number32(const char *at)
{
	guint32 number;

	memcpy(&number, at, sizeof number);
	return GUINT32_FROM_LE(number);
}

void spool_head_write(unsigned char head[SPOOL_HEAD_OCTETS], size_t replayed)
{
	memcpy(head, file_mark, sizeof file_mark);
	put_number(head + 16, replayed);
	put_number(head + 24, ~(guint64)replayed);
}

bool spool_head_read(const char *octets, size_t length, size_t *replayed_out)
{
	guint64 replayed;

	if (length < SPOOL_HEAD_OCTETS || memcmp(octets, file_mark, sizeof file_mark) != 0)
		return false;
	replayed = get_number(octets + 16);
	if (replayed != ~get_number(octets + 24) || replayed < SPOOL_HEAD_OCTETS ||
	    replayed > length)
		replayed = SPOOL_HEAD_OCTETS;
	*replayed_out = (size_t)replayed;
	return true;
}

/* FNV-1a: to tell a length from noise, not to withstand anybody. */
static guint32 head_check(const char *head)
{
	guint32 hash = 2166136261u;

	for (size_t i = 0; i < CHECK_AT; i++)
		hash = (hash ^ (unsigned char)head[i]) * 16777619u;
	return hash;
}

static void checksum(const void *payload, size_t length, unsigned char *checksum_out)
{
	g_autoptr(GChecksum) digest = g_checksum_new(G_CHECKSUM_SHA256);
	guint8 octets[32];
	gsize size = sizeof octets;

	g_checksum_update(digest, payload, (gssize)length);
	g_checksum_get_digest(digest, octets, &size);
	memcpy(checksum_out, octets, CHECKSUM_OCTETS);
}

GByteArray *frame_new(GBytes *payload)
{
	gsize length;
	const void *octets = g_bytes_get_data(payload, &length);
	GByteArray *frame = g_byte_array_sized_new((guint)(FRAME_HEAD_OCTETS + length));
	guint32 number = GUINT32_TO_LE((guint32)length);

	g_byte_array_set_size(frame, FRAME_HEAD_OCTETS);
	memcpy(frame->data, frame_mark, sizeof frame_mark);
	memcpy(frame->data + LENGTH_AT, &number, sizeof number);
	number = GUINT32_TO_LE(head_check((const char *)frame->data));
	memcpy(frame->data + CHECK_AT, &number, sizeof number);
	checksum(octets, length, frame->data + CHECKSUM_AT);
	g_byte_array_append(frame, octets, (guint)length);
	return frame;
}

/* True if a frame's head begins here, whole and with a length that can be believed. */
static bool head_is_good(const char *octets, size_t length, size_t offset)
{
	const char *head = octets + offset;

	return length - offset >= FRAME_HEAD_OCTETS &&
	       memcmp(head, frame_mark, sizeof frame_mark) == 0 &&
	       get_number32(head + CHECK_AT) == head_check(head) &&
	       get_number32(head + LENGTH_AT) <= SPOOL_RECORD_MAX;
}

static bool frame_is_good(const char *octets, size_t length, size_t offset,
			  Frame *frame_out)
{
	unsigned char wanted[CHECKSUM_OCTETS];
	const char *head = octets + offset;
	size_t size;

	if (!head_is_good(octets, length, offset))
		return false;
	size = get_number32(head + LENGTH_AT);
	if (size > length - offset - FRAME_HEAD_OCTETS)
		return false;
	*frame_out = (Frame){FRAME_RECORD, offset, offset + FRAME_HEAD_OCTETS + size,
			     head + FRAME_HEAD_OCTETS, size};
	checksum(frame_out->payload, size, wanted);
	return memcmp(wanted, head + CHECKSUM_AT, CHECKSUM_OCTETS) == 0;
}

static size_t find_good_frame(const char *octets, size_t length, size_t offset)
{
	Frame frame;

	while (offset < length) {
		const char *found = memmem(octets + offset, length - offset, frame_mark,
					   sizeof frame_mark);

		if (found == NULL)
			break;
		offset = (size_t)(found - octets);
		if (frame_is_good(octets, length, offset, &frame))
			return offset;
		offset++;
	}
	return length;
}

/* A crash leaves a beginning of a frame, or a file that has grown and was not filled. */
static bool is_torn(const char *octets, size_t length, size_t offset)
{
	size_t rest = length - offset;
	const char *at = octets + offset;

	if (rest < FRAME_HEAD_OCTETS &&
	    memcmp(at, frame_mark, MIN(rest, sizeof frame_mark)) == 0)
		return true;
	if (head_is_good(octets, length, offset))
		return get_number32(at + LENGTH_AT) > rest - FRAME_HEAD_OCTETS;
	while (rest > 0 && *at == '\0') {
		at++;
		rest--;
	}
	return rest == 0;
}

Frame frame_next(const char *octets, size_t length, size_t offset)
{
	Frame frame;
	size_t end;

	if (offset >= length)
		return (Frame){FRAME_NONE, length, length, NULL, 0};
	if (frame_is_good(octets, length, offset, &frame))
		return frame;
	end = find_good_frame(octets, length, offset + 1);
	if (end == length && is_torn(octets, length, offset))
		return (Frame){FRAME_TORN, offset, length, NULL, 0};
	return (Frame){FRAME_DAMAGED, offset, end, NULL, 0};
}
