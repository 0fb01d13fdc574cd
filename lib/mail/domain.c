/* SPDX-License-Identifier: BSD-2-Clause */
/* Folding and domains: lower-case, NFC, A-labels (RFC 5890), registrable domains. */
#include <glib.h>
#include <idn2.h>
#include <libpsl.h>
#include <string.h>

#include "addr-parts.h"
#include "lead/address.h"

static bool is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] & 0x80)
			return false;
	}
	return true;
}

/* One character, and how many octets it took. */
static gunichar next_char(const char *text, size_t length, size_t *octets_out)
{
	gunichar c = g_utf8_get_char_validated(text, (gssize)length);
	bool is_utf8 = c < 0x110000 && c != 0;

	*octets_out = is_utf8 ? (size_t)g_unichar_to_utf8(c, NULL) : 1;
	return is_utf8 ? c : (guchar)*text; /* Latin-1, then */
}

char *text_utf8(const char *text, size_t length)
{
	GString *valid = g_string_sized_new(length + 1);
	size_t octets;

	for (size_t i = 0; i < length; i += octets)
		g_string_append_unichar(valid, next_char(text + i, length - i, &octets));
	return g_string_free(valid, FALSE);
}

/* Lower-case UTF-8 of octets that may be none. Not g_utf8_strdown(): that one asks the
 * locale, and an address must not be another one in Turkey. */
static char *fold_utf8(const char *text, size_t length)
{
	g_autoptr(GString) folded = g_string_sized_new(2 * length);
	size_t octets;

	for (size_t i = 0; i < length; i += octets) {
		gunichar c = next_char(text + i, length - i, &octets);

		g_string_append_unichar(folded, g_unichar_tolower(c));
	}
	return g_utf8_normalize(folded->str, (gssize)folded->len, G_NORMALIZE_NFC);
}

bool text_fold(const char *text, size_t length, char *out, size_t size)
{
	g_autofree char *folded = NULL;

	if (is_ascii(text, length)) {
		if (length >= size)
			return false;
		for (size_t i = 0; i < length; i++)
			out[i] = g_ascii_tolower(text[i]);
		out[length] = '\0';
		return true;
	}
	folded = fold_utf8(text, length);
	return folded != NULL && g_strlcpy(out, folded, size) < size;
}

/* IDNA maps U+FF20 to '@' and U+3000 to a blank: such a name would read as another
 * address when it is read again. */
static bool has_host_octets(const char *domain)
{
	while (g_ascii_isalnum(*domain) || (*domain != '\0' && strchr("-._", *domain)))
		domain++;
	return *domain == '\0';
}

bool domain_to_ascii(char *domain, size_t size)
{
	size_t length = strlen(domain);
	char *ascii = NULL;
	bool fits = true;

	if (!is_ascii(domain, length) &&
	    idn2_to_ascii_8z(domain, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) ==
		    IDN2_OK &&
	    has_host_octets(ascii)) {
		fits = g_strlcpy(domain, ascii, size) < size;
		length = strlen(domain);
	}
	idn2_free(ascii);
	while (length > 0 && domain[length - 1] == '.')
		domain[--length] = '\0';
	return fits;
}

const char *domain_registrable(const char *domain)
{
	const char *registrable = NULL;

	if (domain[0] != '[') /* an address literal has dots, too */
		registrable = psl_registrable_domain(psl_builtin(), domain);
	return registrable != NULL ? registrable : domain;
}
