/* SPDX-License-Identifier: BSD-2-Clause */
/* What a string, or a word of a list, must look like: NULL, or the answer to "must be". */
#include "option.h"

#include <string.h>

static bool is_port(const char *text, size_t length)
{
	unsigned value = 0;

	if (length == 0 || length > 5)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!g_ascii_isdigit(text[i]))
			return false;
		value = value * 10 + (unsigned)(text[i] - '0');
	}
	return value >= 1 && value <= 65535;
}

/* unix:PATH, local:PATH, PATH, inet:PORT[@HOST], inet6:PORT[@HOST]; whether an inet
 * socket may go without a host is decided when all options are read. */
const char *option_check_socket(const char *word)
{
	static const char wanted[] = "unix:PATH, inet:PORT@HOST or inet6:PORT@HOST";
	const char *rest = strchr(word, ':');

	if (word[0] == '/')
		return NULL;
	if (rest == NULL)
		return wanted;
	rest++;
	if (g_str_has_prefix(word, "unix:") || g_str_has_prefix(word, "local:"))
		return rest[0] == '/' ? NULL : "unix:PATH with an absolute path";
	if (g_str_has_prefix(word, "inet:") || g_str_has_prefix(word, "inet6:")) {
		size_t digits = strcspn(rest, "@");

		return is_port(rest, digits) && strcmp(rest + digits, "@") != 0 ? NULL
										: wanted;
	}
	return wanted;
}

const char *option_check_uri(const char *word)
{
	bool known = strcmp(word, "memory:") == 0 ||
		     (g_str_has_prefix(word, "sqlite:") && word[strlen("sqlite:")] != '\0');

	return known ? NULL : "sqlite:PATH or memory:";
}

const char *option_check_domain(const char *word)
{
	char *const words[] = {(char *)(uintptr_t)word, NULL};
	DomainSet *set = strchr(word, '@') == NULL ? domain_set_new(words, NULL) : NULL;

	if (set == NULL)
		return "a domain such as example.com, or .example.com for its sub-domains";
	domain_set_free(set);
	return NULL;
}

/* What GLib is not asked: it logs a warning for a prefix that no address can have. */
static bool has_absurd_prefix(const char *word)
{
	const char *slash = strchr(word, '/');

	return slash != NULL && g_ascii_strtoull(slash + 1, NULL, 10) > 128;
}

const char *option_check_network(const char *word)
{
	g_autoptr(GInetAddressMask) mask =
		!has_absurd_prefix(word) ? g_inet_address_mask_new_from_string(word, NULL)
					 : NULL;

	return mask != NULL ? NULL
			    : "an address or network such as 192.0.2.0/24 or 2001:db8::/32";
}

const char *option_check_port(const char *word)
{
	return is_port(word, strlen(word)) ? NULL : "a port from 1 to 65535";
}

static bool is_printable(const char *word)
{
	for (; *word != '\0'; word++) {
		if (g_ascii_iscntrl(*word))
			return false;
	}
	return true;
}

/* Of control characters a path's grammar takes some for blanks; here they are neither.
 * Behind a source route there may be a bare name, which is nobody's address outside.
 * "a(b)c@d" has a blank in its canonical form, which would be two words when written. */
const char *option_check_address(const char *word)
{
	g_autoptr(AddrSpec) address = addr_spec_parse(word, "");
	bool good = address != NULL && *addr_spec_domain(address) != '\0' &&
		    is_printable(word) && strchr(address->canonical, ' ') == NULL;

	return good ? NULL : "an address such as sales@example.com";
}

const char *option_check_party(const char *word)
{
	const char *wrong = strchr(word, '@') != NULL ? option_check_address(word)
						      : option_check_domain(word);

	return wrong == NULL ? NULL
			     : "an address, a domain, or .example.com for sub-domains";
}

/* RFC 5322 3.6.8: ftext is any printable US-ASCII character but the colon. */
const char *option_check_field(const char *word)
{
	for (const char *at = word; *at != '\0'; at++) {
		if (!g_ascii_isgraph(*at) || *at == ':')
			return "a field name without a colon";
	}
	return NULL;
}

/* Letters and digits would cut names apart, and '@', '.', quotes mean something else. */
const char *option_check_separator(const char *word)
{
	for (const char *at = word; *at != '\0'; at++) {
		if (strchr("+-=_#%!*$&~/|", *at) == NULL)
			return "empty, or out of the characters + - = _ # % ! * $ & ~ / |";
	}
	return NULL;
}
