/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Local parts that carry another address: BATV tags (draft-levine-smtp-batv), SRS
 * (Sender Rewriting Scheme, also in Exchange's spelling) and VERP. Only what cannot well
 * be an ordinary local part is decoded. The texts are folded already.
 */
#include <glib.h>
#include <string.h>

#include "addr-parts.h"

static bool is_tag(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (!g_ascii_isalnum(text[i]))
			return false;
	}
	return length > 0;
}

static void drop_front(char *text, const char *rest)
{
	memmove(text, rest, strlen(rest) + 1);
}

/* prvs=TAG=local, and what others made of it; the domain stays. */
static bool unwrap_batv(AddrParts *parts)
{
	static const char *const forms[][2] = {
		{"prvs=", "="},
		{"btv1==", "=="},  /* Barracuda */
		{"msprvs1=", "="}, /* SparkPost */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		const char *tag = parts->local + strlen(forms[i][0]), *end;

		if (!g_str_has_prefix(parts->local, forms[i][0]))
			continue;
		end = strstr(tag, forms[i][1]);
		if (end == NULL || !is_tag(tag, (size_t)(end - tag)))
			return false;
		end += strlen(forms[i][1]);
		if (*end == '\0')
			return false;
		drop_front(parts->local, end);
		return true;
	}
	return false;
}

/* Takes "local" and "domain" over, if the domain looks like one. */
static bool take_address(AddrParts *parts, const char *local, size_t local_length,
			 const char *domain, size_t domain_length)
{
	char *dot = memchr(domain, '.', domain_length);

	if (local_length == 0 || dot == NULL || dot == domain ||
	    domain[domain_length - 1] == '.')
		return false;
	for (size_t i = 0; i < domain_length; i++) {
		if (!g_ascii_isalnum(domain[i]) && strchr("-._", domain[i]) == NULL &&
		    !(domain[i] & 0x80))
			return false;
	}
	/* both lie in parts->local: the domain goes first, before that is overwritten */
	memcpy(parts->domain, domain, domain_length);
	parts->domain[domain_length] = '\0';
	memmove(parts->local, local, local_length);
	parts->local[local_length] = '\0';
	return domain_to_ascii(parts->domain, sizeof parts->domain);
}

/* HASH "=" TIME "=" domain "=" local */
static bool take_srs(AddrParts *parts, const char *text)
{
	const char *time = strchr(text, '='), *domain, *local;

	if (time == NULL || time == text)
		return false;
	domain = strchr(++time, '=');
	if (domain == NULL || !is_tag(time, (size_t)(domain - time)))
		return false;
	local = strchr(++domain, '=');
	if (local == NULL || local == domain)
		return false;
	return take_address(parts, local + 1, strlen(local + 1), domain,
			    (size_t)(local - domain));
}

static bool is_srs_separator(char c)
{
	return c == '=' || c == '+' || c == '-';
}

static bool unwrap_srs(AddrParts *parts)
{
	const char *local = parts->local, *exchange;

	if (g_str_has_prefix(local, "srs0") && is_srs_separator(local[4]))
		return take_srs(parts, local + 5);
	if (g_str_has_prefix(local, "srs1") && is_srs_separator(local[4])) {
		/* HASH "=" host "=" and an SRS0 local part behind its first four octets */
		const char *host = strchr(local + 5, '=');
		const char *inner = host != NULL ? strchr(host + 1, '=') : NULL;

		return inner != NULL && is_srs_separator(inner[1]) &&
		       take_srs(parts, inner + 2);
	}
	exchange = strstr(local, "+srs=");
	return exchange != NULL && take_srs(parts, exchange + strlen("+srs="));
}

static bool ends_with(const char *text, size_t length, const char *end)
{
	size_t n = strlen(end);

	return length >= n && memcmp(text + length - n, end, n) == 0;
}

/* LIST-bounces, bounce, owner-LIST ... in front of the inner address. */
static bool is_bounce_name(const char *text, size_t length)
{
	return ends_with(text, length, "bounces") || ends_with(text, length, "bounce") ||
	       ends_with(text, length, "-return") || ends_with(text, length, "-owner") ||
	       (length > 6 && memcmp(text, "owner-", 6) == 0);
}

/* Behind "123-", and behind "123-0a1b-" as SendGrid writes it; NULL without a number. */
static const char *behind_number(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || text[digits] != '-')
		return NULL;
	text += digits + 1;
	return strspn(text, "0123456789abcdef") == 4 && text[4] == '-' ? text + 5 : text;
}

/* Where the inner address of a variable envelope return path starts; NULL for none. */
static const char *verp_inner(const char *local)
{
	const char *plus = strchr(local, '+'), *mark, *inner;

	if (plus != NULL && is_bounce_name(local, (size_t)(plus - local))) {
		inner = behind_number(plus + 1);
		return inner != NULL ? inner : plus + 1;
	}
	mark = strstr(local, "-return-"); /* ezmlm: list-return-12-user=dom */
	if (mark != NULL)
		return behind_number(mark + strlen("-return-"));
	mark = strchr(local, '-'); /* bounce-12-user=dom */
	if (mark != NULL && is_bounce_name(local, (size_t)(mark - local)))
		return behind_number(mark + 1);
	return NULL;
}

static bool unwrap_verp(AddrParts *parts)
{
	const char *inner = verp_inner(parts->local), *equals;

	if (inner == NULL)
		return false;
	equals = strrchr(inner, '=');
	return equals != NULL && equals[1] != '\0' &&
	       take_address(parts, inner, (size_t)(equals - inner), equals + 1,
			    strlen(equals + 1));
}

bool addr_parts_unwrap(AddrParts *parts)
{
	bool moved = false;

	/* every round shortens the local part, so this ends */
	while (strchr(parts->local, '=') != NULL) {
		if (unwrap_batv(parts))
			continue;
		if (!unwrap_srs(parts) && !unwrap_verp(parts))
			break;
		moved = true;
	}
	return moved;
}
