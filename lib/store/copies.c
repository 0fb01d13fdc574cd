/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies of one inbound message differ by the way they took: a list adds its fields and
 * breaks signatures, a filter adds its verdict. One of them says what the message is, and
 * it is the same one in whatever order they come: what came straight stands above what
 * came through a list, what authentication knows above what it does not, and of equals
 * the more careful reading is right. Who got it, and when first, comes from all of them.
 */
#include <inttypes.h>

#include "proposal.h"
#include "recording.h"

enum { COPIED_TRAITS = ~(unsigned)(TRAIT_ID_REUSE | TRAIT_AUTHOR_LEFT_OUT) };

/* A pass proves who wrote it, whatever happened to other copies; a failure is known only
 * behind the filter that looked. */
static int rank_of_auth(AuthVerdict verdict)
{
	static const int ranks[] = {
		[AUTH_PASS] = 0, [AUTH_FAIL] = 1, [AUTH_NONE] = 2, [AUTH_UNKNOWN] = 3};

	return ranks[verdict];
}

static MessageClass class_by_signs(const GArray *signs, const Settings *settings)
{
	ClassContext alone = {.seconds_after = -1};
	Classification classification;
	MessageClass class;

	classify(signs, &alone, settings, &classification);
	class = classification.class;
	classification_clear(&classification);
	return class;
}

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static void append_rules(GString *rank, const GArray *signs)
{
	for (size_t rule = 0; rule < class_rule_count(); rule++) {
		for (unsigned i = 0; i < signs->len; i++) {
			if (g_array_index(signs, Sign, i).rule == rule)
				g_string_append_printf(rank, " %s",
						       class_rule_name((uint16_t)rule));
		}
	}
}

/* What a copy says, the better the smaller. Behind what makes a difference stands the
 * rest, so that of two that are not the same one is always the better. */
static char *rank_of(const MessageRow *row, const GArray *signs, const Settings *settings)
{
	GString *rank = g_string_new(NULL);
	gsize length = 0;
	const guchar *answers =
		row->answers != NULL ? g_bytes_get_data(row->answers, &length) : NULL;
	g_autofree char *named = g_base64_encode(answers, length);

	g_string_append_printf(rank, "%d %d %02d", signs_tell_list(signs),
			       rank_of_auth(row->auth), class_by_signs(signs, settings));
	g_string_append_printf(rank, " %06u %s",
			       (unsigned)(G_MAXUINT16 - MIN(length, G_MAXUINT16)), named);
	g_string_append_printf(rank, " %u %d %d %d", row->traits & COPIED_TRAITS,
			       (int)row->bounce, (int)row->disposition, (int)row->calendar);
	g_string_append_printf(rank, " %" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64,
			       (uint64_t)row->subject_digest, (uint64_t)row->thread_digest,
			       (uint64_t)row->body_digest, (uint64_t)row->returned_digest);
	g_string_append_printf(rank, " %" PRId64 " %" PRId64, row->absent_until, row->size);
	append_rules(rank, signs);
	g_string_append_printf(rank, "\n%s\n%s\n%s\n%s", or_empty(row->reported),
			       or_empty(row->author_name), or_empty(row->subject),
			       or_empty(row->snippet));
	return g_string_free(rank, FALSE);
}

static char *rank_of_recorded(const Recording *self)
{
	bool class_is_given;
	g_autoptr(MessageSummary) summary =
		summary_rebuild(self->row, self->settings, &class_is_given);

	return rank_of(self->row, summary->signs, self->settings);
}

static bool is_same_text(const MessageRow *row, const MessageRow *copy)
{
	return g_strcmp0(row->evidence, copy->evidence) == 0 &&
	       g_strcmp0(row->derived, copy->derived) == 0 &&
	       g_strcmp0(row->reported, copy->reported) == 0 &&
	       g_strcmp0(row->author_name, copy->author_name) == 0 &&
	       g_strcmp0(row->subject, copy->subject) == 0 &&
	       g_strcmp0(row->snippet, copy->snippet) == 0;
}

static bool is_same_answers(GBytes *left, GBytes *right)
{
	return left == NULL || right == NULL ? left == right : g_bytes_equal(left, right);
}

/* Most copies are the same to the octet; that is seen without ranking them. */
static bool is_same(const MessageRow *row, const MessageRow *copy)
{
	return row->size == copy->size && row->auth == copy->auth &&
	       ((row->traits ^ copy->traits) & COPIED_TRAITS) == 0 &&
	       row->subject_digest == copy->subject_digest &&
	       row->thread_digest == copy->thread_digest &&
	       row->body_digest == copy->body_digest &&
	       row->returned_digest == copy->returned_digest &&
	       row->bounce == copy->bounce && row->disposition == copy->disposition &&
	       row->calendar == copy->calendar && row->absent_until == copy->absent_until &&
	       is_same_answers(row->answers, copy->answers) && is_same_text(row, copy);
}

static void copy_words(MessageRow *row, const MessageRow *from)
{
	g_free(row->author_name);
	g_free(row->subject);
	g_free(row->snippet);
	row->author_name = g_strdup(from->author_name);
	row->subject = g_strdup(from->subject);
	row->snippet = g_strdup(from->snippet);
}

static void swap_texts(char **a, char **b)
{
	char *text = *a;

	*a = *b;
	*b = text;
}

static void take_texts(MessageRow *row, MessageRow *copy)
{
	GBytes *answers = row->answers;

	row->answers = copy->answers;
	copy->answers = answers;
	swap_texts(&row->author_name, &copy->author_name);
	swap_texts(&row->subject, &copy->subject);
	swap_texts(&row->snippet, &copy->snippet);
	swap_texts(&row->reported, &copy->reported);
	swap_texts(&row->evidence, &copy->evidence);
	swap_texts(&row->derived, &copy->derived);
}

static void take(MessageRow *row, MessageRow *copy)
{
	take_texts(row, copy);
	row->class = copy->class;
	row->subject_digest = copy->subject_digest;
	row->thread_digest = copy->thread_digest;
	row->body_digest = copy->body_digest;
	row->returned_digest = copy->returned_digest;
	row->auth = copy->auth;
	row->size = copy->size;
	row->traits = (row->traits & ~COPIED_TRAITS) | (copy->traits & COPIED_TRAITS);
	row->bounce = copy->bounce;
	row->disposition = copy->disposition;
	row->calendar = copy->calendar;
	row->absent_until = copy->absent_until;
}

bool recording_take_copy(Recording *self)
{
	g_auto(MessageRow) copy = {0};
	g_autofree char *recorded = NULL, *fresh = NULL;

	message_row_fill(&copy, self->summary, self->history, self->decision);
	/* Of an author on the never-log list, now or then, nothing new is told. */
	if (((self->row->traits | copy.traits) & TRAIT_AUTHOR_LEFT_OUT) != 0)
		copy_words(&copy, self->row);
	if (is_same(self->row, &copy))
		return false;
	recorded = rank_of_recorded(self);
	fresh = rank_of(&copy, self->summary->signs, self->settings);
	if (g_strcmp0(fresh, recorded) >= 0 || message_is_settled(self->txn, self->row->id))
		return false;
	take(self->row, &copy);
	return true;
}
