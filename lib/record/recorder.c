/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/recorder.h"

#include <signal.h>
#include <string.h>

#include "keeper.h"
#include "lead/error.h"
#include "spool-folder.h"
#include "store-box.h"
#include "summarizing.h"

const char *recorder_state_name(RecorderState state)
{
	static const char *const names[] = {[RECORDED] = "recorded",
					    [SPOOLED] = "spooled",
					    [LEFT_EARLY] = "left-early"};

	return names[state];
}

/* ---- life ---- */

static Recorder *recorder_alloc(Settings *settings, RecorderNotice notice, void *user)
{
	Recorder *self = g_new0(Recorder, 1);
	pthread_condattr_t clock;

	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&self->wake, &clock);
	pthread_condattr_destroy(&clock);
	pthread_mutex_init(&self->lock, NULL);
	notices_init(&self->notices, notice, user);
	self->settings = settings_ref(settings);
	return self;
}

static void recorder_destroy(Recorder *self)
{
	store_box_release(self, self->open);
	spool_close(self->spool);
	settings_unref(self->settings);
	notices_clear(&self->notices);
	pthread_mutex_destroy(&self->lock);
	pthread_cond_destroy(&self->wake);
	g_free(self);
}

/* Without on_failure = spool a folder that is there may still hold what an earlier run
 * left, and that is to be replayed. */
static bool open_spool(Recorder *self, GError **error)
{
	g_autofree char *folder = spool_folder(self->settings);
	bool wanted = self->settings->on_failure == ON_FAILURE_SPOOL;

	if (folder == NULL || (!wanted && !g_file_test(folder, G_FILE_TEST_IS_DIR)))
		return true;
	self->spool = spool_open(folder, wanted ? error : NULL);
	self->behind = self->spool != NULL && spool_has_files(self->spool);
	return self->spool != NULL || !wanted;
}

/* Signals are for the thread that waits for them; ours, and those that the store starts,
 * inherit that all are blocked. */
static bool start(Recorder *self, GError **error)
{
	sigset_t all, before;
	int failure;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	store_box_open(self);
	failure = pthread_create(&self->keeper, NULL, keeper_run, self);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failure != 0)
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "cannot start the recorder's thread: %s", g_strerror(failure));
	return failure == 0;
}

Recorder *recorder_new(Settings *settings, RecorderNotice notice, void *user,
		       GError **error)
{
	Recorder *self = recorder_alloc(settings, notice, user);

	if (open_spool(self, error) && start(self, error))
		return self;
	recorder_destroy(self);
	return NULL;
}

void recorder_free(Recorder *recorder)
{
	if (recorder == NULL)
		return;
	pthread_mutex_lock(&recorder->lock);
	recorder->stopping = true;
	pthread_cond_signal(&recorder->wake);
	pthread_mutex_unlock(&recorder->lock);
	pthread_join(recorder->keeper, NULL);
	recorder_destroy(recorder);
}

bool recorder_is_stopping(Recorder *recorder)
{
	bool stopping;

	pthread_mutex_lock(&recorder->lock);
	stopping = recorder->stopping;
	pthread_mutex_unlock(&recorder->lock);
	return stopping;
}

Settings *recorder_settings(Recorder *recorder)
{
	Settings *settings;

	pthread_mutex_lock(&recorder->lock);
	settings = settings_ref(recorder->settings);
	pthread_mutex_unlock(&recorder->lock);
	return settings;
}

void recorder_counts(Recorder *recorder, RecorderCounts *counts_out)
{
	pthread_mutex_lock(&recorder->lock);
	*counts_out = recorder->counts;
	counts_out->store_is_away = recorder->told_away;
	pthread_mutex_unlock(&recorder->lock);
}

/* ---- one message ---- */

/* After a reload the keeper, too, works by the settings that messages come with. */
static void note_settings(Recorder *self, Settings *settings)
{
	Settings *old = NULL;

	pthread_mutex_lock(&self->lock);
	if (self->settings != settings) {
		old = self->settings;
		self->settings = settings_ref(settings);
	}
	pthread_mutex_unlock(&self->lock);
	settings_unref(old);
}

static void count_message(Recorder *self, bool kept, RecorderState state)
{
	pthread_mutex_lock(&self->lock);
	self->counts.failed += !kept;
	self->counts.recorded += kept && state == RECORDED;
	self->counts.spooled += kept && state == SPOOLED;
	if (kept && state == SPOOLED) {
		self->waiting = self->behind = true;
		pthread_cond_signal(&self->wake);
	}
	self->counts.left_early += kept && state == LEFT_EARLY;
	pthread_mutex_unlock(&self->lock);
}

