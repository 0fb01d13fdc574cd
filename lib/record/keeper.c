/* SPDX-License-Identifier: BSD-2-Clause */
#include "keeper.h"

#include <time.h>

#include "lead/error.h"

enum {
	TRY_AFTER = 2, /* failures of one record, before messages are let try the store */
	STUCK_MAX = 8, /* failures of one record while others were recorded: fewer may come
			* of a lock that others hold most of the time */
};

/* The record that failed last, over all attempts. */
typedef struct {
	int64_t id;
	unsigned times;	  /* that it failed */
	unsigned alone;	  /* of these, with others recorded since the time before */
	int64_t recorded; /* messages recorded when it failed */
	bool is_alone;	  /* the last time was such a one */
} Stuck;

/* One attempt to bring everything that waits into the store. */
typedef struct {
	Recorder *recorder;
	Settings *settings;
	int64_t replayed, set_aside;
	Stuck *stuck;
} Attempt;

/* ---- one record ---- */

static int64_t recorded_so_far(Recorder *recorder)
{
	RecorderCounts counts;

	recorder_counts(recorder, &counts);
	return counts.recorded;
}

static void note_failure(const Attempt *attempt, const MessageSummary *summary)
{
	Stuck *stuck = attempt->stuck;
	int64_t recorded = recorded_so_far(attempt->recorder);

	if (stuck->times == 0 || stuck->id != summary->id_digest)
		*stuck = (Stuck){.id = summary->id_digest, .recorded = recorded};
	stuck->times++;
	stuck->is_alone = recorded > stuck->recorded;
	stuck->alone += stuck->is_alone;
	stuck->recorded = recorded;
}

/*
 * Is it the store that fails, or this record? While a record is all that the store is
 * asked to take, nobody can tell, and it would keep everything behind it waiting for ever.
 * So after a few failures messages are let try the store again; if they are recorded and
 * the record still is not, it is set aside.
 */
static SpoolVerdict not_now(Attempt *attempt, const MessageSummary *summary,
			    OpenStore *open, const GError *error)
{
	note_failure(attempt, summary);
	if (attempt->stuck->alone >= STUCK_MAX)
		return SPOOL_SET_ASIDE;
	if (!attempt->stuck->is_alone)
		store_box_failed(attempt->recorder, open, error);
	if (attempt->stuck->times > TRY_AFTER)
		store_box_let_try(attempt->recorder);
	return SPOOL_KEEP;
}

static void count_replayed(Recorder *recorder)
{
	pthread_mutex_lock(&recorder->lock);
	recorder->counts.replayed++;
	pthread_mutex_unlock(&recorder->lock);
}

static SpoolVerdict refused(Attempt *attempt, const MessageSummary *summary,
			    OpenStore *open, const GError *error)
{
	SpoolVerdict verdict = SPOOL_SET_ASIDE;

	if (g_error_matches(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY) ||
	    g_error_matches(error, LEAD_ERROR, LEAD_ERROR_PERMANENT))
		verdict = not_now(attempt, summary, open, error);
	if (verdict == SPOOL_SET_ASIDE)
		notices_tell(&attempt->recorder->notices, LEVEL_ERROR,
			     "the store refuses a spooled record: %s", error->message);
	return verdict;
}

static SpoolVerdict replay_one(MessageSummary *summary, void *user)
{
	Attempt *attempt = user;
	Recorder *recorder = attempt->recorder;
	OpenStore *open =
		recorder_is_stopping(recorder) ? NULL : store_box_acquire(recorder);
	g_autoptr(GError) error = NULL;
	SpoolVerdict verdict = SPOOL_DONE;
	RecordResult result;

	if (open == NULL)
		return SPOOL_KEEP;
	if (store_record(open->store, summary, attempt->settings,
			 attempt->settings->store_timeout_ms, &result, &error)) {
		count_replayed(recorder);
		attempt->replayed++;
		store_box_works(recorder);
	} else {
		verdict = refused(attempt, summary, open, error);
	}
	store_box_release(recorder, open);
	return verdict;
}

