/* SPDX-License-Identifier: BSD-2-Clause */
#include "resemblance.h"

#include <stdlib.h>
#include <string.h>

#include "lead/words.h"

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "Doe, Jane" and "Jane Doe" give the same text; "" if the name has no letters. */
static char *name_key(const char *name)
{
	g_autofree char *folded = words_fold(name);
	g_auto(GStrv) words = g_strsplit_set(folded, " \t,.;'\"()", -1);
	GString *key = g_string_new(NULL);
	size_t count = g_strv_length(words);

	qsort(words, count, sizeof *words, compare_words);
	for (size_t i = 0; i < count; i++) {
		if (words[i][0] != '\0')
			g_string_append_printf(key, "%s ", words[i]);
	}
	return g_string_free(key, FALSE);
}

static bool same_name(const char *a, const char *b)
{
	g_autofree char *key_a = NULL, *key_b = NULL;

	if (a == NULL || b == NULL)
		return false;
	key_a = name_key(a);
	key_b = name_key(b);
	return key_a[0] != '\0' && strcmp(key_a, key_b) == 0;
}

/* The local part of the base form without what people set or leave out at will. */
static char *local_part_key(const AddrSpec *address)
{
	const char *at = strrchr(address->base, '@');
	size_t length = at != NULL ? (size_t)(at - address->base) : strlen(address->base);
	GString *key = g_string_sized_new(length);

	for (size_t i = 0; i < length; i++) {
		if (strchr("._-", address->base[i]) == NULL)
			g_string_append_c(key, address->base[i]);
	}
	return g_string_free(key, FALSE);
}

static bool same_local_part(const AddrSpec *a, const AddrSpec *b)
{
	g_autofree char *key_a = NULL, *key_b = NULL;

	if (addr_spec_is_role(a) || addr_spec_is_role(b))
		return false;
	key_a = local_part_key(a);
	key_b = local_part_key(b);
	return key_a[0] != '\0' && strcmp(key_a, key_b) == 0;
}

bool author_resembles(const MessageSummary *summary, const OutboundRecipient *recipient,
		      const ContactState *contact, const Settings *settings)
{
	g_autoptr(AddrSpec) address =
		recipient->address == NULL
			? NULL
			: addr_spec_parse(recipient->address,
					  settings->subaddress_separator);

	if (address != NULL && same_local_part(summary->author, address))
		return true;
	return same_name(summary->author_name, recipient->name) ||
	       (contact != NULL && same_name(summary->author_name, contact->name));
}

static bool is_free_mail(const char *domain)
{
	return words_has(WORDS_FREE_MAIL, domain) ||
	       words_has(WORDS_FREE_MAIL, domain_registrable(domain));
}

bool author_is_colleague(const AddrSpec *author, const OutboundRecipient *recipient)
{
	const char *domain = addr_spec_domain(author);
	const char *at =
		recipient->address != NULL ? strrchr(recipient->address, '@') : NULL;

	if (at == NULL || domain[0] == '\0' || is_free_mail(domain))
		return false;
	return strcmp(domain_registrable(domain), domain_registrable(at + 1)) == 0;
}
