/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Word lists that are data, not code: lib/crm/data/NAME.txt, embedded at build. A line is
 * one phrase, '#' starts a comment; "[xx]" lines name the language that follows. Phrases
 * are compared folded: compatibility forms, case, white space runs as one blank, and also
 * without accents, invisible characters and typographic quotes and dashes, because people
 * type "desinscrire" and gateways rewrite the rest. Folded text is decomposed: it is for
 * comparison, not for display.
 */
#ifndef LEAD_WORDS_H
#define LEAD_WORDS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum {
	WORDS_AUTO_SUBJECT,        /* at the start of an automatic reply's subject */
	WORDS_AUTO_SUBJECT_SUFFIX, /* at its end: "is out of the office" */
	WORDS_ABSENCE_SUBJECT,     /* those of the above two that say absence */
	WORDS_REPLY_PREFIX,        /* Re, Aw, Sv ... without the colon */
	WORDS_FORWARD_PREFIX,
	WORDS_EITHER_PREFIX,       /* VS: reply in one language, forward in another */
	WORDS_SUBJECT_TAG,         /* [External], CAUTION: */
	WORDS_GENERIC_SUBJECT,     /* too common to find a thread by */
	WORDS_STOP,                /* opt-out when they are the whole subject or text */
	WORDS_STOP_SENTENCE,       /* opt-out inside a short text */
	WORDS_DECLINED,
	WORDS_LEFT_COMPANY,
	WORDS_ABSENCE_TEXT,        /* reads as an absence notice: weak */
	WORDS_ABSENCE_STATE,       /* those of the above that say: I am away */
	WORDS_ABSENCE_PROMISE,     /* how such a notice goes on: an answer on return */
	WORDS_ACKNOWLEDGEMENT_TEXT, /* reads as an automatic acknowledgement: weak */
	WORDS_AUTOMATION_TEXT,     /* says itself that no person wrote it */
	WORDS_ACKNOWLEDGEMENT_SUBJECT, /* at the start of the subject of one: weak */
	WORDS_DESK_TEXT,           /* how a help desk goes about its work: weak */
	WORDS_RECEIPT_SUBJECT,     /* at the start of the subject of a read receipt */
	WORDS_RECEIPT_TEXT,        /* what it says, where it is no report */
	WORDS_NOTICE_SUBJECT,      /* of notices of scanners and servers: weak */
	WORDS_NOTICE_TEXT,
	WORDS_BULK_TEXT,           /* how mailings say that one may leave */
	WORDS_BOUNCE_SUBJECT,      /* of the undeliverable family */
	WORDS_CHALLENGE,           /* "confirm your message" */
	WORDS_BULK_MAILER,         /* in X-Mailer of bulk mail */
	WORDS_FREE_MAIL,           /* domains */
	WORDS_N,
} WordList;

/* Loads every list; once in main() before any thread, later calls do nothing. */
void words_init(void);

/* Folds text for comparison. Caller frees. */
char *words_fold(const char *text);

/* folded has been through words_fold(). has: the whole is a phrase; starts: the phrase
 * that it starts with, at a word's end; ends: likewise; contains: a phrase anywhere on
 * word boundaries (scripts without word breaks: anywhere). NULL if none; borrowed. */
bool words_has(WordList list, const char *folded);
const char *words_starts(WordList list, const char *folded);
const char *words_ends(WordList list, const char *folded);
const char *words_contains(WordList list, const char *folded);
/* words_contains() for several lists in one walk; phrases_out has an element for each. */
void words_scan(const char *folded, const WordList *lists, size_t count,
		const char **phrases_out);

#endif
