/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <string.h>

#include "lead/msg-id.h"
#include "lead/summary.h"
#include "sample-message.h"

#define FROM "From: Jane Roe <jane@lead.example>\n"
#define DATE "Date: Mon, 21 Sep 2026 13:33:20 +0000\n"
#define ID "Message-ID: <1@lead.example>\n"
#define TEXT "\nYes, please.\n"

typedef struct {
	SampleMessage sample;
	MessageSummary *summary;
} Fixture;

static void fixture_read(Fixture *fixture, const char *text, const SampleEnvelope *envelope,
			 const char *options)
{
	sample_read(&fixture->sample, text, envelope, options);
	fixture->summary = summary_read(&fixture->sample.facts, &fixture->sample.direction,
					fixture->sample.settings);
}

static void fixture_clear(Fixture *fixture)
{
	summary_unref(fixture->summary);
	sample_clear(&fixture->sample);
}

/* ---- the author ---- */

enum { STANDS_IN = 1, MANY = 2 };

/* clang-format off */
static const struct {
	const char *name, *fields, *want, *want_name;
	unsigned flags;
} authors[] = {
	{"from", FROM, "jane@lead.example", "Jane Roe", 0},
	{"none", "Subject: x\n", NULL, NULL, 0},
	{"reply-to does not outweigh a person", FROM "Reply-To: joe@lead.example\n",
	 "jane@lead.example", "Jane Roe", 0},
	{"no-reply", "From: noreply@lead.example\nReply-To: Jane <jane@lead.example>\n",
	 "jane@lead.example", "Jane", STANDS_IN},
	{"no-reply alone", "From: noreply@lead.example\n", "noreply@lead.example", NULL, 0},
	{"role that answers to a role", "From: info@lead.example\nReply-To: sales@lead.example\n",
	 "info@lead.example", NULL, 0},
	{"no-reply with several others",
	 "From: noreply@lead.example\nReply-To: a@lead.example, b@lead.example\n",
	 "noreply@lead.example", NULL, 0},
	{"several authors", FROM "From: joe@lead.example\n", "jane@lead.example", "Jane Roe", MANY},
	{"one author twice", "From: jane@lead.example, Jane@LEAD.example\n", "jane@lead.example",
	 NULL, 0},
	{"original author of a list",
	 "From: Jane via Pumps <pumps@lists.example>\nList-Id: <pumps.lists.example>\n"
	 "X-Original-From: Jane <jane@lead.example>\n", "jane@lead.example", "Jane", STANDS_IN},
	{"original author without a list", FROM "X-Original-From: joe@lead.example\n",
	 "jane@lead.example", "Jane Roe", 0},
	{"original author is From's", FROM "List-Id: <pumps.lists.example>\n"
	 "X-Original-Sender: jane@lead.example\n", "jane@lead.example", "Jane Roe", 0},
	{"rewritten by Mailman",
	 "From: Jane via Pumps <pumps@lists.example>\nList-Id: <pumps.lists.example>\n"
	 "List-Post: <mailto:pumps@lists.example>\nReply-To: Jane <jane@lead.example>\n",
	 "jane@lead.example", "Jane", STANDS_IN},
	{"rewritten, name lost",
	 "From: pumps@lists.example\nList-Post: <mailto:pumps@lists.example>\n"
	 "Reply-To: Jane <jane@lead.example>, pumps@lists.example\n", "jane@lead.example", "Jane",
	 STANDS_IN},
	{"via somebody, without a list",
	 "From: Jane via Pumps <pumps@lists.example>\nReply-To: Jane <jane@lead.example>\n",
	 "pumps@lists.example", "Jane via Pumps", 0},
};
/* clang-format on */

