/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/facts.h"

#include <string.h>

#include "lead/msg-id.h"

static const HeaderLimits limits = { 1000000, 1000, 100000 };

typedef struct {
	Envelope envelope;
	HeaderSection *section;
	char **trusted;
	FactsOptions options;
	MessageFacts facts;
} Message;

/* bytes: a whole message; read_body false leaves the body out. */
static void message_read(Message *message, const char *bytes, bool read_body)
{
	size_t body, length = strlen(bytes);

	memset(message, 0, sizeof *message);
	envelope_init(&message->envelope);
	message->section = header_section_new(&limits, NULL);
	message->trusted = g_strsplit("mx.ours.de", " ", -1);
	message->options = (FactsOptions){
		.subaddress_separators = "+",
		.trusted_authserv_ids = message->trusted,
		.addresses_per_field = 3,
		.references = 4,
		.body = { 65536, 8 },
	};
	body = header_section_split(message->section, bytes, length);
	facts_read(&message->envelope, message->section, read_body ? bytes + body : NULL,
		   read_body ? length - body : 0, &message->options, &message->facts);
}

static void message_clear(Message *message)
{
	facts_clear(&message->facts);
	header_section_free(message->section);
	envelope_clear(&message->envelope);
	g_strfreev(message->trusted);
}

static void append_mailbox(GString *text, const char *label, const Mailbox *mailbox)
{
	if (mailbox == NULL)
		return;
	g_string_append_printf(text, "%s=%s", label, mailbox->address->canonical);
	if (mailbox->name != NULL)
		g_string_append_printf(text, "(%s)", mailbox->name);
	g_string_append_c(text, '|');
}

static void append_list(GString *text, const char *label, const GPtrArray *list)
{
	for (guint i = 0; i < list->len; i++)
		append_mailbox(text, label, list->pdata[i]);
}

static void append_text(GString *text, const char *label, const char *value)
{
	if (value != NULL)
		g_string_append_printf(text, "%s=%s|", label, value);
}

/* All that is there, in a fixed order. */
static char *facts_to_text(const MessageFacts *facts)
{
	static const char *const sources[] = { "irt", "ref", "vendor" };
	GString *text = g_string_new(NULL);

	append_list(text, "from", facts->authors);
	append_mailbox(text, "sender", facts->sender);
	append_list(text, "reply-to", facts->reply_to);
	append_list(text, "to", facts->to);
	append_list(text, "cc", facts->cc);
	append_list(text, "bcc", facts->bcc);
	append_mailbox(text, "original", facts->original_author);
	append_text(text, "id", facts->message_id);
	for (guint i = 0; i < facts->answers->len; i++) {
		const AnswerId *answer = &g_array_index(facts->answers, AnswerId, i);

		append_text(text, sources[answer->source], answer->id);
	}
	if (facts->has_thread_index)
		g_string_append_printf(text, "index=%.22s|", facts->thread_index_root);
	append_text(text, "subject", facts->subject);
	append_text(text, "date", facts->date_text);
	if (facts->date != 0)
		g_string_append_printf(text, "at=%" G_GINT64_FORMAT "|", facts->date);
	append_text(text, "auto", facts->auto_submitted_text);
	if (facts->auth != AUTH_UNKNOWN)
		append_text(text, "auth", auth_verdict_name(facts->auth));
	return g_string_free(text, FALSE);
}

