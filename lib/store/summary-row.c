/* SPDX-License-Identifier: BSD-2-Clause */
/* A summary and its decision as a row. */
#include <string.h>

#include "recording.h"

enum { REPORTED_KEPT = 256 };

Moment moment_of_row(const MessageRow *row)
{
	bool outbound = row->direction == DIRECTION_OUTBOUND;

	return (Moment){row->at, outbound ? -row->id_digest : row->id_digest};
}

int64_t address_digest(const char *base)
{
	return digest_of_texts("address", base, NULL);
}

int64_t recipient_digest(const char *base)
{
	return digest_of_texts("recipient", base, NULL);
}

static GBytes *pack_answers(const GArray *answers)
{
	GByteArray *packed = g_byte_array_new();

	for (unsigned i = 0; i < answers->len; i++) {
		const SummaryAnswer *answer = &g_array_index(answers, SummaryAnswer, i);
		guint8 octets[MESSAGE_ANSWER_OCTETS] = {(guint8)answer->source};
		guint64 digest = GUINT64_TO_BE((guint64)answer->digest);

		memcpy(octets + 1, &digest, sizeof digest);
		g_byte_array_append(packed, octets, sizeof octets);
	}
	return g_byte_array_free_to_bytes(packed);
}

static const char *plain_address(const AddrSpec *address)
{
	return address == NULL || strpbrk(address->canonical, "\t\n") != NULL
		       ? ""
		       : address->canonical;
}

/* A line each: kind, recipient and the original recipient, behind tabs. */
static char *write_reported(const GPtrArray *reported)
{
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; reported != NULL && i < MIN(reported->len, REPORTED_KEPT);
	     i++) {
		const ReportRecipient *recipient = reported->pdata[i];
		const char *kind = bounce_kind_name(recipient->kind);

		g_string_append_printf(text, "%s%s\t%s\t%s", i > 0 ? "\n" : "",
				       kind != NULL ? kind : "",
				       plain_address(recipient->recipient),
				       plain_address(recipient->original));
	}
	return text->len > 0 ? g_string_free(text, FALSE)
			     : (g_string_free(text, TRUE), NULL);
}

static bool has_sign(const GArray *signs, uint16_t rule)
{
	for (unsigned i = 0; i < signs->len; i++) {
		if (g_array_index(signs, Sign, i).rule == rule)
			return true;
	}
	return false;
}

/* Names of the rules; derived: only those that did not come with the summary. */
static char *write_evidence(const GArray *evidence, const GArray *signs, bool derived)
{
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; evidence != NULL && i < evidence->len; i++) {
		uint16_t rule = g_array_index(evidence, Sign, i).rule;

		if (!derived || !has_sign(signs, rule))
			g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "",
					       class_rule_name(rule));
	}
	return text->len > 0 ? g_string_free(text, FALSE)
			     : (g_string_free(text, TRUE), NULL);
}

static unsigned traits_of(const MessageSummary *summary, const Decision *decision)
{
	return (summary->subject_is_reply ? TRAIT_SUBJECT_REPLY : 0) |
	       (summary->subject_is_forward ? TRAIT_SUBJECT_FORWARD : 0) |
	       (summary->spoof_suspect ? TRAIT_SPOOF_SUSPECT : 0) |
	       (summary->many_authors ? TRAIT_MANY_AUTHORS : 0) |
	       (summary->author_from_reply_to ? TRAIT_AUTHOR_FROM_REPLY_TO : 0) |
	       (summary->null_reverse_path ? TRAIT_NULL_REVERSE_PATH : 0) |
	       (decision->id_reuse ? TRAIT_ID_REUSE : 0);
}

static void fill_identity(MessageRow *row, const MessageSummary *summary,
			  const History *history)
{
	bool outbound = summary->direction == DIRECTION_OUTBOUND;

	row->direction = summary->direction;
	row->at = summary->at;
	row->id_digest = summary->id_digest;
	row->twin_digest = summary->twin_digest;
	row->message_id = g_strdup(summary->message_id);
	row->alternate = summary->alternate_id_digest;
	if (summary->author != NULL && !history->author.left_out)
		row->author = g_strdup(summary->author->canonical);
	if (outbound)
		return;
	if (!history->author.left_out)
		row->author_name = g_strdup(summary->author_name);
	/* Only people outside repeat themselves suspiciously. */
	row->body_digest = summary->body_digest;
}

static void fill_content(MessageRow *row, const MessageSummary *summary)
{
	row->subject_digest = summary->subject_digest;
	row->thread_digest = summary->thread_digest;
	row->auth = summary->auth;
	row->size = summary->size;
	if (summary->answers->len > 0)
		row->answers = pack_answers(summary->answers);
	row->returned_digest = summary->returned_id_digest;
	row->reported = write_reported(summary->bounced);
	row->bounce = summary->bounce;
	row->disposition = summary->disposition;
	row->calendar = summary->calendar;
	row->absent_until = summary->absent_until;
}

/* Not of an author whom the never-log list leaves out. */
static void fill_words(MessageRow *row, const MessageSummary *summary)
{
	row->subject = g_strdup(summary->subject);
	row->snippet = g_strdup(summary->snippet);
}

void message_row_fill(MessageRow *row, const MessageSummary *summary,
		      const History *history, const Decision *decision)
{
	fill_identity(row, summary, history);
	fill_content(row, summary);
	if (!history->author.left_out)
		fill_words(row, summary);
	message_row_unite(row, summary, history);
	row->traits = traits_of(summary, decision) |
		      (history->author.left_out ? TRAIT_AUTHOR_LEFT_OUT : 0);
	row->class = decision->class;
	row->outreach = decision->outreach;
	row->outcome = decision->outcome;
	row->reason = decision->reason;
	row->tier = decision->tier;
	/* Outbound mail concerns whoever has an interaction of it. */
	if (row->direction == DIRECTION_INBOUND)
		row->contact = decision->contact;
	row->answered = decision->outreach_message;
	row->evidence = write_evidence(decision->evidence, summary->signs, false);
	row->derived = write_evidence(decision->evidence, summary->signs, true);
}
