/* SPDX-License-Identifier: BSD-2-Clause */
#include "phrases.h"

#include <gio/gio.h>
#include <glib.h>
#include <pthread.h>
#include <string.h>

enum {
	GAP_OCTETS = 100, /* that a '*' spans inside a text */
	PIECES_MAX = 4,	  /* of one phrase, parted by '*' */
};

typedef struct {
	char *text;    /* the phrase as it stands, folded */
	char **pieces; /* the same, parted at '*'; empty strings at an open end */
} Phrase;

typedef struct {
	GArray *phrases;  /* of Phrase */
	bool begins[256]; /* first octets of the phrases, either case */
} PhraseList;

static const struct {
	const char *file;
	const char *section;
} sources[PHRASES_N] = {
	[PHRASES_ATTRIBUTION] = {"attribution.txt", "attribution"},
	[PHRASES_DIVIDER] = {"attribution.txt", "divider"},
	[PHRASES_DIVIDER_BARE] = {"attribution.txt", "divider-bare"},
	[PHRASES_LABEL_FROM] = {"attribution.txt", "label-from"},
	[PHRASES_LABEL] = {"attribution.txt", "label"},
	[PHRASES_SIGNATURE] = {"signature.txt", "signature"},
	[PHRASES_DAEMON] = {"bounce.txt", "author"},
	[PHRASES_BOUNCE_SUBJECT] = {"bounce.txt", "subject"},
	[PHRASES_FORM_FAILED] = {"bounce.txt", "failed"},
	[PHRASES_FORM_DELAYED] = {"bounce.txt", "delayed"},
	[PHRASES_FORM_SUCCESS] = {"bounce.txt", "success"},
	[PHRASES_NOTICE] = {"bounce.txt", "notice"},
	[PHRASES_REFUSED] = {"bounce.txt", "refused"},
	[PHRASES_TEXT_SOFT_SURE] = {"diagnostic.txt", "soft-sure"},
	[PHRASES_TEXT_HARD_SURE] = {"diagnostic.txt", "hard-sure"},
	[PHRASES_TEXT_HARD] = {"diagnostic.txt", "hard"},
	[PHRASES_TEXT_SOFT] = {"diagnostic.txt", "soft"},
	[PHRASES_TEXT_HARD_WEAK] = {"diagnostic.txt", "hard-weak"},
};

static PhraseList lists[PHRASES_N];

/* A reference to the resource keeps its object file, and so its data, in the link. */
extern GResource *lead_body_get_resource(void);

/* ---- folding ---- */

static bool is_blank_character(gunichar c)
{
	if (c > ' ' && c < 0x80)
		return false;
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0 || c == 0xa0 || c == 0x202f ||
	       c == 0x3000 || (c >= 0x2000 && c <= 0x200b) || c == 0xfeff;
}

static gunichar fold_character(gunichar c)
{
	switch (c) {
	case 0x2018: /* typographic quotation marks: both kinds are written */
	case 0x2019:
	case 0x00b4:
		return '\'';
	case 0x201c:
	case 0x201d:
	case 0x201e:
		return '"';
	case 0x2010:
	case 0x2011:
	case 0x2013:
		return '-';
	default:
		return g_unichar_tolower(c);
	}
}

/* Reads one character and returns its octets; an octet that is no UTF-8 reads as '?'. */
static size_t next_character(const char *at, size_t left, gunichar *character_out)
{
	if (!(*at & 0x80)) {
		*character_out = (unsigned char)*at;
		return 1;
	}
	*character_out = g_utf8_get_char_validated(at, (gssize)left);
	if (*character_out == (gunichar)-1 || *character_out == (gunichar)-2) {
		*character_out = '?';
		return 1;
	}
	return (size_t)g_unichar_to_utf8(*character_out, NULL);
}

/* A small letter may be an octet longer in UTF-8 than its capital, never twice as long. */
char *phrases_fold(const char *text, size_t length, size_t limit)
{
	char *folded, *out;

	length = MIN(length, limit);
	out = folded = g_malloc(2 * length + 1);
	for (size_t at = 0; at < length;) {
		gunichar c;

		at += next_character(text + at, length - at, &c);
		if (is_blank_character(c)) {
			if (out > folded && out[-1] != ' ')
				*out++ = ' ';
		} else if (c < 0x80) {
			*out++ = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
		} else {
			out += g_unichar_to_utf8(fold_character(c), out);
		}
	}
	if (out > folded && out[-1] == ' ')
		out--;
	*out = '\0';
	return folded;
}

/* ---- reading the lists ---- */

static void list_add(PhraseList *list, const char *line)
{
	Phrase phrase;
	char *upper;

	phrase.text = phrases_fold(line, strlen(line), G_MAXSIZE);
	phrase.pieces = g_strsplit(phrase.text, "*", PIECES_MAX);
	g_array_append_val(list->phrases, phrase);

	upper = g_utf8_strup(phrase.text, -1);
	if (phrase.text[0] == '*')
		memset(list->begins, true, sizeof list->begins);
	list->begins[(unsigned char)phrase.text[0]] = true;
	list->begins[(unsigned char)upper[0]] = true;
	g_free(upper);
}

