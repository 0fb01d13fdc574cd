/* SPDX-License-Identifier: BSD-2-Clause */
#include "auth-field.h"

#include <glib.h>
#include <string.h>

#include "addr-parts.h"
#include "addr-scan.h"
#include "lead/address.h"

static const char *const method_names[METHODS] = {
	[METHOD_DKIM] = "dkim",
	[METHOD_SPF] = "spf",
	[METHOD_DMARC] = "dmarc",
	[METHOD_ARC] = "arc",
};

/* resinfo of RFC 8601 2.2, as its words come by */
typedef struct {
	Method method;
	const char *result;
	const char *domains[2]; /* the identity proved; [1] if there is no [0] */
} Result;

/* property = ptype "." property, as the method that it belongs to and its rank there */
static const struct {
	Method method;
	const char *property;
	unsigned rank;
} properties[] = {
	{METHOD_DKIM, "header.d", 0},	  {METHOD_DKIM, "header.i", 1},
	{METHOD_SPF, "smtp.mailfrom", 0}, {METHOD_SPF, "smtp.mfrom", 0},
	{METHOD_SPF, "smtp.mail", 0},	  {METHOD_SPF, "envelope-from", 0},
	{METHOD_SPF, "smtp.helo", 1},	  {METHOD_DMARC, "header.from", 0},
};

/* Relaxed alignment (RFC 7489 3.1): one organisational domain. identity is a domain, an
 * address or "@domain". */
static bool is_aligned(const char *identity, const char *author_domain)
{
	const char *at = strrchr(identity, '@');
	char domain[PART_SIZE];

	if (at != NULL)
		identity = at + 1;
	return author_domain[0] != '\0' &&
	       text_fold(identity, strcspn(identity, ">"), domain, sizeof domain) &&
	       domain_to_ascii(domain, sizeof domain) &&
	       strcmp(domain_registrable(domain), domain_registrable(author_domain)) == 0;
}

static Finding result_finding(const Result *result, const char *author_domain)
{
	const char *domain = result->domains[0];
	bool aligned;

	if (domain == NULL || domain[0] == '\0' || strcmp(domain, "<>") == 0)
		domain = result->domains[1];
	aligned = domain != NULL && is_aligned(domain, author_domain);
	/* DMARC is about the author by itself; header.from may only contradict */
	if (result->method == METHOD_ARC ||
	    (result->method == METHOD_DMARC && domain == NULL))
		aligned = true;
	if (!aligned)
		return FINDING_NEUTRAL;
	if (strcmp(result->result, "pass") == 0)
		return FINDING_PASS;
	return strcmp(result->result, "fail") == 0 ? FINDING_FAIL : FINDING_NEUTRAL;
}

/* Text that grows word by word. */
typedef struct {
	char *next, *word; /* end of the text, start of its last word */
	bool blank;	   /* seen, and not yet written */
} Words;

/* "dkim = pass" is one word; "smtp.mailfrom= smtp.helo=x" is two, the first of nothing. */
static bool blank_parts_words(const Words *words, const Token *token)
{
	if (!words->blank || words->next == words->word)
		return false;
	if (token_is(token, ';') || token_is(token, '='))
		return false;
	return words->next[-1] != '=' ||
	       memchr(words->word, '.', (size_t)(words->next - words->word)) != NULL;
}

static void words_add(Words *words, const Token *token)
{
	char *start;

	if (blank_parts_words(words, token)) {
		*words->next++ = ' ';
		words->word = words->next;
	}
	words->blank = false;
	start = words->next;
	words->next = token_copy(token, start);
	for (char *p = start; p < words->next; p++) {
		if (token->kind != TOKEN_OCTET && strchr("; ", *p) != NULL)
			*p = '_'; /* quoted, it parts nothing */
		*p = g_ascii_tolower(*p);
	}
	if (token_is(token, ';'))
		words->word = words->next;
}

/*
 * The field's text with comments dropped, quotes resolved, all lower-case: one blank
 * between words, none around a method's '=', ';' only where it parts results. NULL if a
 * comment or quote is not closed: verifiers put the sender's words into comments, and
 * then nobody can tell whose word it is. Caller frees.
 */
