/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two passes: the archives are read and summarized once, the summaries laid by; then they
 * are recorded in order of arrival. A path that is not there is found out before anything
 * is recorded.
 */
#include "ingest-count.h"

#include "lead/error.h"
#include "lead/message-source.h"
#include "lead/recorder.h"
#include "summary-pile.h"

enum { BATCH = 500 }; /* summaries in one transaction */

typedef struct {
	Store *store;
	Settings *settings;
	const IngestCallbacks *callbacks;
	IngestSummary *summary;
	SummaryPile *pile;
	HeaderSection *section; /* one for all messages */
	GError *error;		/* what ended the reading */
	int64_t now;		/* for a message that nothing dates */
} Ingest;

static void show(const Ingest *self, const char *phase, size_t done, size_t total)
{
	if (self->callbacks->progress != NULL)
		self->callbacks->progress(phase, done, total, self->callbacks->user);
}

static void report(const Ingest *self, const char *name, const char *text)
{
	self->summary->failed++;
	if (self->callbacks->problem != NULL)
		self->callbacks->problem(name, text, self->callbacks->user);
}

/* ---- reading ---- */

static MessageSummary *summarize(Ingest *self, const SourceMessage *message)
{
	MessageSummary *summary;
	Envelope envelope;
	size_t body;

	header_section_clear(self->section);
	body = header_section_split(self->section, message->bytes, message->length);
	envelope_from_section(self->section, self->settings,
			      message->at != 0 ? message->at : self->now, &envelope);
	envelope.size = (int64_t)message->length;
	summary = recorder_summarize(
		&(RawMessage){
			.envelope = &envelope,
			.section = self->section,
			.body = message->bytes + body,
			.body_length = MIN(message->length - body,
					   (size_t)self->settings->body_octets),
		},
		self->settings);
	envelope_clear(&envelope);
	return summary;
}

static bool read_message(const SourceMessage *message, const GError *error, void *user)
{
	Ingest *self = user;
	g_autoptr(MessageSummary) summary = NULL;

	show(self, "reading", message->done, message->total);
	if (message->bytes == NULL) {
		report(self, message->name, error->message);
		return true;
	}
	self->summary->read++;
	summary = summarize(self, message);
	return summary_pile_add(self->pile, summary, &self->error);
}

static bool read_paths(Ingest *self, const char *const *paths, GError **error)
{
	for (; *paths != NULL; paths++) {
		if (message_source_visit(*paths, read_message, self, error))
			continue;
		if (self->error != NULL)
			g_propagate_error(error, g_steal_pointer(&self->error));
		return false;
	}
	return summary_pile_sort(self->pile, error);
}

/* ---- recording ---- */

void ingest_count(IngestSummary *summary, const RecordResult *result)
{
	if (result->reason == REASON_DUPLICATE)
		summary->duplicates++;
	else if (result->message != 0)
		summary->recorded++;
	else
		summary->ignored++;
	summary->promoted += (result->outcome == OUTCOME_PROMOTED) + result->promoted_again;
	summary->suggested += result->outcome == OUTCOME_SUGGESTED;
}

/* Some summary of the batch is refused: each alone, so that the others are recorded. */
static bool record_singly(Ingest *self, MessageSummary *const *summaries, size_t many,
			  GError **error)
{
	for (size_t i = 0; i < many; i++) {
		g_autoptr(GError) reason = NULL;
		RecordResult result = {0};

		if (store_record(self->store, summaries[i], self->settings, 0, &result,
				 &reason)) {
			ingest_count(self->summary, &result);
		} else if (g_error_matches(reason, LEAD_ERROR, LEAD_ERROR_INVALID)) {
			const char *id = summaries[i]->message_id;

			report(self, id != NULL ? id : "(no Message-ID)", reason->message);
		} else {
			g_propagate_error(error, g_steal_pointer(&reason));
			return false;
		}
	}
	return true;
}

static bool record_batch(Ingest *self, MessageSummary *const *summaries, size_t many,
			 GError **error)
{
	g_autoptr(GError) reason = NULL;
	RecordResult results[BATCH] = {0};

	if (!store_record_many(self->store, summaries, many, self->settings, results,
			       &reason)) {
		if (g_error_matches(reason, LEAD_ERROR, LEAD_ERROR_INVALID))
			return record_singly(self, summaries, many, error);
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	for (size_t i = 0; i < many; i++)
		ingest_count(self->summary, &results[i]);
	return true;
}

static bool judge_batch(Ingest *self, MessageSummary *const *summaries, size_t many,
			GError **error)
{
	for (size_t i = 0; i < many; i++) {
		History *history = NULL;
		Decision decision;

		if (!store_judge(self->store, summaries[i], self->settings, &decision,
				 &history, error))
			return false;
		ingest_count(self->summary, &(RecordResult){.outcome = decision.outcome,
						     .reason = decision.reason,
						     .message = decision.keep});
		decision_clear(&decision);
		history_free(history);
	}
	return true;
}

static size_t take_batch(Ingest *self, size_t from, MessageSummary **summaries_out,
			 GError **error)
{
	size_t many = MIN(BATCH, summary_pile_count(self->pile) - from);

	for (size_t i = 0; i < many; i++) {
		summaries_out[i] = summary_pile_take(
			self->pile, from + i, self->settings->subaddress_separator, error);
		if (summaries_out[i] != NULL)
			continue;
		while (i-- > 0)
			summary_unref(summaries_out[i]);
		return 0;
	}
	return many;
}

static bool record_pile(Ingest *self, GError **error)
{
	size_t total = summary_pile_count(self->pile), many;
	MessageSummary *summaries[BATCH];
	bool done = true;

	for (size_t from = 0; done && from < total; from += many) {
		show(self, "recording", from, total);
		many = take_batch(self, from, summaries, error);
		if (many == 0)
			return false;
		done = self->callbacks->dry_run
			       ? judge_batch(self, summaries, many, error)
			       : record_batch(self, summaries, many, error);
		for (size_t i = 0; i < many; i++)
			summary_unref(summaries[i]);
	}
	return done;
}

bool ingest(Store *store, Settings *settings, const char *const *paths,
	    const IngestCallbacks *callbacks, IngestSummary *summary_out, GError **error)
{
	HeaderLimits limits = recorder_header_limits(settings);
	g_autoptr(HeaderSection) section =
		header_section_new(&limits, settings->spam_headers);
	g_autoptr(SummaryPile) pile = summary_pile_new(error);
	Ingest self = {store, settings, callbacks, summary_out,
		       pile,  section,	NULL,	   g_get_real_time() / G_USEC_PER_SEC};
	int64_t start = g_get_monotonic_time();
	bool done;

	*summary_out = (IngestSummary){0};
	done = pile != NULL && read_paths(&self, paths, error) && record_pile(&self, error);
	summary_out->seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
	return done;
}
