/* SPDX-License-Identifier: BSD-2-Clause */
/* The spool by hand: for when no daemon is there to replay it. */
#include "ingest-count.h"
#include "lead/error.h"
#include "lead/spool.h"

typedef struct {
	Store *store;
	Settings *settings;
	const IngestCallbacks *callbacks;
	IngestSummary *summary;
	int64_t total; /* records that waited at the start */
	GError *error; /* of the store, or NULL */
} Replay;

static void show(const Replay *self)
{
	if (self->callbacks->progress != NULL)
		self->callbacks->progress("recording", (size_t)self->summary->read,
					  (size_t)self->total, self->callbacks->user);
}

/* Only what the store will never take leaves the spool without being recorded. */
static SpoolVerdict record(MessageSummary *message, void *user)
{
	Replay *self = user;
	RecordResult result = {0};

	show(self);
	if (store_record(self->store, message, self->settings, 0, &result, &self->error)) {
		self->summary->read++;
		ingest_count(self->summary, &result);
		return SPOOL_DONE;
	}
	if (g_error_matches(self->error, LEAD_ERROR, LEAD_ERROR_TEMPORARY) ||
	    g_error_matches(self->error, LEAD_ERROR, LEAD_ERROR_PERMANENT))
		return SPOOL_KEEP;
	g_clear_error(&self->error);
	self->summary->read++;
	return SPOOL_SET_ASIDE;
}

static void report(LogLevel level, const char *text, void *user)
{
	Replay *self = user;

	(void)level;
	if (self->callbacks->problem != NULL)
		self->callbacks->problem("spool", text, self->callbacks->user);
}

static bool replay(Replay *self, const char *folder, GError **error)
{
	SpoolReplay calls = {record, report, self, self->settings->subaddress_separator,
			     &self->summary->failed};
	g_autoptr(Spool) spool = spool_open(folder, error);

	if (spool == NULL)
		return false;
	spool_replay(spool, &calls);
	if (self->error == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&self->error));
	return false;
}

/* A folder that is not there is empty, and stays so: it is the daemon's to make. */
bool ingest_spool(Store *store, Settings *settings, const IngestCallbacks *callbacks,
		  IngestSummary *summary_out, int64_t *waiting_out, GError **error)
{
	g_autofree char *folder = spool_folder(settings);
	Replay self = {store, settings, callbacks, summary_out, 0, NULL};
	int64_t start = g_get_monotonic_time();
	SpoolStatus status = {0};
	bool done = true;

	*summary_out = (IngestSummary){0};
	*waiting_out = 0;
	if (folder == NULL || !g_file_test(folder, G_FILE_TEST_IS_DIR))
		return true;
	if (!spool_status(folder, &status, error))
		return false;
	self.total = status.waiting;
	done = replay(&self, folder, error) && spool_status(folder, &status, error);
	*waiting_out = status.waiting;
	summary_out->seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
	return done;
}