static void test_authors(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(authors); i++) {
		g_autofree char *text = g_strconcat(authors[i].fields, ID TEXT, NULL);
		const MessageSummary *summary;
		const char *got;
		unsigned flags;
		Fixture fixture;

		fixture_read(&fixture, text, NULL, NULL);
		summary = fixture.summary;
		got = summary->author != NULL ? summary->author->canonical : NULL;
		flags = (summary->author_from_reply_to ? STANDS_IN : 0u) |
			(summary->many_authors ? MANY : 0u);
		if (g_strcmp0(got, authors[i].want) != 0 || flags != authors[i].flags ||
		    g_strcmp0(summary->author_name, authors[i].want_name) != 0)
			g_error("%s: wanted %s (%s) %u, got %s (%s) %u", authors[i].name,
				authors[i].want, authors[i].want_name, authors[i].flags,
				got, summary->author_name, flags);
		fixture_clear(&fixture);
	}
}

/* ---- recipients ---- */

/* clang-format off */
static const struct {
	const char *name;
	SampleEnvelope envelope;
	const char *fields;
	const char *want; /* "role address (name) direction", comma-separated */
} recipients[] = {
	{"to", {0}, FROM "To: Rep One <rep@ours.example>\n",
	 "to rep@ours.example (Rep One) inbound"},
	{"case and subaddress", {.recipients = "rep+pumps@ours.example"},
	 FROM "To: Rep@OURS.example\n", "to rep+pumps@ours.example (-) inbound"},
	{"cc", {.recipients = "rep@ours.example boss@ours.example"},
	 FROM "To: rep@ours.example\nCc: \"Boss\" <boss@ours.example>\n",
	 "to rep@ours.example (-) inbound, cc boss@ours.example (Boss) inbound"},
	{"bcc", {.recipients = "rep@ours.example boss@ours.example"}, FROM "To: rep@ours.example\n",
	 "to rep@ours.example (-) inbound, bcc boss@ours.example (-) inbound"},
	{"outreach", {.auth_authen = "rep", .recipients = "jane@lead.example boss@ours.example"},
	 "From: rep@ours.example\nTo: Jane <jane@lead.example>\n",
	 "to jane@lead.example (Jane) outbound, bcc boss@ours.example (-) internal"},
	{"a reply to all goes past us", {0},
	 FROM "To: rep@ours.example, joe@other.example\nCc: Kim <kim@other.example>, "
	 "jane@lead.example, boss@ours.example\n",
	 "to rep@ours.example (-) inbound, to joe@other.example (-) transit, "
	 "cc kim@other.example (Kim) transit"},
	{"outreach names nobody more",
	 {.auth_authen = "rep", .recipients = "jane@lead.example"},
	 "From: rep@ours.example\nTo: jane@lead.example, joe@other.example\n",
	 "to jane@lead.example (-) outbound"},
	{"bcc of a file", {.client = "archive", .reverse_path = "unknown",
	 .recipients = "jane@lead.example joe@other.example"},
	 "From: rep@ours.example\nTo: jane@lead.example\nBcc: joe@other.example\n",
	 "to jane@lead.example (-) outbound, bcc joe@other.example (-) outbound"},
	{"none", {.recipients = ""}, FROM, ""},
};
/* clang-format on */

static char *recipients_text(const MessageSummary *summary)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < summary->recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(summary->recipients, SummaryRecipient, i);

		g_string_append_printf(text, "%s%s %s (%s) %s", i > 0 ? ", " : "",
				       party_role_name(recipient->role),
				       recipient->address->canonical,
				       recipient->name != NULL ? recipient->name : "-",
				       direction_name(recipient->direction));
	}
	return g_string_free(text, FALSE);
}

static void test_recipients(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(recipients); i++) {
		g_autofree char *text = g_strconcat(recipients[i].fields, ID TEXT, NULL);
		g_autofree char *got = NULL;
		Fixture fixture;

		fixture_read(&fixture, text, &recipients[i].envelope, NULL);
		got = recipients_text(fixture.summary);
		if (strcmp(got, recipients[i].want) != 0)
			g_error("%s: wanted '%s', got '%s'", recipients[i].name,
				recipients[i].want, got);
		fixture_clear(&fixture);
	}
}

