/* SPDX-License-Identifier: BSD-2-Clause */
#include "author.h"

#include <string.h>

#include "list-fields.h"

/* The one address of Reply-To that is not From's and not a role's. */
static const Mailbox *find_reply_to(const MessageFacts *facts, const Mailbox *from)
{
	const Mailbox *found = NULL;

	for (guint i = 0; i < facts->reply_to->len; i++) {
		const Mailbox *mailbox = facts->reply_to->pdata[i];

		if (addr_spec_is_role(mailbox->address) ||
		    addr_spec_equal(mailbox->address, from->address))
			continue;
		if (found != NULL && !addr_spec_equal(found->address, mailbox->address))
			return NULL;
		found = mailbox;
	}
	return found;
}

/* "Jane Roe via Pumps <pumps@lists.example>": lists do so for authors whose domain has a
 * DMARC policy, because their own changes break the author's signature. */
static bool is_rewritten(const MessageFacts *facts, const Mailbox *from)
{
	g_autofree char *post = NULL;

	if (!list_fields_present(facts->section))
		return false;
	if (from->name != NULL && strstr(from->name, " via ") != NULL)
		return true;
	post = list_post_read(facts->section);
	return post != NULL && strcmp(post, from->address->canonical) == 0;
}

/* Who stands in for From; NULL if From stands. */
static const Mailbox *find_stand_in(const MessageFacts *facts, const Mailbox *from)
{
	const Mailbox *original = facts->original_author;

	if (original != NULL && list_fields_present(facts->section))
		return addr_spec_equal(original->address, from->address) ? NULL : original;
	if (addr_spec_is_role(from->address) || is_rewritten(facts, from))
		return find_reply_to(facts, from);
	return NULL;
}

static bool from_names_several(const GPtrArray *authors)
{
	const Mailbox *first = authors->pdata[0];

	for (guint i = 1; i < authors->len; i++) {
		const Mailbox *other = authors->pdata[i];

		if (!addr_spec_equal(first->address, other->address))
			return true;
	}
	return false;
}

Author author_choose(const MessageFacts *facts)
{
	Author author = {0};
	const Mailbox *stand_in;

	if (facts->authors->len == 0)
		return author;
	author.mailbox = facts->authors->pdata[0];
	author.many = from_names_several(facts->authors);
	stand_in = author.many ? NULL : find_stand_in(facts, author.mailbox);
	if (stand_in != NULL) {
		author.mailbox = stand_in;
		author.stands_in = true;
	}
	return author;
}
