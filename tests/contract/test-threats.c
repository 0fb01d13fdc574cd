/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What somebody who means harm may try, and what comes of it: a row begins with the name
 * that the section THREATS of leadmilter(8) has for it, and tests/lint/threats.sh compares
 * the two. Whole messages, read as the daemon reads them, into every backend.
 */
#include <string.h>

#include "../unit/sample-message.h"
#include "lead/store.h"
#include "lead/summary.h"
#include "lead/words.h"

enum { HOUR = 3600, STEPS_MAX = 6 };

/* recipients NULL: one of ours. A step without from_us came from a stranger's host. */
typedef struct {
	bool from_us;
	const char *recipients;
	int64_t hours; /* after the first */
	const char *text;
} Step;

typedef struct {
	const char *name, *options;
	Step steps[STEPS_MAX];
	const char *results;  /* a line a step: outcome, reason, contacts made */
	const char *contacts; /* a line each: address, stage, "bad", "unwanted" */
} Row;

#define OUTREACH                                                        \
	{true, "jane@lead.example", 0,                                  \
	 "From: rep@ours.example\nTo: jane@lead.example\n"              \
	 "Subject: Pumps for your plant\nMessage-ID: <o1@ours.example>\n" \
	 "Date: Mon, 21 Sep 2026 12:00:00 +0000\n\nMay I call you?\n"}
#define MADE "logged outreach 1\n"

#define REPLY(from, id, fields)                                                   \
	fields "From: " from "\nTo: rep@ours.example\nSubject: Re: Pumps for your plant\n" \
	       "Message-ID: <" id ">\nDate: Tue, 22 Sep 2026 12:00:00 +0000\n"
#define YES "\nYes, please do, on Friday.\n"
#define NAMES_IT "In-Reply-To: <o1@ours.example>\n"
#define OURS_SAYS(what) "Authentication-Results: mx.ours.example; " what "\n"
#define JANE "jane@lead.example"

#define REPORT(message_id, recipient)                                                  \
	"From: mailer-daemon@evil.example\nTo: rep@ours.example\nSubject: failure\n"    \
	"Message-ID: <b1@evil.example>\nDate: Tue, 22 Sep 2026 12:00:00 +0000\n"        \
	"MIME-Version: 1.0\nContent-Type: multipart/report;\n"                          \
	" report-type=delivery-status; boundary=x\n\n"                                  \
	"--x\nContent-Type: text/plain\n\nNo such user.\n"                              \
	"--x\nContent-Type: message/delivery-status\n\n"                                \
	"Reporting-MTA: dns; mx.evil.example\n\n"                                       \
	"Final-Recipient: rfc822; " recipient "\nAction: failed\nStatus: 5.1.1\n\n"     \
	"--x\nContent-Type: text/rfc822-headers\n\nFrom: rep@ours.example\n"            \
	"Message-ID: <" message_id ">\n\n--x--\n"

#define STOP "\nunsubscribe\n"

#define SALES "[contacts]\nauto_create = sales\nsales_addresses = sales@ours.example\n"
#define STRANGER(who, hours)                                                        \
	{false, "sales@ours.example", hours,                                        \
	 "From: " who "@else.example\nTo: sales@ours.example\nSubject: A question\n" \
	 "Message-ID: <" who "@else.example>\nDate: Mon, 21 Sep 2026 12:00:00 +0000\n" \
	 "\nWhat does a pump cost?\n"}
#define WROTE(who, hours)                                                          \
	{true, who "@else.example", hours,                                         \
	 "From: rep@ours.example\nTo: " who "@else.example\nSubject: For you, " who "\n" \
	 "Message-ID: <" who "@ours.example>\nDate: Mon, 21 Sep 2026 12:00:00 +0000\n"  \
	 "\nDear " who ", a word about pumps.\n"}