static void test_recipient_limit(void)
{
	Fixture fixture;

	fixture_read(&fixture,
		     FROM
		     "To: rep@ours.example, a@x.example, b@x.example, c@x.example\n" TEXT,
		     NULL, "[limits]\nrecipients = 3\n");
	g_assert_cmpuint(fixture.summary->recipients->len, ==, 3);
	g_assert_cmpuint(fixture.summary->recipients_left_out, ==, 1);
	fixture_clear(&fixture);
}

/* ---- identity ---- */

enum { SAME_ID = 1, SAME_TWIN = 2 };

/* clang-format off */
static const struct {
	const char *name;
	const char *one, *other;
	SampleEnvelope envelope_one, envelope_other;
	unsigned want;
} twins[] = {
	{"the same", FROM DATE ID TEXT, FROM DATE ID TEXT, {0}, {0}, SAME_ID | SAME_TWIN},
	{"body changed on the way", FROM DATE ID TEXT, FROM DATE ID "\nYes.\n-- \nlist\n", {0}, {0},
	 SAME_ID | SAME_TWIN},
	{"another author", FROM DATE ID TEXT, "From: joe@lead.example\n" DATE ID TEXT, {0}, {0},
	 SAME_ID},
	{"another date", FROM DATE ID TEXT,
	 FROM "Date: Tue, 22 Sep 2026 13:33:20 +0000\n" ID TEXT, {0}, {0}, SAME_ID},
	{"another id", FROM DATE ID TEXT, FROM DATE "Message-ID: <2@lead.example>\n" TEXT, {0},
	 {0}, SAME_TWIN},
	{"no id", FROM DATE TEXT, FROM DATE TEXT, {0}, {0}, SAME_ID | SAME_TWIN},
	{"no id, another body", FROM DATE TEXT, FROM DATE "\nNo.\n", {0}, {0}, SAME_TWIN},
	{"no id, another subject", FROM DATE "Subject: a\n" TEXT, FROM DATE "Subject: b\n" TEXT,
	 {0}, {0}, SAME_TWIN},
	{"no id, another reverse-path", FROM DATE TEXT, FROM DATE TEXT, {0},
	 {.reverse_path = "<>"}, SAME_TWIN},
	{"no id, another from the MTA each time", FROM DATE TEXT, FROM DATE TEXT,
	 {.generated_id = "1@mx.ours.example"}, {.generated_id = "2@mx.ours.example"},
	 SAME_ID | SAME_TWIN},
	{"the message's own id first", FROM DATE ID TEXT, FROM DATE ID TEXT,
	 {.generated_id = "9@ours.example"}, {0}, SAME_ID | SAME_TWIN},
};
/* clang-format on */

static void test_identity(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(twins); i++) {
		Fixture one, other;
		unsigned got;

		fixture_read(&one, twins[i].one, &twins[i].envelope_one, NULL);
		fixture_read(&other, twins[i].other, &twins[i].envelope_other, NULL);
		got = (one.summary->id_digest == other.summary->id_digest ? SAME_ID : 0u) |
		      (one.summary->twin_digest == other.summary->twin_digest ? SAME_TWIN
									      : 0u);
		if (got != twins[i].want)
			g_error("%s: wanted %u, got %u", twins[i].name, twins[i].want, got);
		g_assert_cmpint(one.summary->id_digest, !=, 0);
		fixture_clear(&one);
		fixture_clear(&other);
	}
}