static const struct {
	const char *name, *header, *wanted;
} messages[] = {
	{ "nothing", "\n", "" },
	{ "no field that is asked about", "X-A: b\n\n", "" },
	{ "a plain mail",
	  "From: Joe Doe <Joe@Lead.de>\nTo: ann@ours.de, \"Bob, B\" <bob@ours.de>\nCc: c@ours.de\n"
	  "Subject: Hello\nDate: Thu, 01 Jan 1970 01:00:10 +0100\nMessage-ID: <1@lead.de>\n\n",
	  "from=joe@lead.de(Joe Doe)|to=ann@ours.de|to=bob@ours.de(Bob, B)|cc=c@ours.de|id=1@lead.de|subject=Hello|"
	  "date=Thu, 01 Jan 1970 01:00:10 +0100|at=10|" },
	{ "all mailboxes",
	  "From: a@b\nSender: s@b (Sam)\nReply-To: r@b, q@b\nTo: G: t@b;\nCc: c@b\nBcc: x@b\n\n",
	  "from=a@b|sender=s@b(Sam)|reply-to=r@b|reply-to=q@b|to=t@b|cc=c@b|bcc=x@b|" },
	{ "two From fields", "From: a@b\nFrom: c@d\n\n", "from=a@b|from=c@d|" },
	{ "two authors", "From: a@b, c@d\n\n", "from=a@b|from=c@d|" },
	{ "two To fields, within the limit", "To: a@b, c@d\nTo: e@f, g@h\n\n", "to=a@b|to=c@d|to=e@f|" },
	{ "From that cannot be read", "From: <>\nTo: undisclosed-recipients:;\nSender:\n\n", "" },
	{ "original author", "From: list@g.de\nX-Original-From: Joe <joe@lead.de>\nX-Original-Sender: other@lead.de\n\n",
	  "from=list@g.de|original=joe@lead.de(Joe)|" },
	{ "original sender", "X-Original-From: nobody at all\nX-Original-Sender: joe@lead.de\n\n", "original=joe@lead.de|" },

	{ "answers in order",
	  "Message-ID: <me@x>\nIn-Reply-To: <p@x>\nReferences: <1@x> <2@x> <p@x>\nOriginal-Message-ID: <v@x>\n\n",
	  "id=me@x|irt=p@x|ref=2@x|ref=1@x|vendor=v@x|" },
	{ "field order does not matter",
	  "Original-Message-ID: <v@x>\nReferences: <1@x> <2@x>\nIn-Reply-To: <p@x>\nMessage-ID: <me@x>\n\n",
	  "id=me@x|irt=p@x|ref=2@x|ref=1@x|vendor=v@x|" },
	{ "own id left out", "Message-ID: <me@x>\nIn-Reply-To: <me@X>\nReferences: <1@x> <me@x>\n\n", "id=me@x|ref=1@x|" },
	{ "each id once", "In-Reply-To: <1@x> <1@X>\nReferences: <1@x> <2@x> <2@x>\n\n", "irt=1@x|ref=2@x|" },
	{ "several in In-Reply-To", "In-Reply-To: <1@x> <2@x>\nIn-Reply-To: <3@x>\n\n", "irt=1@x|irt=2@x|irt=3@x|" },
	{ "at most four", "In-Reply-To: <1@x>\nReferences: <2@x> <3@x> <4@x> <5@x> <6@x>\nOriginal-Message-ID: <v@x>\n\n",
	  "irt=1@x|ref=6@x|ref=5@x|ref=4@x|" },
	{ "at most four, with an own id", "Message-ID: <m@x>\nReferences: <2@x> <3@x> <4@x> <5@x> <6@x>\n\n",
	  "id=m@x|ref=6@x|ref=5@x|ref=4@x|ref=3@x|" },
	{ "vendors", "X-Microsoft-Original-Message-ID: <1@x>\nX-Google-Original-Message-ID: <2@x>\n"
		     "X-MS-Exchange-Parent-Message-Id: <3@x>\n\n", "vendor=1@x|vendor=2@x|vendor=3@x|" },
	{ "id without brackets", "Message-ID: 1@x\n\n", "id=1@x|" },
	{ "first Message-ID", "Message-ID: <1@x> <2@x>\nMessage-ID: <3@x>\n\n", "id=1@x|" },
	{ "id that is none", "Message-ID: none\n\n", "" },

	{ "thread index", "Thread-Index: QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\n\n", "index=ABCDEFGHIJKLMNOPQRSTUV|" },
	{ "thread index, root alone", "Thread-Index: QUJDREVGR0hJSktMTU5PUFFSU1RVVg==\n\n", "index=ABCDEFGHIJKLMNOPQRSTUV|" },
	{ "thread index, folded", "Thread-Index: QUJDREVGR0hJ\n SktMTU5PUFFSU1RVVg==\n\n", "index=ABCDEFGHIJKLMNOPQRSTUV|" },
	{ "thread index, long", "Thread-Index: QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE\n\n",
	  "index=ABCDEFGHIJKLMNOPQRSTUV|" },
	{ "thread index, short", "Thread-Index: QUJDREVGR0hJSktMTU5PUFFSU1RV\n\n", "" },
	{ "thread index, no base64", "Thread-Index: ...............................................\n\n", "" },
	{ "thread index, empty", "Thread-Index:\n\n", "" },

	{ "encoded subject", "Subject: =?utf-8?q?J=C3=B6?=\n =?utf-8?b?cmc=?= x\n\n", "subject=J\xc3\xb6rg x|" },
	{ "folded subject", "Subject: a\n b\n\n", "subject=a b|" },
	{ "empty subject", "Subject:\n\n", "subject=|" },
	{ "raw UTF-8 subject", "Subject: J\xc3\xb6\n\n", "subject=J\xc3\xb6|" },
	{ "raw Latin-1 subject", "Subject: J\xf6rg\n\n", "subject=J\xc3\xb6rg|" },
	{ "subject of a broken encoder", "Subject: =?utf-8?q?J=C3?= =?utf-8?q?=B6?=\n\n", "subject=J\xc3\xb6|" },
	{ "subject with no known charset", "Subject: a =?x-nobody?q?b?= c\n\n", "subject=a b c|" },
	{ "subject with half an encoded word", "Subject: =?utf-8?q?a\n\n", "subject==?utf-8?q?a|" },
	{ "first subject", "Subject: a\nSubject: b\n\n", "subject=a|" },

	{ "date without a day", "Date: 1 Jan 1970 00:00:10 GMT\n\n", "date=1 Jan 1970 00:00:10 GMT|at=10|" },
	{ "date with a comment", "Date: Thu, 1 Jan 1970 00:00:10 +0000 (UTC)\n\n", "date=Thu, 1 Jan 1970 00:00:10 +0000 (UTC)|at=10|" },
	{ "no date", "Date: yesterday\n\n", "date=yesterday|" },
	{ "empty date", "Date:\n\n", "date=|" },
	{ "8-bit date", "Date: \xff\n\n", "date=\xef\xbf\xbd|" },

	{ "automatic", "Auto-Submitted: no\nAuto-Submitted: auto-replied (vacation)\n\n", "auto=auto-replied (vacation)|" },
	{ "authenticated", "Authentication-Results: mx.ours.de; dkim=pass header.d=lead.de\nFrom: a@mail.lead.de\n\n",
	  "from=a@mail.lead.de|auth=pass|" },
	{ "authenticated as another", "Authentication-Results: mx.ours.de; dkim=pass header.d=lead.de\nFrom: a@other.de\n\n",
	  "from=a@other.de|auth=none|" },
	{ "author wrapped by another domain",
	  "Authentication-Results: mx.ours.de; dmarc=pass header.from=evil.de\nFrom: bounces+joe=lead.de@evil.de\n\n",
	  "from=joe@lead.de|auth=fail|" },
	{ "author with a BATV tag", "From: prvs=0123ab=joe@lead.de\n\n", "from=joe@lead.de|" },
	{ "authenticated, no author", "Authentication-Results: mx.ours.de; dmarc=fail\n\n", "auth=fail|" },
};