static char *field_normalize(const char *field)
{
	Slice text = {field, field + strlen(field)};
	g_autofree char *normal = g_malloc(slice_length(text) + 1);
	Words words = {.next = normal, .word = normal};
	Scan scan = scan_begin(text);
	Token token;

	while (scan_next(&scan, &token)) {
		if (token.kind == TOKEN_BLANK || token.kind == TOKEN_COMMENT)
			words.blank = true;
		else if (token_is(&token, '(') || token_is(&token, ')') ||
			 token_is(&token, '"'))
			return NULL;
		else
			words_add(&words, &token);
	}
	*words.next = '\0';
	return g_steal_pointer(&normal);
}

static void result_finish(Result *result, const char *author_domain, Findings *findings)
{
	if (result->method != METHOD_NONE) {
		Finding finding = result_finding(result, author_domain);

		findings->of[result->method] = MAX(findings->of[result->method], finding);
	}
	*result = (Result){.method = METHOD_NONE};
}

/* "dkim" or "dkim/1"; METHOD_NONE for methods that prove nothing here. */
static Method method_of(const char *key)
{
	size_t length = strcspn(key, "/");

	for (Method method = METHOD_DKIM; method < METHODS; method++) {
		if (strlen(method_names[method]) == length &&
		    strncmp(method_names[method], key, length) == 0)
			return method;
	}
	return METHOD_NONE;
}

static void result_add_property(Result *result, const char *key, const char *value)
{
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++) {
		if (properties[i].method == result->method &&
		    strcmp(properties[i].property, key) == 0)
			result->domains[properties[i].rank] = value;
	}
}

/*
 * A word "key=value". A method begins a result; so does the first word of a part, whose
 * method may be one that we do not know. All else belongs to the result before it, even
 * behind a ';' ("dkim=pass (ok); header.i=@b.de").
 */
static void word_read(char *word, bool is_first, Result *result, const char *author_domain,
		      Findings *findings)
{
	char *equals = strchr(word, '=');

	if (equals == NULL)
		return;
	*equals = '\0';
	if (method_of(word) != METHOD_NONE || (is_first && strchr(word, '.') == NULL)) {
		result_finish(result, author_domain, findings);
		result->method = method_of(word);
		result->result = equals + 1;
	} else {
		result_add_property(result, word, equals + 1);
	}
}

/*
 * authserv-id = value = token / quoted-string (RFC 8601 2.2, RFC 2045 5.1), and never a
 * bit of both, with escapes or empty: whoever removes forged fields before us would not find
 * our name in "mx.ou""rs.example", nor behind an empty one, and so we must not either.
 */
static bool id_is_plain(const char *field)
{
	Scan scan = scan_begin((Slice){field, field + strlen(field)});
	size_t octets = 0, quoted = 0;
	Token token;

	while (scan_next(&scan, &token) && !token_is(&token, ';')) {
		bool is_gap = token.kind == TOKEN_BLANK || token.kind == TOKEN_COMMENT;

		if (is_gap && octets + quoted > 0)
			break;
		if (token.kind == TOKEN_PAIR ||
		    (token.kind == TOKEN_QUOTED &&
		     memchr(token.text.start, '\\', slice_length(token.text)) != NULL))
			return false;
		if (token.kind == TOKEN_QUOTED && slice_length(token.text) == strlen("\"\""))
			return false;
		octets += token.kind == TOKEN_OCTET;
		quoted += token.kind == TOKEN_QUOTED;
	}
	return quoted == 0 || (quoted == 1 && octets == 0);
}

static bool id_is_trusted(const char *id, char *const *trusted)
{
	for (; trusted != NULL && *trusted != NULL; trusted++) {
		if (g_ascii_strcasecmp(*trusted, id) == 0)
			return true;
	}
	return false;
}

/* authres-payload = [CFWS] authserv-id [CFWS version] *([CFWS] ";" resinfo) */
bool auth_field_read(const char *field, char *const *trusted, const char *author_domain,
		     Findings *findings_out)
{
	g_autofree char *normal = field_normalize(field);
	Result result = {.method = METHOD_NONE};
	char *rest = normal, *part;
	bool has_id = false;

	*findings_out = (Findings){{FINDING_ABSENT}};
	if (normal == NULL || !id_is_plain(field))
		return false;
	while ((part = strsep(&rest, ";")) != NULL) {
		bool is_first = has_id;
		char *word;

		while ((word = strsep(&part, " ")) != NULL) {
			if (!has_id && !id_is_trusted(word, trusted))
				return false;
			if (has_id)
				word_read(word, is_first, &result, author_domain,
					  findings_out);
			has_id = true;
			is_first = false;
		}
	}
	result_finish(&result, author_domain, findings_out);
	return true;
}