/* clang-format off */
static const struct {
	const char *name, *fields;
	SampleEnvelope envelope;
	const char *want, *want_alternate; /* NULL: none */
} alternates[] = {
	{"id of its own", FROM DATE ID, {.queue_id = "4XyZ", .generated_id = "9@mx.ours.example"},
	 "1@lead.example", NULL},
	{"id from the MTA", FROM DATE, {.queue_id = "4XyZ", .generated_id = "9@mx.ours.example"},
	 "9@mx.ours.example", "9@mx.ours.example"},
	{"no id from anybody, inbound", FROM DATE, {.queue_id = "4XyZ"}, NULL, NULL},
	{"no id from anybody, outbound", "From: rep@ours.example\n" DATE,
	 {.queue_id = "4XyZ", .daemon_name = "ORIGINATING", .reverse_path = "rep@ours.example",
	  .recipients = "jane@lead.example"}, NULL, "4XyZ@mx.ours.example"},
};
/* clang-format on */

static void test_alternate_id(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(alternates); i++) {
		g_autofree char *text = g_strconcat(alternates[i].fields, TEXT, NULL);
		const char *want = alternates[i].want_alternate;
		Fixture fixture;

		fixture_read(&fixture, text, &alternates[i].envelope, NULL);
		g_test_message("%s", alternates[i].name);
		g_assert_cmpstr(fixture.summary->message_id, ==, alternates[i].want);
		g_assert_cmpint(fixture.summary->alternate_id_digest, ==,
				want != NULL ? msg_id_digest(want) : 0);
		g_assert_cmpstr(fixture.summary->queue_id, ==, "4XyZ");
		fixture_clear(&fixture);
	}
}

/* ---- kind ---- */

static void test_bounce(void)
{
	static const char report[] =
		"From: MAILER-DAEMON@mx.lead.example\nSubject: Undelivered\nMIME-Version: "
		"1.0\n"
		"Content-Type: multipart/report; report-type=delivery-status; "
		"boundary=b\n\n"
		"--b\nContent-Type: text/plain\n\nNo.\n"
		"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
		"Final-Recipient: rfc822; jane@lead.example\nAction: failed\nStatus: "
		"5.1.1\n\n"
		"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: "
		"<o1@ours.example>\n\n--b--\n";
	SampleEnvelope envelope = {.reverse_path = "<>"};
	const ReportRecipient *recipient;
	Fixture fixture;

	fixture_read(&fixture, report, &envelope, NULL);
	g_assert_true(fixture.summary->null_reverse_path);
	g_assert_cmpint(fixture.summary->bounce, ==, BOUNCE_HARD);
	g_assert_nonnull(fixture.summary->bounced);
	g_assert_cmpuint(fixture.summary->bounced->len, ==, 1);
	recipient = fixture.summary->bounced->pdata[0];
	g_assert_cmpstr(recipient->recipient->canonical, ==, "jane@lead.example");
	g_assert_cmpint(recipient->kind, ==, BOUNCE_HARD);
	g_assert_cmpstr(fixture.summary->returned_id, ==, "o1@ours.example");
	g_assert_cmpint(fixture.summary->returned_id_digest, ==,
			msg_id_digest("o1@ours.example"));
	fixture_clear(&fixture);
}

/* A daemon's note that no list of wordings knows condemns no address. */
static void test_bounce_unsettled(void)
{
	SampleEnvelope envelope = {.reverse_path = "<>"};
	Fixture fixture;

	fixture_read(&fixture,
		     "From: MAILER-DAEMON@mx.lead.example\nSubject: Returned mail\n"
		     "\nHm.\n",
		     &envelope, NULL);
	g_assert_cmpint(fixture.summary->bounce, ==, BOUNCE_SOFT);
	g_assert_cmpuint(fixture.summary->bounced->len, ==, 0);
	fixture_clear(&fixture);
}

/* A person who quotes a bounce sends none. */
static void test_quoted_bounce(void)
{
	Fixture fixture;

	fixture_read(&fixture,
		     FROM ID "Subject: Your mail\n\nI got this:\n"
			     "550 5.1.1 <rep@ours.example>: User unknown\n",
		     NULL, NULL);
	g_assert_cmpint(fixture.summary->bounce, ==, BOUNCE_NONE);
	g_assert_null(fixture.summary->bounced);
	fixture_clear(&fixture);
}

