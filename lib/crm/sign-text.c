/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The own text of a message: what stands below it quoted has been taken away, so that the
 * word "unsubscribe" in the footer of our own mail says nothing. What is told is the
 * phrase of our list; the text itself is nobody's to keep.
 */
#include <string.h>

#include "class-rule.h"
#include "lead/words.h"
#include "sign-words.h"
#include "stop-word.h"

/* How long a text may be, in words, for a phrase in it to be what the text is about. */
enum {
	STOP_WITH_NAME_WORDS = 8,
	STOP_WORDS = 12,
	STOP_AND_MORE_WORDS = 40,
	DECLINED_WORDS = 40,
	LEFT_WORDS = 70,
	NOTICE_WORDS = READING_SHORT_WORDS, /* the longest */
};

static bool tell(const char *phrase, char **text_out)
{
	if (phrase == NULL)
		return false;
	*text_out = g_strdup_printf("text: %s", phrase);
	return true;
}

/* A phrase of list in a text of at most limit words. */
static const char *find_short(const Reading *reading, WordList list, size_t limit)
{
	return reading->own_words <= limit ? reading->own_phrases[list] : NULL;
}

/* The first line, folded: the word, with a name or a thank-you in the lines below. */
static char *first_line(const char *text)
{
	g_autofree char *line = NULL;

	text += strspn(text, " \t\r\n");
	line = g_strndup(text, strcspn(text, "\r\n"));
	return words_fold(line);
}

bool text_is_stop(const ClassRule *rule, const Reading *reading, char **text_out)
{
	g_autofree char *line = NULL;
	const char *phrase;

	(void)rule;
	if (reading->own_text == NULL || reading->own_words > STOP_WORDS)
		return false;
	phrase = stop_word_of(reading->own_text);
	if (phrase == NULL && reading->own_words <= STOP_WITH_NAME_WORDS) {
		line = first_line(reading->facts->body.own_text);
		phrase = stop_word_of(line);
	}
	return tell(phrase, text_out);
}

bool text_asks_to_stop(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return tell(find_short(reading, WORDS_STOP_SENTENCE, STOP_WORDS), text_out);
}

/* "Take me off your list, but talk to Anna" is for a person to read. */
bool text_asks_to_stop_and_more(const ClassRule *rule, const Reading *reading,
				char **text_out)
{
	(void)rule;
	return reading->own_words > STOP_WORDS &&
	       tell(find_short(reading, WORDS_STOP_SENTENCE, STOP_AND_MORE_WORDS),
		    text_out);
}

bool text_says_left(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return tell(find_short(reading, WORDS_LEFT_COMPANY, LEFT_WORDS), text_out);
}

bool text_declines(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return tell(find_short(reading, WORDS_DECLINED, DECLINED_WORDS), text_out);
}

bool text_is_absence(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return tell(reading->own_phrases[WORDS_ABSENCE_TEXT], text_out);
}

/* That the author is away, and that the answer will come on return: a notice says both
 * and no more. */
bool text_is_absence_notice(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	if (reading->own_phrases[WORDS_ABSENCE_STATE] == NULL ||
	    strchr(reading->own_text, '?') != NULL)
		return false;
	return tell(find_short(reading, WORDS_ABSENCE_PROMISE, NOTICE_WORDS), text_out);
}

/* Lotus Notes and some mail programs write receipts as plain letters. */
bool text_is_receipt(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return words_starts(WORDS_RECEIPT_SUBJECT, reading->subject.key) != NULL &&
	       tell(find_short(reading, WORDS_RECEIPT_TEXT, NOTICE_WORDS), text_out);
}

bool text_is_desk(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return tell(reading->own_phrases[WORDS_DESK_TEXT], text_out);
}

/* "Thank you for your message to sales@lead.example": a person would say "to me". */
bool text_names_its_address(const ClassRule *rule, const Reading *reading, char **text_out)
{
	static const char *const before[] = {
		"message to ",	 "mail to ",	"contacting ",	"writing to ",
		"nachricht an ", "mail an ",	"anfrage an ",	"message a ",
		"mensaje a ",	 "mensagem a ", "bericht aan ",
	};
	const char *at;
	size_t length;

	(void)rule;
	if (reading->own_text == NULL || reading->from == NULL)
		return false;
	at = strstr(reading->own_text, reading->from->address->canonical);
	while (at != NULL && at > reading->own_text && strchr("<\"'([", at[-1]) != NULL)
		at--;
	for (size_t i = 0; at != NULL && i < G_N_ELEMENTS(before); i++) {
		length = strlen(before[i]);
		if ((size_t)(at - reading->own_text) >= length &&
		    strncmp(at - length, before[i], length) == 0)
			return tell(before[i], text_out);
	}
	return false;
}

bool text_is_acknowledgement(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return tell(reading->own_phrases[WORDS_ACKNOWLEDGEMENT_TEXT], text_out);
}

bool text_is_automation(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return tell(reading->own_phrases[WORDS_AUTOMATION_TEXT], text_out);
}

bool text_is_notice(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return tell(reading->own_phrases[WORDS_NOTICE_TEXT], text_out);
}

/* A service that tells in a format of its own, from an address that nobody reads. */
bool text_is_robot_notice(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return reading->own_text != NULL && reading->from != NULL &&
	       addr_spec_is_no_reply(reading->from->address) &&
	       row_words_start(reading->own_text, rule->words) &&
	       tell(rule->words, text_out);
}

/* "Please unsubscribe me from this list": a reader's words, not a mailing's. */
static bool asks_to_leave(const Reading *reading)
{
	return find_short(reading, WORDS_STOP_SENTENCE, STOP_WORDS) != NULL;
}

/* A mailing, unless it answers somebody: then it is the footer of a list or a platform. A
 * rep's letter may have to have one. */
bool text_offers_to_leave(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	if (reading->direction->direction == DIRECTION_OUTBOUND || reading->own_list ||
	    reading->has_thread || reading->subject.is_reply ||
	    reading->subject.is_forward || asks_to_leave(reading))
		return false;
	return tell(reading->own_phrases[WORDS_BULK_TEXT], text_out);
}

/* Whoever forwards has written something by doing so. */
bool text_is_missing(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	(void)text_out;
	return reading->facts->body.had_text && reading->own_text != NULL &&
	       *reading->own_text == '\0' && !reading->subject.is_forward;
}
