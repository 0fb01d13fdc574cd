/* SPDX-License-Identifier: BSD-2-Clause */
#include "import-columns.h"

#include <string.h>

#include "lead/error.h"

enum { COLUMN_TAGS = CONTACT_CELLS, COLUMN_CUSTOM, COLUMN_UNNAMED };

struct ImportColumns {
	size_t count;
	int *meaning; /* ContactCell or one of the above */
	char **names; /* as written, without outer blanks */
};

static const struct {
	const char *name;
	int meaning;
} known[] = {
	{"email", CONTACT_ADDRESS}, {"address", CONTACT_ADDRESS},
	{"name", CONTACT_NAME},	    {"organization", CONTACT_ORGANIZATION},
	{"stage", CONTACT_STAGE},   {"source", CONTACT_SOURCE},
	{"owner", CONTACT_OWNER},   {"tags", COLUMN_TAGS},
};

static int meaning_of(const char *name)
{
	if (*name == '\0')
		return COLUMN_UNNAMED;
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (g_ascii_strcasecmp(known[i].name, name) == 0)
			return known[i].meaning;
	}
	return COLUMN_CUSTOM;
}

static bool is_named(const ImportColumns *columns, size_t at, const char *name)
{
	return g_ascii_strcasecmp(columns->names[at], name) == 0;
}

/* Beside an "email" an "address" is where the person lives. */
static void address_settle(ImportColumns *columns)
{
	bool has_email = false;

	for (size_t i = 0; i < columns->count; i++)
		has_email = has_email || is_named(columns, i, "email");
	for (size_t i = 0; has_email && i < columns->count; i++) {
		if (is_named(columns, i, "address"))
			columns->meaning[i] = COLUMN_CUSTOM;
	}
}

static bool names_check(const ImportColumns *columns, GError **error)
{
	g_autoptr(GHashTable) seen =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	bool has_address = false;

	for (size_t i = 0; i < columns->count; i++) {
		has_address = has_address || columns->meaning[i] == CONTACT_ADDRESS;
		if (columns->meaning[i] == COLUMN_UNNAMED ||
		    g_hash_table_add(seen, g_utf8_casefold(columns->names[i], -1)))
			continue;
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
			    "two columns are named '%s'", columns->names[i]);
		return false;
	}
	if (!has_address)
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
			    "no column is named 'email' or 'address'");
	return has_address;
}

ImportColumns *import_columns_new(char *const *header, GError **error)
{
	g_autoptr(ImportColumns) columns = g_new0(ImportColumns, 1);

	columns->names = g_strdupv((char **)(uintptr_t)header);
	columns->count = g_strv_length(columns->names);
	columns->meaning = g_new0(int, columns->count + 1);
	for (size_t i = 0; i < columns->count; i++)
		columns->meaning[i] = meaning_of(g_strstrip(columns->names[i]));
	address_settle(columns);
	return names_check(columns, error) ? g_steal_pointer(&columns) : NULL;
}

void import_columns_free(ImportColumns *columns)
{
	g_strfreev(columns->names);
	g_free(columns->meaning);
	g_free(columns);
}

bool import_columns_sort(const ImportColumns *columns, char *const *fields, size_t count,
			 ContactText *text, char **why_out)
{
	if (count != columns->count) {
		*why_out = g_strdup_printf("%zu fields; the header names %zu", count,
					   columns->count);
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (columns->meaning[i] == COLUMN_TAGS)
			contact_text_add_tags(text, fields[i]);
		else if (columns->meaning[i] == COLUMN_CUSTOM)
			contact_text_add_custom(text, columns->names[i], fields[i]);
		else if (columns->meaning[i] != COLUMN_UNNAMED)
			text->cell[columns->meaning[i]] = fields[i];
		else if (*g_strstrip(fields[i]) != '\0') {
			*why_out = g_strdup_printf(
				"'%s' stands in column %zu, which has no name", fields[i],
				i + 1);
			return false;
		}
	}
	return true;
}