/* clang-format off */
static const Row rows[] = {
	/* what the others are measured by */
	{ "none: a true reply", "",
	  { OUTREACH, { false, NULL, 1, REPLY(JANE, "r1@lead.example", NAMES_IT) YES } },
	  MADE "promoted reply-reference 0\n", "jane@lead.example prospect\n" },

	{ "forged author: her domain disowns it", "",
	  { OUTREACH, { false, NULL, 1, REPLY(JANE, "r1@lead.example", OURS_SAYS("dmarc=fail header.from=lead.example") NAMES_IT) YES } },
	  MADE "suggested auth-fail 0\n", "jane@lead.example lead\n" },
	{ "forged author: one of us, from outside", "",
	  { OUTREACH, { false, "jane@lead.example", 1, REPLY("rep@ours.example", "r1@ours.example", NAMES_IT) YES },
	    { false, NULL, 1, REPLY("rep@ours.example", "r2@ours.example", NAMES_IT) YES } },
	  MADE "ignored transit 0\nignored spoof-suspect 0\n", "jane@lead.example lead\n" },
	{ "forged author: the subject is known, the id is not", "",
	  { OUTREACH, { false, NULL, 1, REPLY(JANE, "r1@lead.example", "") YES } },
	  MADE "suggested weak-auth 0\n", "jane@lead.example lead\n" },
	{ "forged author: two authors, one of them she", "",
	  { OUTREACH, { false, NULL, 1, REPLY("mallory@evil.example, " JANE, "r1@evil.example", NAMES_IT) YES } },
	  MADE "suggested other-address 0\n", "jane@lead.example lead\n" },

	{ "forged bounce: of a message that is none of ours", "",
	  { OUTREACH, { false, NULL, 1, REPORT("guess@ours.example", JANE) } },
	  MADE "ignored bounce 0\n", "jane@lead.example lead\n" },
	{ "forged bounce: of a message that did not go to her", "",
	  { OUTREACH, WROTE("bob", 0), { false, NULL, 1, REPORT("bob@ours.example", JANE) } },
	  MADE MADE "ignored bounce 0\n", "bob@else.example lead\njane@lead.example lead\n" },
	{ "forged bounce: names message and recipient, as a true one", "",
	  { OUTREACH, { false, NULL, 1, REPORT("o1@ours.example", JANE) },
	    { false, NULL, 2, REPLY(JANE, "r1@lead.example", NAMES_IT) YES } },
	  MADE "logged bounce 0\npromoted reply-reference 0\n", "jane@lead.example prospect\n" },

	{ "forged opt-out: her domain disowns it", "",
	  { OUTREACH, { false, NULL, 1, REPLY(JANE, "r1@lead.example", OURS_SAYS("dmarc=fail header.from=lead.example") NAMES_IT) STOP } },
	  MADE "logged auth-fail 0\n", "jane@lead.example lead\n" },
	{ "forged opt-out: in the name of somebody else", "",
	  { OUTREACH, { false, NULL, 1, REPLY("mallory@evil.example", "r1@evil.example", NAMES_IT) STOP } },
	  MADE "suggested opt-out 0\n", "jane@lead.example lead\n" },
	{ "forged opt-out: a true one is heard", "",
	  { OUTREACH, { false, NULL, 1, REPLY(JANE, "r1@lead.example", NAMES_IT) STOP } },
	  MADE "logged opt-out 0\n", "jane@lead.example lead unwanted\n" },

	{ "forged Authentication-Results: of another name", "",
	  { OUTREACH, { false, NULL, 1, REPLY(JANE, "r1@lead.example",
	      "Authentication-Results: mx.evil.example; dmarc=pass header.from=lead.example\n") YES } },
	  MADE "suggested weak-auth 0\n", "jane@lead.example lead\n" },
	{ "forged Authentication-Results: below where it came in", "",
	  { OUTREACH, { false, NULL, 1, REPLY(JANE, "r1@lead.example",
	      "Received: from evil.example (evil.example [192.0.2.1]) by mx.ours.example; Tue, 22 Sep 2026 12:00:00 +0000\n"
	      OURS_SAYS("dmarc=pass header.from=lead.example")) YES } },
	  MADE "suggested weak-auth 0\n", "jane@lead.example lead\n" },
	{ "forged Authentication-Results: inside a comment of ours", "",
	  { OUTREACH, { false, NULL, 1, REPLY(JANE, "r1@lead.example",
	      OURS_SAYS("spf=none (helo=x; dmarc=pass header.from=lead.example) smtp.mailfrom=evil.example")) YES } },
	  MADE "suggested weak-auth 0\n", "jane@lead.example lead\n" },
	{ "forged Authentication-Results: a true one is believed", "",
	  { OUTREACH, { false, NULL, 1, REPLY(JANE, "r1@lead.example", OURS_SAYS("dmarc=pass header.from=lead.example")) YES } },
	  MADE "promoted reply-subject 0\n", "jane@lead.example prospect\n" },

	{ "id probing: an id that is known", "",
	  { OUTREACH, { false, NULL, 1, REPLY("probe@evil.example", "p1@evil.example", NAMES_IT) YES } },
	  MADE "suggested other-address 0\n", "jane@lead.example lead\n" },
	{ "id probing: an id that is a guess", "",
	  { OUTREACH, { false, NULL, 1, REPLY("probe@evil.example", "p1@evil.example", "In-Reply-To: <o2@ours.example>\n") YES } },
	  MADE "ignored unknown-author 0\n", "jane@lead.example lead\n" },
	{ "id probing: the id of a recorded message, used again", "",
	  { OUTREACH, { false, NULL, 1, REPLY("probe@evil.example", "o1@ours.example", "") YES },
	    { false, NULL, 2, REPLY(JANE, "r1@lead.example", NAMES_IT) YES } },
	  MADE "ignored unknown-author 0\npromoted reply-reference 0\n", "jane@lead.example prospect\n" },

	{ "flooding of new contacts: nobody is made unless asked for", "",
	  { STRANGER("ann", 0) }, "ignored unknown-author 0\n", "" },
	{ "flooding of new contacts: the day's bound", SALES "max_new_by_strangers = 2\n",
	  { STRANGER("ann", 0), STRANGER("bob", 1), STRANGER("cid", 2), STRANGER("dan", 25) },
	  "logged inbound-lead 1\nlogged inbound-lead 1\nignored flood 0\nlogged inbound-lead 1\n",
	  "ann@else.example lead\nbob@else.example lead\ndan@else.example lead\n" },
	{ "flooding of new contacts: in one second", SALES "max_new_by_strangers = 1\n",
	  { STRANGER("ann", 0), STRANGER("bob", 0), STRANGER("cid", 0) },
	  "logged inbound-lead 1\nignored flood 0\nignored flood 0\n", "ann@else.example lead\n" },
	{ "flooding of new contacts: outreach is not kept from its own", SALES "max_new_by_strangers = 1\n",
	  { STRANGER("ann", 0), WROTE("bob", 1), STRANGER("cid", 2) },
	  "logged inbound-lead 1\n" MADE "ignored flood 0\n", "ann@else.example lead\nbob@else.example lead\n" },
	{ "flooding of new contacts: no bound is no bound", SALES "max_new_by_strangers = 0\n",
	  { STRANGER("ann", 0), STRANGER("bob", 0) },
	  "logged inbound-lead 1\nlogged inbound-lead 1\n", "ann@else.example lead\nbob@else.example lead\n" },

	{ "hostile reps: the day's bound", "[contacts]\nmax_new_by_rep = 2\n",
	  { WROTE("ann", 0), WROTE("bob", 1), WROTE("cid", 2), WROTE("dan", 25) },
	  MADE MADE "ignored unknown-recipient 0\n" MADE,
	  "ann@else.example lead\nbob@else.example lead\ndan@else.example lead\n" },
	{ "hostile reps: the bound within one message", "[contacts]\nmax_new_by_rep = 2\n",
	  { WROTE("ann", 0),
	    { true, "bob@else.example cid@else.example", 1, "From: rep@ours.example\nTo: bob@else.example, cid@else.example\n"
	      "Subject: To both of you\nMessage-ID: <both@ours.example>\nDate: Mon, 21 Sep 2026 12:00:00 +0000\n\nA word.\n" } },
	  MADE MADE, "ann@else.example lead\nbob@else.example lead\n" },
	{ "hostile reps: many recipients at once", "[contacts]\nmax_recipients = 1\n",
	  { { true, "bob@else.example cid@else.example", 1, "From: rep@ours.example\nTo: bob@else.example, cid@else.example\n"
	      "Subject: To both of you\nMessage-ID: <both@ours.example>\nDate: Mon, 21 Sep 2026 12:00:00 +0000\n\nA word.\n" } },
	  "ignored unknown-recipient 0\n", "" },
	{ "hostile reps: an answer that he submits himself", "",
	  { OUTREACH, { true, "rep@ours.example", 1, REPLY(JANE, "r1@lead.example", NAMES_IT) YES } },
	  MADE "ignored internal 0\n", "jane@lead.example lead\n" },
};
/* clang-format on */

