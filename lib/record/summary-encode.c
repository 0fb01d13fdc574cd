/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "lead/spool.h"
#include "summary-rows.h"

static void put_rows(GByteArray *out, const Row *rows, const void *structure);

static void put_field(GByteArray *out, unsigned char tag, const void *octets, size_t length)
{
	guint32 size = GUINT32_TO_LE((guint32)length);

	g_byte_array_append(out, &tag, 1);
	g_byte_array_append(out, (const guint8 *)&size, sizeof size);
	if (length > 0)
		g_byte_array_append(out, octets, (guint)length);
}

static void put_text(GByteArray *out, unsigned char tag, const char *text)
{
	if (text != NULL)
		put_field(out, tag, text, strlen(text));
}

static void put_number(GByteArray *out, unsigned char tag, int64_t value)
{
	gint64 octets = GINT64_TO_LE(value);

	if (value != 0)
		put_field(out, tag, &octets, sizeof octets);
}

/* Begins a field whose length is not known yet; returns where it begins. */
static guint open_field(GByteArray *out, unsigned char tag)
{
	put_field(out, tag, NULL, 0);
	return out->len;
}

static void close_field(GByteArray *out, guint start)
{
	guint32 size = GUINT32_TO_LE(out->len - start);

	memcpy(out->data + start - sizeof size, &size, sizeof size);
}

/* The spelling, and the canonical form should it not read back to the same. */
static void put_address(GByteArray *out, unsigned char tag, const AddrSpec *address)
{
	guint start;

	if (address == NULL)
		return;
	start = open_field(out, tag);
	put_text(out, 1, address->original);
	put_text(out, 2, address->canonical);
	close_field(out, start);
}

static void put_struct(GByteArray *out, unsigned char tag, const Row *rows,
		       const void *structure)
{
	guint start = open_field(out, tag);

	put_rows(out, rows, structure);
	close_field(out, start);
}

static void put_list(GByteArray *out, const Row *row, const GArray *list)
{
	for (guint i = 0; i < list->len; i++)
		put_struct(out, row->tag, row->rows, list->data + i * row->size);
}

/* A list may be there and be empty: a field of one octet says so, which no struct is. */
static void put_bounced(GByteArray *out, unsigned char tag, const GPtrArray *bounced)
{
	if (bounced == NULL)
		return;
	put_field(out, tag, "", 1);
	for (guint i = 0; i < bounced->len; i++)
		put_struct(out, tag, summary_bounced_rows, bounced->pdata[i]);
}

static void put_member(GByteArray *out, const Row *row, const void *member)
{
	switch (row->kind) {
	case KIND_TEXT:
	case KIND_DIRECTION_RULE:
		put_text(out, row->tag, *(char *const *)member);
		break;
	case KIND_NUMBER:
		put_number(out, row->tag, *(const int64_t *)member);
		break;
	case KIND_COUNT:
		put_number(out, row->tag, (int64_t) * (const size_t *)member);
		break;
	case KIND_BOOL:
		put_number(out, row->tag, *(const bool *)member);
		break;
	case KIND_ENUM:
		put_number(out, row->tag, *(const int *)member);
		break;
	case KIND_RULE:
		put_text(out, row->tag, class_rule_name(*(const uint16_t *)member));
		break;
	case KIND_ADDRESS:
		put_address(out, row->tag, *(AddrSpec *const *)member);
		break;
	case KIND_LIST:
		put_list(out, row, *(GArray *const *)member);
		break;
	case KIND_BOUNCED:
		put_bounced(out, row->tag, *(GPtrArray *const *)member);
		break;
	}
}

static void put_rows(GByteArray *out, const Row *rows, const void *structure)
{
	for (; rows->tag != SUMMARY_ROWS_END; rows++)
		put_member(out, rows, (const char *)structure + rows->offset);
}

GBytes *summary_encode(const MessageSummary *summary)
{
	static const guint8 format = SUMMARY_FORMAT;
	GByteArray *out = g_byte_array_sized_new(1024);

	g_byte_array_append(out, &format, 1);
	put_rows(out, summary_rows, summary);
	return g_byte_array_free_to_bytes(out);
}
