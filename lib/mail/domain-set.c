/* SPDX-License-Identifier: BSD-2-Clause */
/* Sets of domains as the settings write them. */
#include <string.h>

#include "addr-parts.h"
#include "lead/address.h"
#include "lead/error.h"

struct DomainSet {
	GHashTable *exact; /* "example.com" */
	GHashTable *below; /* "example.com", of a word ".example.com" */
};

enum { DOMAIN_MAX_OCTETS = 255, LABEL_MAX_OCTETS = 63 };

/* sub-domain *("." sub-domain), RFC 5321 4.1.2, with '_' as some write it; or a literal */
static bool is_domain(const char *domain)
{
	size_t label = 0;

	if (domain[0] == '[')
		return domain[1] != '\0' &&
		       strchr(domain, ']') == domain + strlen(domain) - 1;
	if (strlen(domain) > DOMAIN_MAX_OCTETS)
		return false;
	for (; *domain != '\0'; domain++) {
		if (*domain == '.' && label == 0)
			return false;
		label = *domain == '.' ? 0 : label + 1;
		if (label > LABEL_MAX_OCTETS)
			return false;
		if (!g_ascii_isalnum(*domain) && strchr("-_.", *domain) == NULL)
			return false;
	}
	return label > 0;
}

static bool domain_set_add(DomainSet *set, const char *word, GError **error)
{
	bool below = word[0] == '.';
	char domain[PART_SIZE];

	if (!text_fold(word + below, strlen(word + below), domain, sizeof domain) ||
	    !domain_to_ascii(domain, sizeof domain) || !is_domain(domain)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID, "'%s' is no domain",
			    word);
		return false;
	}
	g_hash_table_add(below ? set->below : set->exact, g_strdup(domain));
	return true;
}

DomainSet *domain_set_new(char *const *words, GError **error)
{
	DomainSet *self = g_new(DomainSet, 1);

	self->exact = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	self->below = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (; words != NULL && *words != NULL; words++) {
		if (!domain_set_add(self, *words, error)) {
			domain_set_free(self);
			return NULL;
		}
	}
	return self;
}

void domain_set_free(DomainSet *set)
{
	if (set == NULL)
		return;
	g_hash_table_unref(set->exact);
	g_hash_table_unref(set->below);
	g_free(set);
}

bool domain_set_has(const DomainSet *set, const char *domain)
{
	if (g_hash_table_contains(set->exact, domain))
		return true;
	if (g_hash_table_size(set->below) == 0)
		return false;
	while ((domain = strchr(domain, '.')) != NULL) {
		if (g_hash_table_contains(set->below, ++domain))
			return true;
	}
	return false;
}

bool domain_set_is_empty(const DomainSet *set)
{
	return g_hash_table_size(set->exact) == 0 && g_hash_table_size(set->below) == 0;
}