static void add_result(Store *store, Settings *settings, const Step *step, GString *results)
{
	SampleEnvelope envelope = {
		.recipients = step->recipients,
		.client = step->from_us ? "127.0.0.1" : NULL,
		.daemon_name = step->from_us ? "ORIGINATING" : NULL,
		.auth_authen = step->from_us ? "rep" : NULL,
		.reverse_path = step->from_us ? "rep@ours.example" : "x@evil.example",
	};
	GError *error = NULL;
	SampleMessage sample;
	RecordResult result;
	g_autoptr(MessageSummary) summary = NULL;

	sample_read(&sample, step->text, &envelope, NULL);
	sample.envelope.received_at += step->hours * HOUR;
	summary = summary_read(&sample.facts, &sample.direction, settings);
	store_record(store, summary, settings, 0, &result, &error);
	g_assert_no_error(error);
	g_string_append_printf(results, "%s %s %u\n", outcome_name(result.outcome),
			       reason_name(result.reason), result.created);
	sample_clear(&sample);
}

static bool add_contact(const Contact *contact, void *user)
{
	g_string_append_printf(user, "%s %s%s%s\n", contact->address,
			       stage_name(contact->stage),
			       contact->address_bad ? " bad" : "",
			       contact->do_not_contact ? " unwanted" : "");
	return true;
}

