/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A story: what happened before a message, and the message, in one line each, so that a
 * table of cases can be read. The world is what a store would hold; a history is loaded
 * from it by the rules of lead/history.h. Words are separated by blanks, '_' in a value
 * stands for a blank; times are in days from a fixed one; mistakes end the test.
 *
 * World, sentences separated by ';':
 *   contact ID ADDRESS[,ADDRESS] [name=N] [stage=S] [demoted=DAY] [criteria=N]
 *           [locked] [erased] [unwanted] [bad]
 *   blocked ADDRESS
 *   left-out ADDRESS        on the never-log list; before the sentences of its mail
 *   sent ROW ID to=ADDRESS[,ADDRESS] [rep=ADDRESS] [day=D] [subject=S] [thread=T]
 *           [external=N] [machine] [cached]
 *   seen ROW ID by=ADDRESS [date=DAY] [in|out] [has=CONTACT[,CONTACT]]
 *   busy=N                  messages of the author within two hours
 *   newcomers=N             contacts made that day, by strangers or by the rep
 *   dropped                 the never-log list drops the message
 *   repeated                same body as an earlier one of the author
 *
 * Message:
 *   in|out|internal|transit  from=ADDRESS [name=N] [to=] [cc=] [bcc=] [others=] [left=N]
 *   [id=ID] [date=DAY] [day=D] [answers=ID,ID] [thread=T] [subject=S] [re] [fwd]
 *   [class=C] [auth=A] [calendar=K] [bounced=ADDRESS:KIND[:ORIGINAL],...] [returned=ID]
 *   [absent=DAY] [login=L] [spoof] [many] [stand-in] [signs=RULE,...]
 * others: addresses of To and Cc that are in no envelope of ours. class is for decide();
 * judge() finds its own from the signs.
 */
#ifndef LEAD_TESTS_STORY_H
#define LEAD_TESTS_STORY_H

#include "lead/decide.h"

typedef struct {
	MessageSummary *summary;
	MessageClass class;
} StoryMessage;

/* settings: "local_domains = ours.example", and whatever lines are given. */
Settings *story_settings(const char *lines);
StoryMessage story_message(const char *text);
void story_message_clear(StoryMessage *message);
History *story_history(const char *world, const MessageSummary *summary);

/* "promoted reply-reference reference o1 | keep | interaction 1 author, ..."
 * "self 1 reference 10 in": relation, lead, tier, row of the outreach, window */
char *story_decision(const Decision *decision);
char *story_match(const Match *match);

int64_t story_day(int64_t day);
int64_t story_digest(const char *text); /* 0 for NULL */
const char *story_calendar_name(CalendarKind kind);

#endif
