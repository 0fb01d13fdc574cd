/* SPDX-License-Identifier: BSD-2-Clause */
/* Mail through lists of others: their fields, and the addresses of their programs. */
#include <string.h>

#include "class-rule.h"
#include "list-fields.h"

bool foreign_list_field(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return !reading->own_list && field_is_present(rule, reading, text_out);
}

bool foreign_precedence(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return !reading->own_list && field_says(rule, reading, text_out);
}

/* Precedence alone is a responder's as often as a list's. */
bool foreign_precedence_list(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return list_fields_present(reading->section) &&
	       foreign_precedence(rule, reading, text_out);
}

/* "pumps" of "owner-pumps", "pumps-bounces", "pumps-return-17-rep=ours.example"; NULL if
 * local is no program's. Caller frees. */
static char *list_of_program(const char *local)
{
	static const char *const ends[] = {"-owner",  "-bounces", "-bounce", "-returns",
					   "-return", "-errors",  "-admin",  "-request"};
	const char *numbered = strstr(local, "-return-");

	if (g_str_has_prefix(local, "owner-"))
		return g_strdup(local + strlen("owner-"));
	if (numbered != NULL)
		return g_strndup(local, (gsize)(numbered - local));
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		if (g_str_has_suffix(local, ends[i]))
			return g_strndup(local, strlen(local) - strlen(ends[i]));
	}
	return NULL;
}

static bool is_addressed(const char *list, const char *domain, const GPtrArray *mailboxes)
{
	for (guint i = 0; i < mailboxes->len; i++) {
		const AddrSpec *address = ((Mailbox *)mailboxes->pdata[i])->address;
		size_t length = strcspn(address->base, "@");

		if (strlen(list) == length &&
		    g_ascii_strncasecmp(address->base, list, length) == 0 &&
		    g_ascii_strcasecmp(domain_registrable(addr_spec_domain(address)),
				       domain) == 0)
			return true;
	}
	return false;
}

/* The program's list stands in To or Cc: the message went there, and came on to us. The
 * address is read as it was written: what is unwrapped from it is the list's reader. */
static bool sends_for_list(const Reading *reading, const AddrSpec *program)
{
	g_autofree char *written = NULL, *list = NULL;
	const char *domain;
	char *at;

	if (program == NULL || addr_spec_is_null(program))
		return false;
	written = g_ascii_strdown(program->original, -1);
	at = strrchr(written, '@');
	if (at == NULL)
		return false;
	*at = '\0';
	domain = domain_registrable(at + 1);
	written[strcspn(written, "+")] = '\0';
	list = list_of_program(written);
	return list != NULL && *list != '\0' &&
	       !settings_is_local_domain(reading->settings, at + 1) &&
	       (is_addressed(list, domain, reading->facts->to) ||
		is_addressed(list, domain, reading->facts->cc));
}

static bool tell_program(const char *field, const AddrSpec *program, char **text_out)
{
	*text_out = g_strdup_printf("%s: %s", field, program->canonical);
	return true;
}

/* What lists had before there were fields for them (RFC 2369), and some have no more. */
bool list_by_program(const ClassRule *rule, const Reading *reading, char **text_out)
{
	const char *errors_to = header_section_get(reading->section, FIELD_ERRORS_TO, 0);
	g_autoptr(GPtrArray) programs = mailbox_list_new();
	const Mailbox *sender = reading->facts->sender;
	const AddrSpec *path = reading->facts->envelope->reverse_path;

	(void)rule;
	if (sender != NULL && sends_for_list(reading, sender->address))
		return tell_program("Sender", sender->address, text_out);
	if (sends_for_list(reading, path))
		return tell_program("MAIL FROM", path, text_out);
	if (errors_to == NULL)
		return false;
	mailbox_list_parse(programs, errors_to, "+", 1);
	return programs->len > 0 &&
	       sends_for_list(reading, ((Mailbox *)programs->pdata[0])->address) &&
	       tell_program("Errors-To", ((Mailbox *)programs->pdata[0])->address,
			    text_out);
}
