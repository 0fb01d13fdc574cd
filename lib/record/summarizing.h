/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Summarizing: the sentence before the store, step by step, so that no more of a message
 * is read than it needs. Borrows message and settings. Private to lib/record.
 */
#ifndef LEAD_RECORD_SUMMARIZING_H
#define LEAD_RECORD_SUMMARIZING_H

#include "lead/recorder.h"

typedef struct {
	const RawMessage *message;
	const Settings *settings;
	FactsOptions options;
	MessageFacts facts;
	DirectionVerdict direction;
	MessageSummary *summary; /* who wrote to whom, at first */
} Summarizing;

/* Reads envelope and header section. */
void summarizing_begin(Summarizing *self, const RawMessage *message,
		       const Settings *settings);
/* True if the message could concern nobody but those whom the summary names so far: it
 * answers nothing, reports nothing and asks for no new contact. Then store_concerns() of
 * the summary as it is tells what it would tell of the whole. */
bool summarizing_names_nothing(const Summarizing *self);
void summarizing_read_body(Summarizing *self);
/* Makes the summary complete by what was read. */
void summarizing_complete(Summarizing *self);
/* The summary, complete or not; the rest is freed. */
MessageSummary *summarizing_end(Summarizing *self);

#endif
