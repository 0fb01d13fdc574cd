/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/subject.h"

#include <glib.h>
#include <string.h>

#include "lead/words.h"

enum {
	PREFIX_MAX = 64,  /* octets of the longest prefix, folded */
	BLOB_MAX = 48,	  /* octets of a list's or gateway's tag in brackets */
	SPECIFIC_MIN = 8, /* characters */
};

static const char *skip_blanks(const char *p)
{
	return p + strspn(p, " ");
}

/* "[2]", "(2)", "^2", "*2", "2": how often, as some programs count. */
static const char *skip_counter(const char *p)
{
	const char *q = p + strspn(p, "[(^*");

	if (!g_ascii_isdigit(*q))
		return p;
	q += strspn(q, "0123456789");
	return q + strspn(q, "])");
}

/* Behind "PREFIX[counter] :" if a prefix of list stands at p, else NULL. */
static const char *skip_prefix(WordList list, const char *p)
{
	const char *phrase = words_starts(list, p);
	const char *end;

	if (phrase == NULL || strlen(phrase) > PREFIX_MAX)
		return NULL;
	end = skip_blanks(skip_counter(skip_blanks(p + strlen(phrase))));
	return *end == ':' ? end + 1 : NULL;
}

/*
 * "[lists-name] ..." of RFC 5256 2.1. One with a digit is a ticket or a case, which tells
 * one thread from another, and one that is all there is is the subject.
 */
static const char *skip_blob(const char *p)
{
	size_t length = strcspn(p, "]");

	if (*p != '[' || p[length] == '\0' || length > BLOB_MAX)
		return NULL;
	for (size_t i = 1; i < length; i++) {
		if (g_ascii_isdigit(p[i]) || p[i] == '[')
			return NULL;
	}
	return *skip_blanks(p + length + 1) != '\0' ? p + length + 1 : NULL;
}

static const char *skip_tag(const char *p)
{
	const char *tag = words_starts(WORDS_SUBJECT_TAG, p);

	if (*p == '[' &&
	    words_starts(WORDS_AUTO_SUBJECT, p + 1) != NULL) /* "[Auto-reply]" */
		return NULL;
	return tag != NULL ? p + strlen(tag) : skip_blob(p);
}

/* Behind the automatic phrase that p begins with, in brackets or without. */
static const char *skip_automatic(const char *p, const char **phrase_out)
{
	bool bracketed = *p == '[' || *p == '(';
	const char *start = bracketed ? p + 1 : p;
	const char *phrase = words_starts(WORDS_AUTO_SUBJECT, start);
	const char *end;

	if (phrase == NULL)
		return NULL;
	end = start + strlen(phrase);
	if (bracketed && *end != ']' && *end != ')')
		return NULL;
	*phrase_out = phrase;
	return end;
}

/* rest stands behind an automatic phrase. */
static bool is_marked(const char *phrase, const char *rest)
{
	rest = skip_blanks(rest);
	return *rest == '\0' || strchr(":-()[]", *rest) != NULL ||
	       g_str_has_suffix(phrase, ":");
}

typedef enum { PREFIX_NONE, PREFIX_REPLY, PREFIX_FORWARD, PREFIX_EITHER } Prefix;

static const char *skip_reply_or_forward(const char *p, Prefix *prefix_out)
{
	static const struct {
		WordList list;
		Prefix prefix;
	} rows[] = {
		{WORDS_REPLY_PREFIX, PREFIX_REPLY},
		{WORDS_FORWARD_PREFIX, PREFIX_FORWARD},
		{WORDS_EITHER_PREFIX, PREFIX_EITHER},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *rest = skip_prefix(rows[i].list, p);

		if (rest != NULL) {
			*prefix_out = rows[i].prefix;
			return rest;
		}
	}
	return NULL;
}

/* Strips what programs put in front, one piece after the other. first_out: the first
 * prefix that decides something. subject->phrase: the automatic phrase before any prefix.
 */
static const char *strip(const char *p, Subject *subject, Prefix *first_out)
{
	Prefix first = PREFIX_NONE;

	for (;;) {
		Prefix prefix = PREFIX_NONE;
		const char *phrase = NULL;
		const char *rest;

		p += strspn(p, " :])"); /* what an automatic phrase has left */
		if ((rest = skip_tag(p)) == NULL &&
		    (rest = skip_reply_or_forward(p, &prefix)) == NULL &&
		    (rest = skip_automatic(p, &phrase)) == NULL)
			break;
		if (phrase != NULL && first != PREFIX_NONE) {
			subject->was_answered = true;
		} else if (phrase != NULL && subject->phrase == NULL) {
			subject->phrase = phrase;
			subject->is_marked = is_marked(phrase, rest);
		}
		if (first == PREFIX_NONE || first == PREFIX_EITHER)
			first = prefix != PREFIX_NONE ? prefix : first;
		p = rest;
	}
	*first_out = first;
	return p;
}

/* "Jane Roe is out of the office." and "... (returning 12/03)". */
static const char *find_suffix(const char *folded)
{
	const char *open = strrchr(folded, '(');
	const char *phrase = words_ends(WORDS_AUTO_SUBJECT_SUFFIX, folded);
	g_autofree char *cut = NULL;
	size_t length;

	if (phrase != NULL)
		return phrase;
	length = open != NULL && open > folded ? (size_t)(open - folded) : strlen(folded);
	while (length > 0 && strchr(" .!", folded[length - 1]) != NULL)
		length--;
	cut = g_strndup(folded, length);
	return words_ends(WORDS_AUTO_SUBJECT_SUFFIX, cut);
}

static bool says_absence(const char *phrase)
{
	return phrase != NULL && words_has(WORDS_ABSENCE_SUBJECT, phrase);
}

void subject_read(const char *text, Subject *subject_out)
{
	g_autofree char *folded = words_fold(text != NULL ? text : "");
	Prefix first;
	const char *rest;

	memset(subject_out, 0, sizeof *subject_out);
	rest = strip(folded, subject_out, &first);
	if (first == PREFIX_NONE && subject_out->phrase == NULL) {
		subject_out->phrase = find_suffix(rest);
		subject_out->is_marked = subject_out->phrase != NULL;
	}
	subject_out->is_automatic = subject_out->phrase != NULL;
	subject_out->is_absence = says_absence(subject_out->phrase) ||
				  (subject_out->is_automatic && first == PREFIX_NONE &&
				   says_absence(find_suffix(rest)));
	subject_out->is_reply = first == PREFIX_REPLY && !subject_out->is_automatic;
	subject_out->is_forward = first == PREFIX_FORWARD && !subject_out->is_automatic;
	subject_out->key = g_strdup(rest);
	subject_out->is_specific = g_utf8_strlen(rest, -1) >= SPECIFIC_MIN &&
				   !words_has(WORDS_GENERIC_SUBJECT, rest);
}

void subject_clear(Subject *subject)
{
	g_free(subject->key);
	memset(subject, 0, sizeof *subject);
}
