/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Phrase lists of this library: wordings of mail programs that are data, not code
 * (lib/mail/data/NAME.txt, embedded at build). A line is one phrase, '#' starts a
 * comment, "[name]" names the list that follows; '*' stands for any text. Phrases and
 * texts are compared folded: small letters, white space of any kind as one blank. Read
 * once, then immutable; any thread.
 */
#ifndef LEAD_MAIL_PHRASES_H
#define LEAD_MAIL_PHRASES_H

#include <stdbool.h>
#include <stddef.h>

typedef enum {
	PHRASES_ATTRIBUTION,  /* the line in front of a quotation */
	PHRASES_DIVIDER,      /* the line in front of a whole message, within dashes */
	PHRASES_DIVIDER_BARE, /* likewise, known without dashes */
	PHRASES_LABEL_FROM,   /* "From" as mail programs write it over a quotation */
	PHRASES_LABEL,	      /* "Sent", "To", "Subject" ... */
	PHRASES_SIGNATURE,    /* a line that a telephone or web mail adds */
	PHRASES_DAEMON,	      /* author of a bounce */
	PHRASES_BOUNCE_SUBJECT,
	PHRASES_FORM_FAILED, /* what a bounce without a report says */
	PHRASES_FORM_DELAYED,
	PHRASES_FORM_SUCCESS,
	PHRASES_NOTICE,        /* what a mailer daemon else writes about */
	PHRASES_REFUSED,   /* an MDN of a refusal */
	PHRASES_TEXT_SOFT_SURE, /* diagnostic texts, in order of weight */
	PHRASES_TEXT_HARD_SURE,
	PHRASES_TEXT_HARD,
	PHRASES_TEXT_SOFT,
	PHRASES_TEXT_HARD_WEAK,
	PHRASES_N,
} PhraseListId;

/* Folds at most limit octets of text, which need not be valid UTF-8. Caller frees. */
char *phrases_fold(const char *text, size_t length, size_t limit);

/* folded has been through phrases_fold(). The phrase that it is, begins with, or holds
 * on word boundaries (there a '*' spans at most 100 octets); NULL if none. */
const char *phrases_whole(PhraseListId list, const char *folded);
const char *phrases_begin(PhraseListId list, const char *folded);
const char *phrases_within(PhraseListId list, const char *folded);

/* Can this text, not folded yet and without blanks in front, begin with a phrase, or be
 * one? A quick look that saves most of the folding; it may err on the side of yes. */
bool phrases_may_begin(PhraseListId list, const char *text, size_t length);
bool phrases_may_be(PhraseListId list, const char *text, size_t length);

#endif
