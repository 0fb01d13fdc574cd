/* SPDX-License-Identifier: BSD-2-Clause */
/* Who got a message: the envelope says so, the header section says in which role. */
#include "summary-recipients.h"

#include "direction-source.h"

/* A mailbox of To, Cc or Bcc, and whether the envelope had it. */
typedef struct {
	const Mailbox *mailbox;
	PartyRole role;
	bool in_envelope;
} Named;

typedef struct {
	GArray *all;	     /* of Named */
	GHashTable *by_text; /* canonical, then base address -> index + 1 in all */
} NamedList;

static void name_field(NamedList *named, const GPtrArray *mailboxes, PartyRole role)
{
	for (guint i = 0; i < mailboxes->len; i++) {
		Named one = {.mailbox = mailboxes->pdata[i], .role = role};
		gpointer index = GUINT_TO_POINTER(named->all->len + 1);

		if (g_hash_table_contains(named->by_text, one.mailbox->address->canonical))
			continue;
		g_array_append_val(named->all, one);
		g_hash_table_insert(named->by_text, one.mailbox->address->canonical, index);
	}
}

/* An alias may add a subaddress, or take one away. */
static void name_bases(NamedList *named)
{
	for (guint i = 0; i < named->all->len; i++) {
		const Named *one = &g_array_index(named->all, Named, i);

		if (!g_hash_table_contains(named->by_text, one->mailbox->address->base))
			g_hash_table_insert(named->by_text, one->mailbox->address->base,
					    GUINT_TO_POINTER(i + 1));
	}
}

static NamedList named_list_new(const MessageFacts *facts)
{
	NamedList named = {
		.all = g_array_new(FALSE, FALSE, sizeof(Named)),
		.by_text = g_hash_table_new(g_str_hash, g_str_equal),
	};

	name_field(&named, facts->to, ROLE_TO);
	name_field(&named, facts->cc, ROLE_CC);
	name_field(&named, facts->bcc, ROLE_BCC);
	name_bases(&named);
	return named;
}

static void named_list_clear(NamedList *named)
{
	g_array_unref(named->all);
	g_hash_table_unref(named->by_text);
}

static Named *named_find(const NamedList *named, const AddrSpec *address)
{
	guint index =
		GPOINTER_TO_UINT(g_hash_table_lookup(named->by_text, address->canonical));

	if (index == 0)
		index = GPOINTER_TO_UINT(
			g_hash_table_lookup(named->by_text, address->base));
	return index != 0 ? &g_array_index(named->all, Named, index - 1) : NULL;
}

static void add_recipient(MessageSummary *summary, const AddrSpec *address,
			  const Named *named, Direction direction)
{
	SummaryRecipient recipient = {
		.address = addr_spec_copy(address),
		.name = named != NULL ? g_strdup(named->mailbox->name) : NULL,
		.role = named != NULL ? named->role : ROLE_BCC,
		.direction = direction,
	};

	g_array_append_val(summary->recipients, recipient);
}

/*
 * A reply to all went to other leads too, past us: no envelope of ours names them. They
 * come behind the envelope's recipients.
 */
static void add_others(MessageSummary *summary, const NamedList *named,
		       const Settings *settings)
{
	for (guint i = 0; i < named->all->len; i++) {
		const Named *one = &g_array_index(named->all, Named, i);
		const AddrSpec *address = one->mailbox->address;

		if (one->in_envelope || address_is_ours(address, settings) ||
		    (summary->author != NULL && addr_spec_equal(address, summary->author)))
			continue;
		if (summary->recipients->len >= (guint)settings->recipients) {
			summary->recipients_left_out++;
			continue;
		}
		add_recipient(summary, address, one, DIRECTION_TRANSIT);
	}
}

void summary_read_recipients(MessageSummary *summary, const MessageFacts *facts,
			     const DirectionVerdict *direction, const Settings *settings)
{
	const GPtrArray *envelope = facts->envelope->recipients;
	NamedList named = named_list_new(facts);

	summary->recipients_left_out = facts->envelope->recipients_left_out;
	for (guint i = 0; i < envelope->len; i++) {
		const EnvelopeRecipient *recipient = envelope->pdata[i];
		Named *found = named_find(&named, recipient->address);

		add_recipient(summary, recipient->address, found, direction->recipients[i]);
		if (found != NULL)
			found->in_envelope = true;
	}
	if (summary->direction == DIRECTION_INBOUND)
		add_others(summary, &named, settings);
	named_list_clear(&named);
}
