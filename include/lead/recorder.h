/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The recorder: the sentence as one function. Milter, ingest and explain all come through
 * here. Any thread.
 */
#ifndef LEAD_RECORDER_H
#define LEAD_RECORDER_H

#include <glib.h>
#include <stdbool.h>

#include "lead/facts.h"
#include "lead/settings.h"
#include "lead/store.h"
#include "lead/summary.h"

/* One message as its driver has it; borrowed. */
typedef struct {
	const Envelope *envelope;
	const HeaderSection *section;
	const char *body; /* first octets; NULL if none were read */
	size_t body_length;
} RawMessage;

/* Facts, direction, signs: everything before the store. Never NULL. */
MessageSummary *recorder_summarize(const RawMessage *message, const Settings *settings);

/* Limits for a header section and a body, from the settings. */
HeaderLimits recorder_header_limits(const Settings *settings);
FactsOptions recorder_facts_options(const Settings *settings);

typedef enum {
	RECORDED,  /* durable in the store */
	SPOOLED,   /* durable in the spool; the store was away */
	LEFT_EARLY, /* concerns nobody: nothing was written, nothing had to be */
} RecorderState;

/* Records a summary in the store; internal and transit mail, and mail that concerns
 * nobody, leaves without a write. false only if it is neither in the store nor needed
 * there; what then happens to the mail is the settings' on_failure, and the caller's. */
bool recorder_record(Store *store, MessageSummary *summary, Settings *settings,
		     RecorderState *state_out, RecordResult *result_out, GError **error);

#endif
