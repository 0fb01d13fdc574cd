/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h" /* memmem() */

#include "html-text.h"

#include <stdbool.h>
#include <string.h>

#include "html-tag.h"

typedef struct {
	GString *out;
	char dropping[TAG_NAME_SIZE]; /* name of the element being left out; "" if none */
	unsigned depth;		      /* of elements of that name within it */
	size_t attribution; /* where in out it began, plus 1; 0: nothing goes out */
	unsigned preformatted;
	bool ended;
} Reduction;

static void line_end(GString *out)
{
	if (out->len > 0 && out->str[out->len - 1] != '\n')
		g_string_append_c(out, '\n');
}

static void blank_append(GString *out)
{
	if (out->len > 0 && !g_ascii_isspace(out->str[out->len - 1]))
		g_string_append_c(out, ' ');
}

static void drop_begin(Reduction *self, const Tag *tag, bool is_attribution)
{
	if (tag->is_empty)
		return;
	if (tag->kind == TAG_BLOCK || tag->kind == TAG_QUOTE)
		line_end(self->out);
	memcpy(self->dropping, tag->name, TAG_NAME_SIZE);
	self->depth = 1;
	self->attribution = is_attribution ? self->out->len + 1 : 0;
}

static void drop_end(Reduction *self)
{
	self->dropping[0] = '\0';
	if (self->attribution > 0 &&
	    strstr(self->out->str + self->attribution - 1, "-----") == NULL)
		g_string_truncate(self->out, self->attribution - 1);
	self->attribution = 0;
}

static bool is_silent(const Reduction *self)
{
	return self->dropping[0] != '\0' && self->attribution == 0;
}

static void tag_lay_out(Reduction *self, const Tag *tag)
{
	if (tag->kind == TAG_BREAK)
		g_string_append_c(self->out, '\n');
	else if (tag->kind == TAG_BLOCK)
		line_end(self->out);
	else if (tag->kind == TAG_CELL)
		blank_append(self->out);
	if (strcmp(tag->name, "pre") == 0)
		self->preformatted = !tag->is_end;
}

static void tag_apply(Reduction *self, const Tag *tag)
{
	Mark mark;

	if (self->dropping[0] != '\0' && strcmp(self->dropping, tag->name) == 0) {
		self->depth += tag->is_end ? -1u : !tag->is_empty;
		if (self->depth == 0) {
			drop_end(self);
			return;
		}
	}
	if (is_silent(self))
		return;
	mark = tag->is_end ? MARK_NONE : html_tag_mark(tag);
	if (mark == MARK_REST)
		self->ended = true;
	else if (tag->is_end || self->dropping[0] != '\0')
		tag_lay_out(self, tag);
	else if (mark == MARK_ELEMENT || tag->kind == TAG_QUOTE || tag->kind == TAG_HIDDEN)
		drop_begin(self, tag, false);
	else if (mark == MARK_ATTRIBUTION)
		drop_begin(self, tag, true);
	else
		tag_lay_out(self, tag);
}

/* Text of "style" and "script" is not markup: it ends at its own end tag alone. */
static const char *behind_raw_text(const char *at, const char *end, const char *name)
{
	size_t length = strlen(name);

	for (; (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++) {
		if ((size_t)(end - at) > length + 1 && at[1] == '/' &&
		    g_ascii_strncasecmp(at + 2, name, length) == 0)
			return at;
	}
	return end;
}

/* Behind "<!-- ... -->", "<! ... >", "<? ... >" whose '<' is at. */
static const char *behind_declaration(const char *at, const char *end)
{
	const char *found;

	if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
		found = memmem(at + 4, (size_t)(end - at - 4), "-->", 3);
		return found ? found + 3 : end;
	}
	found = memchr(at, '>', (size_t)(end - at));
	return found ? found + 1 : end;
}

static void text_append(Reduction *self, const char *at, size_t octets)
{
	if (is_silent(self))
		return;
	if (g_ascii_isspace(*at) && !self->preformatted)
		blank_append(self->out);
	else
		g_string_append_len(self->out, at, (gssize)octets);
}

static const char *markup_read(Reduction *self, const char *at, const char *end)
{
	const char *next;
	Tag tag;

	if (end - at > 1 && (at[1] == '!' || at[1] == '?'))
		return behind_declaration(at, end);
	next = html_tag_read(at + 1, end, &tag);
	if (next == NULL) {
		text_append(self, at, 1);
		return at + 1;
	}
	tag_apply(self, &tag);
	if (!tag.is_end &&
	    (strcmp(tag.name, "style") == 0 || strcmp(tag.name, "script") == 0))
		return behind_raw_text(next, end, tag.name);
	return next;
}

static const char *reference_read(Reduction *self, const char *at, const char *end)
{
	gunichar character;
	size_t length = html_reference_read(at, end, &character);
	char utf8[6];

	if (length == 0) {
		text_append(self, at, 1);
		return at + 1;
	}
	text_append(self, utf8, (size_t)g_unichar_to_utf8(character, utf8));
	return at + length;
}

char *html_to_text(const char *html, size_t length)
{
	const char *at = html, *end = html + length;
	Reduction self = {.out = g_string_sized_new(length / 4 + 1)};

	while (at < end && !self.ended) {
		const char *run = at;

		if (*at == '<') {
			at = markup_read(&self, at, end);
		} else if (*at == '&') {
			at = reference_read(&self, at, end);
		} else if (g_ascii_isspace(*at)) {
			text_append(&self, at++, 1);
		} else {
			while (at < end && *at != '<' && *at != '&' &&
			       !g_ascii_isspace(*at))
				at++;
			text_append(&self, run, (size_t)(at - run));
		}
	}
	if (self.dropping[0] != '\0')
		drop_end(&self);
	return g_string_free(self.out, FALSE);
}
