/* SPDX-License-Identifier: BSD-2-Clause */
#include "summary-mill.h"

#include <pthread.h>
#include <string.h>

#include "lead/error.h"
#include "lead/recorder.h"
#include "lead/spool.h"

enum {
	THREADS_MAX = 8, /* the writer of the store is behind them, and is one */
	WAITING_MAX = 16 * 1024 * 1024, /* octets; a larger message waits alone */
};

typedef struct {
	guint64 number; /* in order of reading */
	int64_t at;	/* as SourceMessage has it */
	size_t length;
	char bytes[];
} Sack;

struct SummaryMill {
	const Settings *settings;
	int64_t now;
	pthread_t threads[THREADS_MAX];
	unsigned running;

	pthread_mutex_t lock;
	pthread_cond_t more, less; /* waits, or is done */
	GQueue queue;		   /* of Sack */
	size_t waiting;		   /* octets, of those being worked on, too */
	guint64 added;
	bool ends;
	SummaryPile *pile;
	GError *error;
};

static MessageSummary *summarize(const SummaryMill *self, HeaderSection *section,
				 const Sack *sack)
{
	MessageSummary *summary;
	Envelope envelope;
	size_t body;

	header_section_clear(section);
	body = header_section_split(section, sack->bytes, sack->length);
	envelope_from_section(section, self->settings, sack->at != 0 ? sack->at : self->now,
			      &envelope);
	envelope.size = (int64_t)sack->length;
	summary = recorder_summarize(
		&(RawMessage){
			.envelope = &envelope,
			.section = section,
			.body = sack->bytes + body,
			.body_length = MIN(sack->length - body,
					   (size_t)self->settings->body_octets),
		},
		self->settings);
	envelope_clear(&envelope);
	return summary;
}

/* NULL: no more will come. */
static Sack *take(SummaryMill *self)
{
	Sack *sack;

	pthread_mutex_lock(&self->lock);
	while (g_queue_is_empty(&self->queue) && !self->ends)
		pthread_cond_wait(&self->more, &self->lock);
	sack = g_queue_pop_head(&self->queue);
	pthread_mutex_unlock(&self->lock);
	return sack;
}

static void lay_by(SummaryMill *self, const Sack *sack, int64_t at, GBytes *octets)
{
	pthread_mutex_lock(&self->lock);
	if (self->error == NULL)
		summary_pile_add(self->pile, at, sack->number, octets, &self->error);
	self->waiting -= sack->length;
	pthread_cond_signal(&self->less);
	pthread_mutex_unlock(&self->lock);
}

static void *grind(void *mill)
{
	SummaryMill *self = mill;
	HeaderLimits limits = recorder_header_limits(self->settings);
	g_autoptr(HeaderSection) section =
		header_section_new(&limits, self->settings->spam_headers);
	Sack *sack;

	while ((sack = take(self)) != NULL) {
		g_autoptr(MessageSummary) summary = summarize(self, section, sack);
		g_autoptr(GBytes) octets = summary_encode(summary);

		lay_by(self, sack, summary->at, octets);
		g_free(sack);
	}
	return NULL;
}

SummaryMill *summary_mill_new(const Settings *settings, SummaryPile *pile, int64_t now,
			      GError **error)
{
	SummaryMill *self = g_new0(SummaryMill, 1);
	unsigned wanted = MIN(g_get_num_processors(), THREADS_MAX);

	self->settings = settings;
	self->pile = pile;
	self->now = now;
	g_queue_init(&self->queue);
	pthread_mutex_init(&self->lock, NULL);
	pthread_cond_init(&self->more, NULL);
	pthread_cond_init(&self->less, NULL);
	while (self->running < wanted &&
	       pthread_create(&self->threads[self->running], NULL, grind, self) == 0)
		self->running++;
	if (self->running > 0)
		return self;
	summary_mill_end(self, NULL);
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
		    "cannot start a thread to read mail");
	return NULL;
}

static Sack *sack_new(const SourceMessage *message)
{
	Sack *sack = g_malloc(sizeof *sack + message->length);

	sack->at = message->at;
	sack->length = message->length;
	memcpy(sack->bytes, message->bytes, message->length);
	return sack;
}

bool summary_mill_add(SummaryMill *self, const SourceMessage *message, GError **error)
{
	Sack *sack = sack_new(message);
	bool failed;

	pthread_mutex_lock(&self->lock);
	while (self->waiting > 0 && self->waiting + sack->length > WAITING_MAX)
		pthread_cond_wait(&self->less, &self->lock);
	sack->number = self->added++;
	self->waiting += sack->length;
	g_queue_push_tail(&self->queue, sack);
	failed = self->error != NULL;
	if (failed)
		g_propagate_error(error, g_error_copy(self->error));
	pthread_cond_signal(&self->more);
	pthread_mutex_unlock(&self->lock);
	return !failed;
}

bool summary_mill_end(SummaryMill *self, GError **error)
{
	GError *failed;

	pthread_mutex_lock(&self->lock);
	self->ends = true;
	pthread_cond_broadcast(&self->more);
	pthread_mutex_unlock(&self->lock);
	for (unsigned i = 0; i < self->running; i++)
		pthread_join(self->threads[i], NULL);
	failed = self->error;
	pthread_cond_destroy(&self->more);
	pthread_cond_destroy(&self->less);
	pthread_mutex_destroy(&self->lock);
	g_free(self);
	if (failed != NULL)
		g_propagate_error(error, failed);
	return failed == NULL;
}
