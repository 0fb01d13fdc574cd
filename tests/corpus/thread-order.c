/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/corpus/thread-order.h"

#include <string.h>

#include "lead/message-source.h"
#include "lead/recorder.h"
#include "tests/corpus/thread-archive.h"

enum { TIMEOUT_MS = 20000 };

MessageSummary *thread_mail_summarize(const ThreadMail *mail, const Settings *settings)
{
	HeaderLimits limits = recorder_header_limits(settings);
	g_autoptr(HeaderSection) section =
		header_section_new(&limits, settings->spam_headers);
	size_t start = header_section_split(section, mail->text->str, mail->text->len);
	size_t length = MIN(mail->text->len - start, (size_t)settings->body_octets);
	MessageSummary *summary;
	Envelope envelope;

	envelope_from_section(section, settings, mail->at, &envelope);
	envelope.size = (int64_t)mail->text->len;
	summary = recorder_summarize(
		&(RawMessage){&envelope, section, mail->text->str + start, length},
		settings);
	envelope_clear(&envelope);
	return summary;
}

static bool is_human(const MessageSummary *summary, const Settings *settings)
{
	ClassContext context = {.seconds_after = -1};
	Classification classification;
	bool human;

	classify(summary->signs, &context, settings, &classification);
	human = classification.class == CLASS_HUMAN;
	classification_clear(&classification);
	return human;
}

/*
 * Nothing is kept of a mail that answers nothing while nobody in it is known, so it has to
 * be recorded in its place. So has mail of ours that makes no contacts.
 */
static bool may_come_at_any_time(const MessageSummary *summary, const Settings *settings)
{
	if (summary->direction == DIRECTION_OUTBOUND)
		return is_human(summary, settings);
	return summary->answers->len > 0 ||
	       (summary->subject_is_reply &&
		(summary->subject_digest != 0 || summary->thread_digest != 0));
}

static GPtrArray *summarize_all(const GPtrArray *mails, const Settings *settings)
{
	GPtrArray *summaries =
		g_ptr_array_new_with_free_func((GDestroyNotify)summary_unref);

	for (guint i = 0; i < mails->len; i++) {
		MessageSummary *summary = thread_mail_summarize(mails->pdata[i], settings);

		if (summary->direction != DIRECTION_TRANSIT &&
		    may_come_at_any_time(summary, settings))
			g_ptr_array_add(summaries, summary);
		else
			summary_unref(summary);
	}
	return summaries;
}

static int by_arrival(const void *a, const void *b)
{
	const MessageSummary *left = *(MessageSummary *const *)a,
			     *right = *(MessageSummary *const *)b;

	return left->at < right->at ? -1 : left->at > right->at;
}

/* One by one, in the order of the indices; NULL: in that of the list. What the store has
 * then. */
static char *record_all(const GPtrArray *summaries, const guint *order, Settings *settings)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_open("memory:", STORE_CREATE, TIMEOUT_MS, &error);
	char *dump;

	g_assert_no_error(error);
	for (guint i = 0; i < summaries->len; i++) {
		MessageSummary *summary = summaries->pdata[order != NULL ? order[i] : i];
		RecordResult result;

		store_record(store, summary, settings, 0, &result, &error);
		g_assert_no_error(error);
	}
	dump = store_dump(store, &error);
	g_assert_no_error(error);
	return dump;
}

bool thread_order_is_without_effect(const GPtrArray *mails, Settings *settings,
				    guint32 seed)
{
	g_autoptr(GPtrArray) summaries = summarize_all(mails, settings);
	g_autofree guint *order = thread_archive_shuffle(seed, summaries->len);
	g_autofree char *sorted = NULL, *mixed = NULL;

	g_ptr_array_sort(summaries, by_arrival);
	sorted = record_all(summaries, NULL, settings);
	mixed = record_all(summaries, order, settings);
	return strcmp(sorted, mixed) == 0;
}
