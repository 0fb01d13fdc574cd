/* SPDX-License-Identifier: BSD-2-Clause */
/* What was found out about one message, for programs and for people. */
#ifndef LEADCTL_EXPLANATION_H
#define LEADCTL_EXPLANATION_H

#include "column.h"
#include "lead/decide.h"

/* A row of explanation_listing. Borrows from summary and decision. */
typedef struct {
	const char *file;
	const char *direction, *class, *bounce;
	GPtrArray *rules; /* of const char *; owned */
	const char *const *evidence;
	const char *author, *message_id, *answers, *tier, *auth, *outcome, *reason;
	const char *error;
} Explanation;

extern const Listing explanation_listing;

void explanation_read(const char *file, const MessageSummary *summary,
		      const Decision *decision, Explanation *explanation_out);
/* A message that could not be read. */
void explanation_fail(const char *file, const char *error, Explanation *explanation_out);
void explanation_clear(Explanation *explanation);

/* For people, to standard output: every rule with the text that made it fire. */
void explanation_write_text(const char *file, const MessageSummary *summary,
			    const Decision *decision, const History *history);

const char *reason_sentence(Reason reason);

#endif
