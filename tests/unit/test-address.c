/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/address.h"

#include <string.h>

/* canonical NULL: refused. base, original NULL: as canonical; delivery NULL: as domain. */
static const struct {
	const char *name, *path, *canonical, *base, *original, *delivery;
} paths[] = {
	{ "plain", "a@b.de", "a@b.de", NULL, NULL, NULL },
	{ "brackets", "<a@b.de>", "a@b.de", NULL, "a@b.de", NULL },
	{ "case", "<Joe.Doe@Example.COM>", "joe.doe@example.com", NULL, "Joe.Doe@Example.COM", NULL },
	{ "blanks around", "  <a@b.de> \r\n", "a@b.de", NULL, "a@b.de", NULL },
	{ "blanks inside brackets", "< a@b.de >", "a@b.de", NULL, "a@b.de", NULL },
	{ "parameters behind", "<a@b.de> SIZE=100 BODY=8BITMIME", "a@b.de", NULL, "a@b.de", NULL },
	{ "parameters without brackets", "a@b.de SIZE=1", "a@b.de", NULL, "a@b.de SIZE=1", NULL },
	{ "bracket never closed", "<a@b.de", "a@b.de", NULL, "a@b.de", NULL },
	{ "bracket never opened", "a@b.de>", "a@b.de", NULL, "a@b.de", NULL },
	{ "bracket within bracket", "<<a@b.de>>", "a@b.de", NULL, NULL, NULL },
	{ "display-name", "Joe <a@b.de>", "a@b.de", NULL, "a@b.de", NULL },
	{ "display-name with an address", "\"x <c@d.de>\" <a@b.de>", "a@b.de", NULL, "a@b.de", NULL },

	{ "null path", "<>", "", NULL, "", NULL },
	{ "empty", "", "", NULL, "", NULL },
	{ "blank in brackets", "< >", "", NULL, "", NULL },
	{ "only a comment", "(nobody)", "", NULL, "", NULL },
	{ "empty quotes alone", "\"\"", "", NULL, "\"\"", NULL },
	{ "bare name", "<MAILER-DAEMON>", "mailer-daemon", NULL, "MAILER-DAEMON", NULL },
	{ "bare name with subaddress", "root+x", "root+x", "root", NULL, NULL },
	{ "UUCP", "host!user", "host!user", NULL, NULL, NULL },
	{ "percent hack", "a%c.de@b.de", "a%c.de@b.de", NULL, NULL, NULL },

	{ "one hop", "<@x.de:a@b.de>", "a@b.de", NULL, "a@b.de", NULL },
	{ "two hops", "<@x.de,@y.de:a@b.de>", "a@b.de", NULL, "a@b.de", NULL },
	{ "route without brackets", "@x.de:a@b.de", "a@b.de", NULL, "a@b.de", NULL },
	{ "route without address", "<@x.de:>", "", NULL, "", NULL },
	{ "route without colon", "<@x.de>", NULL, NULL, NULL, NULL },

	{ "needless quotes", "\"a\"@b.de", "a@b.de", NULL, "\"a\"@b.de", NULL },
	{ "needful quotes", "<\"odd local\"@b.de>", "\"odd local\"@b.de", NULL, NULL, NULL },
	{ "needless escape in quotes", "\"a\\b\"@b.de", "ab@b.de", NULL, "\"a\\b\"@b.de", NULL },
	{ "escaped quote", "\"a\\\"b\"@b.de", "\"a\\\"b\"@b.de", NULL, NULL, NULL },
	{ "escape without quotes", "a\\,b@b.de", "\"a,b\"@b.de", NULL, "a\\,b@b.de", NULL },
	{ "escaped blank at the end", "a\\ ", "\"a \"", NULL, "a\\ ", NULL },
	{ "escaped blank before a comment", "a\\ (b)", "\"a \"", NULL, "a\\ ", NULL },
	{ "escaped backslash at the end", "a\\\\ ", "\"a\\\\\"", NULL, "a\\\\", NULL },
	{ "half quoted", "a.\"b\".c@b.de", "a.b.c@b.de", NULL, "a.\"b\".c@b.de", NULL },
	{ "quoted @", "\"a@c\"@b.de", "\"a@c\"@b.de", NULL, NULL, NULL },
	{ "unquoted @", "a@c@b.de", "\"a@c\"@b.de", NULL, "a@c@b.de", NULL },
	{ "quoted address alone", "\"a@b.de\"", "\"a@b.de\"", NULL, NULL, NULL },
	{ "quoted bracket", "\"a>b\"@b.de", "\"a>b\"@b.de", NULL, NULL, NULL },
	{ "quote never closed", "\"a@b.de", "\"\\\"a\"@b.de", NULL, "\"a@b.de", NULL },
	{ "backslash at the end", "a@b.de\\", "a@b.de\\", NULL, NULL, NULL },
	{ "only a backslash", "\\", "\"\\\\\"", NULL, "\\", NULL },
	{ "two dots", "a..b@docomo.ne.jp", "a..b@docomo.ne.jp", NULL, NULL, NULL },
	{ "two dots quoted", "\"a..b\"@docomo.ne.jp", "a..b@docomo.ne.jp", NULL, "\"a..b\"@docomo.ne.jp", NULL },
	{ "dot at the end", "a.@b.de", "a.@b.de", NULL, NULL, NULL },
	{ "comments", "(x)a(y)@(z)b.de(w)", "a@b.de", NULL, "a(y)@(z)b.de", NULL },
	{ "a comment for a name", "Joe@B.de (Joe Doe)", "joe@b.de", NULL, "Joe@B.de", NULL },
	{ "nested comment", "a(x(y)\\)z)@b.de", "a@b.de", NULL, "a(x(y)\\)z)@b.de", NULL },
	{ "@ in a comment", "a@b.de (c@d.de)", "a@b.de", NULL, "a@b.de", NULL },
	{ "comment never closed", "a(b@c.de", "\"a(b\"@c.de", NULL, "a(b@c.de", NULL },
	{ "blanks beside dot and @", "a . b @ c . de", "a.b@c.de", NULL, "a . b @ c . de", NULL },
	{ "blank inside", "a b@c.de", "\"a b\"@c.de", NULL, "a b@c.de", NULL },
	{ "line break inside", "a\r\n b@c.de", "\"a b\"@c.de", NULL, "a\r\n b@c.de", NULL },
	{ "control character", "a\x01@b.de", "\"a\x01\"@b.de", NULL, "a\x01@b.de", NULL },

	{ "final dot", "a@b.de.", "a@b.de", NULL, "a@b.de.", NULL },
	{ "only dots", "a@...", NULL, NULL, NULL, NULL },
	{ "literal", "a@[192.0.2.1]", "a@[192.0.2.1]", NULL, NULL, NULL },
	{ "IPv6 literal", "<a@[IPv6:2001:DB8::1]>", "a@[ipv6:2001:db8::1]", NULL, "a@[IPv6:2001:DB8::1]", NULL },
	{ "underscore", "a@b_c.de", "a@b_c.de", NULL, NULL, NULL },
	{ "no local part", "@b.de", NULL, NULL, NULL, NULL },
	{ "empty quoted local part", "\"\"@b.de", NULL, NULL, NULL, NULL },
	{ "only an @ behind a comment", "(c)@a@b.de", NULL, NULL, NULL, NULL },
	{ "no domain", "a@", NULL, NULL, NULL, NULL },
	{ "no domain but a comment", "a@(b)", NULL, NULL, NULL, NULL },

	{ "quoted domain", "a@\"b@c.de\"", NULL, NULL, NULL, NULL },
	{ "quote within the domain", "a@b\" c\".de", NULL, NULL, NULL, NULL },
	{ "escape in the domain", "a@b\\@c.de", NULL, NULL, NULL, NULL },
	{ "mapped to @", "a@b\xef\xbc\xa0\x63.de", "a@b\xef\xbc\xa0\x63.de", NULL, NULL, NULL },
	{ "mapped to a blank", "a@b\xe3\x80\x80\x63.de", "a@b\xe3\x80\x80\x63.de", NULL, NULL, NULL },
	{ "normalised to a semicolon", "a\xcd\xbe@b.de", "\"a;\"@b.de", NULL, "a\xcd\xbe@b.de", NULL },
	{ "U-label, wide", "a@\xef\xbd\x82.de", "a@b.de", NULL, "a@\xef\xbd\x82.de", NULL },
	{ "U-label", "a@b\xc3\xbc\x63her.de", "a@xn--bcher-kva.de", NULL, "a@b\xc3\xbc\x63her.de", NULL },
	{ "U-label, capital", "a@B\xc3\x9c\x43HER.DE", "a@xn--bcher-kva.de", NULL, "a@B\xc3\x9c\x43HER.DE", NULL },
	{ "U-label, decomposed", "a@bu\xcc\x88\x63her.de", "a@xn--bcher-kva.de", NULL, "a@bu\xcc\x88\x63her.de", NULL },
	{ "U-label as Latin-1", "a@b\xfc\x63her.de", "a@xn--bcher-kva.de", NULL, "a@b\xc3\xbc\x63her.de", NULL },
	{ "A-label, capital", "a@XN--BCHER-KVA.DE", "a@xn--bcher-kva.de", NULL, "a@XN--BCHER-KVA.DE", NULL },
	{ "ideographic dot", "a@b\xe3\x80\x82\x64\x65", "a@b.de", NULL, "a@b\xe3\x80\x82\x64\x65", NULL },
	{ "no IDNA name", "a@\xe2\x98\x83-.de", "a@\xe2\x98\x83-.de", NULL, NULL, NULL },
	{ "8-bit local part", "J\xc3\x96rg@b.de", "j\xc3\xb6rg@b.de", NULL, "J\xc3\x96rg@b.de", NULL },
	{ "8-bit local part, decomposed", "jo\xcc\x88rg@b.de", "j\xc3\xb6rg@b.de", NULL, "jo\xcc\x88rg@b.de", NULL },
	{ "Latin-1 local part", "j\xf6rg@b.de", "j\xc3\xb6rg@b.de", NULL, "j\xc3\xb6rg@b.de", NULL },
	{ "half a character", "j\xc3@b.de", "j\xc3\xa3@b.de", NULL, "j\xc3\x83@b.de", NULL },
	{ "surrogate", "\xed\xa0\x80@b.de", "\xc3\xad\xc2\xa0\xc2\x80@b.de", NULL, "\xc3\xad\xc2\xa0\xc2\x80@b.de", NULL },
	{ "half characters that quotes kept apart", "\xd5\"\"\xa2@b.de", "\xc3\xb5\xc2\xa2@b.de", NULL, "\xc3\x95\"\"\xc2\xa2@b.de", NULL },
	{ "bracket in the middle", "<a@b<c@d.de>", NULL, NULL, NULL, NULL },
	{ "bracket in a bare name", "<`<", NULL, NULL, NULL, NULL },

	{ "subaddress", "a+x+y@b.de", "a+x+y@b.de", "a@b.de", NULL, NULL },
	{ "subaddress empty", "a+@b.de", "a+@b.de", "a@b.de", NULL, NULL },
	{ "nothing before the separator", "+x@b.de", "+x@b.de", NULL, NULL, NULL },
	{ "subaddress in quotes", "\"a b+x\"@b.de", "\"a b+x\"@b.de", "\"a b\"@b.de", NULL, NULL },
	{ "quotes only in the subaddress", "\"a+x y\"@b.de", "\"a+x y\"@b.de", "a@b.de", NULL, NULL },
	{ "plus in the domain", "a@b+c.de", "a@b+c.de", NULL, NULL, NULL },

	{ "BATV", "prvs=2180b7bb2c=Joe@b.de", "joe@b.de", NULL, "prvs=2180b7bb2c=Joe@b.de", NULL },
	{ "BATV, capital", "PRVS=01ab=joe@b.de", "joe@b.de", NULL, "PRVS=01ab=joe@b.de", NULL },
	{ "BATV with subaddress", "prvs=01ab=joe+x@b.de", "joe+x@b.de", "joe@b.de", "prvs=01ab=joe+x@b.de", NULL },
	{ "BATV without tag", "prvs==joe@b.de", "prvs==joe@b.de", NULL, NULL, NULL },
	{ "BATV without local part", "prvs=01ab=@b.de", "prvs=01ab=@b.de", NULL, NULL, NULL },
	{ "BATV with an odd tag", "prvs=a.b=joe@b.de", "prvs=a.b=joe@b.de", NULL, NULL, NULL },
	{ "Barracuda", "btv1==8530e38c44a==joe@b.de", "joe@b.de", NULL, "btv1==8530e38c44a==joe@b.de", NULL },
	{ "SparkPost", "msprvs1=17885bx=bounces-1@b.de", "bounces-1@b.de", NULL, "msprvs1=17885bx=bounces-1@b.de", NULL },
	{ "SRS0", "SRS0=HHH=TT=Orig.de=joe@fwd.de", "joe@orig.de", NULL, "SRS0=HHH=TT=Orig.de=joe@fwd.de", "fwd.de" },
	{ "SRS0 with plus", "SRS0+H/H=TT=orig.de=joe@fwd.de", "joe@orig.de", NULL, "SRS0+H/H=TT=orig.de=joe@fwd.de", "fwd.de" },
	{ "SRS0, = in the local part", "srs0=h=t=o.de=a=b@f.de", "a=b@o.de", NULL, "srs0=h=t=o.de=a=b@f.de", "f.de" },
	{ "SRS0 short of a part", "srs0=h=t=o.de@f.de", "srs0=h=t=o.de@f.de", NULL, NULL, NULL },
	{ "SRS0 with no domain", "srs0=h=t=o=joe@f.de", "srs0=h=t=o=joe@f.de", NULL, NULL, NULL },
	{ "SRS0 with an odd domain", "srs0=h=t=o/.de=joe@f.de", "srs0=h=t=o/.de=joe@f.de", NULL, NULL, NULL },
	{ "SRS0, nothing behind", "srs0=@f.de", "srs0=@f.de", NULL, NULL, NULL },
	{ "SRS1", "SRS1=GGG=fwd.de==HHH=TT=orig.de=joe@hop.de", "joe@orig.de", NULL, "SRS1=GGG=fwd.de==HHH=TT=orig.de=joe@hop.de", "hop.de" },
	{ "SRS1 short", "srs1=g=fwd.de=@hop.de", "srs1=g=fwd.de=@hop.de", NULL, NULL, NULL },
	{ "SRS of Exchange", "boss+SRS=lM8s6=V4=orig.de=joe@contoso.com", "joe@orig.de", NULL, "boss+SRS=lM8s6=V4=orig.de=joe@contoso.com", "contoso.com" },
	{ "SRS around BATV", "srs0=h=t=o.de=prvs=01ab=joe@f.de", "joe@o.de", NULL, "srs0=h=t=o.de=prvs=01ab=joe@f.de", "f.de" },
	{ "BATV around SRS", "prvs=01ab=srs0=h=t=o.de=joe@f.de", "joe@o.de", NULL, "prvs=01ab=srs0=h=t=o.de=joe@f.de", "f.de" },
	{ "VERP, Mailman", "list-bounces+joe=orig.de@list.de", "joe@orig.de", NULL, "list-bounces+joe=orig.de@list.de", "list.de" },
	{ "VERP, plain", "bounces+Joe.Doe=Orig.de@b.de", "joe.doe@orig.de", NULL, "bounces+Joe.Doe=Orig.de@b.de", "b.de" },
	{ "VERP, SendGrid", "bounces+12345-0abc-joe=orig.de@b.de", "joe@orig.de", NULL, "bounces+12345-0abc-joe=orig.de@b.de", "b.de" },
	{ "VERP, ezmlm", "list-return-12-joe=orig.de@list.de", "joe@orig.de", NULL, "list-return-12-joe=orig.de@list.de", "list.de" },
	{ "VERP, dash", "bounce-77-joe=orig.de@b.de", "joe@orig.de", NULL, "bounce-77-joe=orig.de@b.de", "b.de" },
	{ "VERP, owner", "owner-list+joe=orig.de@b.de", "joe@orig.de", NULL, "owner-list+joe=orig.de@b.de", "b.de" },
	{ "VERP with U-label", "bounces+joe=b\xc3\xbc\x63her.de@b.de", "joe@xn--bcher-kva.de", NULL, "bounces+joe=b\xc3\xbc\x63her.de@b.de", "b.de" },
	{ "no VERP: no bounce name", "joe+ann=orig.de@b.de", "joe+ann=orig.de@b.de", "joe@b.de", NULL, NULL },
	{ "no VERP: no domain", "bounces+joe=orig@b.de", "bounces+joe=orig@b.de", "bounces@b.de", NULL, NULL },
	{ "no VERP: no number", "list-return-joe=orig.de@b.de", "list-return-joe=orig.de@b.de", NULL, NULL, NULL },
	{ "no VERP: nobody", "bounces+=orig.de@b.de", "bounces+=orig.de@b.de", "bounces@b.de", NULL, NULL },
	{ "bare name is not decoded", "prvs=01ab=joe", "prvs=01ab=joe", NULL, NULL, NULL },
};

