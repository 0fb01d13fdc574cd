/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "recording.h"

/* A recipient is a line: role and direction as a letter each, then the address. */
static const char role_letters[] = "tcba";	/* as PartyRole counts */
static const char direction_letters[] = "xnio"; /* as Direction counts */

/* More than these are counted, not kept. */
enum { RECIPIENTS_KEPT = 256, ANSWER_OCTETS = 9 };

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

/* ---- recipients ---- */

static void recipient_clear(gpointer recipient)
{
	g_free(((MessageRecipient *)recipient)->address);
}

static GArray *recipients_new(void)
{
	GArray *recipients = g_array_new(FALSE, FALSE, sizeof(MessageRecipient));

	g_array_set_clear_func(recipients, recipient_clear);
	return recipients;
}

static bool read_letter(const char *letters, char letter, int *value_out)
{
	const char *found = letter != '\0' ? strchr(letters, letter) : NULL;

	*value_out = found != NULL ? (int)(found - letters) : 0;
	return found != NULL;
}

static void read_recipient(GArray *recipients, const char *line)
{
	int role, direction;
	MessageRecipient recipient;

	if (!read_letter(role_letters, line[0], &role) ||
	    !read_letter(direction_letters, line[1], &direction))
		return;
	recipient = (MessageRecipient){(PartyRole)role, (Direction)direction,
				       g_strdup(line + 2)};
	g_array_append_val(recipients, recipient);
}

GArray *message_recipients(const MessageRow *row)
{
	GArray *recipients = recipients_new();
	g_auto(GStrv) lines =
		g_strsplit(row->recipients != NULL ? row->recipients : "", "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++)
		read_recipient(recipients, lines[i]);
	return recipients;
}

static int compare_recipients(const void *a, const void *b)
{
	const MessageRecipient *left = a, *right = b;
	int order = strcmp(left->address, right->address);

	return order != 0 ? order : (int)left->role - (int)right->role;
}

static char *write_recipients(GArray *recipients)
{
	GString *text = g_string_new(NULL);
	const char *before = "";
	unsigned kept = 0;

	g_array_sort(recipients, compare_recipients);
	for (unsigned i = 0; i < recipients->len && kept < RECIPIENTS_KEPT; i++) {
		const MessageRecipient *recipient =
			&g_array_index(recipients, MessageRecipient, i);

		if (strcmp(recipient->address, before) == 0)
			continue;
		before = recipient->address;
		g_string_append_printf(text, "%s%c%c%s", kept++ > 0 ? "\n" : "",
				       role_letters[recipient->role],
				       direction_letters[recipient->direction], before);
	}
	return g_string_free(text, FALSE);
}

static void add_recipients(GArray *recipients, const MessageSummary *summary)
{
	for (unsigned i = 0; i < summary->recipients->len; i++) {
		const SummaryRecipient *from =
			&g_array_index(summary->recipients, SummaryRecipient, i);
		MessageRecipient recipient = {from->role, from->direction, NULL};

		if (strchr(from->address->canonical, '\n') != NULL)
			continue;
		recipient.address = g_strdup(from->address->canonical);
		g_array_append_val(recipients, recipient);
	}
}

static unsigned count_external(const GArray *recipients)
{
	unsigned count = 0;

	for (unsigned i = 0; i < recipients->len; i++) {
		const MessageRecipient *recipient =
			&g_array_index(recipients, MessageRecipient, i);

		count +=
			recipient->direction == DIRECTION_OUTBOUND &&
			(i == 0 || strcmp(recipient->address,
					  g_array_index(recipients, MessageRecipient, i - 1)
						  .address) != 0);
	}
	return count;
}

bool message_row_unite(MessageRow *row, const MessageSummary *summary)
{
	g_autoptr(GArray) recipients = message_recipients(row);
	g_autofree char *before = g_steal_pointer(&row->recipients);
	bool earlier = row->id != 0 && summary->at < row->at;
	unsigned external;

	add_recipients(recipients, summary);
	row->recipients = write_recipients(recipients);
	external = count_external(recipients) + (unsigned)summary->recipients_left_out;
	row->external = MAX(row->external, external);
	if (earlier)
		row->at = summary->at;
	return earlier || g_strcmp0(before, row->recipients) != 0;
}

/* ---- a summary into a row ---- */

static GBytes *pack_answers(const GArray *answers)
{
	GByteArray *packed = g_byte_array_new();

	for (unsigned i = 0; i < answers->len; i++) {
		const SummaryAnswer *answer = &g_array_index(answers, SummaryAnswer, i);
		guint8 octets[ANSWER_OCTETS] = {(guint8)answer->source};
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

	for (unsigned i = 0; reported != NULL && i < MIN(reported->len, RECIPIENTS_KEPT);
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

static void fill_identity(MessageRow *row, const MessageSummary *summary)
{
	bool outbound = summary->direction == DIRECTION_OUTBOUND;

	row->direction = summary->direction;
	row->at = summary->at;
	row->id_digest = summary->id_digest;
	row->twin_digest = summary->twin_digest;
	row->message_id = g_strdup(summary->message_id);
	/* Only mail of ours can be named by an id that our MTA gave it. */
	if (outbound && summary->message_id == NULL)
		row->alternate = summary->alternate_id_digest;
	row->author = g_strdup(summary->author != NULL ? summary->author->canonical : NULL);
	if (outbound)
		return;
	row->author_name = g_strdup(summary->author_name);
	/* Only people outside repeat themselves suspiciously. */
	row->body_digest = summary->body_digest;
}

static void fill_content(MessageRow *row, const MessageSummary *summary)
{
	row->subject = g_strdup(summary->subject);
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
	row->snippet = g_strdup(summary->snippet);
}

void message_row_fill(MessageRow *row, const MessageSummary *summary,
		      const Decision *decision)
{
	fill_identity(row, summary);
	fill_content(row, summary);
	message_row_unite(row, summary);
	row->traits = traits_of(summary, decision);
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

/* ---- and back ---- */

static void unpack_answers(GArray *answers, GBytes *packed)
{
	gsize length = 0;
	const guint8 *octets = packed != NULL ? g_bytes_get_data(packed, &length) : NULL;

	for (gsize at = 0; at + ANSWER_OCTETS <= length; at += ANSWER_OCTETS) {
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

/* False if a rule is no longer known. */
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
