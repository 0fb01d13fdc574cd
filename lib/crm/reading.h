/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A reading: what the rules look at in one message, made ready once for all of them.
 * Borrows facts, direction and settings.
 */
#ifndef LEAD_CRM_READING_H
#define LEAD_CRM_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "lead/direction.h"
#include "lead/facts.h"
#include "lead/settings.h"
#include "lead/subject.h"
#include "lead/words.h"

enum {
	READING_WORDS_MAX = 200,
	READING_SHORT_WORDS = 150, /* no rule that wants a short text takes a longer one */
};

typedef struct {
	const MessageFacts *facts;
	const DirectionVerdict *direction;
	const Settings *settings;
	const HeaderSection *section;
	const Mailbox *from; /* first author; NULL if there is none */
	Subject subject;
	char *own_text;	  /* folded, its beginning; NULL if none was read */
	size_t own_words; /* in own_text; READING_WORDS_MAX + 1 if more, or if it was cut */
	char *own_end;	  /* folded, its end where it was cut; else NULL */
	/* the first phrase of each list in own_text; of WORDS_BULK_TEXT in own_end, too;
	 * none where no rule asks */
	const char *own_phrases[WORDS_N];
	bool null_reverse_path; /* known, and null */
	bool from_daemon;	/* From is a mailer daemon, by address or name */
	bool own_list;		/* came through a list of ours */
	bool has_thread;	/* names any message, or has a Thread-Index */
} Reading;

void reading_init(Reading *reading, const MessageFacts *facts,
		  const DirectionVerdict *direction, const Settings *settings);
void reading_clear(Reading *reading);

#endif
