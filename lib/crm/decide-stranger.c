/* SPDX-License-Identifier: BSD-2-Clause */
/* Mail of authors whom nobody knows: a question to a person of ours, or a new lead. */
#include "decide-rows.h"

static bool is_unrelated(const DecideCase *self)
{
	return self->match->lead == NULL;
}

static bool is_ambiguous(const DecideCase *self)
{
	return self->match->relation == RELATION_AMBIGUOUS;
}

static bool is_unrelated_ambiguous(const DecideCase *self)
{
	return is_unrelated(self) && is_ambiguous(self);
}

static bool is_other_address(const DecideCase *self)
{
	return self->match->relation == RELATION_OTHER_ADDRESS;
}

static bool is_suspect_other_address(const DecideCase *self)
{
	return is_suspect(self) && is_other_address(self);
}

/* A suspect mail makes nobody ask about an address that may be a
 * ticket system's. */
const DecideRow stranger_rows[] = {
	/* clang-format off */
	{ is_unrelated_ambiguous,   OUTCOME_IGNORED,   REASON_AMBIGUOUS_ADDRESS },
	{ is_unrelated,             OUTCOME_IGNORED,   REASON_UNKNOWN_AUTHOR },
	{ is_forged,                OUTCOME_SUGGESTED, REASON_AUTH_FAIL },
	{ is_ambiguous,             OUTCOME_SUGGESTED, REASON_AMBIGUOUS_ADDRESS },
	{ is_suspect_other_address, OUTCOME_SUGGESTED, REASON_SUSPECT },
	{ is_suspect,               OUTCOME_IGNORED,   REASON_UNKNOWN_AUTHOR },
	{ is_for_colleague,         OUTCOME_SUGGESTED, REASON_COLLEAGUE },
	{ is_anything,              OUTCOME_SUGGESTED, REASON_OTHER_ADDRESS },
	/* clang-format on */
};

/* As the settings write it: mail to a subaddress comes from the same source. */
static const char *sales_address(const MessageSummary *summary, const Settings *settings)
{
	GHashTable *addresses = settings->sales_address_set;

	for (unsigned i = 0; addresses != NULL && i < summary->recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(summary->recipients, SummaryRecipient, i);

		if (recipient->direction != DIRECTION_INBOUND)
			continue;
		if (g_hash_table_contains(addresses, recipient->address->canonical))
			return recipient->address->canonical;
		if (g_hash_table_contains(addresses, recipient->address->base))
			return recipient->address->base;
	}
	return NULL;
}

bool decide_may_make_lead(const MessageSummary *summary, const Settings *settings)
{
	return settings->auto_create == AUTO_CREATE_SALES &&
	       sales_address(summary, settings) != NULL;
}

/* Authors can be made up at will: what they make is bounded. */
static bool is_flood(const DecideCase *self)
{
	int64_t most = self->settings->max_new_by_strangers;

	return most > 0 && self->history->newcomers >= (uint64_t)most;
}

/* A person who writes to a sales address on his own; never one who was asked as somebody
 * else. */
static bool is_new_lead(const DecideCase *self)
{
	const MessageSummary *summary = self->summary;

	return decide_may_make_lead(summary, self->settings) && is_human(self) &&
	       is_unrelated(self) && self->history->author.match == ADDRESS_UNKNOWN &&
	       !self->history->author.blocked && !self->history->author.left_out &&
	       summary->author != NULL && !addr_spec_is_null(summary->author) &&
	       !addr_spec_is_role(summary->author) && !summary->many_authors &&
	       !is_forged(self);
}

bool decide_new_lead(DecideCase *self)
{
	char *source;

	if (!is_new_lead(self))
		return false;
	if (is_flood(self)) {
		case_conclude(self, OUTCOME_IGNORED, REASON_FLOOD);
		return true;
	}
	source = g_strconcat("inbound:", sales_address(self->summary, self->settings),
			     NULL);
	effect_create(self, self->summary->author, self->summary->author_name, source,
		      ROLE_AUTHOR);
	decide_inbound_parties(self);
	case_conclude(self, OUTCOME_LOGGED, REASON_INBOUND_LEAD);
	return true;
}