/* clang-format off */
static const struct {
	const char *name, *criteria;
	int64_t want;
} absences[] = {
	{"date", "{kind=VACATION,startDate=2026-09-01T00:00:00Z,endDate=2026-10-01T00:00:00Z}",
	 1790812800},
	{"last member first", "{endDate=2026-10-01T00:00:00Z,kind=VACATION}", 1790812800},
	{"past", "{endDate=2026-01-01T00:00:00Z}", 0},
	{"never", "{endDate=2999-01-01T00:00:00Z}", 0},
	{"no date", "{endDate=soon}", 0},
	{"none", "{kind=VACATION}", 0},
	{"nothing behind it", "endDate=", 0},
};
/* clang-format on */

static void test_absences(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(absences); i++) {
		g_autofree char *text = g_strdup_printf(
			FROM ID "X-Apple-Action: VACATION\nX-Apple-Criteria: %s\n" TEXT,
			absences[i].criteria);
		Fixture fixture;

		fixture_read(&fixture, text, NULL, NULL);
		if (fixture.summary->absent_until != absences[i].want)
			g_error("%s: wanted %" G_GINT64_FORMAT ", got %" G_GINT64_FORMAT,
				absences[i].name, (gint64)absences[i].want,
				(gint64)fixture.summary->absent_until);
		fixture_clear(&fixture);
	}
}

/* ---- thread ---- */

static void test_thread(void)
{
	const SummaryAnswer *first;
	Fixture fixture, other;

	fixture_read(&fixture,
		     FROM ID
		     "Subject: Re: Offer for pumps\nIn-Reply-To: <o2@ours.example>\n"
		     "References: <o1@ours.example> <o2@ours.example>\n"
		     "Thread-Index: AdUmzKjZ9cOYk3l0QWWqcqH5rFJ5SgAAAAAA\n" TEXT,
		     NULL, NULL);
	fixture_read(&other,
		     FROM "Subject: OFFER for  pumps\n"
			  "Thread-Index: AdUmzKjZ9cOYk3l0QWWqcqH5rFJ5Sg==\n" TEXT,
		     NULL, NULL);
	g_assert_cmpuint(fixture.summary->answers->len, ==, 2);
	first = &g_array_index(fixture.summary->answers, SummaryAnswer, 0);
	g_assert_cmpstr(first->id, ==, "o2@ours.example");
	g_assert_cmpint(first->digest, ==, msg_id_digest("o2@ours.example"));
	g_assert_cmpint(first->source, ==, ANSWER_IN_REPLY_TO);
	g_assert_cmpint(fixture.summary->thread_digest, !=, 0);
	g_assert_cmpint(fixture.summary->thread_digest, ==, other.summary->thread_digest);
	g_assert_cmpint(fixture.summary->subject_digest, !=, 0);
	g_assert_cmpint(fixture.summary->subject_digest, ==, other.summary->subject_digest);
	g_assert_true(fixture.summary->subject_is_reply);
	g_assert_false(other.summary->subject_is_reply);
	fixture_clear(&fixture);
	fixture_clear(&other);
}

static void test_generic_subject(void)
{
	Fixture fixture;

	fixture_read(&fixture, FROM ID "Subject: Re: Quick question\n" TEXT, NULL, NULL);
	g_assert_cmpint(fixture.summary->subject_digest, ==, 0);
	g_assert_cmpint(fixture.summary->thread_digest, ==, 0);
	fixture_clear(&fixture);
}

/* ---- privacy ---- */