/* One message on its way, and what became of it. */
typedef struct {
	MessageSummary *summary;
	Settings *settings;
	int64_t start; /* us, monotonic: look-ups and record share the time of the settings */
	bool concerns; /* somebody, as the store has told already */
	bool judged;   /* by the store: result says what it says */
	RecorderState state;
	RecordResult result;
} Passage;

/* Outbound mail is always recorded: it is outreach, or what a later reply answers. Inbound
 * mail that answers something is, but for what machines and lists wrote; to ask for it
 * beside the writer costs more than to let that one see. */
static bool is_for_writer(const MessageSummary *summary)
{
	return summary->direction != DIRECTION_INBOUND || summary->answers->len > 0;
}

/* Nobody was asked, and the writer had nothing to write. */
static bool left_nothing(const Passage *passage)
{
	const RecordResult *result = &passage->result;

	return !passage->concerns && passage->summary->direction == DIRECTION_INBOUND &&
	       result->message == 0 && result->contacts == 0 && result->created == 0 &&
	       result->outcome == OUTCOME_IGNORED && result->reason != REASON_NEVER_LOG;
}

static bool concerns_anybody(Store *store, const Passage *passage, bool *concerns_out,
			     GError **error)
{
	*concerns_out = true;
	if (passage->concerns || is_for_writer(passage->summary))
		return true;
	return store_concerns(store, passage->summary, passage->settings, concerns_out,
			      error);
}

static bool record_within_time(Store *store, Passage *passage, GError **error)
{
	int64_t spent_ms;
	bool concerns;

	if (!concerns_anybody(store, passage, &concerns, error))
		return false;
	passage->state = concerns ? RECORDED : LEFT_EARLY;
	if (!concerns)
		return true;
	spent_ms = (g_get_monotonic_time() - passage->start) / 1000;
	if (!store_record(store, passage->summary, passage->settings,
			  MAX(passage->settings->store_timeout_ms - spent_ms, 1),
			  &passage->result, error))
		return false;
	passage->judged = true;
	if (left_nothing(passage))
		passage->state = LEFT_EARLY;
	return true;
}

/* Mail that concerns nobody, as far as the store knows, may answer what is still spooled:
 * then it waits behind that. */
static bool must_wait(Recorder *self, const Settings *settings)
{
	bool behind;

	pthread_mutex_lock(&self->lock);
	behind = self->behind;
	pthread_mutex_unlock(&self->lock);
	return behind && settings->on_failure == ON_FAILURE_SPOOL;
}

/* While the store is away and there is a spool, nobody waits for the store to fail again.
 */
static OpenStore *acquire_store(Recorder *self, const Settings *settings)
{
	bool skip = settings->on_failure == ON_FAILURE_SPOOL && store_box_is_away(self);

	return skip ? NULL : store_box_acquire(self);
}

static bool record_in_store(Recorder *self, Passage *passage, GError **error)
{
	const Settings *settings = passage->settings;
	OpenStore *open = acquire_store(self, settings);
	g_autoptr(GError) reason = NULL;
	bool done;

	if (open == NULL) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY, "store '%s' is away",
			    settings->store_uri);
		return false;
	}
	done = record_within_time(open->store, passage, &reason);
	if (done)
		store_box_works(self);
	else if (g_error_matches(reason, LEAD_ERROR, LEAD_ERROR_TEMPORARY) ||
		 g_error_matches(reason, LEAD_ERROR, LEAD_ERROR_PERMANENT))
		store_box_failed(self, open, reason);
	store_box_release(self, open);
	if (done && passage->state == LEFT_EARLY && must_wait(self, settings))
		reason = g_error_new(LEAD_ERROR, LEAD_ERROR_TEMPORARY,
				     "store '%s' has not got all that is spooled",
				     settings->store_uri);
	if (reason == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

/* A reload may ask for a spool that was not wanted when the recorder was made. */
static Spool *spool_for(Recorder *self, const Settings *settings, GError **error)
{
	g_autofree char *folder = spool_folder(settings);
	Spool *spool;

	pthread_mutex_lock(&self->lock);
	if (self->spool == NULL && folder != NULL)
		self->spool = spool_open(folder, error);
	spool = self->spool;
	pthread_mutex_unlock(&self->lock);
	if (spool == NULL && folder == NULL)
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "store '%s' has no spool", settings->store_uri);
	return spool;
}