static void list_read(PhraseList *list, const char *file, const char *section)
{
	g_autofree char *path = g_strconcat("/lead/mail/", file, NULL);
	g_autofree char *heading = g_strconcat("[", section, "]", NULL);
	g_autoptr(GBytes) bytes = g_resource_lookup_data(
		lead_body_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
	g_auto(GStrv) lines = NULL;
	bool wanted = false;

	g_assert(bytes != NULL);
	lines = g_strsplit(g_bytes_get_data(bytes, NULL), "\n", -1);
	list->phrases = g_array_new(FALSE, FALSE, sizeof(Phrase));
	for (char **line = lines; *line != NULL; line++) {
		if ((*line)[0] == '[')
			wanted = g_str_equal(*line, heading);
		else if (wanted && (*line)[0] != '#' && (*line)[0] != '\0')
			list_add(list, *line);
	}
	g_assert(list->phrases->len > 0);
}

static void read_all(void)
{
	for (unsigned i = 0; i < PHRASES_N; i++)
		list_read(&lists[i], sources[i].file, sources[i].section);
}

/* The lists live as long as the program: shared, immutable, and reachable to the end. */
static const PhraseList *list_of(PhraseListId id)
{
	static pthread_once_t read = PTHREAD_ONCE_INIT; /* seen by the thread sanitizer */

	pthread_once(&read, read_all);
	return &lists[id];
}

/* ---- comparing ---- */

static bool is_word(unsigned char c)
{
	return g_ascii_isalnum((char)c);
}

/* A phrase that begins or ends with a letter does so at the edge of a word, unless with a
 * '*'; scripts beyond ASCII have no such edges that could be told by one octet. */
static bool at_word_edges(const Phrase *phrase, const char *text, const char *start,
			  const char *end)
{
	if (start > text && is_word((unsigned char)*start) &&
	    is_word((unsigned char)start[-1]))
		return false;
	return end == start || g_str_has_suffix(phrase->text, "*") ||
	       !is_word((unsigned char)end[-1]) || !is_word((unsigned char)*end);
}

/* The pieces behind the first, each within the gap; returns the end, or NULL. */
static const char *match_rest(char *const *pieces, const char *from)
{
	for (; *pieces != NULL; pieces++) {
		const char *found =
			g_strstr_len(from, GAP_OCTETS + (gssize)strlen(*pieces), *pieces);

		if (found == NULL)
			return NULL;
		from = found + strlen(*pieces);
	}
	return from;
}

static bool phrase_within(const Phrase *phrase, const char *folded)
{
	const char *first = phrase->pieces[0];
	const char *at = folded;

	for (; (at = strstr(at, first)) != NULL; at++) {
		const char *end = match_rest(phrase->pieces + 1, at + strlen(first));

		if (end != NULL && at_word_edges(phrase, folded, at, end))
			return true;
	}
	return false;
}

/* Both ends are fixed, the pieces between stand in order. */
static bool phrase_whole(const Phrase *phrase, const char *folded)
{
	char *const *piece = phrase->pieces;
	const char *end = folded + strlen(folded);

	if (!g_str_has_prefix(folded, *piece))
		return false;
	folded += strlen(*piece);
	for (piece++; *piece != NULL; piece++) {
		const char *found;

		if (piece[1] == NULL)
			return (size_t)(end - folded) >= strlen(*piece) &&
			       g_str_has_suffix(folded, *piece);
		found = strstr(folded, *piece);
		if (found == NULL)
			return false;
		folded = found + strlen(*piece);
	}
	return *folded == '\0';
}

static bool phrase_begins(const Phrase *phrase, const char *folded)
{
	const char *end;

	if (!g_str_has_prefix(folded, phrase->pieces[0]))
		return false;
	end = match_rest(phrase->pieces + 1, folded + strlen(phrase->pieces[0]));
	return end != NULL && at_word_edges(phrase, folded, folded, end);
}

/* first: the octet with which phrases must begin, if not with '*'; or NUL for any. */
static const char *list_find(PhraseListId id, const char *folded, char first,
			     bool (*matches)(const Phrase *phrase, const char *folded))
{
	const PhraseList *list = list_of(id);

	for (unsigned i = 0; i < list->phrases->len; i++) {
		const Phrase *phrase = &g_array_index(list->phrases, Phrase, i);
		char begin = phrase->text[0];

		if ((first == '\0' || begin == first || begin == '*') &&
		    matches(phrase, folded))
			return phrase->text;
	}
	return NULL;
}

const char *phrases_whole(PhraseListId list, const char *folded)
{
	return list_find(list, folded, *folded, phrase_whole);
}

const char *phrases_begin(PhraseListId list, const char *folded)
{
	return list_find(list, folded, *folded, phrase_begins);
}

const char *phrases_within(PhraseListId list, const char *folded)
{
	return list_find(list, folded, '\0', phrase_within);
}

bool phrases_may_begin(PhraseListId list, char first)
{
	return list_of(list)->begins[(unsigned char)first];
}
