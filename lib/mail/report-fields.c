/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "report-parts.h"

enum { FIELD_MAX = 4096 }; /* octets kept of one field */

static size_t line_length(const char *at, const char *end)
{
	const char *from = at;

	while (at < end && *at != '\n' && *at != '\r')
		at++;
	return (size_t)(at - from);
}

static const char *behind_break(const char *at, const char *end)
{
	if (at + 1 < end && at[0] == '\r' && at[1] == '\n')
		return at + 2;
	return at < end ? at + 1 : end;
}

/* Cuts "Name: value" in place; a line that is no field is left out. */
static void field_visit(GString *field, ReportFieldVisitor visit, void *context)
{
	char *colon = strchr(field->str, ':');

	if (colon != NULL) {
		*colon = '\0';
		visit(g_strstrip(field->str), g_strstrip(colon + 1), context);
	}
	g_string_truncate(field, 0);
}

void report_fields_read(const char *text, size_t length, ReportFieldVisitor visit,
			void *context)
{
	const char *end = text + length;
	g_autoptr(GString) field = g_string_new(NULL);

	while (text < end) {
		size_t line = line_length(text, end);
		bool folded = line > 0 && (*text == ' ' || *text == '\t') && field->len > 0;
		bool blank = true;

		for (size_t i = 0; i < line && blank; i++)
			blank = g_ascii_isspace(text[i]) || text[i] == '\0';
		if (!folded || blank)
			field_visit(field, visit, context);
		if (blank)
			visit(NULL, NULL, context);
		else if (field->len < FIELD_MAX)
			g_string_append_len(field, text,
					    (gssize)MIN(line, FIELD_MAX - field->len));
		text = behind_break(text + line, end);
	}
	field_visit(field, visit, context);
}

/* RFC 6533 3: embedded-unicode-char = "\x{" 2*6HEXDIG "}". */
static char *unicode_resolve(const char *address)
{
	GString *resolved = g_string_new(NULL);

	while (*address != '\0') {
		char *rest = NULL;
		gulong point = 0;

		if (g_str_has_prefix(address, "\\x{") && g_ascii_isxdigit(address[3]))
			point = strtoul(address + 3, &rest, 16);
		if (rest != NULL && *rest == '}' && rest - address <= 9 && point > 0 &&
		    g_unichar_validate((gunichar)point)) {
			g_string_append_unichar(resolved, (gunichar)point);
			address = rest + 1;
		} else {
			g_string_append_c(resolved, *address++);
		}
	}
	return g_string_free(resolved, FALSE);
}

AddrSpec *report_address_parse(const char *value)
{
	const char *semicolon = strchr(value, ';');
	g_autofree char *text = NULL, *resolved = NULL;
	AddrSpec *address;

	if (semicolon != NULL && memchr(value, '@', (size_t)(semicolon - value)) == NULL)
		value = semicolon + 1;
	text = g_strstrip(g_strdup(value));
	if (*text != '"')
		text[strcspn(text, " \t,")] = '\0';
	resolved = unicode_resolve(text);
	address = addr_spec_parse(resolved, "+");
	if (address != NULL && addr_spec_is_null(address)) {
		addr_spec_free(address);
		return NULL;
	}
	return address;
}
