/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/summary.h"

#include <string.h>

#include "author.h"
#include "lead/msg-id.h"
#include "lead/safe-text.h"
#include "signs.h"
#include "summary-kind.h"
#include "summary-recipients.h"

enum { SUBJECT_OCTETS = 998 }; /* RFC 5322 2.1.1: one line */

/* A member for a digest: NULL would end the list. */
static const char *text_or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static const char *address_text(const AddrSpec *address)
{
	return address != NULL ? address->canonical : "";
}

/* Text of at most limit octets, not cut inside a character; NULL stays NULL. */
static char *text_cut(const char *text, size_t limit)
{
	size_t length = text != NULL ? strlen(text) : 0;

	if (length <= limit)
		return g_strdup(text);
	while (limit > 0 && ((unsigned char)text[limit] & 0xc0) == 0x80)
		limit--;
	return g_strndup(text, limit);
}

/* ---- who ---- */

static void read_author(MessageSummary *summary, const MessageFacts *facts)
{
	Author author = author_choose(facts);

	if (author.mailbox != NULL) {
		summary->author = addr_spec_copy(author.mailbox->address);
		summary->author_name = g_strdup(author.mailbox->name);
	}
	summary->author_from_reply_to = author.stands_in;
	summary->many_authors = author.many;
	summary->null_reverse_path = envelope_has_null_reverse_path(facts->envelope);
}

static void read_direction(MessageSummary *summary, const MessageFacts *facts,
			   const DirectionVerdict *direction)
{
	const char *login = facts->envelope->auth_authen;

	summary->direction = direction->direction;
	summary->direction_rule = direction->rule;
	summary->spoof_suspect = direction->spoof_suspect;
	if (direction->source == SOURCE_SUBMISSION && login != NULL && *login != '\0')
		summary->login = g_strdup(login);
}

/* ---- identity ---- */

/* A message without an identifier is known by all that a second copy of it repeats. */
static int64_t digest_without_id(const MessageSummary *summary, const MessageFacts *facts)
{
	g_autofree char *body =
		g_strdup_printf("%" G_GINT64_FORMAT, (gint64)facts->body.digest);

	return digest_of_texts("no-id", address_text(summary->author),
			       text_or_empty(facts->date_text),
			       text_or_empty(facts->subject),
			       address_text(facts->envelope->reverse_path), body, NULL);
}

/*
 * The identifier that the MTA makes names the message from now on, but does not tell it
 * from its copies: each try of a client gets another.
 */
static void read_generated_id(MessageSummary *summary, const Envelope *envelope)
{
	g_autofree char *built = NULL;

	if (envelope->generated_id != NULL && *envelope->generated_id != '\0') {
		summary->message_id = g_strdup(envelope->generated_id);
		summary->alternate_id_digest = msg_id_digest(envelope->generated_id);
	} else if (envelope->queue_id != NULL && envelope->mta_host != NULL &&
		   summary->direction == DIRECTION_OUTBOUND) {
		/* Only mail of ours can be named by an id that nobody was shown. */
		built = g_strdup_printf("%s@%s", envelope->queue_id, envelope->mta_host);
		summary->alternate_id_digest = msg_id_digest(built);
	}
}

static void read_identity(MessageSummary *summary, const MessageFacts *facts)
{
	const Envelope *envelope = facts->envelope;

	if (facts->message_id != NULL && *facts->message_id != '\0') {
		summary->message_id = g_strdup(facts->message_id);
		summary->id_digest = msg_id_digest(facts->message_id);
	} else {
		summary->id_digest = digest_without_id(summary, facts);
		read_generated_id(summary, envelope);
	}
	summary->twin_digest = digest_of_texts("twin", address_text(summary->author),
					       text_or_empty(facts->date_text), NULL);
	summary->queue_id = g_strdup(envelope->queue_id);
}

/* ---- thread ---- */

static int64_t thread_digest(const unsigned char *root)
{
	char hex[2 * THREAD_INDEX_ROOT_OCTETS + 1];

	for (size_t i = 0; i < THREAD_INDEX_ROOT_OCTETS; i++)
		g_snprintf(hex + 2 * i, 3, "%02x", root[i]);
	return digest_of_texts("thread", hex, NULL);
}

static void read_answers(MessageSummary *summary, const MessageFacts *facts)
{
	for (guint i = 0; i < facts->answers->len; i++) {
		const AnswerId *answer = &g_array_index(facts->answers, AnswerId, i);
		SummaryAnswer copy = {
			.digest = msg_id_digest(answer->id),
			.id = g_strdup(answer->id),
			.source = answer->source,
		};

		g_array_append_val(summary->answers, copy);
	}
	if (facts->has_thread_index)
		summary->thread_digest = thread_digest(facts->thread_index_root);
}

static void read_subject(MessageSummary *summary, const MessageFacts *facts,
			 const Subject *subject, const Settings *settings)
{
	if (settings->store_subject)
		summary->subject = text_cut(facts->subject, SUBJECT_OCTETS);
	if (subject->is_specific)
		summary->subject_digest = digest_of_texts("subject", subject->key, NULL);
	summary->subject_is_reply = subject->is_reply;
	summary->subject_is_forward = subject->is_forward;
}

/* The first own characters on one line, if they are asked for. */
static char *read_snippet(const MessageFacts *facts, const Settings *settings)
{
	const char *text = facts->body.own_text;
	g_autofree char *safe = NULL;

	if (settings->snippet <= 0 || text == NULL || *text == '\0')
		return NULL;
	safe = safe_text_utf8(text);
	return g_utf8_substring(safe, 0,
				MIN(settings->snippet, (int64_t)g_utf8_strlen(safe, -1)));
}

MessageSummary *summary_begin(const MessageFacts *facts, const DirectionVerdict *direction,
			      const Settings *settings)
{
	MessageSummary *summary = summary_new();

	read_author(summary, facts);
	read_direction(summary, facts, direction);
	summary_read_recipients(summary, facts, direction, settings);
	return summary;
}

void summary_complete(MessageSummary *summary, const MessageFacts *facts,
		      const DirectionVerdict *direction, const Settings *settings)
{
	Reading reading;

	reading_init(&reading, facts, direction, settings);
	read_identity(summary, facts);
	signs_of_reading(&reading, summary->signs);
	summary_read_kind(summary, facts);
	read_answers(summary, facts);
	read_subject(summary, facts, &reading.subject, settings);
	summary->auth = facts->auth;
	summary->at = facts->envelope->received_at;
	summary->size = facts->envelope->size;
	summary->snippet = read_snippet(facts, settings);
	reading_clear(&reading);
}

MessageSummary *summary_read(const MessageFacts *facts, const DirectionVerdict *direction,
			     const Settings *settings)
{
	MessageSummary *summary = summary_begin(facts, direction, settings);

	summary_complete(summary, facts, direction, settings);
	return summary;
}
