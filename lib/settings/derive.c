/* SPDX-License-Identifier: BSD-2-Clause */
/* Members that are made out of the options, and rules over several of them. */
#include "option.h"

#include <string.h>

/* Words become what addresses are compared with: canonical, domains in A-labels. */
static void words_canonicalize(char **words)
{
	for (; *words != NULL; words++) {
		bool is_address = strchr(*words, '@') != NULL;
		const char *dot = **words == '.' ? "." : "";
		g_autofree char *path =
			is_address ? g_strdup(*words)
				   : g_strconcat("x@", *words + strlen(dot), NULL);
		g_autoptr(AddrSpec) address = addr_spec_parse(path, "");

		if (address == NULL)
			continue; /* the row's check has refused it already */
		g_free(*words);
		*words = is_address ? g_strdup(address->canonical)
				    : g_strconcat(dot, addr_spec_domain(address), NULL);
	}
}

static GPtrArray *masks_new(char *const *networks)
{
	GPtrArray *masks = g_ptr_array_new_with_free_func(g_object_unref);

	for (; *networks != NULL; networks++) {
		GInetAddressMask *mask =
			g_inet_address_mask_new_from_string(*networks, NULL);

		if (mask != NULL)
			g_ptr_array_add(masks, mask);
	}
	return masks;
}

static GHashTable *address_set_new(char *const *words)
{
	GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (; *words != NULL; words++)
		g_hash_table_add(set, g_strdup(*words));
	return set;
}

static void check_listen(const Settings *settings, const char *file, GString *faults)
{
	if (settings->allow_public_listen || !g_str_has_prefix(settings->socket, "inet") ||
	    strchr(settings->socket, '@') != NULL)
		return;
	settings_add_fault(faults, file, option_find("milter", "socket"), settings->socket,
			   "names no host, so that everybody could reach it: write "
			   "inet:PORT@HOST, or set allow_public_listen = yes");
}

void settings_derive(Settings *settings, const char *file, GString *faults)
{
	GError *error = NULL;

	words_canonicalize(settings->human_senders);
	words_canonicalize(settings->never_promote);
	words_canonicalize(settings->sales_addresses);
	settings->local_domain_set = domain_set_new(settings->local_domains, &error);
	if (settings->local_domain_set == NULL) {
		settings_add_fault(faults, file, option_find("mail", "local_domains"), NULL,
				   error->message);
		g_clear_error(&error);
	}
	settings->internal_masks = masks_new(settings->internal_networks);
	settings->sales_address_set = address_set_new(settings->sales_addresses);
	check_listen(settings, file, faults);
}