static void expect(const char *name, const char *what, const char *wanted, const char *got)
{
	if (g_strcmp0(wanted, got) == 0)
		return;
	g_test_message("%s: %s: wanted '%s', got '%s'", name, what, wanted, got);
	g_test_fail();
}

static void test_paths(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		const char *name = paths[i].name, *wanted = paths[i].canonical, *at;
		g_autofree char *path = g_strdup(paths[i].path); /* exact size, for ASan */
		g_autoptr(AddrSpec) got = addr_spec_parse(path, "+");
		g_autoptr(AddrSpec) again = NULL;

		expect(name, "canonical", wanted, got != NULL ? got->canonical : NULL);
		if (got == NULL || wanted == NULL)
			continue;
		at = strrchr(wanted, '@');
		if (at != NULL && strchr(at, '"') != NULL)
			at = NULL; /* an '@' in a quoted bare name */
		expect(name, "base", paths[i].base != NULL ? paths[i].base : wanted, got->base);
		expect(name, "original",
		       paths[i].original != NULL ? paths[i].original : wanted,
		       got->original);
		expect(name, "domain", at != NULL ? at + 1 : "", addr_spec_domain(got));
		expect(name, "delivery domain",
		       paths[i].delivery != NULL ? paths[i].delivery
						 : addr_spec_domain(got),
		       got->delivery_domain);
		expect(name, "from the @ on", at != NULL ? at : "",
		       got->at <= strlen(got->canonical) ? got->canonical + got->at : NULL);
		g_assert_true(g_utf8_validate(got->canonical, -1, NULL));
		g_assert_true(g_utf8_validate(got->original, -1, NULL));

		/* stored and read again it is the same address */
		again = addr_spec_parse(got->canonical, "+");
		expect(name, "canonical again", wanted, again != NULL ? again->canonical : NULL);
	}
}

