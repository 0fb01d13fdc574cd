/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "lead/direction.h"
#include "lead/spool.h"
#include "summary-rows.h"

/* What is left to read, and what addresses are read with. */
typedef struct {
	const unsigned char *at, *end;
	const char *separators;
} Cursor;

typedef struct {
	unsigned char tag;
	Cursor body;
} Field;

static bool get_rows(Cursor *cursor, const Row *rows, void *structure);

static size_t left(const Cursor *cursor)
{
	return (size_t)(cursor->end - cursor->at);
}

static bool next_field(Cursor *cursor, Field *field_out)
{
	guint32 size;

	if (left(cursor) < SUMMARY_FIELD_HEAD)
		return false;
	field_out->tag = cursor->at[0];
	memcpy(&size, cursor->at + 1, sizeof size);
	cursor->at += SUMMARY_FIELD_HEAD;
	size = GUINT32_FROM_LE(size);
	if (size > left(cursor))
		return false;
	field_out->body = (Cursor){cursor->at, cursor->at + size, cursor->separators};
	cursor->at += size;
	return true;
}

static bool get_text(const Cursor *body, char **text_out)
{
	if (memchr(body->at, '\0', left(body)) != NULL)
		return false;
	g_free(*text_out);
	*text_out = g_strndup((const char *)body->at, left(body));
	return true;
}

static bool get_number(const Cursor *body, int64_t least, int64_t most, int64_t *number_out)
{
	gint64 octets;

	if (left(body) != sizeof octets)
		return false;
	memcpy(&octets, body->at, sizeof octets);
	*number_out = GINT64_FROM_LE(octets);
	return *number_out >= least && *number_out <= most;
}

static bool get_count(const Cursor *body, size_t *count_out)
{
	int64_t number = 0;
	bool good = get_number(body, 0, INT32_MAX, &number);

	*count_out = (size_t)number;
	return good;
}

static bool get_bool(const Cursor *body, bool *flag_out)
{
	int64_t number = 0;
	bool good = get_number(body, 0, 1, &number);

	*flag_out = number != 0;
	return good;
}

static bool get_enum(const Cursor *body, int most, int *value_out)
{
	int64_t number = 0;

	if (!get_number(body, 0, most, &number))
		return false;
	*value_out = (int)number;
	return true;
}

static AddrSpec *address_read(const char *original, const char *canonical,
			      const char *separators)
{
	AddrSpec *address = addr_spec_parse(original, separators);

	if (address != NULL && strcmp(address->canonical, canonical) == 0)
		return address;
	addr_spec_free(address);
	return addr_spec_parse(canonical, separators);
}

static bool get_address(Cursor body, AddrSpec **address_out)
{
	g_autofree char *original = NULL, *canonical = NULL;
	Field field;

	while (next_field(&body, &field)) {
		if (field.tag == 1 && !get_text(&field.body, &original))
			return false;
		if (field.tag == 2 && !get_text(&field.body, &canonical))
			return false;
	}
	if (left(&body) > 0 || original == NULL || canonical == NULL)
		return false;
	addr_spec_free(*address_out);
	*address_out = address_read(original, canonical, body.separators);
	return *address_out != NULL;
}

static bool get_direction_rule(const Cursor *body, const char **rule_out)
{
	g_autofree char *name = NULL;

	if (!get_text(body, &name))
		return false;
	*rule_out = direction_rule_from_name(name);
	return true;
}

/* A rule that this program does not have any more: its sign says nothing now. */
enum { RULE_GONE = UINT16_MAX };

static bool get_rule(const Cursor *body, uint16_t *rule_out)
{
	g_autofree char *name = NULL;

	if (!get_text(body, &name))
		return false;
	if (!class_rule_from_name(name, rule_out))
		*rule_out = RULE_GONE;
	return true;
}

/* The list frees the half-read struct with itself if the summary is given up. */
static bool get_item(Cursor body, const Row *row, GArray *list)
{
	g_array_set_size(list, list->len + 1);
	return get_rows(&body, row->rows, list->data + (list->len - 1) * row->size);
}

static bool get_bounced(Cursor body, GPtrArray **bounced_out)
{
	ReportRecipient *recipient;

	if (*bounced_out == NULL)
		*bounced_out = g_ptr_array_new_with_free_func(
			(GDestroyNotify)report_recipient_free);
	if (left(&body) == 1)
		return true;
	recipient = g_new0(ReportRecipient, 1);
	g_ptr_array_add(*bounced_out, recipient);
	return get_rows(&body, summary_bounced_rows, recipient);
}

static bool get_member(const Cursor *body, const Row *row, void *member)
{
	switch (row->kind) {
	case KIND_TEXT:
		return get_text(body, member);
	case KIND_DIRECTION_RULE:
		return get_direction_rule(body, member);
	case KIND_NUMBER:
		return get_number(body, INT64_MIN, INT64_MAX, member);
	case KIND_COUNT:
		return get_count(body, member);
	case KIND_BOOL:
		return get_bool(body, member);
	case KIND_ENUM:
		return get_enum(body, row->most, member);
	case KIND_RULE:
		return get_rule(body, member);
	case KIND_ADDRESS:
		return get_address(*body, member);
	case KIND_LIST:
		return get_item(*body, row, *(GArray **)member);
	case KIND_BOUNCED:
		return get_bounced(*body, member);
	}
	return false;
}

static const Row *row_of(const Row *rows, unsigned char tag)
{
	for (; rows->tag != SUMMARY_ROWS_END; rows++) {
		if (rows->tag == tag)
			return rows;
	}
	return NULL;
}

static bool get_rows(Cursor *cursor, const Row *rows, void *structure)
{
	Field field;

	while (left(cursor) > 0) {
		const Row *row;

		if (!next_field(cursor, &field))
			return false;
		row = row_of(rows, field.tag);
		if (row != NULL &&
		    !get_member(&field.body, row, (char *)structure + row->offset))
			return false;
	}
	return true;
}

static void drop_gone_signs(GArray *signs)
{
	for (guint i = signs->len; i-- > 0;) {
		if (g_array_index(signs, Sign, i).rule == RULE_GONE)
			g_array_remove_index(signs, i);
	}
}

/* Whoever reads a recipient trusts its address to be there. */
static bool is_complete(const MessageSummary *summary)
{
	for (guint i = 0; i < summary->recipients->len; i++) {
		if (g_array_index(summary->recipients, SummaryRecipient, i).address == NULL)
			return false;
	}
	return summary->direction_rule != NULL;
}

MessageSummary *summary_decode(const void *octets, size_t length,
			       const char *subaddress_separators)
{
	const unsigned char *start = octets;
	g_autoptr(MessageSummary) summary = NULL;
	Cursor cursor = {start + 1, start + length, subaddress_separators};

	if (length == 0 || start[0] != SUMMARY_FORMAT)
		return NULL;
	summary = summary_new();
	if (!get_rows(&cursor, summary_rows, summary) || !is_complete(summary))
		return NULL;
	drop_gone_signs(summary->signs);
	return g_steal_pointer(&summary);
}
