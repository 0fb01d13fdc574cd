/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The recorder: the sentence as one function, and the store behind it that may be away.
 * The milter, ingest and explain all summarize a message here; the daemon also records
 * through the Recorder, which opens the store when it can, spools when it cannot, and
 * replays the spool by itself. Any thread.
 */
#ifndef LEAD_RECORDER_H
#define LEAD_RECORDER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/facts.h"
#include "lead/settings.h"
#include "lead/store.h"
#include "lead/summary.h"

/* ---- before the store: pure ---- */

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

/* ---- the recorder of a daemon ---- */

typedef struct Recorder Recorder;

typedef enum {
	RECORDED,   /* durable in the store */
	SPOOLED,    /* durable in the spool; the store was away */
	LEFT_EARLY, /* concerns nobody: nothing was written, nothing had to be */
} RecorderState;
const char *recorder_state_name(RecorderState state); /* recorded, spooled, left-early */

/* Tells what happened to store and spool: away, back, replayed, damaged; a few lines a
 * minute at most. Called from any thread, with no lock of the recorder held. */
typedef void (*RecorderNotice)(LogLevel level, const char *text, void *user);

/*
 * Opens the spool (if on_failure asks for one) and the store of the settings, and starts
 * the thread that replays the spool; so only after fork() and the change of user. A store
 * that cannot be opened is a notice, not an error: it is opened later, with back-off, and
 * until then every message is spooled. Only a spool that cannot be used is an error
 * (PERMANENT): then nothing could be kept.
 */
Recorder *recorder_new(Settings *settings, RecorderNotice notice, void *user,
		       GError **error);
/* Ends the thread and closes the store; what is spooled stays. No call of
 * recorder_record() may be running or follow. NULL is fine. */
void recorder_free(Recorder *recorder);

/*
 * Records one message within settings->store_timeout_ms; internal and transit mail, and
 * mail that concerns nobody, leaves without a write. With on_failure = spool it goes to
 * the spool if the store fails or is known to be away, and result_out then says nothing
 * (all zero); of what left early it says class, outcome and reason. false only if the
 * message is neither in the store nor in the spool: TEMPORARY and PERMANENT are about
 * these, and then on_failure, with spool on_spool_failure, says what happens to the mail;
 * any other error is about the message, and would come again with it.
 */
bool recorder_record(Recorder *recorder, MessageSummary *summary, Settings *settings,
		     RecorderState *state_out, RecordResult *result_out, GError **error);

/*
 * The same of a message as its driver has it, of which no more is read than that needs: mail
 * that concerns nobody leaves by its header section. *summary_out (never NULL, the
 * caller's) is complete but for that, and so is what is said of it: with tell by what was
 * read, for a line in a log; else nothing (all zero).
 */
bool recorder_take(Recorder *recorder, const RawMessage *message, Settings *settings,
		   bool tell, MessageSummary **summary_out, RecorderState *state_out,
		   RecordResult *result_out, GError **error);

typedef struct {
	int64_t recorded, spooled, left_early, failed; /* messages since recorder_new() */
	int64_t replayed;  /* spooled records */
	int64_t set_aside; /* pieces of the spool: damaged, or refused by the store */
	bool store_is_away;
} RecorderCounts;
void recorder_counts(Recorder *recorder, RecorderCounts *counts_out);

#endif
