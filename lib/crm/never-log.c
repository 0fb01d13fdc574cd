/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/never-log.h"

#include <string.h>

#include "lead/error.h"

enum { PATTERN_OCTETS_MAX = 320 };

typedef struct {
	char *pattern;
	NeverLogScope scope;
	gint64 number;
} Entry;

struct NeverLog {
	GHashTable *addresses, *domains; /* pattern -> Entry *, which owns it */
	GPtrArray *globs;		 /* of Entry * */
};

static const char *const scopes[NEVER_LOG_N] = {
	[NEVER_LOG_PARTICIPANT] = "participant",
	[NEVER_LOG_MESSAGE] = "message",
};

const char *never_log_scope_name(NeverLogScope scope)
{
	return (size_t)scope < NEVER_LOG_N ? scopes[scope] : NULL;
}

bool never_log_scope_from_name(const char *name, NeverLogScope *scope_out)
{
	for (NeverLogScope scope = NEVER_LOG_PARTICIPANT; scope < NEVER_LOG_N; scope++) {
		if (g_ascii_strcasecmp(scopes[scope], name) == 0) {
			*scope_out = scope;
			return true;
		}
	}
	return false;
}

/* ---- patterns ---- */

static bool is_glob(const char *pattern)
{
	return strpbrk(pattern, "*?") != NULL;
}

/* In A-labels, as addresses have it; NULL if it is none. */
static char *read_domain(const char *text)
{
	g_autofree char *path = g_strconcat("x@", text, NULL);
	g_autoptr(AddrSpec) address = NULL;

	if (strchr(text, '.') == NULL || strpbrk(text, "@*?<>,:") != NULL)
		return NULL;
	address = addr_spec_parse(path, "");
	if (address == NULL || addr_spec_domain(address)[0] == '\0' ||
	    addr_spec_domain(address)[0] == '.')
		return NULL;
	return g_strdup(addr_spec_domain(address));
}

/* Marks in front stay, the domain behind them is read: "*@", "*." */
static char *read_marked_domain(const char *mark, const char *text)
{
	g_autofree char *domain = read_domain(text);

	return domain != NULL ? g_strconcat(mark, domain, NULL) : NULL;
}

/* One that fits everything is a mistake. */
static char *read_glob(const char *text)
{
	const char *at = strrchr(text, '@');
	g_autofree char *lower = g_utf8_strdown(text, -1);
	g_autofree char *mark = NULL;

	if (text[strspn(text, "*?@.")] == '\0')
		return NULL;
	if (at == NULL || is_glob(at + 1))
		return g_steal_pointer(&lower);
	mark = g_strndup(lower, strlen(lower) - strlen(at + 1));
	return read_marked_domain(mark, at + 1);
}

static char *read_address(const char *text)
{
	g_autoptr(AddrSpec) address = addr_spec_parse(text, "");

	if (address == NULL || addr_spec_domain(address)[0] == '\0')
		return NULL;
	return g_strdup(address->canonical);
}

static char *read_pattern(const char *text)
{
	if (is_glob(text))
		return read_glob(text);
	if (text[0] == '@')
		return read_marked_domain("*@", text + 1);
	if (text[0] == '.')
		return read_marked_domain("*.", text + 1);
	return strchr(text, '@') != NULL ? read_address(text) : read_domain(text);
}

static bool is_one_word(const char *text)
{
	if (strlen(text) > PATTERN_OCTETS_MAX || !g_utf8_validate(text, -1, NULL))
		return false;
	for (; *text != '\0'; text += g_utf8_skip[(guchar)*text]) {
		if (g_unichar_isspace(g_utf8_get_char(text)) ||
		    g_unichar_iscntrl(g_utf8_get_char(text)))
			return false;
	}
	return true;
}

char *never_log_pattern(const char *text, GError **error)
{
	char *pattern = is_one_word(text) ? read_pattern(text) : NULL;

	if (pattern == NULL)
		g_set_error(
			error, LEAD_ERROR, LEAD_ERROR_INVALID,
			"'%s' is no address, no domain, and no pattern with * or ? that "
			"leaves anybody out",
			text);
	return pattern;
}

/* '*' is any text, '?' one character; in time of both lengths at the worst. */
static bool glob_fits(const char *glob, const char *text)
{
	const char *star = NULL, *resume = NULL;

	while (*text != '\0') {
		if (*glob == '*') {
			star = ++glob;
			resume = text;
		} else if (*glob == '?') {
			glob++;
			text += g_utf8_skip[(guchar)*text];
		} else if (*glob == *text) {
			glob++;
			text++;
		} else if (star != NULL) {
			glob = star;
			text = ++resume;
		} else {
			return false;
		}
	}
	return glob[strspn(glob, "*")] == '\0';
}

/* ---- the list ---- */

static void entry_free(gpointer entry)
{
	g_free(((Entry *)entry)->pattern);
	g_free(entry);
}

NeverLog *never_log_new(void)
{
	NeverLog *list = g_new0(NeverLog, 1);

	list->addresses = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, entry_free);
	list->domains = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, entry_free);
	list->globs = g_ptr_array_new_with_free_func(entry_free);
	return list;
}

void never_log_free(NeverLog *list)
{
	if (list == NULL)
		return;
	g_hash_table_unref(list->addresses);
	g_hash_table_unref(list->domains);
	g_ptr_array_unref(list->globs);
	g_free(list);
}

void never_log_add(NeverLog *list, const char *pattern, NeverLogScope scope, gint64 number)
{
	Entry *entry = g_new0(Entry, 1);

	*entry = (Entry){g_strdup(pattern), scope, number};
	if (is_glob(pattern))
		g_ptr_array_add(list->globs, entry);
	else
		g_hash_table_replace(strchr(pattern, '@') != NULL ? list->addresses
								  : list->domains,
				     entry->pattern, entry);
}

typedef struct {
	NeverLogScope scope;
	gint64 number;
} Finding;

static void find_entry(Finding *finding, const Entry *entry)
{
	if (entry != NULL && entry->scope > finding->scope)
		*finding = (Finding){entry->scope, entry->number};
}

static void find_domains(Finding *finding, const NeverLog *list, const char *domain)
{
	while (domain != NULL && *domain != '\0') {
		find_entry(finding, g_hash_table_lookup(list->domains, domain));
		domain = strchr(domain, '.');
		if (domain != NULL)
			domain++;
	}
}

static bool entry_fits(const Entry *entry, const AddrSpec *address)
{
	if (strchr(entry->pattern, '@') == NULL)
		return glob_fits(entry->pattern, addr_spec_domain(address));
	return glob_fits(entry->pattern, address->canonical) ||
	       glob_fits(entry->pattern, address->base);
}

NeverLogScope never_log_find(const NeverLog *list, const AddrSpec *address,
			     gint64 *number_out)
{
	Finding finding = {NEVER_LOG_NOT, 0};

	if (address != NULL && !addr_spec_is_null(address)) {
		find_entry(&finding,
			   g_hash_table_lookup(list->addresses, address->canonical));
		find_entry(&finding, g_hash_table_lookup(list->addresses, address->base));
		find_domains(&finding, list, addr_spec_domain(address));
		for (unsigned i = 0; i < list->globs->len; i++) {
			if (entry_fits(list->globs->pdata[i], address))
				find_entry(&finding, list->globs->pdata[i]);
		}
	}
	if (number_out != NULL)
		*number_out = finding.number;
	return finding.scope;
}
