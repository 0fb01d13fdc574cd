/* SPDX-License-Identifier: BSD-2-Clause */
/* What was found out about one message, for programs and for people. */
#ifndef LEADCTL_EXPLANATION_H
#define LEADCTL_EXPLANATION_H

#include "column.h"
#include "lead/decide.h"

/* Borrows from what it was read from. Of a recorded message the decision is the recorded
 * one, made with all its copies; the class is that of the copy at hand. */
typedef struct {
	const MessageSummary *summary;
	const Decision *decision; /* as of now */
	const History *history;
	Match match;
	bool recorded;
	MessageClass class;
	Outcome outcome;
	Reason reason;
	Tier tier;
	const char *answers;
	const ContactState *contact; /* whom it concerns; NULL nobody */
} Finding;

void finding_read(const MessageSummary *summary, const Decision *decision,
		  const History *history, const Settings *settings, Finding *finding_out);

/* A row of explanation_listing. Borrows from the finding. */
typedef struct {
	const char *file;
	const char *direction, *class, *bounce;
	GPtrArray *names; /* of const char *; owned */
	const char *const *evidence;
	const char *author, *message_id, *answers, *tier, *auth, *outcome, *reason;
	bool recorded;
	const char *contact, *stage;
	int64_t outreach_at;
	const char *outreach_rep;
	GPtrArray *rules; /* of Rule *; owned */
	const char *why;
	const char *error;
} Explanation;

extern const Listing explanation_listing;

void explanation_read(const char *file, const Finding *finding,
		      Explanation *explanation_out);
/* A message that could not be read. */
void explanation_fail(const char *file, const char *error, Explanation *explanation_out);
void explanation_clear(Explanation *explanation);

/* For people, to standard output: every rule with the text that made it fire. */
void explanation_write_text(const char *file, const Finding *finding);

const char *reason_sentence(Reason reason);

#endif
