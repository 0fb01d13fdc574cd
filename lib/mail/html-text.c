/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h" /* memmem() */

#include "html-text.h"

#include <stdbool.h>
#include <string.h>

enum {
	TAG_MAX = 8192, /* octets of one tag; a longer one has lost its end */
	NAME_SIZE = 16,
};

typedef enum {
	MARK_NONE,
	MARK_ELEMENT,	  /* the element is not the author's */
	MARK_ATTRIBUTION, /* likewise, unless a divider stands in it: then that must stay */
	MARK_REST,	  /* the message quoted begins here */
} Mark;

/* How mail programs mark what the author did not write. */
static const struct {
	const char *attribute;
	const char *value; /* a word of it; of style, any part */
	Mark mark;
} marks[] = {
	{"class", "gmail_attr", MARK_ATTRIBUTION},
	{"class", "moz-cite-prefix", MARK_ATTRIBUTION},
	{"class", "gmail_signature", MARK_ELEMENT},
	{"class", "gmail_signature_prefix", MARK_ELEMENT},
	{"class", "moz-signature", MARK_ELEMENT},
	{"class", "protonmail_signature_block", MARK_ELEMENT},
	{"class", "protonmail_quote", MARK_ELEMENT},
	{"class", "tutanota_quote", MARK_ELEMENT},
	{"class", "yahoo_quoted", MARK_ELEMENT},
	{"class", "zmail_extra", MARK_ELEMENT},
	{"class", "ms-outlook-mobile-reference-message", MARK_REST},
	{"class", "OutlookMessageHeader", MARK_REST},
	{"id", "divRplyFwdMsg", MARK_REST},
	{"id", "x_divRplyFwdMsg", MARK_REST},
	{"id", "appendonsend", MARK_REST},
	{"id", "x_appendonsend", MARK_REST},
	{"id", "mail-editor-reference-message-container", MARK_REST},
	{"id", "OLK_SRC_BODY_SECTION", MARK_REST},
	{"id", "stopSpelling", MARK_REST},
	{"id", "zwchr", MARK_REST},
	{"id", "ms-outlook-mobile-signature", MARK_ELEMENT},
	{"id", "AppleMailSignature", MARK_ELEMENT},
	{"id", "Signature", MARK_ELEMENT},
	{"style", "border-top:solid #E1E1E1 1.0pt", MARK_REST},
	{"style", "border-top:solid #B5C4DF 1.0pt", MARK_REST},
};

typedef enum {
	TAG_INLINE,
	TAG_BLOCK,  /* begins and ends a line */
	TAG_BREAK,  /* ends a line */
	TAG_CELL,   /* parts words */
	TAG_QUOTE,  /* a block that is not the author's */
	TAG_HIDDEN, /* holds no text for a reader */
} TagKind;

/* clang-format off */
static const struct {
	const char *name;
	TagKind kind;
} tags[] = {
	{"br", TAG_BREAK},        {"div", TAG_BLOCK},     {"p", TAG_BLOCK},
	{"td", TAG_CELL},         {"th", TAG_CELL},       {"tr", TAG_BLOCK},
	{"li", TAG_BLOCK},        {"table", TAG_BLOCK},   {"blockquote", TAG_QUOTE},
	{"style", TAG_HIDDEN},    {"script", TAG_HIDDEN}, {"title", TAG_HIDDEN},
	{"ul", TAG_BLOCK},        {"ol", TAG_BLOCK},      {"hr", TAG_BLOCK},
	{"pre", TAG_BLOCK},       {"h1", TAG_BLOCK},      {"h2", TAG_BLOCK},
	{"h3", TAG_BLOCK},        {"h4", TAG_BLOCK},      {"h5", TAG_BLOCK},
	{"h6", TAG_BLOCK},        {"dl", TAG_BLOCK},      {"dt", TAG_BLOCK},
	{"dd", TAG_BLOCK},        {"center", TAG_BLOCK},  {"address", TAG_BLOCK},
	{"section", TAG_BLOCK},   {"article", TAG_BLOCK}, {"header", TAG_BLOCK},
	{"footer", TAG_BLOCK},    {"form", TAG_BLOCK},    {"body", TAG_BLOCK},
	{"template", TAG_HIDDEN}, {"select", TAG_HIDDEN}, {"svg", TAG_HIDDEN},
};
/* clang-format on */