static const struct {
	const char *name, *options, *subject, *snippet;
} privacies[] = {
	{"default", NULL, "Caf\xc3\xa9 pumps", NULL},
	{"no subject", "[privacy]\nstore_subject = no\n", NULL, NULL},
	{"snippet", "[privacy]\nsnippet = 4\n", "Caf\xc3\xa9 pumps", "Yes,"},
	{"longer than the text", "[privacy]\nsnippet = 400\n", "Caf\xc3\xa9 pumps",
	 "Yes, please."},
};

static void test_privacy(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(privacies); i++) {
		g_autofree char *snippet = NULL;
		Fixture fixture;

		fixture_read(&fixture,
			     FROM ID "Subject: =?utf-8?q?Caf=C3=A9?= pumps\n" TEXT, NULL,
			     privacies[i].options);
		if (g_strcmp0(fixture.summary->subject, privacies[i].subject) != 0)
			g_error("%s: wanted subject '%s', got '%s'", privacies[i].name,
				privacies[i].subject, fixture.summary->subject);
		snippet = g_strdup(fixture.summary->snippet);
		if (snippet != NULL)
			g_strchomp(snippet);
		if (g_strcmp0(snippet, privacies[i].snippet) != 0)
			g_error("%s: wanted snippet '%s', got '%s'", privacies[i].name,
				privacies[i].snippet, snippet);
		fixture_clear(&fixture);
	}
}

/* 998 octets at most, and no half character at their end. */
static void test_long_subject(void)
{
	for (size_t shift = 0; shift < 3; shift++) {
		g_autoptr(GString) subject = g_string_new(NULL);
		g_autofree char *text = NULL;
		Fixture fixture;

		for (size_t i = 0; i < shift; i++)
			g_string_append_c(subject, 'a');
		for (size_t i = 0; i < 500; i++)
			g_string_append(subject, "\xe2\x82\xac");
		text = g_strconcat(FROM ID "Subject: ", subject->str, "\n" TEXT, NULL);
		fixture_read(&fixture, text, NULL, NULL);
		g_assert_true(g_utf8_validate(fixture.summary->subject, -1, NULL));
		g_assert_true(g_str_has_prefix(subject->str, fixture.summary->subject));
		g_assert_cmpuint(strlen(fixture.summary->subject), ==,
				 shift + (998 - shift) / 3 * 3);
		fixture_clear(&fixture);
	}
}

static void test_login(void)
{
	SampleEnvelope envelope = {.auth_authen = "rep", .recipients = "jane@lead.example"};
	Fixture fixture;

	fixture_read(&fixture, "From: rep@ours.example\nTo: jane@lead.example\n" TEXT,
		     &envelope, NULL);
	g_assert_cmpint(fixture.summary->direction, ==, DIRECTION_OUTBOUND);
	g_assert_cmpstr(fixture.summary->direction_rule, ==, "auth");
	g_assert_cmpstr(fixture.summary->login, ==, "rep");
	g_assert_cmpint(fixture.summary->at, ==, SAMPLE_AT);
	g_assert_cmpint(fixture.summary->size, >, 0);
	fixture_clear(&fixture);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	body_init();
	g_test_add_func("/summary/authors", test_authors);
	g_test_add_func("/summary/recipients", test_recipients);
	g_test_add_func("/summary/recipient-limit", test_recipient_limit);
	g_test_add_func("/summary/identity", test_identity);
	g_test_add_func("/summary/alternate-id", test_alternate_id);
	g_test_add_func("/summary/bounce", test_bounce);
	g_test_add_func("/summary/bounce-unsettled", test_bounce_unsettled);
	g_test_add_func("/summary/quoted-bounce", test_quoted_bounce);
	g_test_add_func("/summary/absences", test_absences);
	g_test_add_func("/summary/thread", test_thread);
	g_test_add_func("/summary/generic-subject", test_generic_subject);
	g_test_add_func("/summary/privacy", test_privacy);
	g_test_add_func("/summary/long-subject", test_long_subject);
	g_test_add_func("/summary/login", test_login);
	return g_test_run();
}