static void check(const Row *row, const char *uri)
{
	static const ContactFilter all = {0};
	g_autoptr(GString) results = g_string_new(NULL), contacts = g_string_new(NULL);
	GError *error = NULL;
	g_autoptr(Store) store = store_open(uri, STORE_CREATE, 5000, &error);
	SampleMessage sample;

	g_assert_no_error(error);
	/* for its settings, which all steps share */
	sample_read(&sample, "\n", &(SampleEnvelope){0}, row->options);
	for (size_t i = 0; i < STEPS_MAX && row->steps[i].text != NULL; i++)
		add_result(store, sample.settings, &row->steps[i], results);
	store_visit_contacts(store, &all, add_contact, contacts, &error);
	g_assert_no_error(error);
	sample_clear(&sample);
	g_test_message("%s in %s", row->name, uri);
	g_assert_cmpstr(results->str, ==, row->results);
	g_assert_cmpstr(contacts->str, ==, row->contacts);
}

static void test_row(gconstpointer data)
{
	g_autofree char *folder = g_dir_make_tmp("lead-threats-XXXXXX", NULL);
	g_autofree char *uri = g_strdup_printf("sqlite:%s/lead.db", folder);
	static const char *const names[] = {"lead.db", "lead.db-wal", "lead.db-shm"};

	check(data, "memory:");
	check(data, uri);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(folder, names[i], NULL);

		remove(path);
	}
	g_assert_cmpint(remove(folder), ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	body_init();
	words_init();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/threats/%s", rows[i].name);

		g_test_add_data_func(path, &rows[i], test_row);
	}
	return g_test_run();
}