static void test_messages(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(messages); i++) {
		g_autofree char *bytes = g_strdup(messages[i].header), *got = NULL;
		Message message;

		message_read(&message, bytes, false);
		got = facts_to_text(&message.facts);
		if (strcmp(got, messages[i].wanted) != 0) {
			g_test_message("%s: wanted '%s', got '%s'", messages[i].name,
				       messages[i].wanted, got);
			g_test_fail();
		}
		g_assert_true(message.facts.subject == NULL ||
			      g_utf8_validate(message.facts.subject, -1, NULL));
		g_assert_true(message.facts.envelope == &message.envelope);
		g_assert_true(message.facts.section == message.section);
		message_clear(&message);
	}
}

static void test_body(void)
{
	static const char bytes[] = "From: a@b\nContent-Type: text/plain\n\nYes, please.\n";
	Message message;

	message_read(&message, bytes, true);
	g_assert_true(message.facts.body.had_text);
	g_assert_cmpstr(g_strstrip(message.facts.body.own_text), ==, "Yes, please.");
	message_clear(&message);

	message_read(&message, bytes, false); /* declined: nothing is known of it */
	g_assert_false(message.facts.body.had_text);
	g_assert_null(message.facts.body.own_text);
	g_assert_cmpint(message.facts.body.digest, ==, 0);
	message_clear(&message);
}

