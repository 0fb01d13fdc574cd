/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "addr-parts.h"
#include "header-decode.h"
#include "lead/address.h"
#include "mailbox-item.h"

Mailbox *mailbox_new(AddrSpec *address_taken, const char *name)
{
	Mailbox *self = g_new(Mailbox, 1);

	self->address = address_taken;
	self->name = name != NULL && name[0] != '\0' ? g_utf8_make_valid(name, -1) : NULL;
	return self;
}

void mailbox_free(Mailbox *mailbox)
{
	if (mailbox == NULL)
		return;
	addr_spec_free(mailbox->address);
	g_free(mailbox->name);
	g_free(mailbox);
}

/* The phrase without quotes, comments and escapes, decoded. */
static char *phrase_decode(Slice phrase)
{
	g_autofree char *text = g_malloc(slice_length(phrase) + 1);
	Scan scan = scan_begin(phrase);
	char *o = text;
	Token token;

	while (scan_next(&scan, &token)) {
		if (token.kind != TOKEN_COMMENT)
			o = token_copy(&token, o);
	}
	*o = '\0';
	g_strstrip(text);
	return header_phrase_decode(text);
}

/* Outlook puts addresses that are their own display-name into single quotes. */
static Slice strip_apostrophes(Slice text)
{
	if (slice_length(text) > 2 && text.start[0] == '\'' && text.end[-1] == '\'') {
		text.start++;
		text.end--;
	}
	return text;
}

static AddrSpec *address_parse(Slice text, const char *subaddress_separators)
{
	char path[PATH_MAX_OCTETS + 1];

	if (slice_length(text) > PATH_MAX_OCTETS)
		return NULL;
	memcpy(path, text.start, slice_length(text));
	path[slice_length(text)] = '\0';
	return addr_spec_parse(path, subaddress_separators);
}

/* "MAILER-DAEMON <>", as many MTAs sign their reports: the name is the address. */
static AddrSpec *daemon_parse(const char *name, const char *subaddress_separators)
{
	AddrSpec *address = addr_spec_parse(name, subaddress_separators);

	if (address == NULL || addr_spec_is_mailer_daemon(address))
		return address;
	addr_spec_free(address);
	return NULL;
}

Mailbox *mailbox_parse(const MailboxItem *item, const char *subaddress_separators)
{
	g_autoptr(AddrSpec) address = address_parse(
		strip_apostrophes(slice_trim(item->address)), subaddress_separators);
	g_autofree char *name = NULL;

	if (address == NULL)
		return NULL;
	name = phrase_decode(item->phrase);
	if (addr_spec_is_null(address)) {
		addr_spec_free(address);
		address = daemon_parse(name, subaddress_separators);
	}
	return address != NULL ? mailbox_new(g_steal_pointer(&address), name) : NULL;
}

static bool is_joint(char c)
{
	return c == '@' || c == '.';
}

bool mailbox_item_read_bare(Slice text, MailboxItem *item_out)
{
	const char *word = text.start, *address = NULL;
	Slice comment = {text.start, text.start};
	char last = '\0';
	bool blank = true;
	unsigned words = 0, words_before = 0;
	Scan scan = scan_begin(text);
	Token token;

	while (scan_next(&scan, &token)) {
		if (token.kind == TOKEN_COMMENT)
			comment = (Slice){token.text.start + 1, token.text.end - 1};
		if (token.kind == TOKEN_COMMENT || token.kind == TOKEN_BLANK) {
			blank = true;
			continue;
		}
		if (blank && !is_joint(last) && !is_joint(*token.text.start)) {
			word = token.text.start;
			words++;
		}
		blank = false;
		last = token.kind == TOKEN_OCTET ? *token.text.start : '\0';
		if (last == '@') {
			address = word;
			words_before = words - 1;
		}
	}
	if (address == NULL && (words != 1 || *word == '"'))
		return false; /* "Joe Doe" in quotes is a name, too */
	item_out->address = (Slice){address != NULL ? address : word, text.end};
	item_out->phrase = (Slice){text.start, item_out->address.start};
	if (words_before == 0)
		item_out->phrase = comment;
	return true;
}
