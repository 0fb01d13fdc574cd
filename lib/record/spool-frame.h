/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The format of a spool file, without files: a head, then frames.
 *
 *   file   = "leadmilter spool" replayed inverse-of-replayed *frame
 *   frame  = mark length head-check checksum payload
 *
 * replayed (64 bits) is the offset below which all is durable elsewhere. mark is eight
 * octets that no valid UTF-8 text and hence no payload text holds; length and head-check
 * are 32 bits, the latter over mark and length, so that a length can be believed before
 * the payload is there; checksum is the first half of the payload's SHA-256. Numbers are
 * little-endian. Private to lib/record.
 */
#ifndef LEAD_RECORD_SPOOL_FRAME_H
#define LEAD_RECORD_SPOOL_FRAME_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum { SPOOL_HEAD_OCTETS = 32, FRAME_HEAD_OCTETS = 32 };

void spool_head_write(unsigned char head[SPOOL_HEAD_OCTETS], size_t replayed);
/* False if these octets do not begin a spool file. A replayed that cannot be is read as
 * the start of the first frame: to replay twice does no harm. */
bool spool_head_read(const char *octets, size_t length, size_t *replayed_out);

/* The frame around payload. Caller frees. */
GByteArray *frame_new(GBytes *payload);

typedef enum {
	FRAME_NONE, /* the end of the file */
	FRAME_RECORD,
	FRAME_TORN,    /* the rest was cut off before it was durable: nobody relied on it */
	FRAME_DAMAGED, /* up to the next frame or the end */
} FrameKind;

typedef struct {
	FrameKind kind;
	size_t start, end;   /* offsets of the frame, or of what is torn or damaged */
	const char *payload; /* of a record */
	size_t length;
} Frame;

Frame frame_next(const char *octets, size_t length, size_t offset);

#endif
