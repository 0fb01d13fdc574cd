/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/msg-id.h"

#include <stdarg.h>
#include <string.h>

enum { FIELD_MAX_OCTETS = 8192 };

typedef struct {
	const char *next, *end;
	bool no_comments; /* one was not closed, so none behind it is looked for */
} Cursor;

typedef struct {
	char text[MSG_ID_MAX_OCTETS + 1];
	size_t length;
	bool has_at;
} MsgId;

static void id_append(MsgId *id, char c)
{
	id->has_at |= c == '@';
	if (id->length < MSG_ID_MAX_OCTETS)
		id->text[id->length++] = c;
}

static bool is_blank(char c)
{
	return (unsigned char)c <= ' ' || c == 0x7f;
}

/* At a '(': behind its comment, or one octet on if that is never closed. */
static void skip_comment(Cursor *cursor)
{
	unsigned depth = 0;

	for (const char *p = cursor->next; p < cursor->end && !cursor->no_comments; p++) {
		if (*p == '\\')
			p++;
		else if (*p == '(')
			depth++;
		else if (*p == ')' && --depth == 0) {
			cursor->next = p + 1;
			return;
		}
	}
	cursor->no_comments = true;
	cursor->next++;
}

/* Behind '<': up to '>', the next '<' or the end. Blanks are folding and fall out. */
static void read_bracketed(Cursor *cursor, MsgId *id)
{
	for (; cursor->next < cursor->end; cursor->next++) {
		if (*cursor->next == '<')
			return;
		if (*cursor->next == '>')
			break;
		if (!is_blank(*cursor->next))
			id_append(id, *cursor->next);
	}
	if (cursor->next < cursor->end)
		cursor->next++;
}

/* A word of a phrase, or an identifier that lost its brackets. */
static void read_word(Cursor *cursor, MsgId *id)
{
	while (cursor->next < cursor->end && !is_blank(*cursor->next) &&
	       strchr("<>(),;\"", *cursor->next) == NULL)
		id_append(id, *cursor->next++);
	if (!id->has_at)
		id->length = 0;
}

/*
 * msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS], or what programs make of it:
 * phrases around it, quotes, commas. The next identifier; false at the end of the field.
 */
static bool read_id(Cursor *cursor, MsgId *id)
{
	id->length = 0;
	id->has_at = false;
	while (cursor->next < cursor->end && id->length == 0) {
		char c = *cursor->next;

		if (c == '(') {
			skip_comment(cursor);
		} else if (c == '<') {
			cursor->next++;
			read_bracketed(cursor, id);
		} else if (is_blank(c) || strchr(">),;\"", c) != NULL) {
			cursor->next++;
		} else {
			read_word(cursor, id);
		}
	}
	id->text[id->length] = '\0';
	return id->length > 0;
}

/* Octets that are no UTF-8 become longer, so it is cut once more. */
static char *id_text(const MsgId *id)
{
	char *text = g_utf8_make_valid(id->text, (gssize)id->length);
	size_t length = strlen(text);

	if (length > MSG_ID_MAX_OCTETS)
		*g_utf8_find_prev_char(text, text + MSG_ID_MAX_OCTETS + 1) = '\0';
	return text;
}

static Cursor cursor_begin(const char *field)
{
	return (Cursor){field, field + strnlen(field, FIELD_MAX_OCTETS), false};
}

static bool list_has(const GPtrArray *list, const char *id)
{
	for (guint i = 0; i < list->len; i++) {
		if (msg_id_equal(list->pdata[i], id))
			return true;
	}
	return false;
}

static void list_take(GPtrArray *list, char *id)
{
	if (list_has(list, id))
		g_free(id);
	else
		g_ptr_array_add(list, id);
}

void msg_id_list_parse(GPtrArray *list, const char *field, size_t limit)
{
	Cursor cursor = cursor_begin(field);
	MsgId id;

	while (list->len < limit && read_id(&cursor, &id))
		list_take(list, id_text(&id));
}

void msg_id_list_parse_backwards(GPtrArray *list, const char *field, size_t limit)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	size_t length = strlen(field);
	Cursor cursor;
	MsgId id;

	if (length > FIELD_MAX_OCTETS) { /* the first identifier may be cut */
		field += length - FIELD_MAX_OCTETS;
		field += strcspn(field, " \t<");
	}
	cursor = cursor_begin(field);
	while (read_id(&cursor, &id))
		g_ptr_array_add(ids, id_text(&id));
	while (ids->len > 0 && list->len < limit)
		list_take(list, g_ptr_array_steal_index(ids, ids->len - 1));
}

char *msg_id_parse(const char *field)
{
	Cursor cursor = cursor_begin(field);
	MsgId id;

	return read_id(&cursor, &id) ? id_text(&id) : NULL;
}

/* Octets up to and with the last '@': they are compared to the letter. */
static size_t left_length(const char *id)
{
	const char *at = strrchr(id, '@');

	return at != NULL ? (size_t)(at + 1 - id) : strlen(id);
}

bool msg_id_equal(const char *a, const char *b)
{
	size_t left = left_length(a);

	return left == left_length(b) && memcmp(a, b, left) == 0 &&
	       g_ascii_strcasecmp(a + left, b + left) == 0;
}

static int64_t checksum_finish(GChecksum *checksum)
{
	guint8 digest[32];
	gsize length = sizeof digest;
	uint64_t value = 0;

	g_checksum_get_digest(checksum, digest, &length);
	g_checksum_free(checksum);
	for (size_t i = 0; i < sizeof value; i++)
		value = value << 8 | digest[i];
	value &= INT64_MAX;
	return value != 0 ? (int64_t)value : 1;
}

int64_t msg_id_digest(const char *msg_id)
{
	GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
	size_t left = left_length(msg_id);
	g_autofree char *domain = g_ascii_strdown(msg_id + left, -1);

	g_checksum_update(checksum, (const guchar *)msg_id, (gssize)left);
	g_checksum_update(checksum, (const guchar *)domain, -1);
	return checksum_finish(checksum);
}

int64_t digest_of_texts(const char *first, ...)
{
	GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
	va_list texts;

	va_start(texts, first);
	for (const char *text = first; text != NULL; text = va_arg(texts, const char *))
		g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text) + 1);
	va_end(texts);
	return checksum_finish(checksum);
}
