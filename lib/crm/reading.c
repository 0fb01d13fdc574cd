/* SPDX-License-Identifier: BSD-2-Clause */
#include "reading.h"

#include <string.h>

#include "lead/words.h"
#include "list-fields.h"
#include "word-char.h"

enum { OWN_TEXT_OCTETS = 1500 }; /* a notice says what it is in its first lines */

/* The beginning of text, at most OWN_TEXT_OCTETS, not inside a character. */
static char *text_beginning(const char *text, bool *cut_out)
{
	size_t length = strlen(text);

	*cut_out = length > OWN_TEXT_OCTETS;
	if (*cut_out) {
		length = OWN_TEXT_OCTETS;
		while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
			length--;
	}
	return g_strndup(text, length);
}

static void read_own_text(Reading *reading, const char *text)
{
	bool cut;
	g_autofree char *beginning = text_beginning(text, &cut);

	reading->own_text = words_fold(beginning);
	reading->own_words = cut ? READING_WORDS_MAX + 1
				 : words_count(reading->own_text, READING_WORDS_MAX);
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
	if (facts->body.own_text != NULL)
		read_own_text(reading, facts->body.own_text);
	reading->null_reverse_path = envelope_has_null_reverse_path(facts->envelope);
	reading->from_daemon = is_daemon(reading->from);
	reading->own_list = list_fields_present(facts->section) &&
			    list_is_own(facts->section, settings);
}

void reading_clear(Reading *reading)
{
	subject_clear(&reading->subject);
	g_free(reading->own_text);
	memset(reading, 0, sizeof *reading);
}
