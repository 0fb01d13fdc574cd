/* SPDX-License-Identifier: BSD-2-Clause */
/* A row as a summary again. */
#include <string.h>

#include "recording.h"

static void unpack_answers(GArray *answers, GBytes *packed)
{
	gsize length = 0;
	const guint8 *octets = packed != NULL ? g_bytes_get_data(packed, &length) : NULL;

	for (gsize at = 0; at + MESSAGE_ANSWER_OCTETS <= length;
	     at += MESSAGE_ANSWER_OCTETS) {
		SummaryAnswer answer = {.source = (AnswerSource)octets[at]};
		guint64 digest;

		memcpy(&digest, octets + at + 1, sizeof digest);
		answer.digest = (int64_t)GUINT64_FROM_BE(digest);
		g_array_append_val(answers, answer);
	}
}

static void rebuild_recipients(MessageSummary *summary, const MessageRow *row,
			       const char *separators)
{
	g_autoptr(GArray) recipients = message_recipients(row);

	for (unsigned i = 0; i < recipients->len; i++) {
		const MessageRecipient *from =
			&g_array_index(recipients, MessageRecipient, i);
		SummaryRecipient recipient = {
			.address = addr_spec_parse(from->address, separators),
			.role = from->role,
			.direction = from->direction,
		};

		if (recipient.address != NULL)
			g_array_append_val(summary->recipients, recipient);
	}
}

static BounceKind bounce_of(const char *name)
{
	for (BounceKind kind = BOUNCE_SUCCESS; kind <= BOUNCE_HARD; kind++) {
		if (g_strcmp0(bounce_kind_name(kind), name) == 0)
			return kind;
	}
	return BOUNCE_NONE;
}

static AddrSpec *reported_address(const char *text, const char *separators)
{
	return text[0] != '\0' ? addr_spec_parse(text, separators) : NULL;
}

static void destroy_reported(gpointer recipient)
{
	report_recipient_free(recipient);
}

static void rebuild_reported(MessageSummary *summary, const MessageRow *row,
			     const char *separators)
{
	g_auto(GStrv) lines = NULL;

	if (row->reported == NULL)
		return;
	summary->bounced = g_ptr_array_new_with_free_func(destroy_reported);
	lines = g_strsplit(row->reported, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) parts = g_strsplit(lines[i], "\t", -1);
		ReportRecipient *recipient;

		if (g_strv_length(parts) != 3)
			continue;
		recipient = g_new0(ReportRecipient, 1);
		recipient->kind = bounce_of(parts[0]);
		recipient->recipient = reported_address(parts[1], separators);
		recipient->original = reported_address(parts[2], separators);
		g_ptr_array_add(summary->bounced, recipient);
	}
}

static bool is_word_of(const char *text, const char *word)
{
	g_auto(GStrv) words = g_strsplit(text != NULL ? text : "", " ", -1);

	return g_strv_contains((const char *const *)words, word);
}

static int compare_signs(const void *a, const void *b)
{
	return (int)((const Sign *)a)->rule - (int)((const Sign *)b)->rule;
}

/* In the order of the rules, as they were read: evidence names those of the class first.
 * False if a rule is no longer known. */
static bool rebuild_signs(MessageSummary *summary, const MessageRow *row)
{
	g_auto(GStrv) names =
		g_strsplit(row->evidence != NULL ? row->evidence : "", " ", -1);
	bool complete = true;

	for (size_t i = 0; names[i] != NULL; i++) {
		Sign sign = {0};

		if (is_word_of(row->derived, names[i]))
			continue;
		if (class_rule_from_name(names[i], &sign.rule))
			g_array_append_val(summary->signs, sign);
		else
			complete = false;
	}
	g_array_sort(summary->signs, compare_signs);
	return complete;
}

static void rebuild_plain(MessageSummary *summary, const MessageRow *row)
{
	summary->message_id = g_strdup(row->message_id);
	summary->id_digest = row->id_digest;
	summary->twin_digest = row->twin_digest;
	summary->alternate_id_digest = row->alternate;
	summary->author_name = g_strdup(row->author_name);
	summary->direction = row->direction;
	summary->direction_rule = "recorded";
	summary->bounce = row->bounce;
	summary->returned_id_digest = row->returned_digest;
	summary->disposition = row->disposition;
	summary->calendar = row->calendar;
	summary->absent_until = row->absent_until;
	summary->body_digest = row->body_digest;
	summary->thread_digest = row->thread_digest;
	summary->subject = g_strdup(row->subject);
	summary->subject_digest = row->subject_digest;
	summary->auth = row->auth;
	summary->at = row->at;
	summary->size = row->size;
}

MessageSummary *summary_rebuild(const MessageRow *row, const Settings *settings,
				bool *class_is_given_out)
{
	MessageSummary *summary = summary_new();
	const char *separators = settings->subaddress_separator;

	rebuild_plain(summary, row);
	if (row->author != NULL)
		summary->author = addr_spec_parse(row->author, separators);
	summary->author_from_reply_to = (row->traits & TRAIT_AUTHOR_FROM_REPLY_TO) != 0;
	summary->many_authors = (row->traits & TRAIT_MANY_AUTHORS) != 0;
	summary->null_reverse_path = (row->traits & TRAIT_NULL_REVERSE_PATH) != 0;
	summary->spoof_suspect = (row->traits & TRAIT_SPOOF_SUSPECT) != 0;
	summary->subject_is_reply = (row->traits & TRAIT_SUBJECT_REPLY) != 0;
	summary->subject_is_forward = (row->traits & TRAIT_SUBJECT_FORWARD) != 0;
	rebuild_recipients(summary, row, separators);
	rebuild_reported(summary, row, separators);
	unpack_answers(summary->answers, row->answers);
	*class_is_given_out = !rebuild_signs(summary, row);
	return summary;
}