static void test_copy(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		g_autoptr(AddrSpec) address = addr_spec_parse(paths[i].path, "+");
		g_autoptr(AddrSpec) copy = NULL;
		g_autofree char *delivery = NULL, *base = NULL;

		if (address == NULL)
			continue;
		copy = addr_spec_copy(address);
		base = g_strdup(address->base);
		delivery = g_strdup(address->delivery_domain);
		g_assert_true(addr_spec_equal(address, copy));
		g_assert_cmpuint(address->at, ==, copy->at);
		g_assert_cmpstr(address->original, ==, copy->original);
		g_clear_pointer(&address, addr_spec_free);
		expect(paths[i].name, "base of the copy", base, copy->base);
		expect(paths[i].name, "delivery domain of the copy", delivery,
		       copy->delivery_domain);
	}
	addr_spec_free(NULL);
}

static void test_separators(void)
{
	static const struct {
		const char *separators, *path, *base;
	} rows[] = {
		{ "", "a+b@c.de", "a+b@c.de" },
		{ "+-", "a-b+c@d.de", "a@d.de" },
		{ "+-", "a+b-c@d.de", "a@d.de" },
		{ "+-", "-b+c@d.de", "-b+c@d.de" },
		{ "@", "\"a@b\"@c.de", "a@c.de" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(AddrSpec) got = addr_spec_parse(rows[i].path, rows[i].separators);

		expect(rows[i].path, rows[i].separators, rows[i].base, got->base);
	}
}

/* Store and spool keep the texts alone. */
static void check_reads_again(const AddrSpec *address)
{
	g_autoptr(AddrSpec) again = NULL;

	if (address == NULL)
		return;
	again = addr_spec_parse(address->canonical, "+");
	g_assert_nonnull(again);
	g_assert_cmpstr(again->canonical, ==, address->canonical);
}

/* Every length around the limit, of octets that grow most when folded or quoted. */
static void test_limits(void)
{
	static const char *const octets[] = { "a", "\"", "\\", "(", "@", "<", "\xff", "\x80",
					      "\xc8\xba", "\xe0\xa5\x98", "=", ".", " " };
	static const size_t lengths[] = { 997, 998, 999, 1000, 1001, 5000 };

	for (size_t i = 0; i < G_N_ELEMENTS(octets); i++) {
		for (size_t j = 0; j < G_N_ELEMENTS(lengths); j++) {
			g_autofree char *path = g_malloc(lengths[j] + 1);
			size_t step = strlen(octets[i]);
			AddrSpec *got;

			for (size_t k = 0; k < lengths[j]; k++)
				path[k] = octets[i][k % step];
			path[lengths[j]] = '\0';
			got = addr_spec_parse(path, "+");
			g_assert_true(got == NULL || lengths[j] <= 1000);
			g_assert_true(got == NULL || g_utf8_validate(got->canonical, -1, NULL));
			check_reads_again(got);
			addr_spec_free(got);
			memcpy(path + 990, "@", 1);
			got = addr_spec_parse(path, "+");
			g_assert_true(got == NULL || lengths[j] <= 1000);
			check_reads_again(got);
			addr_spec_free(got);
		}
	}
}

static void test_questions(void)
{
	g_autoptr(AddrSpec) null_path = addr_spec_parse("<>", "+");
	g_autoptr(AddrSpec) bare = addr_spec_parse("root", "+");
	g_autoptr(AddrSpec) a = addr_spec_parse("<A@B.de>", "+");
	g_autoptr(AddrSpec) b = addr_spec_parse("\"a\"@b.DE", "");
	g_autoptr(AddrSpec) c = addr_spec_parse("a+x@b.de", "+");

	g_assert_true(addr_spec_is_null(null_path));
	g_assert_false(addr_spec_is_null(bare));
	g_assert_false(addr_spec_is_null(a));
	g_assert_true(addr_spec_equal(a, b));
	g_assert_false(addr_spec_equal(a, c));
	g_assert_cmpstr(addr_spec_domain(null_path), ==, "");
	g_assert_cmpstr(addr_spec_domain(bare), ==, "");
}

static void test_roles(void)
{
	static const struct {
		const char *path;
		bool role, no_reply, daemon, service;
	} rows[] = {
		{ "noreply@x.de", true, true, false, false },
		{ "No-Reply@x.de", true, true, false, false },
		{ "no_reply+123@x.de", true, true, false, false },
		{ "no.reply@x.de", true, true, false, false },
		{ "drive-shares-noreply@x.de", true, true, false, false },
		{ "no-reply-aws@x.de", true, true, false, false },
		{ "do-not-reply@x.de", true, true, false, false },
		{ "DoNotReply@x.de", true, true, false, false },
		{ "ne-pas-repondre@x.fr", true, true, false, false },
		{ "notifications@x.de", true, false, false, true },
		{ "calendar-notification@x.de", true, false, false, true },
		{ "alerts+4711@x.de", true, false, false, true },
		{ "confirm-s2-abc@x.de", true, false, false, true },
		{ "confirmed@x.de", false, false, false, false },
		{ "alertina@x.de", false, false, false, false },
		{ "dev-null@x.de", true, true, false, false },
		{ "postmaster@x.de", true, false, true, false },
		{ "MAILER-DAEMON@x.de", true, false, true, false },
		{ "Mailer-Daemon", true, false, true, false },
		{ "mailerdaemon@x.de", true, false, true, false },
		{ "list-request@x.de", true, false, false, false },
		{ "owner-list@x.de", true, false, false, false },
		{ "list-bounces@x.de", true, false, false, false },
		{ "bounces@x.de", true, false, false, false },
		{ "bounce-abc123@x.de", true, false, false, false },
		{ "info@x.de", true, false, false, false },
		{ "abuse@x.de", true, false, false, false },
		{ "root", true, false, false, false },
		{ "joe@x.de", false, false, false, false },
		{ "reply@x.de", false, false, false, false },
		{ "noreen@x.de", false, false, false, false },
		{ "information@x.de", false, false, false, false },
		{ "owner@x.de", false, false, false, false },
		{ "ownerly@x.de", false, false, false, false },
		{ "bouncer@x.de", false, false, false, false },
		{ "request@x.de", false, false, false, false },
		{ "postmasterly@x.de", false, false, false, false },
		{ "joe@noreply.x.de", false, false, false, false },
		{ "<>", false, false, false, false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(AddrSpec) address = addr_spec_parse(rows[i].path, "+");

		g_assert_cmpint(addr_spec_is_role(address), ==, rows[i].role);
		g_assert_cmpint(addr_spec_is_no_reply(address), ==, rows[i].no_reply);
		g_assert_cmpint(addr_spec_is_mailer_daemon(address), ==, rows[i].daemon);
		g_assert_cmpint(addr_spec_is_service(address), ==, rows[i].service);
	}
}

/* A role is known by at most 64 octets, and a longer local part harms nothing. */
static void test_long_role(void)
{
	g_autofree char *path = g_strnfill(900, 'n');
	g_autoptr(AddrSpec) address = addr_spec_parse(path, "+");

	g_assert_false(addr_spec_is_role(address));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/address/paths", test_paths);
	g_test_add_func("/address/copy", test_copy);
	g_test_add_func("/address/separators", test_separators);
	g_test_add_func("/address/limits", test_limits);
	g_test_add_func("/address/questions", test_questions);
	g_test_add_func("/address/roles", test_roles);
	g_test_add_func("/address/long role", test_long_role);
	return g_test_run();
}
