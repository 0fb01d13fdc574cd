/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <string.h>

#include "sample-message.h"

#define OURS "rep@ours.example"
#define LEAD "jane@lead.example"

enum { SPOOF = 1, DISAGREES = 2 };

/* clang-format off */
static const struct {
	const char *name;
	SampleEnvelope envelope;
	const char *from; /* header fields */
	const char *want; /* direction, then each recipient's, in letters t n i o */
	const char *rule;
	unsigned flags;
} rows[] = {
	{"from outside to us", {.recipients = OURS}, "From: " LEAD, "ii", "external", 0},
	{"through us", {.recipients = "x@other.example"}, "From: " LEAD, "tt", "external", 0},
	{"to us and on", {.recipients = OURS " x@other.example"}, "From: " LEAD, "iit",
	 "external", 0},
	{"sub-domain of ours", {.recipients = "a@eu.ours.example"}, "From: " LEAD, "ii",
	 "external", 0},
	{"resembling domain", {.recipients = "a@notours.example"}, "From: " LEAD, "tt",
	 "external", 0},
	{"bare postmaster", {.recipients = "postmaster"}, "From: " LEAD, "ii", "external", 0},

	{"submission daemon", {.daemon_name = "ORIGINATING", .recipients = LEAD}, "From: " OURS,
	 "oo", "daemon-name", 0},
	{"submission daemon in any case", {.daemon_name = "msa", .recipients = LEAD},
	 "From: " OURS, "oo", "daemon-name", 0},
	{"MX daemon", {.daemon_name = "smtpd", .recipients = OURS}, "From: " LEAD, "ii",
	 "external", 0},
	{"submission port", {.daemon_port = "587", .recipients = LEAD}, "From: " OURS, "oo",
	 "daemon-port", 0},
	{"submissions port", {.daemon_port = "465", .recipients = LEAD}, "From: " OURS, "oo",
	 "daemon-port", 0},
	{"MX port", {.daemon_port = "25", .recipients = OURS}, "From: " LEAD, "ii", "external",
	 0},
	{"logged in", {.auth_authen = "rep", .recipients = LEAD}, "From: " OURS, "oo", "auth",
	 0},
	{"a mechanism is enough", {.auth_type = "PLAIN", .recipients = LEAD}, "From: " OURS,
	 "oo", "auth", 0},
	{"empty macros are nothing",
	 {.auth_type = "", .auth_authen = "", .daemon_name = "", .recipients = OURS},
	 "From: " LEAD, "ii", "external", 0},
	{"logged in under a foreign name", {.auth_authen = "rep", .recipients = LEAD},
	 "From: me@private.example", "tt", "auth", 0},
	{"foreign author, our reverse-path",
	 {.auth_authen = "rep", .reverse_path = OURS, .recipients = LEAD},
	 "From: me@private.example", "oo", "auth", 0},
	{"logged in, to us", {.auth_authen = "rep", .recipients = OURS}, "From: " OURS, "nn",
	 "auth", 0},
	{"outbound and internal", {.auth_authen = "rep", .recipients = LEAD " boss@ours.example"},
	 "From: " OURS, "oon", "auth", 0},

	{"own network", {.client = "127.0.0.1", .reverse_path = OURS, .recipients = LEAD},
	 "From: " OURS, "oo", "internal-network", 0},
	{"own network, version six",
	 {.client = "::1", .reverse_path = OURS, .recipients = LEAD}, "From: " OURS, "oo",
	 "internal-network", 0},
	{"sendmail command", {.client = "local", .reverse_path = OURS, .recipients = LEAD},
	 "From: " OURS, "oo", "no-client-address", 0},
	{"bare author of this host", {.client = "local", .reverse_path = "root", .recipients = OURS},
	 "From: root", "nn", "no-client-address", 0},
	{"behind a content filter", {.client = "127.0.0.1", .recipients = OURS}, "From: " LEAD,
	 "ii", "re-injected", 0},
	{"away notice behind a content filter",
	 {.client = "127.0.0.1", .reverse_path = "<>", .recipients = OURS}, "From: " LEAD, "ii",
	 "re-injected", 0},
	{"our MTA's report",
	 {.client = "local", .reverse_path = "<>", .recipients = OURS},
	 "From: MAILER-DAEMON@mx.ours.example (Mail Delivery System)", "ii", "local-report", 0},
	{"a rep's away notice",
	 {.client = "local", .reverse_path = "<>", .recipients = LEAD}, "From: " OURS, "oo",
	 "no-client-address", 0},

	{"spoofed author", {.recipients = OURS}, "From: boss@ours.example", "ii", "external",
	 SPOOF},
	{"spoofed second author", {.recipients = OURS}, "From: " LEAD ", boss@ours.example", "ii",
	 "external", SPOOF},
	{"spoofed daemon", {.reverse_path = "<>", .recipients = OURS},
	 "From: MAILER-DAEMON@ours.example", "ii", "external", SPOOF},
	{"our reverse-path alone is no author", {.reverse_path = OURS, .recipients = OURS},
	 "From: " LEAD, "ii", "external", 0},
	{"our list under its own name", {.recipients = OURS},
	 "From: Jane via Sales <sales@ours.example>\nList-Id: <sales.ours.example>\n"
	 "X-Original-From: Jane <" LEAD ">", "ii", "external", 0},
	{"a foreign list cannot name our domain", {.recipients = OURS},
	 "From: Jane via Sales <sales@ours.example>\nList-Id: <sales.other.example>\n"
	 "X-Original-From: Jane <" LEAD ">", "ii", "external", SPOOF},

	{"mailer agrees", {.recipients = OURS "/local"}, "From: " LEAD, "ii", "external", 0},
	{"mailer knows more", {.recipients = "x@new.example/virtual"}, "From: " LEAD, "tt",
	 "external", DISAGREES},
	{"gateway relays its own", {.recipients = OURS "/relay"}, "From: " LEAD, "ii",
	 "external", 0},

	{"archived, ours", {.client = "archive", .reverse_path = "unknown", .recipients = LEAD},
	 "From: " OURS, "oo", "archive-author", 0},
	{"archived, theirs", {.client = "archive", .reverse_path = "unknown", .recipients = OURS},
	 "From: " LEAD, "ii", "archive", 0},
	{"archived, our MTA's report",
	 {.client = "archive", .reverse_path = "unknown", .recipients = OURS},
	 "From: MAILER-DAEMON@mx.ours.example", "ii", "local-report", 0},
	{"archived, nobody named, theirs",
	 {.client = "archive", .reverse_path = "unknown", .recipients = ""}, "From: " LEAD, "i",
	 "archive", 0},
	{"archived, nobody named, ours",
	 {.client = "archive", .reverse_path = "unknown", .recipients = ""}, "From: " OURS, "o",
	 "archive-author", 0},
	{"no recipients, live", {.recipients = ""}, "From: " LEAD, "t", "external", 0},
	{"no author", {.recipients = OURS}, "Subject: x", "ii", "external", 0},
};
/* clang-format on */