/* What is neither TEMPORARY nor PERMANENT would fail again: it is not worth a spool. */
static bool spool_instead(Recorder *self, MessageSummary *summary, const Settings *settings,
			  GError *reason_taken, GError **error)
{
	g_autoptr(GError) reason = reason_taken, second = NULL;
	bool worth = g_error_matches(reason, LEAD_ERROR, LEAD_ERROR_TEMPORARY) ||
		     g_error_matches(reason, LEAD_ERROR, LEAD_ERROR_PERMANENT);
	Spool *spool;

	if (settings->on_failure != ON_FAILURE_SPOOL || !worth) {
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	spool = spool_for(self, settings, &second);
	if (spool != NULL && spool_append(spool, summary, &second))
		return true;
	g_set_error(error, LEAD_ERROR,
		    g_error_matches(second, LEAD_ERROR, LEAD_ERROR_LIMIT) ? LEAD_ERROR_LIMIT
									  : reason->code,
		    "%s; %s", reason->message, second->message);
	return false;
}

/* What is said of mail that no store was asked about: the same rules, and nobody known. */
static void judge_unrecorded(const MessageSummary *summary, const Settings *settings,
			     RecordResult *result_out)
{
	g_autoptr(History) nobody = history_new();
	Decision decision;

	g_array_set_size(nobody->recipients, summary->recipients->len);
	judge(summary, nobody, settings, &decision);
	result_out->class = decision.class;
	result_out->outcome = decision.outcome;
	result_out->reason = decision.reason;
	decision_clear(&decision);
}

static bool has_two_sides(const MessageSummary *summary)
{
	return summary->direction == DIRECTION_INBOUND ||
	       summary->direction == DIRECTION_OUTBOUND;
}

/* Into the store, or the spool; or nowhere, and that is right. */
static bool pass(Recorder *self, Passage *passage, GError **error)
{
	GError *reason = NULL;
	bool kept = true;

	passage->state = LEFT_EARLY;
	if (has_two_sides(passage->summary)) {
		kept = record_in_store(self, passage, &reason);
		if (!kept) {
			passage->state = SPOOLED;
			passage->result = (RecordResult){0};
			kept = spool_instead(self, passage->summary, passage->settings,
					     reason, error);
		}
	}
	if (kept && passage->state == LEFT_EARLY && !passage->judged)
		judge_unrecorded(passage->summary, passage->settings, &passage->result);
	count_message(self, kept, passage->state);
	return kept;
}

bool recorder_record(Recorder *recorder, MessageSummary *summary, Settings *settings,
		     RecorderState *state_out, RecordResult *result_out, GError **error)
{
	Passage passage = {
		.summary = summary,
		.settings = settings,
		.start = g_get_monotonic_time(),
	};
	bool kept;

	note_settings(recorder, settings);
	kept = pass(recorder, &passage, error);
	*state_out = passage.state;
	*result_out = passage.result;
	return kept;
}

/* Whether nobody is concerned, as far as can be told before the body is read. What cannot
 * be told, a store that fails included, is left to pass(). */
static bool leaves_unread(Recorder *self, const Summarizing *reading, Passage *passage)
{
	bool asked, concerns = true;
	OpenStore *open;

	if (!has_two_sides(reading->summary))
		return true;
	if (reading->summary->direction != DIRECTION_INBOUND ||
	    !summarizing_names_nothing(reading) || must_wait(self, passage->settings))
		return false;
	open = acquire_store(self, passage->settings);
	if (open == NULL)
		return false;
	asked = store_concerns(open->store, reading->summary, passage->settings, &concerns,
			       NULL);
	store_box_release(self, open);
	passage->concerns = asked && concerns;
	return asked && !concerns;
}

bool recorder_take(Recorder *recorder, const RawMessage *message, Settings *settings,
		   bool tell, MessageSummary **summary_out, RecorderState *state_out,
		   RecordResult *result_out, GError **error)
{
	Passage passage = {
		.settings = settings,
		.start = g_get_monotonic_time(),
		.state = LEFT_EARLY,
	};
	Summarizing reading;
	bool unread, kept = true;

	note_settings(recorder, settings);
	summarizing_begin(&reading, message, settings);
	unread = leaves_unread(recorder, &reading, &passage);
	if (!unread)
		summarizing_read_body(&reading);
	if (!unread || tell)
		summarizing_complete(&reading);
	*summary_out = passage.summary = summarizing_end(&reading);
	if (!unread)
		kept = pass(recorder, &passage, error);
	else
		count_message(recorder, true, LEFT_EARLY);
	if (unread && tell)
		judge_unrecorded(passage.summary, settings, &passage.result);
	*state_out = passage.state;
	*result_out = passage.result;
	return kept;
}
