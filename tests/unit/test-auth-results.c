/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/auth-results.h"

#include <string.h>

/* One field, our authserv-id "mx.ours.de" in front unless the text starts with '!'. The
 * author's domain is news.lead.co.uk, so that lead.co.uk is the registrable one. */
static const struct {
	const char *field;
	AuthVerdict wanted;
} fields[] = {
	{ "", AUTH_NONE },
	{ "none", AUTH_NONE },
	{ "dmarc=pass", AUTH_PASS },
	{ "dmarc=pass header.from=news.lead.co.uk", AUTH_PASS },
	{ "dmarc=pass (p=none dis=none) header.from=lead.co.uk", AUTH_PASS },
	{ "DMARC=Pass header.From=News.Lead.CO.UK", AUTH_PASS },
	{ "dmarc = pass", AUTH_PASS },
	{ "dmarc =\tpass ( p = none ) header.from=lead.co.uk", AUTH_PASS },
	{ "dmarc/1=pass", AUTH_PASS },
	{ "dmarc=pass header.from=other.co.uk", AUTH_NONE },
	{ "dmarc=bestguesspass header.from=lead.co.uk", AUTH_NONE },
	{ "dmarc=none", AUTH_NONE },
	{ "dmarc=passed", AUTH_NONE },
	{ "dmarc=temperror", AUTH_NONE },
	{ "dmarc=fail", AUTH_FAIL },
	{ "dmarc=fail (p=REJECT) header.from=lead.co.uk", AUTH_FAIL },
	{ "dmarc=fail; dkim=pass header.d=lead.co.uk", AUTH_FAIL },
	{ "dmarc=fail; arc=pass (i=2)", AUTH_NONE },
	{ "arc=pass; dmarc=fail", AUTH_NONE },
	{ "dmarc=fail; arc=fail", AUTH_FAIL },
	{ "arc=pass", AUTH_NONE },
	{ "dmarc=none; dkim=pass header.d=lead.co.uk", AUTH_PASS },

	{ "dkim=pass header.d=lead.co.uk", AUTH_PASS },
	{ "dkim=pass header.d=news.lead.co.uk", AUTH_PASS },
	{ "dkim=pass header.d=mail.lead.co.uk header.i=@x.de", AUTH_PASS },
	{ "dkim=pass header.i=@lead.co.uk", AUTH_PASS },
	{ "dkim=pass header.i=joe@mail.lead.co.uk header.s=k1 header.b=abc", AUTH_PASS },
	{ "dkim=pass (2048-bit key; unprotected) header.d=lead.co.uk header.a=rsa-sha256", AUTH_PASS },
	{ "dkim=pass reason=\"a; dmarc=fail\" header.d=lead.co.uk", AUTH_PASS },
	{ "dkim=pass header.d=\"lead.co.uk\"", AUTH_PASS },
	{ "dkim=pass (ok); header.i=@lead.co.uk", AUTH_PASS },
	{ "dkim=pass header.d=co.uk", AUTH_NONE },
	{ "dkim=pass header.d=uk", AUTH_NONE },
	{ "dkim=pass header.d=badlead.co.uk", AUTH_NONE },
	{ "dkim=pass header.d=lead.co.uk.evil.de", AUTH_NONE },
	{ "dkim=pass header.d=esp.net", AUTH_NONE },
	{ "dkim=pass", AUTH_NONE },
	{ "dkim=fail header.d=lead.co.uk", AUTH_NONE },
	{ "dkim=neutral (bad format) header.d=lead.co.uk", AUTH_NONE },
	{ "dkim=none", AUTH_NONE },
	{ "dkim=fail header.d=lead.co.uk; dkim=pass header.d=lead.co.uk", AUTH_PASS },
	{ "dkim=pass header.d=esp.net; dkim=pass header.d=lead.co.uk", AUTH_PASS },
	{ "dkim=pass header.d=lead.co.uk; dkim=fail header.d=esp.net", AUTH_PASS },
	{ "dkim=pass (dkim=pass header.d=lead.co.uk) header.d=esp.net", AUTH_NONE },
	{ "dkim=pass header.d=esp.net dkim=pass header.d=lead.co.uk", AUTH_PASS },
	{ "dkim-atps=pass header.d=lead.co.uk", AUTH_NONE },
	{ "domainkeys=pass header.d=lead.co.uk", AUTH_NONE },
	{ "domainkeys=pass; header.d=lead.co.uk", AUTH_NONE },
	{ "x-dkim=pass header.d=lead.co.uk", AUTH_NONE },
	{ "sender-id=pass header.from=joe@lead.co.uk", AUTH_NONE },

	{ "spf=pass smtp.mailfrom=lead.co.uk", AUTH_PASS },
	{ "spf=pass smtp.mailfrom=joe@bounce.lead.co.uk", AUTH_PASS },
	{ "spf=pass smtp.mfrom=joe@lead.co.uk", AUTH_PASS },
	{ "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=\"joe x\"@lead.co.uk", AUTH_PASS },
	{ "spf=pass smtp.mailfrom=<joe@lead.co.uk>", AUTH_PASS },
	{ "spf=pass smtp.mailfrom=esp.net", AUTH_NONE },
	{ "spf=pass smtp.helo=mx.lead.co.uk", AUTH_PASS },
	{ "spf=pass smtp.mailfrom=esp.net smtp.helo=mx.lead.co.uk", AUTH_NONE },
	{ "spf=pass smtp.mailfrom=\"\" smtp.helo=mx.lead.co.uk", AUTH_PASS },
	{ "spf=pass smtp.mailfrom= smtp.helo=mx.lead.co.uk", AUTH_PASS },
	{ "spf=pass smtp.mailfrom=<> smtp.helo=mx.lead.co.uk", AUTH_PASS },
	{ "spf=softfail smtp.mailfrom=lead.co.uk", AUTH_NONE },
	{ "spf=fail smtp.mailfrom=lead.co.uk", AUTH_NONE },
	{ "auth=pass smtp.auth=joe@lead.co.uk", AUTH_NONE },
	{ "iprev=pass policy.iprev=192.0.2.1; spf=pass smtp.mailfrom=lead.co.uk", AUTH_PASS },
	{ "spf=pass smtp.mailfrom=esp.net; x=y header.d=lead.co.uk", AUTH_NONE },
	{ "spf=pass header.d=lead.co.uk", AUTH_NONE },

	{ ";;; dmarc=pass ;;;", AUTH_PASS },
	{ "(never closed dmarc=pass", AUTH_UNKNOWN },
	{ "\"never closed; dmarc=pass", AUTH_UNKNOWN },
	{ "spf=none (domain of \"x( dmarc=pass\"@evil.de is unknown)", AUTH_UNKNOWN },
	{ "spf=none (domain of \"x) dmarc=pass\"@evil.de is unknown)", AUTH_UNKNOWN },
	{ "=pass", AUTH_NONE },
	{ "dmarc=", AUTH_NONE },
	{ "dmarc", AUTH_NONE },
	{ "header.from=lead.co.uk; =;=;", AUTH_NONE },

	/* the authserv-id and what is written for one */
	{ "!mx.ours.de; dmarc=pass", AUTH_PASS },
	{ "!MX.Ours.DE; dmarc=pass", AUTH_PASS },
	{ "!  mx.ours.de  ; dmarc=pass", AUTH_PASS },
	{ "!mx.ours.de 1; dmarc=pass", AUTH_PASS },
	{ "!(x) mx.ours.de (y) 1 (z); dmarc=pass", AUTH_PASS },
	{ "!\"mx.ours.de\"; dmarc=pass", AUTH_PASS },
	{ "!mx.ou\"\"rs.de; dmarc=pass", AUTH_UNKNOWN },
	{ "!\"mx.\"ours.de; dmarc=pass", AUTH_UNKNOWN },
	{ "!\"mx.\"\"ours.de\"; dmarc=pass", AUTH_UNKNOWN },
	{ "!\"mx\\.ours.de\"; dmarc=pass", AUTH_UNKNOWN },
	{ "!mx\\.ours.de; dmarc=pass", AUTH_UNKNOWN },
	{ "!\"\" mx.ours.de; dmarc=pass", AUTH_UNKNOWN },
	{ "!\"\" mx.ou\"\"rs.de; dmarc=pass", AUTH_UNKNOWN },
	{ "!\"\"; mx.ours.de; dmarc=pass", AUTH_UNKNOWN },
	{ "!other.ours.de; dmarc=pass", AUTH_PASS },
	{ "!mx.ours.de", AUTH_NONE },
	{ "!mx.ours.de; none", AUTH_NONE },
	{ "!mx.ours.de dmarc=pass", AUTH_PASS },
	{ "!mx.ours.de.evil.de; dmarc=pass", AUTH_UNKNOWN },
	{ "!evil.de; mx.ours.de; dmarc=pass", AUTH_UNKNOWN },
	{ "!evil.de mx.ours.de; dmarc=pass", AUTH_UNKNOWN },
	{ "!(mx.ours.de) evil.de; dmarc=pass", AUTH_UNKNOWN },
	{ "!; mx.ours.de; dmarc=pass", AUTH_UNKNOWN },
	{ "!spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=lead.co.uk; dmarc=pass", AUTH_UNKNOWN },
	{ "!dmarc=pass", AUTH_UNKNOWN },
	{ "!", AUTH_UNKNOWN },
};

