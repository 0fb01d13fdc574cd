/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h" /* memmem() */

#include "phrases.h"

#include <gio/gio.h>
#include <glib.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

enum {
	GAP_OCTETS = 100, /* that a '*' spans inside a text */
	PIECES_MAX = 4,	  /* of one phrase, parted by '*' */
};

typedef struct {
	char *text; /* the phrase as it stands, folded */
	struct {
		const char *text; /* not terminated */
		size_t length;
	} pieces[PIECES_MAX]; /* the same, parted at '*'; empty at an open end */
	unsigned count;
} Phrase;

enum { OCTETS = 256, PAIRS = 1024 };

/* A set of pairs of octets; two pairs may share a place. */
typedef struct {
	uint32_t bits[PAIRS / 32];
} PairSet;

typedef struct {
	GArray *phrases;	  /* of Phrase */
	GArray *by_first[OCTETS]; /* of uint16_t, in order: phrases that a text with this
				   * first octet may begin with; NULL: none */
	bool begins[OCTETS];	  /* first octets of the phrases, either case */
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

/* Beyond ASCII. */
static bool is_blank_character(gunichar c)
{
	return c == 0xa0 || c == 0x202f || c == 0x3000 || (c >= 0x2000 && c <= 0x200b) ||
	       c == 0xfeff;
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

/* Reads one character beyond ASCII and returns its octets; an octet that is no UTF-8 reads
 * as '?'. */
static size_t next_character(const char *at, size_t left, gunichar *character_out)
{
	*character_out = g_utf8_get_char_validated(at, (gssize)left);
	if (*character_out == (gunichar)-1 || *character_out == (gunichar)-2) {
		*character_out = '?';
		return 1;
	}
	return (size_t)g_unichar_to_utf8(*character_out, NULL);
}

static char *append_blank(const char *start, char *out)
{
	if (out > start && out[-1] != ' ')
		*out++ = ' ';
	return out;
}

/* ASCII octets, folded; 0 for those beyond. Almost every octet of a message is looked up
 * here once, so the table stands ready. */
/* clang-format off */
#define ROW(c) (c), (c) + 1, (c) + 2, (c) + 3, (c) + 4, (c) + 5, (c) + 6, (c) + 7
static const unsigned char folded_octets[256] = {
	' ', 1, 2, 3, 4, 5, 6, 7, 8, ' ', ' ', ' ', ' ', ' ', 14, 15,
	ROW(16), ROW(24), ROW(' '), ROW('('), ROW('0'), ROW('8'),
	'@', 'a', 'b', 'c', 'd', 'e', 'f', 'g', ROW('h'), ROW('p'),
	'x', 'y', 'z', '[', '\\', ']', '^', '_',
	ROW('`'), ROW('h'), ROW('p'), ROW('x'),
};
#undef ROW
/* clang-format on */

static char fold_octet(char c)
{
	return (char)folded_octets[(unsigned char)c];
}

/* A small letter may be an octet longer in UTF-8 than its capital, never twice as long. */
char *phrases_fold(const char *text, size_t length, size_t limit)
{
	const char *end = text + MIN(length, limit);
	char *folded, *out;

	out = folded = g_malloc(2 * (size_t)(end - text) + 1);
	while (text < end) {
		char octet = fold_octet(*text);
		gunichar c;

		if (octet != '\0' && octet != ' ') {
			*out++ = octet;
			text++;
		} else if (octet == ' ') {
			out = append_blank(folded, out);
			text++;
		} else {
			text += next_character(text, (size_t)(end - text), &c);
			if (is_blank_character(c))
				out = append_blank(folded, out);
			else
				out += g_unichar_to_utf8(fold_character(c), out);
		}
	}
	if (out > folded && out[-1] == ' ')
		out--;
	*out = '\0';
	return folded;
}

/* ---- pairs ---- */

static unsigned pair_place(char first, char second)
{
	return ((unsigned char)first * 37u + (unsigned char)second) % PAIRS;
}

static void pair_add(PairSet *set, char first, char second)
{
	unsigned place = pair_place(first, second);

	set->bits[place / 32] |= 1u << place % 32;
}

static bool pair_is_in(const PairSet *set, char first, char second)
{
	unsigned place = pair_place(first, second);

	return (set->bits[place / 32] & 1u << place % 32) != 0;
}

/* ---- reading the lists ---- */

static void phrase_part(Phrase *phrase)
{
	const char *from = phrase->text, *star = NULL;

	do {
		bool is_last = phrase->count + 1 == PIECES_MAX;

		star = is_last ? NULL : strchr(from, '*');
		phrase->pieces[phrase->count].text = from;
		phrase->pieces[phrase->count].length =
			star != NULL ? (size_t)(star - from) : strlen(from);
		phrase->count++;
		from = star != NULL ? star + 1 : from;
	} while (star != NULL);
}

static void index_first(PhraseList *list, unsigned char first, uint16_t index)
{
	if (list->by_first[first] == NULL)
		list->by_first[first] = g_array_new(FALSE, FALSE, sizeof index);
	g_array_append_val(list->by_first[first], index);
}

static void list_add(PhraseList *list, const char *line)
{
	uint16_t index = (uint16_t)list->phrases->len;
	Phrase phrase = {.text = phrases_fold(line, strlen(line), G_MAXSIZE)};
	const char *text = phrase.text;
	g_autofree char *upper = g_utf8_strup(text, -1);

	phrase_part(&phrase);
	g_array_append_val(list->phrases, phrase);
	if (text[0] != '*') {
		index_first(list, (unsigned char)text[0], index);
	} else {
		memset(list->begins, true, sizeof list->begins);
		for (unsigned first = 0; first < OCTETS; first++)
			index_first(list, (unsigned char)first, index);
	}
	list->begins[(unsigned char)text[0]] = true;
	list->begins[(unsigned char)upper[0]] = true;
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

/* The pieces from one on, each within the gap; returns the end, or NULL. */
static const char *match_rest(const Phrase *phrase, unsigned piece, const char *from)
{
	for (; piece < phrase->count; piece++) {
		size_t length = phrase->pieces[piece].length;
		const char *found =
			memmem(from, strnlen(from, GAP_OCTETS + length),
			       phrase->pieces[piece].text, length);

		if (found == NULL)
			return NULL;
		from = found + length;
	}
	return from;
}

static const char *find_piece(const Phrase *phrase, unsigned piece, const char *from,
			      const char *end)
{
	return memmem(from, (size_t)(end - from), phrase->pieces[piece].text,
		      phrase->pieces[piece].length);
}

static bool begins_with_piece(const Phrase *phrase, const char *folded, size_t length)
{
	return length >= phrase->pieces[0].length &&
	       memcmp(folded, phrase->pieces[0].text, phrase->pieces[0].length) == 0;
}

static bool phrase_within(const Phrase *phrase, const char *folded, size_t length)
{
	const char *at = folded, *limit = folded + length;

	for (; (at = find_piece(phrase, 0, at, limit)) != NULL; at++) {
		const char *end = match_rest(phrase, 1, at + phrase->pieces[0].length);

		if (end != NULL && at_word_edges(phrase, folded, at, end))
			return true;
		if (at == limit)
			break;
	}
	return false;
}

/* Both ends are fixed, the pieces between stand in order. */
static bool phrase_whole(const Phrase *phrase, const char *folded, size_t length)
{
	const char *end = folded + length;

	if (!begins_with_piece(phrase, folded, length))
		return false;
	folded += phrase->pieces[0].length;
	for (unsigned piece = 1; piece < phrase->count; piece++) {
		size_t piece_length = phrase->pieces[piece].length;

		if (piece + 1 == phrase->count)
			return (size_t)(end - folded) >= piece_length &&
			       memcmp(end - piece_length, phrase->pieces[piece].text,
				      piece_length) == 0;
		folded = find_piece(phrase, piece, folded, end);
		if (folded == NULL)
			return false;
		folded += piece_length;
	}
	return folded == end;
}

static bool phrase_begins(const Phrase *phrase, const char *folded, size_t length)
{
	const char *end;

	if (!begins_with_piece(phrase, folded, length))
		return false;
	end = match_rest(phrase, 1, folded + phrase->pieces[0].length);
	return end != NULL && at_word_edges(phrase, folded, folded, end);
}

typedef bool (*PhraseTest)(const Phrase *phrase, const char *folded, size_t length);

/* The first that passes, of those that may stand at the text's beginning. */
static const char *list_find(PhraseListId id, const char *folded, PhraseTest passes)
{
	const PhraseList *list = list_of(id);
	const GArray *some = list->by_first[(unsigned char)*folded];
	size_t length = strlen(folded);

	for (unsigned i = 0; some != NULL && i < some->len; i++) {
		const Phrase *phrase = &g_array_index(list->phrases, Phrase,
						      g_array_index(some, uint16_t, i));

		if (passes(phrase, folded, length))
			return phrase->text;
	}
	return NULL;
}

const char *phrases_whole(PhraseListId list, const char *folded)
{
	return list_find(list, folded, phrase_whole);
}

const char *phrases_begin(PhraseListId list, const char *folded)
{
	return list_find(list, folded, phrase_begins);
}

/* Whether the text may hold the phrase's beginning; pairs: those of the text. */
static bool may_hold(const Phrase *phrase, const PairSet *pairs)
{
	return phrase->pieces[0].length < 2 ||
	       pair_is_in(pairs, phrase->pieces[0].text[0], phrase->pieces[0].text[1]);
}

const char *phrases_within(PhraseListId id, const char *folded)
{
	const PhraseList *list = list_of(id);
	size_t length = strlen(folded);
	PairSet pairs = {{0}};

	for (size_t i = 0; i + 1 < length; i++)
		pair_add(&pairs, folded[i], folded[i + 1]);
	for (unsigned i = 0; i < list->phrases->len; i++) {
		const Phrase *phrase = &g_array_index(list->phrases, Phrase, i);

		if (may_hold(phrase, &pairs) && phrase_within(phrase, folded, length))
			return phrase->text;
	}
	return NULL;
}

/* False only if the text, once folded, differs from the phrase's fixed beginning: octets
 * beyond ASCII and runs of blanks are not for a first look. */
static bool may_begin_with(const Phrase *phrase, const char *text, size_t length)
{
	const char *piece = phrase->pieces[0].text;
	size_t wanted = MIN(phrase->pieces[0].length, length);

	for (size_t i = 0; i < wanted; i++) {
		char octet = fold_octet(text[i]);

		if (octet == '\0' || (octet == ' ' && i > 0 && fold_octet(text[i - 1]) == ' '))
			return true;
		if (octet != piece[i])
			return false;
	}
	return true;
}

/* The same of its end. */
static bool may_end_with(const Phrase *phrase, const char *text, size_t length)
{
	size_t last = phrase->pieces[phrase->count - 1].length;
	char octet = fold_octet(text[length - 1]);

	return last == 0 || octet == '\0' || octet == ' ' ||
	       octet == phrase->pieces[phrase->count - 1].text[last - 1];
}

static bool may_be(PhraseListId id, const char *text, size_t length, bool as_a_whole)
{
	const PhraseList *list = list_of(id);
	char first = length > 0 ? text[0] : '\0';
	const GArray *some;

	if (length == 0 || !list->begins[(unsigned char)first] || fold_octet(first) == '\0')
		return list->begins[(unsigned char)first];
	some = list->by_first[(unsigned char)fold_octet(first)];
	for (unsigned i = 0; some != NULL && i < some->len; i++) {
		const Phrase *phrase = &g_array_index(list->phrases, Phrase,
						      g_array_index(some, uint16_t, i));

		if (may_begin_with(phrase, text, length) &&
		    (!as_a_whole || may_end_with(phrase, text, length)))
			return true;
	}
	return false;
}

bool phrases_may_begin(PhraseListId list, const char *text, size_t length)
{
	return may_be(list, text, length, false);
}

bool phrases_may_be(PhraseListId list, const char *text, size_t length)
{
	return may_be(list, text, length, true);
}
