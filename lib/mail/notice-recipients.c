/* SPDX-License-Identifier: BSD-2-Clause */
/* The mailboxes that the notice of a bounce complains about. */
#include <glib.h>
#include <string.h>

#include "report-parts.h"

/* Words before an address on its line that say it is not the failed one. */
static const char *const other_roles[] = {
	"from",	       "mail from",  "sender",	      "contact",     "reply-to",
	"return-path", "help",	     "assistance",    "by",	     "message-id",
	"id",	       "postmaster", "administrator", "please send",
};

typedef struct {
	GArray *leading; /* of NoticeRecipient: addresses that their line begins with */
	GArray *others;
	GPtrArray *strangers; /* of AddrSpec *: to whom and by whom the bounce was sent */
} Search;

static void recipient_clear(gpointer recipient)
{
	addr_spec_free(((NoticeRecipient *)recipient)->address);
}

static GArray *recipients_new(void)
{
	GArray *recipients = g_array_new(FALSE, FALSE, sizeof(NoticeRecipient));

	g_array_set_clear_func(recipients, recipient_clear);
	return recipients;
}

static void strangers_add(GPtrArray *strangers, const HeaderSection *section, FieldId id)
{
	const char *field = header_section_get(section, id, 0);
	g_autoptr(GPtrArray) mailboxes = mailbox_list_new();

	if (field == NULL)
		return;
	mailbox_list_parse(mailboxes, field, "+", 4);
	for (unsigned i = 0; i < mailboxes->len; i++) {
		const Mailbox *mailbox = g_ptr_array_index(mailboxes, i);

		g_ptr_array_add(strangers, addr_spec_copy(mailbox->address));
	}
}

static bool has_address(const GArray *recipients, const AddrSpec *address)
{
	for (unsigned i = 0; i < recipients->len; i++) {
		if (addr_spec_equal(g_array_index(recipients, NoticeRecipient, i).address,
				    address))
			return true;
	}
	return false;
}

static bool is_stranger(const Search *search, const AddrSpec *address)
{
	if (addr_spec_is_mailer_daemon(address))
		return true;
	for (unsigned i = 0; i < search->strangers->len; i++) {
		if (addr_spec_equal(g_ptr_array_index(search->strangers, i), address))
			return true;
	}
	return false;
}

static bool is_local_character(char c)
{
	return g_ascii_isalnum(c) || (c & 0x80) ||
	       (c != '\0' && strchr("!#$%&*+/=?^_{}~.-", c));
}

static bool is_domain_character(char c)
{
	return g_ascii_isalnum(c) || (c & 0x80) || c == '.' || c == '-';
}

/* The address around the '@' at; NULL if there is none. *start_out is where it begins. */
static AddrSpec *address_around(const char *line, const char *at, const char *end,
				const char **start_out)
{
	const char *start = at, *stop = at + 1;
	g_autofree char *text = NULL;

	while (start > line && at - start < 256 && is_local_character(start[-1]))
		start--;
	while (start < at && strchr("=*!#-.", *start) != NULL)
		start++;
	if (at - start > 7 && g_ascii_strncasecmp(start, "mailto:", 7) == 0)
		start += 7;
	while (stop < end && stop - at < 256 && is_domain_character(*stop))
		stop++;
	while (stop > at + 1 && (stop[-1] == '.' || stop[-1] == '-'))
		stop--;
	*start_out = start;
	if (start == at || stop == at + 1 || memchr(at, '.', (size_t)(stop - at)) == NULL)
		return NULL;
	text = g_strndup(start, (gsize)(stop - start));
	return addr_spec_parse(text, "+");
}

/* True if nothing but marks stands in front, or a word that names a recipient. */
static bool leads_line(const char *line, const char *address)
{
	static const char *const words[] = {"to",
					    "recipient",
					    "recipients",
					    "rcpt to",
					    "user",
					    "address",
					    "mailbox",
					    "for",
					    "original-recipient",
					    "final-recipient",
					    "failed recipient",
					    "e-mail",
					    "recipient address",
					    "rfc822",
					    "smtp",
					    "email"};
	g_autofree char *before = g_ascii_strdown(line, (gssize)(address - line));
	const char *word;

	g_strdelimit(before, "<>()[]{}\"':;*,=.->|\t", ' ');
	word = g_strstrip(before);
	if (*word == '\0')
		return true;
	for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
		if (g_str_equal(word, words[i]) || g_str_has_suffix(word, words[i]))
			return true;
	}
	return false;
}

static bool is_other_role(const char *line, const char *address)
{
	g_autofree char *before = g_ascii_strdown(line, (gssize)(address - line));
	char *word;

	g_strdelimit(before, "<>()[]{}\"':;*,=->|\t", ' ');
	word = g_strstrip(before);
	for (unsigned i = 0; i < G_N_ELEMENTS(other_roles); i++) {
		size_t length = strlen(other_roles[i]);

		if (g_str_has_suffix(word, other_roles[i]) &&
		    (strlen(word) == length || word[strlen(word) - length - 1] == ' '))
			return true;
	}
	return false;
}

static void line_search(Search *search, const char *text, const char *line, const char *end)
{
	const char *at = line;

	while ((at = memchr(at, '@', (size_t)(end - at))) != NULL) {
		const char *start;
		AddrSpec *address = address_around(line, at, end, &start);
		NoticeRecipient found = {address, (size_t)(line - text)};
		GArray *list = search->others;

		at++;
		if (address != NULL && start - line <= 80 && leads_line(line, start))
			list = search->leading;
		if (address == NULL || list->len >= REPORT_RECIPIENTS_MAX ||
		    is_stranger(search, address) || has_address(list, address) ||
		    (start - line <= 200 && is_other_role(line, start)))
			addr_spec_free(address);
		else
			g_array_append_val(list, found);
	}
}

GArray *report_notice_recipients(const HeaderSection *section, const char *text,
				 size_t length)
{
	const char *end = text + length;
	Search search = {recipients_new(), recipients_new(),
			 g_ptr_array_new_with_free_func((GDestroyNotify)addr_spec_free)};

	strangers_add(search.strangers, section, FIELD_TO);
	strangers_add(search.strangers, section, FIELD_FROM);
	for (const char *line = text; line < end;) {
		const char *stop = line;

		while (stop < end && *stop != '\n' && *stop != '\r')
			stop++;
		line_search(&search, text, line, stop);
		line = stop < end ? stop + 1 : end;
	}
	g_ptr_array_unref(search.strangers);
	if (search.leading->len == 0) {
		g_array_unref(search.leading);
		if (search.others->len > 1) /* the rest is more likely somebody else's */
			g_array_set_size(search.others, 1);
		return search.others;
	}
	g_array_unref(search.others);
	return search.leading;
}
