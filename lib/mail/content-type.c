/* SPDX-License-Identifier: BSD-2-Clause */
#include "content-type.h"

#include <gmime/gmime.h>
#include <stdbool.h>
#include <string.h>

enum { PARAMS_MAX = 8 };

struct ContentType {
	GMimeContentType *gmime; /* NULL: read here */
	char *name;
	struct {
		const char *name, *value; /* in text */
	} params[PARAMS_MAX];
	unsigned count;
	char *text; /* the field, cut to pieces */
};

/* type "/" subtype, before any parameter (RFC 2045 5.1). GMime takes the rest for octets.
 */
static bool is_type(const char *field)
{
	const char *slash = strchr(field, '/');

	return slash != NULL && (size_t)(slash - field) < strcspn(field, ";");
}

/* token of RFC 2045 5.1, but for what RFC 2231 and careless programs use otherwise. */
static size_t plain_token(const char *text)
{
	size_t length = 0;

	while (g_ascii_isalnum(text[length]) ||
	       (text[length] != '\0' && strchr("-_.+", text[length]) != NULL))
		length++;
	return length;
}

/* Of a quoted-string without escapes and encoded words. */
static size_t plain_quoted(const char *text)
{
	size_t length = 0;

	for (; text[length] != '"'; length++) {
		if (text[length] < ' ' || text[length] > '~' || text[length] == '\\' ||
		    (text[length] == '=' && text[length + 1] == '?'))
			return 0;
	}
	return length;
}

static char *skip_blanks(char *text)
{
	return text + strspn(text, " \t");
}

/* name "=" ( token / quoted-string ), and what parts it from the next; NULL if it is not
 * that plain. */
static char *read_param(ContentType *self, char *text)
{
	size_t length = plain_token(text), value_length;
	bool quoted;
	char *value;

	if (length == 0 || text[length] != '=' || self->count == PARAMS_MAX)
		return NULL;
	value = text + length + 1;
	quoted = *value == '"';
	value += quoted;
	value_length = quoted ? plain_quoted(value) : plain_token(value);
	if (value_length == 0)
		return NULL;
	text[length] = '\0';
	if (content_type_param(self, text) != NULL)
		return NULL; /* which one counts is not for us to say */
	self->params[self->count].name = text;
	self->params[self->count++].value = value;
	text = skip_blanks(value + value_length + quoted);
	if (*text != ';' && *text != '\0')
		return NULL;
	text += *text == ';' ? 1 : 0;
	value[value_length] = '\0';
	return text;
}

static bool read_plain(ContentType *self)
{
	size_t type = plain_token(self->text), length;
	char *text;

	if (type == 0 || self->text[type] != '/')
		return false;
	length = type + 1 + plain_token(self->text + type + 1);
	text = skip_blanks(self->text + length);
	if (length == type + 1 || (*text != ';' && *text != '\0'))
		return false;
	self->name = g_ascii_strdown(self->text, (gssize)length);
	text += *text == ';';
	while (text != NULL && *(text = skip_blanks(text)) != '\0')
		text = read_param(self, text);
	return text != NULL;
}

static void read_by_gmime(ContentType *self, const char *field)
{
	g_autofree char *name = NULL;

	g_clear_pointer(&self->name, g_free);
	self->count = 0;
	self->gmime = g_mime_content_type_parse(NULL, field);
	if (self->gmime == NULL)
		return;
	name = g_mime_content_type_get_mime_type(self->gmime);
	self->name = g_ascii_strdown(name, -1);
}

ContentType *content_type_parse(const char *field)
{
	ContentType *self;

	if (!is_type(field))
		return NULL;
	self = g_new0(ContentType, 1);
	self->text = g_strdup(field);
	if (!read_plain(self))
		read_by_gmime(self, field);
	if (self->name != NULL)
		return self;
	content_type_free(self);
	return NULL;
}

void content_type_free(ContentType *type)
{
	if (type == NULL)
		return;
	g_clear_object(&type->gmime);
	g_free(type->name);
	g_free(type->text);
	g_free(type);
}

const char *content_type_name(const ContentType *type)
{
	return type->name;
}

const char *content_type_param(const ContentType *type, const char *name)
{
	if (type->gmime != NULL)
		return g_mime_content_type_get_parameter(type->gmime, name);
	for (unsigned i = 0; i < type->count; i++) {
		if (g_ascii_strcasecmp(type->params[i].name, name) == 0)
			return type->params[i].value;
	}
	return NULL;
}
