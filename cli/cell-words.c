/* SPDX-License-Identifier: BSD-2-Clause */
#include "cell-words.h"

#include "lead/contact.h"

#define WORD(function, type, name)                                                         \
	const char *function(const void *member)                                           \
	{                                                                                  \
		return name(*(const type *)member);                                        \
	}

WORD(stage_word, Stage, stage_name)
WORD(direction_word, Direction, direction_name)
WORD(class_word, MessageClass, message_class_name)
WORD(role_word, PartyRole, party_role_name)
WORD(outcome_word, Outcome, outcome_name)
WORD(reason_word, Reason, reason_name)
WORD(tier_word, Tier, tier_name)
WORD(auth_word, AuthVerdict, auth_verdict_name)
WORD(action_word, Action, action_name)
WORD(proposal_word, Proposal, proposal_name)
WORD(scope_word, NeverLogScope, never_log_scope_name)

const char *stage_colour(const void *stage)
{
	switch (*(const Stage *)stage) {
	case STAGE_PROSPECT:
		return "cyan";
	case STAGE_CUSTOMER:
	case STAGE_CLIENT:
		return "green";
	case STAGE_LEAD:
		break;
	}
	return NULL;
}

const char *outcome_colour(const void *outcome)
{
	switch (*(const Outcome *)outcome) {
	case OUTCOME_PROMOTED:
		return "green";
	case OUTCOME_SUGGESTED:
		return "yellow";
	case OUTCOME_LOGGED:
	case OUTCOME_IGNORED:
		break;
	}
	return NULL;
}