static char letter(Direction direction)
{
	return "tnio"[direction];
}

static void test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat(rows[i].from, "\n\nHello\n", NULL);
		g_autoptr(GString) got = g_string_new(NULL);
		SampleMessage sample;
		const DirectionVerdict *verdict = &sample.direction;
		unsigned flags;

		sample_read(&sample, text, &rows[i].envelope, NULL);
		g_string_append_c(got, letter(verdict->direction));
		for (guint at = 0; at < sample.envelope.recipients->len; at++)
			g_string_append_c(got, letter(verdict->recipients[at]));
		flags = (verdict->spoof_suspect ? SPOOF : 0u) |
			(verdict->mailer_disagrees ? DISAGREES : 0u);
		if (strcmp(got->str, rows[i].want) != 0 || flags != rows[i].flags ||
		    strcmp(verdict->rule, rows[i].rule) != 0)
			g_error("%s: wanted %s by %s, flags %u; got %s by %s, flags %u",
				rows[i].name, rows[i].want, rows[i].rule, rows[i].flags,
				got->str, verdict->rule, flags);
		g_assert_true(direction_rule_from_name(verdict->rule) == verdict->rule);
		sample_clear(&sample);
	}
}

static void test_names(void)
{
	for (Direction direction = DIRECTION_TRANSIT; direction <= DIRECTION_OUTBOUND;
	     direction++) {
		Direction back;

		g_assert_true(direction_from_name(direction_name(direction), &back));
		g_assert_cmpint(back, ==, direction);
	}
	g_assert_false(direction_from_name("sideways", &(Direction){0}));
}

static void test_unknown_rule(void)
{
	g_assert_cmpstr(direction_rule_from_name("auth"), ==, "auth");
	g_assert_cmpstr(direction_rule_from_name("of another version"), ==, "unknown");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	body_init();
	g_test_add_func("/direction/rows", test_rows);
	g_test_add_func("/direction/names", test_names);
	g_test_add_func("/direction/unknown-rule", test_unknown_rule);
	return g_test_run();
}
