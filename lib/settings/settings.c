/* SPDX-License-Identifier: BSD-2-Clause */
/* The snapshot: its life, and the questions that it answers. */
#include "option.h"

#include <string.h>

static void option_clear(const Option *option, Settings *settings)
{
	void *member = (char *)settings + option->offset;

	if (option->type == OPTION_STRING)
		g_free(*(char **)member);
	else if (option->type == OPTION_WORDS)
		g_strfreev(*(char ***)member);
}

Settings *settings_ref(Settings *settings)
{
	g_atomic_int_inc(&settings->references_held);
	return settings;
}

void settings_unref(Settings *settings)
{
	if (settings == NULL || !g_atomic_int_dec_and_test(&settings->references_held))
		return;
	for (size_t i = 0; i < option_count; i++)
		option_clear(&option_table[i], settings);
	domain_set_free(settings->local_domain_set);
	g_clear_pointer(&settings->internal_masks, g_ptr_array_unref);
	g_clear_pointer(&settings->sales_address_set, g_hash_table_unref);
	g_free(settings->file);
	g_free(settings);
}

const char *settings_socket_path(const Settings *settings)
{
	static const char *const families[] = {"unix:", "local:", ""};

	for (size_t i = 0; i < G_N_ELEMENTS(families); i++) {
		const char *rest = settings->socket + strlen(families[i]);

		if (g_str_has_prefix(settings->socket, families[i]) && *rest == '/')
			return rest;
	}
	return NULL;
}

bool settings_is_local_domain(const Settings *settings, const char *domain)
{
	return *domain != '\0' && domain_set_has(settings->local_domain_set, domain);
}

/* A dual-stack listener shows IPv4 clients as ::ffff:192.0.2.1 (RFC 4291 2.5.5.2); they
 * are meant by the IPv4 networks. A zone ("%eth0") says nothing about the network. */
static GInetAddress *client_parse(const char *text)
{
	static const char mapped[] = "::ffff:";
	g_autofree char *plain = g_strndup(text, strcspn(text, "%"));

	if (g_ascii_strncasecmp(plain, mapped, strlen(mapped)) == 0 && strchr(plain, '.'))
		return g_inet_address_new_from_string(plain + strlen(mapped));
	return g_inet_address_new_from_string(plain);
}

bool settings_is_internal(const Settings *settings, const char *client_address)
{
	g_autoptr(GInetAddress) client = client_parse(client_address);

	for (guint i = 0; client != NULL && i < settings->internal_masks->len; i++) {
		if (g_inet_address_mask_matches(settings->internal_masks->pdata[i], client))
			return true;
	}
	return false;
}

static bool word_matches(const char *word, const AddrSpec *address)
{
	const char *domain = addr_spec_domain(address);

	if (strchr(word, '@') != NULL)
		return g_ascii_strcasecmp(word, address->canonical) == 0 ||
		       g_ascii_strcasecmp(word, address->base) == 0;
	if (*word != '.')
		return g_ascii_strcasecmp(word, domain) == 0;
	return strlen(domain) > strlen(word) &&
	       g_ascii_strcasecmp(domain + strlen(domain) - strlen(word), word) == 0;
}

bool settings_words_match(char *const *words, const AddrSpec *address)
{
	for (; *words != NULL; words++) {
		if (word_matches(*words, address))
			return true;
	}
	return false;
}

char *settings_needing_restart(const Settings *old, const Settings *new)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (size_t i = 0; i < option_count; i++) {
		const Option *option = &option_table[i];
		g_autofree char *before = option_format(option, old);
		g_autofree char *after = option_format(option, new);

		if (option->needs_restart && strcmp(before, after) != 0)
			g_string_append_printf(names, "%s%s.%s", names->len > 0 ? " " : "",
					       option->section, option->name);
	}
	return names->len > 0 ? g_string_free(g_steal_pointer(&names), FALSE) : NULL;
}

const char *settings_warning(const Settings *settings)
{
	if (settings->local_domains[0] == NULL)
		return "[mail] local_domains is empty: no address is ours, so all mail is in "
		       "transit and nothing is recorded";
	return NULL;
}