typedef struct {
	char name[NAME_SIZE]; /* small letters; cut */
	bool is_end;
	bool is_empty;		      /* "<x/>" */
	const char *attributes, *end; /* between name and '>' */
	TagKind kind;
} Tag;

typedef struct {
	GString *out;
	char dropping[NAME_SIZE]; /* name of the element being left out; "" if none */
	unsigned depth;		  /* of elements of that name within it */
	size_t attribution;	  /* where in out it began, plus 1; 0: nothing goes out */
	unsigned preformatted;
	bool ended;
} Reduction;

/* ---- tags ---- */

/* The '>' that ends the tag; quoted ones do not. A tag that does not end in time ends
 * where it was given up, so that no octet is read again and again. */
static const char *tag_end(const char *at, const char *end)
{
	const char *limit = end - at > TAG_MAX ? at + TAG_MAX : end;
	char quote = '\0';

	for (; at < limit; at++) {
		if (*at == '>' && quote == '\0')
			return at;
		if (quote != '\0')
			quote = *at == quote ? '\0' : quote;
		else if ((*at == '"' || *at == '\'') && at[-1] == '=')
			quote = *at;
	}
	return limit;
}

static TagKind kind_of_tag(const char *name)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(tags); i++) {
		if (tags[i].name[0] == name[0] && strcmp(tags[i].name, name) == 0)
			return tags[i].kind;
	}
	return TAG_INLINE;
}

/* Reads the tag behind the '<' at; returns where the text goes on, NULL if it is none. */
static const char *tag_read(const char *at, const char *end, Tag *tag)
{
	size_t length = 0;

	tag->is_end = at < end && *at == '/';
	at += tag->is_end;
	if (at == end || !g_ascii_isalpha(*at))
		return NULL;
	for (; at < end && (g_ascii_isalnum(*at) || *at == ':'); at++) {
		if (length < NAME_SIZE - 1)
			tag->name[length++] = g_ascii_tolower(*at);
	}
	tag->name[length] = '\0';
	tag->kind = kind_of_tag(tag->name);
	tag->attributes = at;
	tag->end = tag_end(at, end);
	tag->is_empty = tag->end > at && tag->end[-1] == '/';
	return tag->end < end && *tag->end == '>' ? tag->end + 1 : tag->end;
}

/* ---- marks ---- */

static bool has_word(const char *value, size_t length, const char *word)
{
	size_t wanted = strlen(word);
	const char *end = value + length;

	while (value < end) {
		const char *stop = value;

		while (stop < end && !g_ascii_isspace(*stop))
			stop++;
		if ((size_t)(stop - value) == wanted && memcmp(value, word, wanted) == 0)
			return true;
		value = stop + 1;
	}
	return false;
}

static Mark mark_of_attribute(const char *name, size_t name_length, const char *value,
			      size_t length)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(marks); i++) {
		bool is_style = marks[i].attribute[0] == 's';

		if (marks[i].attribute[0] != g_ascii_tolower(*name) ||
		    strlen(marks[i].attribute) != name_length ||
		    g_ascii_strncasecmp(name, marks[i].attribute, name_length) != 0)
			continue;
		if (is_style ? memmem(value, length, marks[i].value,
				      strlen(marks[i].value)) != NULL
			     : has_word(value, length, marks[i].value))
			return marks[i].mark;
	}
	return MARK_NONE;
}

/* attribute = name [ "=" ( value / DQUOTE value DQUOTE / "'" value "'" ) ] */
static Mark mark_of_tag(const Tag *tag)
{
	const char *at = tag->attributes, *end = tag->end;
	Mark mark = MARK_NONE;

	while (at < end && mark == MARK_NONE) {
		const char *name = at, *value, *name_end;

		while (at < end && *at != '=' && !g_ascii_isspace(*at))
			at++;
		name_end = at;
		if (at < end && *at == '=') {
			char quote =
				++at < end && (*at == '"' || *at == '\'') ? *at++ : '\0';

			value = at;
			while (at < end && (quote ? *at != quote : !g_ascii_isspace(*at)))
				at++;
			mark = mark_of_attribute(name, (size_t)(name_end - name), value,
						 (size_t)(at - value));
		}
		at += at < end;
	}
	return mark;
}

/* ---- reducing ---- */

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
	memcpy(self->dropping, tag->name, NAME_SIZE);
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
	mark = tag->is_end ? MARK_NONE : mark_of_tag(tag);
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
	next = tag_read(at + 1, end, &tag);
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
