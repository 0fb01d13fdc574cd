/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two passes: the archives are read once, and summarized by threads beside, the summaries
 * laid by; then they are recorded in order of arrival. A path that is not there is found
 * out before anything is recorded.
 */
#include "ingest-count.h"

#include <pthread.h>

#include "lead/error.h"
#include "lead/message-source.h"
#include "summary-mill.h"
#include "summary-pile.h"

enum { BATCH = 500 }; /* summaries in one transaction */

typedef struct {
	Store *store;
	Settings *settings;
	const IngestCallbacks *callbacks;
	IngestSummary *summary;
	SummaryPile *pile;
	SummaryMill *mill;
	GError *error; /* what ended the reading */
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

static bool read_message(const SourceMessage *message, const GError *error, void *user)
{
	Ingest *self = user;

	show(self, "reading", message->done, message->total);
	if (message->bytes == NULL) {
		report(self, message->name, error->message);
		return true;
	}
	self->summary->read++;
	return summary_mill_add(self->mill, message, &self->error);
}

static bool visit_paths(Ingest *self, const char *const *paths, GError **error)
{
	for (; *paths != NULL; paths++) {
		if (message_source_visit(*paths, read_message, self, error))
			continue;
		if (self->error != NULL)
			g_propagate_error(error, g_steal_pointer(&self->error));
		return false;
	}
	return true;
}

static bool read_paths(Ingest *self, const char *const *paths, GError **error)
{
	bool visited, ground;

	self->mill = summary_mill_new(self->settings, self->pile,
				      g_get_real_time() / G_USEC_PER_SEC, error);
	if (self->mill == NULL)
		return false;
	visited = visit_paths(self, paths, error);
	ground = summary_mill_end(self->mill, visited ? error : NULL);
	summary_pile_sort(self->pile);
	return visited && ground;
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

/* Summaries that are taken from the pile while those before them are recorded. */
typedef struct {
	Ingest *ingest;
	size_t from, many;
	MessageSummary *summaries[BATCH];
	GError *error;
	pthread_t thread;
	bool has_thread;
} Batch;

static void *batch_take(void *batch)
{
	Batch *self = batch;
	SummaryPile *pile = self->ingest->pile;
	size_t many = MIN(BATCH, summary_pile_count(pile) - self->from);

	for (self->many = 0; self->many < many; self->many++) {
		self->summaries[self->many] = summary_pile_take(
			pile, self->from + self->many,
			self->ingest->settings->subaddress_separator, &self->error);
		if (self->summaries[self->many] == NULL)
			break;
	}
	return NULL;
}

/* Without a thread it is taken now. */
static void batch_begin(Batch *self, size_t from)
{
	self->from = from;
	self->has_thread = pthread_create(&self->thread, NULL, batch_take, self) == 0;
	if (!self->has_thread)
		batch_take(self);
}

static void batch_wait(Batch *self)
{
	if (self->has_thread)
		pthread_join(self->thread, NULL);
	self->has_thread = false;
}

static void batch_clear(Batch *self)
{
	for (size_t i = 0; i < self->many; i++)
		summary_unref(self->summaries[i]);
	self->many = 0;
	g_clear_error(&self->error);
}

static bool batch_record(Batch *self, GError **error)
{
	Ingest *ingest = self->ingest;

	if (self->error != NULL) {
		g_propagate_error(error, g_steal_pointer(&self->error));
		return false;
	}
	show(ingest, "recording", self->from, summary_pile_count(ingest->pile));
	return ingest->callbacks->dry_run
		       ? judge_batch(ingest, self->summaries, self->many, error)
		       : record_batch(ingest, self->summaries, self->many, error);
}

static bool record_pile(Ingest *self, GError **error)
{
	g_autofree Batch *batches = g_new0(Batch, 2);
	size_t total = summary_pile_count(self->pile);
	Batch *now = &batches[0], *next = &batches[1];
	bool done = true;

	batches[0].ingest = batches[1].ingest = self;
	batch_begin(now, 0);
	for (size_t from = 0; done && from < total; from += BATCH) {
		Batch *taken = now;

		batch_wait(taken);
		batch_begin(next, MIN(from + BATCH, total));
		done = batch_record(taken, error);
		batch_clear(taken);
		now = next;
		next = taken;
	}
	batch_wait(now);
	batch_clear(now);
	return done;
}

bool ingest(Store *store, Settings *settings, const char *const *paths,
	    const IngestCallbacks *callbacks, IngestSummary *summary_out, GError **error)
{
	g_autoptr(SummaryPile) pile = summary_pile_new(error);
	Ingest self = {.store = store,
		       .settings = settings,
		       .callbacks = callbacks,
		       .summary = summary_out,
		       .pile = pile};
	int64_t start = g_get_monotonic_time();
	bool done;

	*summary_out = (IngestSummary){0};
	done = pile != NULL && read_paths(&self, paths, error) && record_pile(&self, error);
	summary_out->seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
	return done;
}
