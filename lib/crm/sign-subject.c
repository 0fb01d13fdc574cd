/* SPDX-License-Identifier: BSD-2-Clause */
/* The subject. What is told is the phrase of our list, never the subject itself: it may
 * not be stored. */
#include <string.h>

#include "class-rule.h"
#include "lead/words.h"
#include "sign-words.h"
#include "stop-word.h"

static bool tell(const char *phrase, char **text_out)
{
	if (phrase == NULL)
		return false;
	*text_out = g_strdup_printf("subject: %s", phrase);
	return true;
}

/* A person's thread grows References; a responder answers the one message. */
static bool names_one_at_most(const GArray *answers)
{
	unsigned references = 0;

	for (guint i = 0; i < answers->len; i++)
		references +=
			g_array_index(answers, AnswerId, i).source == ANSWER_REFERENCES;
	return references <= 1;
}

/*
 * An automatic subject and one more thing that a responder does. A short References is no
 * more than what a new letter has, so beside it the phrase must stand by itself: "Out of
 * office: offer", not "Out of office hours".
 */
static bool subject_is_confirmed(const Reading *reading)
{
	const Subject *subject = &reading->subject;

	return subject->is_automatic &&
	       (reading->null_reverse_path ||
		header_section_count(reading->section, FIELD_X_AUTO_RESPONSE_SUPPRESS) >
			0 ||
		header_section_count(reading->section,
				     FIELD_X_MS_EXCHANGE_INBOX_RULES_LOOP) > 0 ||
		(subject->is_marked && names_one_at_most(reading->facts->answers)));
}

bool subject_is_automatic(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return !reading->subject.is_absence && subject_is_confirmed(reading) &&
	       tell(reading->subject.phrase, text_out);
}

bool subject_is_absence(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return reading->subject.is_absence && subject_is_confirmed(reading) &&
	       tell(reading->subject.phrase, text_out);
}

bool subject_is_automatic_alone(const ClassRule *rule, const Reading *reading,
				char **text_out)
{
	return reading->subject.is_absence == rule->says_absence &&
	       tell(reading->subject.phrase, text_out);
}

bool subject_answers_automatic(const ClassRule *rule, const Reading *reading,
			       char **text_out)
{
	(void)rule;
	(void)text_out;
	return reading->subject.was_answered;
}

/* "Thank you for your inquiry": who answers by hand, answers with "Re:". */
bool subject_acknowledges(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	if (reading->subject.is_reply || reading->subject.is_forward)
		return false;
	return tell(words_starts(WORDS_ACKNOWLEDGEMENT_SUBJECT, reading->subject.key),
		    text_out);
}

/* "[#1234]", "[Ticket 1234]", "Case 00012345": systems that count letters send receipts. */
bool subject_is_ticket(const ClassRule *rule, const Reading *reading, char **text_out)
{
	const char *text = reading->facts->subject;
	const char *open = text != NULL ? strchr(text, '[') : NULL;

	(void)rule;
	for (; open != NULL; open = strchr(open + 1, '[')) {
		size_t length = strcspn(open + 1, "]");
		size_t digits = length;

		while (digits > 0 && g_ascii_isdigit(open[digits]))
			digits--;
		if (open[length + 1] == ']' && length - digits >= 3)
			return tell("[number]", text_out);
	}
	return false;
}

bool subject_is_challenge(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return !reading->subject.is_reply &&
	       tell(words_contains(WORDS_CHALLENGE, reading->subject.key), text_out);
}

bool subject_is_notice(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return !reading->subject.is_reply &&
	       tell(words_contains(WORDS_NOTICE_SUBJECT, reading->subject.key), text_out);
}

/* Beginnings that an RFC or a program lays down: the row's words. */
bool subject_is_machine(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return row_words_start(reading->subject.key, rule->words) &&
	       tell(rule->words, text_out);
}

/* Mail programs name what they answer; many responders only write "Re:". */
bool subject_lacks_thread(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	(void)text_out;
	return reading->subject.is_reply && !reading->has_thread;
}

/* People answer each other under "Re: unsubscribe"; there their text counts. */
bool subject_is_stop(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	if (reading->subject.is_reply && reading->own_words > 0)
		return false;
	return tell(stop_word_of(reading->subject.key), text_out);
}