/* Fields of the longest kind: all within their limits, none slow. */
static void test_floods(void)
{
	static const char *const names[] = { "From", "To", "Subject", "References", "In-Reply-To", "Message-ID", "Date",
					     "Thread-Index", "Auto-Submitted", "Authentication-Results", "X-Original-From" };
	static const char *const units[] = { "a@b, ", "<a@b>", "=?utf-8?q?a?= ", "(", "\"", "x", "\xff", "a:", ";", "9" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		for (size_t k = 0; k < G_N_ELEMENTS(units); k++) {
			g_autoptr(GString) bytes = g_string_new(names[i]);
			Message message;

			g_string_append(bytes, ": ");
			while (bytes->len < 100000)
				g_string_append(bytes, units[k]);
			g_string_append(bytes, "\n\n");
			message_read(&message, bytes->str, false);
			g_assert_cmpuint(message.facts.authors->len, <=, 3);
			g_assert_cmpuint(message.facts.to->len, <=, 3);
			g_assert_cmpuint(message.facts.answers->len, <=, 4);
			message_clear(&message);
		}
	}
}

static void expect_valid(const char *text)
{
	g_assert_true(text == NULL || g_utf8_validate(text, -1, NULL));
}

/* What any mailbox promises, whatever it was read from. */
static void expect_sound(const Mailbox *mailbox)
{
	const AddrSpec *address = mailbox->address;
	g_autoptr(AddrSpec) again = addr_spec_parse(address->canonical, "+");

	expect_valid(mailbox->name);
	expect_valid(address->canonical);
	expect_valid(address->base);
	expect_valid(address->original);
	g_assert_false(addr_spec_is_null(address));
	g_assert_cmpuint(address->at, <=, strlen(address->canonical));
	if (again == NULL) { /* folded, it may be longer than what is read */
		g_assert_cmpuint(strlen(address->canonical), >, 1000);
		return;
	}
	g_assert_cmpstr(again->canonical, ==, address->canonical);
	g_assert_cmpstr(again->base, ==, address->base);
}

static void expect_sound_list(const GPtrArray *list)
{
	for (guint i = 0; i < list->len; i++)
		expect_sound(list->pdata[i]);
}

static void expect_sound_facts(const MessageFacts *facts)
{
	expect_sound_list(facts->authors);
	expect_sound_list(facts->to);
	expect_sound_list(facts->cc);
	expect_sound_list(facts->reply_to);
	expect_valid(facts->subject);
	expect_valid(facts->date_text);
	expect_valid(facts->message_id);
	for (guint i = 0; i < facts->answers->len; i++) {
		const AnswerId *answer = &g_array_index(facts->answers, AnswerId, i);

		expect_valid(answer->id);
		g_assert_cmpint(msg_id_digest(answer->id), >, 0);
		g_assert_cmpstr(answer->id, !=, "");
	}
}

/* The messages above with some octets replaced by those that mean something; the same
 * ones in every run. */
static void test_mutations(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(7919);
	static const char octets[] = "<>@,;:()\"\\\r\n\t []=?+.'/\x01\x7f\x80\xc3\xff";

	for (unsigned round = 0; round < 40; round++) {
		for (size_t i = 0; i < G_N_ELEMENTS(messages); i++) {
			g_autofree char *bytes = g_strdup(messages[i].header);
			gint32 length = (gint32)strlen(bytes);
			Message message;

			for (unsigned k = 0; k < 1 + round / 8; k++)
				bytes[g_rand_int_range(rand, 0, length)] =
					octets[g_rand_int_range(rand, 0, sizeof octets - 1)];
			message_read(&message, bytes, false);
			expect_sound_facts(&message.facts);
			message_clear(&message);
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	body_init();
	g_test_add_func("/facts/messages", test_messages);
	g_test_add_func("/facts/body", test_body);
	g_test_add_func("/facts/floods", test_floods);
	g_test_add_func("/facts/mutations", test_mutations);
	return g_test_run();
}
