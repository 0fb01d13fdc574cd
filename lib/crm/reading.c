/* SPDX-License-Identifier: BSD-2-Clause */
#include "reading.h"

#include <string.h>

#include "lead/words.h"
#include "list-fields.h"
#include "word-char.h"

enum {
	OWN_TEXT_OCTETS = 1500, /* a notice says what it is in its first lines */
	OWN_END_OCTETS = 1500,	/* and a mailing, how to leave it, in its last */
};

/* The place of a character at or before offset. */
static size_t character_at(const char *text, size_t offset)
{
	while (offset > 0 && ((unsigned char)text[offset] & 0xc0) == 0x80)
		offset--;
	return offset;
}

/* The lists that are asked of a whole text, in one walk. */
static void scan_own_text(Reading *reading)
{
	static const WordList lists[] = {
		WORDS_STOP_SENTENCE,	    WORDS_DECLINED,
		WORDS_LEFT_COMPANY,	    WORDS_ABSENCE_TEXT,
		WORDS_ACKNOWLEDGEMENT_TEXT, WORDS_AUTOMATION_TEXT,
		WORDS_NOTICE_TEXT,	    WORDS_BULK_TEXT,
		WORDS_ABSENCE_STATE,	    WORDS_ABSENCE_PROMISE,
		WORDS_DESK_TEXT,	    WORDS_RECEIPT_TEXT,
	};
	const char *phrases[G_N_ELEMENTS(lists)];

	words_scan(reading->own_text, lists, G_N_ELEMENTS(lists), phrases);
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		reading->own_phrases[lists[i]] = phrases[i];
}

static void read_own_text(Reading *reading, const char *text)
{
	size_t length = strlen(text);
	g_autofree char *beginning = NULL;

	if (length <= OWN_TEXT_OCTETS) {
		reading->own_text = words_fold(text);
		reading->own_words = words_count(reading->own_text, READING_WORDS_MAX);
		return;
	}
	beginning = g_strndup(text, character_at(text, OWN_TEXT_OCTETS));
	reading->own_text = words_fold(beginning);
	reading->own_words = READING_WORDS_MAX + 1;
	length -= MIN(length - OWN_TEXT_OCTETS, OWN_END_OCTETS);
	reading->own_end = words_fold(text + character_at(text, length));
}

/* A mailing says at its end how to leave it. */
static void scan_own_end(Reading *reading)
{
	if (reading->own_end != NULL && reading->own_phrases[WORDS_BULK_TEXT] == NULL)
		reading->own_phrases[WORDS_BULK_TEXT] =
			words_contains(WORDS_BULK_TEXT, reading->own_end);
}

/* Of long mail that we send nobody asks for phrases: the rules that look for them are weak,
 * which is not for us, or want a short text. Only a mailing by a program of ours is told
 * from what it writes unasked. */
static bool has_asked_phrases(const Reading *reading)
{
	return reading->direction->direction != DIRECTION_OUTBOUND ||
	       reading->own_words <= READING_SHORT_WORDS ||
	       (reading->from != NULL && (addr_spec_is_no_reply(reading->from->address) ||
					  addr_spec_is_service(reading->from->address)));
}

/* Daemons call themselves "Mail Delivery System", in the words of their subjects. */
static bool is_daemon(const Mailbox *from)
{
	g_autofree char *name = NULL;

	if (from == NULL)
		return false;
	if (addr_spec_is_mailer_daemon(from->address))
		return true;
	name = from->name != NULL ? words_fold(from->name) : NULL;
	return name != NULL && g_str_has_prefix(name, "mail ") &&
	       words_starts(WORDS_BOUNCE_SUBJECT, name) != NULL;
}

void reading_init(Reading *reading, const MessageFacts *facts,
		  const DirectionVerdict *direction, const Settings *settings)
{
	memset(reading, 0, sizeof *reading);
	reading->facts = facts;
	reading->direction = direction;
	reading->settings = settings;
	reading->section = facts->section;
	reading->from = facts->authors->len > 0 ? facts->authors->pdata[0] : NULL;
	subject_read(facts->subject, &reading->subject);
	if (facts->body.own_text != NULL) {
		read_own_text(reading, facts->body.own_text);
		if (has_asked_phrases(reading)) {
			scan_own_text(reading);
			scan_own_end(reading);
		}
	}
	reading->null_reverse_path = envelope_has_null_reverse_path(facts->envelope);
	reading->from_daemon = is_daemon(reading->from);
	reading->has_thread = facts->answers->len > 0 || facts->has_thread_index;
	reading->own_list = list_fields_present(facts->section) &&
			    list_is_own(facts->section, settings);
}

void reading_clear(Reading *reading)
{
	subject_clear(&reading->subject);
	g_free(reading->own_text);
	g_free(reading->own_end);
	memset(reading, 0, sizeof *reading);
}
