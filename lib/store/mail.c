/* SPDX-License-Identifier: BSD-2-Clause */
/* The store's doors for mail: to record, to judge only, to ask whether it matters. */
#include "never-logged.h"
#include "recording.h"
#include "store-private.h"

/* ---- recording ---- */

typedef struct {
	MessageSummary *summary;
	Settings *settings;
	RecordResult result;
	int64_t never_log_generation; /* by which it was judged */
} RecordJob;

static void record_job_free(void *data)
{
	RecordJob *job = data;

	summary_unref(job->summary);
	settings_unref(job->settings);
	g_free(job);
}

static void record_job_run(Txn *txn, void *data)
{
	RecordJob *job = data;

	record_message(txn, job->summary, job->settings, &job->result);
	job->never_log_generation = txn->never_log_generation;
}

static RecordJob *record_job_new(MessageSummary *summary, Settings *settings)
{
	RecordJob *job = g_new0(RecordJob, 1);

	job->summary = summary_ref(summary);
	job->settings = settings_ref(settings);
	return job;
}

static bool is_mailbox(const AddrSpec *address)
{
	return address != NULL && !addr_spec_is_null(address);
}

/* Whoever took part in it will write again. */
static void know_parties(Store *store, const RecordJob *job)
{
	const MessageSummary *summary = job->summary;

	known_addresses_heed(store->known, job->never_log_generation);
	if (job->result.contacts == 0)
		return;
	if (summary->direction == DIRECTION_INBOUND && is_mailbox(summary->author))
		known_addresses_add(store->known, summary->author);
	for (unsigned i = 0; summary->direction == DIRECTION_OUTBOUND &&
			     i < summary->recipients->len;
	     i++)
		known_addresses_add(
			store->known,
			g_array_index(summary->recipients, SummaryRecipient, i).address);
}

bool store_record(Store *store, MessageSummary *summary, Settings *settings,
		  int64_t timeout_ms, RecordResult *result_out, GError **error)
{
	Job *job = store_do(store, record_job_run, record_job_new(summary, settings),
			    record_job_free, timeout_ms, error);

	if (job == NULL)
		return false;
	*result_out = ((RecordJob *)job_data(job))->result;
	know_parties(store, job_data(job));
	job_unref(job);
	return true;
}

/* Waits for all, also behind an error: which of them are done must be known. */
static bool wait_for_all(Store *store, GPtrArray *jobs, RecordResult *results_out,
			 GError **error)
{
	bool good = true;

	for (unsigned i = 0; i < jobs->len; i++) {
		Job *job = jobs->pdata[i];
		bool done = writer_wait(store->writer, job, good ? error : NULL);

		if (done && results_out != NULL)
			results_out[i] = ((RecordJob *)job_data(job))->result;
		good = good && done;
	}
	return good;
}

bool store_record_many(Store *store, MessageSummary *const *summaries, size_t count,
		       Settings *settings, RecordResult *results_out, GError **error)
{
	enum { AT_ONCE = 256 };
	bool good = store_can_write(store, error);

	for (size_t from = 0; good && from < count; from += AT_ONCE) {
		GPtrArray *jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_unref);

		for (size_t i = from; i < MIN(from + AT_ONCE, count); i++) {
			Job *job = job_new(record_job_run,
					   record_job_new(summaries[i], settings),
					   record_job_free);

			g_ptr_array_add(jobs, job);
			writer_submit(store->writer, job, store->timeout_ms);
		}
		good = wait_for_all(store, jobs,
				    results_out != NULL ? results_out + from : NULL, error);
		g_ptr_array_unref(jobs);
	}
	return good;
}

/* ---- judging ---- */

bool store_judge(Store *store, const MessageSummary *summary, const Settings *settings,
		 Decision *decision_out, History **history_out, GError **error)
{
	Txn *txn = store_read_begin(store, error);
	History *history;

	decision_init(decision_out);
	*history_out = NULL;
	if (txn == NULL)
		return false;
	history = history_read(txn, summary, settings, moment_of(summary), 0);
	if (!store_read_end(txn, error)) {
		history_free(history);
		return false;
	}
	decision_clear(decision_out);
	judge(summary, history, settings, decision_out);
	*history_out = history;
	return true;
}

static bool is_known(Txn *txn, const NeverLog *list, const AddrSpec *address)
{
	g_auto(AddressRow) row = {0};

	return is_mailbox(address) &&
	       never_log_find(list, address, NULL) == NEVER_LOG_NOT &&
	       address_match(txn, address, &row) != ADDRESS_UNKNOWN;
}

static bool has_known_party(Txn *txn, const NeverLog *list, const MessageSummary *summary)
{
	bool known = is_known(txn, list, summary->author);

	for (unsigned i = 0; !known && i < summary->recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(summary->recipients, SummaryRecipient, i);

		known = recipient->direction != DIRECTION_INBOUND &&
			is_known(txn, list, recipient->address);
	}
	return known;
}

/* It is counted, if nothing else. */
static bool is_dropped(const NeverLog *list, const MessageSummary *summary)
{
	bool dropped = never_log_find(list, summary->author, NULL) == NEVER_LOG_MESSAGE;

	for (unsigned i = 0; !dropped && i < summary->recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(summary->recipients, SummaryRecipient, i);

		dropped =
			never_log_find(list, recipient->address, NULL) == NEVER_LOG_MESSAGE;
	}
	return dropped;
}

/* Neither an author nor a thread that anybody knows, and nothing that asks for a new
 * contact: what most mail of strangers is. */
static bool names_something(const MessageSummary *summary, const Settings *settings)
{
	return summary->answers->len > 0 || summary->returned_id_digest != 0 ||
	       summary->thread_digest != 0 || summary->subject_is_reply ||
	       decide_may_make_lead(summary, settings);
}

static bool would_change(Txn *txn, const MessageSummary *summary, const Settings *settings)
{
	g_autoptr(History) history =
		history_read(txn, summary, settings, moment_of(summary), 0);
	Decision decision;
	bool changes;

	if (txn->error != NULL)
		return true;
	judge(summary, history, settings, &decision);
	changes = decision.keep || decision.joins != 0 || decision.effects->len > 0;
	decision_clear(&decision);
	return changes;
}

static bool concerns(Txn *txn, const MessageSummary *summary, const Settings *settings)
{
	const NeverLog *list = txn_never_log(txn);

	return is_dropped(list, summary) || has_known_party(txn, list, summary) ||
	       (names_something(summary, settings) && would_change(txn, summary, settings));
}

bool store_concerns(Store *store, const MessageSummary *summary, const Settings *settings,
		    bool *concerns_out, GError **error)
{
	Txn *txn;

	*concerns_out = summary->direction == DIRECTION_OUTBOUND;
	if (summary->direction != DIRECTION_INBOUND)
		return true;
	*concerns_out = is_mailbox(summary->author) &&
			known_addresses_has(store->known, summary->author);
	if (*concerns_out)
		return true;
	txn = store_read_begin(store, error);
	if (txn == NULL)
		return false;
	*concerns_out = concerns(txn, summary, settings);
	return store_read_end(txn, error);
}