static const HeaderLimits limits = { 1000000, 1000, 1000000 };

static AuthVerdict read_section(const HeaderSection *section, const char *author_domain)
{
	g_auto(GStrv) trusted = g_strsplit("mx.ours.de Other.Ours.DE", " ", -1);

	return auth_results_read(section, trusted, author_domain);
}

static void expect(const char *name, AuthVerdict wanted, AuthVerdict got)
{
	if (wanted == got)
		return;
	g_test_message("%s: wanted %s, got %s", name, auth_verdict_name(wanted),
		       auth_verdict_name(got));
	g_test_fail();
}

static void test_fields(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		g_autoptr(HeaderSection) section = header_section_new(&limits, NULL);
		g_autofree char *body = fields[i].field[0] == '!'
						? g_strdup(fields[i].field + 1)
						: g_strdup_printf("mx.ours.de; %s", fields[i].field);

		header_section_add(section, "Authentication-Results", body);
		expect(body, fields[i].wanted, read_section(section, "news.lead.co.uk"));
	}
}

/* Several fields, parted by '|', 'R' for a Received; id in front as above. */
static void test_sections(void)
{
	static const struct {
		const char *name, *fields;
		AuthVerdict wanted;
	} rows[] = {
		{ "none at all", "R", AUTH_UNKNOWN },
		{ "empty section", "", AUTH_UNKNOWN },
		{ "above Received", "dmarc=pass|R", AUTH_PASS },
		{ "below Received", "R|dmarc=pass", AUTH_UNKNOWN },
		{ "above the second Received only", "R|dmarc=pass|R", AUTH_UNKNOWN },
		{ "a field a method", "spf=fail|dkim=pass header.d=lead.co.uk|R", AUTH_PASS },
		{ "foreign above", "!evil.de; dmarc=fail|dmarc=pass|R", AUTH_PASS },
		{ "foreign below", "dmarc=fail|!evil.de; dmarc=pass|R", AUTH_FAIL },
		{ "the sender's own, with our id", "dmarc=fail|dmarc=pass", AUTH_FAIL },
		{ "the uppermost settles it", "dmarc=pass|dmarc=fail", AUTH_PASS },
		{ "dkim settled above", "dkim=none|dkim=pass header.d=lead.co.uk", AUTH_NONE },
		{ "arc in another field", "dmarc=fail|arc=pass", AUTH_NONE },
		{ "arc of a stranger", "dmarc=fail|!evil.de; arc=pass", AUTH_FAIL },
		{ "arc below Received", "dmarc=fail|R|arc=pass", AUTH_FAIL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(HeaderSection) section = header_section_new(&limits, NULL);
		g_auto(GStrv) parts = g_strsplit(rows[i].fields, "|", -1);

		for (size_t k = 0; parts[k] != NULL; k++) {
			g_autofree char *ours = g_strdup_printf("mx.ours.de; %s", parts[k]);
			bool is_trace = strcmp(parts[k], "R") == 0;

			header_section_add(section, is_trace ? "Received" : "Authentication-Results",
					   parts[k][0] == '!' ? parts[k] + 1 : ours);
		}
		expect(rows[i].name, rows[i].wanted, read_section(section, "lead.co.uk"));
	}
}

static void test_author_domain(void)
{
	static const struct {
		const char *domain, *field;
		AuthVerdict wanted;
	} rows[] = {
		{ "", "dkim=pass header.d=", AUTH_NONE },
		{ "", "dkim=pass header.d=lead.de", AUTH_NONE },
		{ "", "spf=pass smtp.mailfrom=<>", AUTH_NONE },
		{ "xn--bcher-kva.de", "dkim=pass header.d=b\xc3\xbc\x63her.de", AUTH_PASS },
		{ "xn--bcher-kva.de", "dkim=pass header.d=xn--bcher-kva.de.", AUTH_PASS },
		{ "localhost", "spf=pass smtp.mailfrom=localhost", AUTH_PASS },
		{ "a.github.io", "dkim=pass header.d=b.github.io", AUTH_NONE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(HeaderSection) section = header_section_new(&limits, NULL);
		g_autofree char *body = g_strdup_printf("mx.ours.de; %s", rows[i].field);

		header_section_add(section, "Authentication-Results", body);
		expect(body, rows[i].wanted, read_section(section, rows[i].domain));
	}
}

static void test_nobody_trusted(void)
{
	g_autoptr(HeaderSection) section = header_section_new(&limits, NULL);
	char *const none[] = { NULL };

	header_section_add(section, "Authentication-Results", "mx.ours.de; dmarc=pass");
	g_assert_cmpint(auth_results_read(section, none, "lead.de"), ==, AUTH_UNKNOWN);
	g_assert_cmpint(auth_results_read(section, NULL, "lead.de"), ==, AUTH_UNKNOWN);
}

static void test_floods(void)
{
	static const char *const units[] = { "(", "\"", ";", "=", "dkim=pass ", "header.d=lead.de ", "\\", " = ", "a.b=" };

	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		g_autoptr(HeaderSection) section = header_section_new(&limits, NULL);
		g_autoptr(GString) body = g_string_new("mx.ours.de; ");

		while (body->len < 900000)
			g_string_append(body, units[i]);
		header_section_add(section, "Authentication-Results", body->str);
		g_assert_cmpint(read_section(section, "lead.de"), !=, AUTH_FAIL);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/auth-results/fields", test_fields);
	g_test_add_func("/auth-results/sections", test_sections);
	g_test_add_func("/auth-results/author domain", test_author_domain);
	g_test_add_func("/auth-results/nobody trusted", test_nobody_trusted);
	g_test_add_func("/auth-results/floods", test_floods);
	return g_test_run();
}
