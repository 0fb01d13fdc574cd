/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mailbox lists of header fields (RFC 5322 3.4). Not by GMime: its parser calls itself
 * for "a:a:a:..." until the stack ends, and refuses "a..b@c" and 8-bit addresses,
 * which real people have.
 */
#include <string.h>

#include "addr-scan.h"
#include "lead/address.h"
#include "mailbox-item.h"

GPtrArray *mailbox_list_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)mailbox_free);
}

typedef struct {
	GPtrArray *list;
	const char *separators;
	size_t limit, left_out;
} Collector;

static void collect(Collector *collector, const MailboxItem *item)
{
	Mailbox *mailbox;

	if (collector->list->len >= collector->limit) {
		collector->left_out++;
		return;
	}
	mailbox = mailbox_parse(item, collector->separators);
	if (mailbox != NULL)
		g_ptr_array_add(collector->list, mailbox);
}

/* Where the splitting stands in its field: one mailbox so far. */
typedef struct {
	const char *start;     /* of the mailbox, its display-name included */
	const char *bracket;   /* its '<', or NULL */
	const char *closing;   /* its '>', or NULL */
	bool in_route;	       /* between "<@" and its ":", where "," parts no mailboxes */
	bool in_literal;       /* between '[' and ']', where ':' ends no group name */
	bool has_text, has_at; /* in front of '<' */
} Splitter;

static bool in_brackets(const Splitter *splitter)
{
	return splitter->bracket != NULL && splitter->closing == NULL;
}

static void end_mailbox(Splitter *splitter, const char *end, const char *next,
			Collector *collector)
{
	MailboxItem item;

	if (splitter->bracket != NULL) {
		item.phrase = (Slice){splitter->start, splitter->bracket};
		item.address.start = splitter->bracket + 1;
		item.address.end = splitter->closing != NULL ? splitter->closing : end;
		collect(collector, &item);
	} else if (mailbox_item_read_bare(slice_trim((Slice){splitter->start, end}),
					  &item)) {
		collect(collector, &item);
	}
	*splitter = (Splitter){.start = next};
}

/* A second pair of brackets begins another mailbox whose comma is missing. */
static void open_bracket(Splitter *splitter, const char *p, const char *end,
			 Collector *collector)
{
	if (in_brackets(splitter))
		return;
	if (splitter->bracket != NULL)
		end_mailbox(splitter, p, p, collector);
	splitter->bracket = p;
	for (p++; p < end && *p == ' '; p++)
		;
	splitter->in_route = p < end && *p == '@';
}

/* A comma ends a mailbox, but not a bare "Doe" in front of "Joe <a@b>": that is a name
 * whose quotes are missing. */
static void at_comma(Splitter *splitter, const char *p, Collector *collector)
{
	if (splitter->in_route)
		return;
	if (splitter->bracket != NULL || splitter->has_at)
		end_mailbox(splitter, p, p + 1, collector);
	else if (!splitter->has_text)
		splitter->start = p + 1;
}

/* Behind a group's name, or a source route. */
static void at_colon(Splitter *splitter, const char *p)
{
	if (splitter->in_route)
		splitter->in_route = false;
	else if (!in_brackets(splitter) && !splitter->in_literal)
		*splitter = (Splitter){.start = p + 1};
}

static void at_octet(Splitter *splitter, const char *p, const char *end,
		     Collector *collector)
{
	switch (*p) {
	case '<':
		open_bracket(splitter, p, end, collector);
		return;
	case '>':
		if (in_brackets(splitter))
			splitter->closing = p;
		return;
	case ',':
		at_comma(splitter, p, collector);
		return;
	case ';': /* the end of a group; Outlook's comma */
		end_mailbox(splitter, p, p + 1, collector);
		return;
	case ':':
		at_colon(splitter, p);
		return;
	case '[':
	case ']':
		splitter->in_literal = *p == '[';
		break;
	case '@':
		splitter->has_at = true;
		break;
	}
	splitter->has_text = true;
}

size_t mailbox_list_parse(GPtrArray *list, const char *field,
			  const char *subaddress_separators, size_t limit)
{
	Collector collector = {list, subaddress_separators, limit, 0};
	const char *end = field + strlen(field);
	Splitter splitter = {.start = field};
	Scan scan = scan_begin((Slice){field, end});
	Token token;

	while (scan_next(&scan, &token)) {
		if (token.kind == TOKEN_OCTET)
			at_octet(&splitter, token.text.start, end, &collector);
		else if (token.kind != TOKEN_BLANK && token.kind != TOKEN_COMMENT)
			splitter.has_text = true;
	}
	end_mailbox(&splitter, end, end, &collector);
	return collector.left_out;
}
