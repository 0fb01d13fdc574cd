/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h" /* memmem() */

#include "html-tag.h"

#include <glib.h>
#include <string.h>

enum {
	TAG_MAX = 8192, /* octets of one tag; a longer one has lost its end */
};

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

/* The '>' that ends the tag; quoted ones do not. A tag that does not end in time ends
 * where it was given up, between two characters, so that no octet is read again and
 * again. */
static const char *tag_end(const char *at, const char *end)
{
	const char *limit = end - at > TAG_MAX ? at + TAG_MAX : end;
	char quote = '\0';

	while (limit < end && (*limit & 0xc0) == 0x80)
		limit++;
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

const char *html_tag_read(const char *at, const char *end, Tag *tag)
{
	size_t length = 0;

	tag->is_end = at < end && *at == '/';
	at += tag->is_end;
	if (at == end || !g_ascii_isalpha(*at))
		return NULL;
	for (; at < end && (g_ascii_isalnum(*at) || *at == ':'); at++) {
		if (length < TAG_NAME_SIZE - 1)
			tag->name[length++] = g_ascii_tolower(*at);
	}
	tag->name[length] = '\0';
	tag->kind = kind_of_tag(tag->name);
	tag->attributes = at;
	tag->end = tag_end(at, end);
	tag->is_empty = tag->end > at && tag->end[-1] == '/';
	return tag->end < end && *tag->end == '>' ? tag->end + 1 : tag->end;
}

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
Mark html_tag_mark(const Tag *tag)
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