static void tell_problem(LogLevel level, const char *text, void *user)
{
	Attempt *attempt = user;

	notices_tell(&attempt->recorder->notices, level, "%s", text);
}

/* ---- the thread ---- */

/* What is spooled from here on wakes the keeper anew. */
static Spool *take_spool(Recorder *recorder)
{
	Spool *spool;

	pthread_mutex_lock(&recorder->lock);
	recorder->waiting = false;
	spool = recorder->spool;
	pthread_mutex_unlock(&recorder->lock);
	return spool;
}

/* What was spooled meanwhile may still be there. */
static void note_replay(Recorder *recorder, bool done, int64_t set_aside)
{
	pthread_mutex_lock(&recorder->lock);
	recorder->counts.set_aside += set_aside;
	if (!done)
		recorder->waiting = true;
	recorder->behind = recorder->waiting;
	pthread_mutex_unlock(&recorder->lock);
}

/* True if nothing waits any more and the store is there. */
static bool attempt_all(Recorder *recorder, Stuck *stuck)
{
	g_autoptr(Settings) settings = recorder_settings(recorder);
	Spool *spool = take_spool(recorder);
	Attempt attempt = {.recorder = recorder, .settings = settings, .stuck = stuck};
	SpoolReplay replay = {replay_one, tell_problem, &attempt,
			      settings->subaddress_separator, &attempt.set_aside};
	bool done;

	/* The file may be another by now: restored, or moved and made anew. */
	if (stuck->times > TRY_AFTER && !stuck->is_alone)
		store_box_drop(recorder);
	stuck->is_alone = false;
	if (!store_box_open(recorder))
		return false;
	done = spool == NULL || spool_replay(spool, &replay);
	/* Without a spool only a message can show that the store takes anything. */
	if (done && spool != NULL)
		store_box_works(recorder);
	if (done)
		stuck->times = 0;
	note_replay(recorder, done, attempt.set_aside);
	/* last: who reads it may rely on all of the above */
	if (attempt.replayed > 0)
		notices_tell(&recorder->notices, LEVEL_INFO,
			     "replayed %" G_GINT64_FORMAT " spooled records",
			     attempt.replayed);
	return done;
}

static void add_ms(struct timespec *time, int64_t ms)
{
	time->tv_sec += ms / 1000;
	time->tv_nsec += ms % 1000 * 1000000;
	if (time->tv_nsec >= 1000000000) {
		time->tv_sec++;
		time->tv_nsec -= 1000000000;
	}
}

static bool has_work(const Recorder *recorder)
{
	return recorder->away || recorder->waiting;
}

/* Sleeps for the delay while there is work, else long; work that comes meanwhile gets the
 * shortest delay. False to stop. */
static bool sleep_well(Recorder *recorder, int64_t delay_ms)
{
	struct timespec deadline;
	bool busy, stopping;
	int late = 0;

	clock_gettime(CLOCK_MONOTONIC, &deadline);
	pthread_mutex_lock(&recorder->lock);
	busy = has_work(recorder);
	add_ms(&deadline, busy ? delay_ms : KEEPER_IDLE_MS);
	while (!recorder->stopping && late == 0) {
		late = pthread_cond_timedwait(&recorder->wake, &recorder->lock, &deadline);
		if (late == 0 && !busy && has_work(recorder)) {
			busy = true;
			clock_gettime(CLOCK_MONOTONIC, &deadline);
			add_ms(&deadline, KEEPER_DELAY_MIN_MS);
		}
	}
	stopping = recorder->stopping;
	pthread_mutex_unlock(&recorder->lock);
	return !stopping;
}

void *keeper_run(void *user)
{
	Recorder *recorder = user;
	int64_t delay = KEEPER_DELAY_MIN_MS;
	Stuck stuck = {0};

	do {
		if (attempt_all(recorder, &stuck) || stuck.is_alone)
			delay = KEEPER_DELAY_MIN_MS;
		else
			delay = MIN(delay * 2, KEEPER_DELAY_MAX_MS);
	} while (sleep_well(recorder, delay));
	return NULL;
}
