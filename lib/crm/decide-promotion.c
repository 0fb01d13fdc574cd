/* SPDX-License-Identifier: BSD-2-Clause */
/* The promotion: may this message make this contact a prospect? */
#include "decide-rows.h"

static const ContactState *author(const DecideCase *self)
{
	return self->match->author;
}

static bool is_unwanted(const DecideCase *self)
{
	return author(self)->do_not_contact;
}

static bool is_human_unwanted(const DecideCase *self)
{
	return is_unwanted(self) && is_human(self) && !is_forged(self);
}

static bool is_no_lead(const DecideCase *self)
{
	return author(self)->stage != STAGE_LEAD;
}

static bool is_locked(const DecideCase *self)
{
	return author(self)->locked;
}

static bool is_never_promoted(const DecideCase *self)
{
	return settings_words_match(self->settings->never_promote, self->summary->author);
}

/* demoted_at is a person's word on all that had happened until then. */
static bool is_before_demotion(const DecideCase *self)
{
	return author(self)->demoted_at != 0 &&
	       self->summary->at <= author(self)->demoted_at;
}

static bool is_calendar(const DecideCase *self)
{
	return self->class == CLASS_CALENDAR;
}

/* A refusal, a cancellation, an announcement: no answer that wants something of us. */
static bool is_calendar_without_interest(const DecideCase *self)
{
	switch (self->summary->calendar) {
	case CALENDAR_REPLY:
	case CALENDAR_REPLY_ACCEPTED:
	case CALENDAR_REPLY_TENTATIVE:
	case CALENDAR_REQUEST:
	case CALENDAR_COUNTER:
	case CALENDAR_NONE: /* an Exchange calendar message without its object */
		return false;
	default:
		return is_calendar(self);
	}
}

/* An accepted invitation needs none: calendar servers send invitations past us. */
static bool is_without_outreach(const DecideCase *self)
{
	return self->match->relation == RELATION_CONTACT && !is_calendar(self);
}

static bool is_unthreaded(const DecideCase *self)
{
	return self->match->tier == TIER_UNTHREADED;
}

static bool is_weak_unthreaded(const DecideCase *self)
{
	return is_unthreaded(self) && case_auth(self) != AUTH_PASS && !is_calendar(self);
}

static bool has_many_authors(const DecideCase *self)
{
	return self->summary->many_authors;
}

static bool is_declined(const DecideCase *self)
{
	return self->class == CLASS_DECLINED;
}

static bool is_list(const DecideCase *self)
{
	return self->class == CLASS_LIST;
}

static bool is_old(const DecideCase *self)
{
	return !self->match->in_window;
}

static bool has_many_recipients(const DecideCase *self)
{
	return self->match->tier != TIER_REFERENCE &&
	       self->match->outreach->external_recipients >
		       (uint64_t)self->settings->max_recipients;
}

static bool is_weak_subject(const DecideCase *self)
{
	return self->match->tier == TIER_SUBJECT && case_auth(self) != AUTH_PASS;
}

static bool is_against_mode(const DecideCase *self)
{
	switch (self->settings->promotion_mode) {
	case PROMOTION_SUGGEST:
		return true;
	case PROMOTION_CRITERIA:
		return author(self)->criteria_met < (uint64_t)self->settings->criteria_min;
	default:
		return false;
	}
}

static bool is_by_reference(const DecideCase *self)
{
	return self->match->tier == TIER_REFERENCE;
}

static bool is_by_thread_index(const DecideCase *self)
{
	return self->match->tier == TIER_THREAD_INDEX;
}

/* First what no reply can change, then what makes it no answer, then what makes a person
 * look at it; what is left is a promotion. */
const DecideRow contact_rows[] = {
	/* clang-format off */
	{ is_human_unwanted,            OUTCOME_SUGGESTED, REASON_DO_NOT_CONTACT },
	{ is_unwanted,                  OUTCOME_LOGGED,    REASON_DO_NOT_CONTACT },
	{ is_no_lead,                   OUTCOME_LOGGED,    REASON_NOT_LEAD },
	{ is_locked,                    OUTCOME_LOGGED,    REASON_LOCKED },
	{ is_never_promoted,            OUTCOME_LOGGED,    REASON_NEVER_PROMOTE },
	{ is_before_demotion,           OUTCOME_LOGGED,    REASON_AFTER_DEMOTION },
	{ is_calendar_without_interest, OUTCOME_LOGGED,    REASON_CALENDAR },
	{ is_without_outreach,          OUTCOME_LOGGED,    REASON_NO_OUTREACH },
	{ is_weak_unthreaded,           OUTCOME_LOGGED,    REASON_NO_OUTREACH },
	{ is_forged,                    OUTCOME_SUGGESTED, REASON_AUTH_FAIL },
	{ has_many_authors,             OUTCOME_SUGGESTED, REASON_AMBIGUOUS_ADDRESS },
	{ is_calendar,                  OUTCOME_SUGGESTED, REASON_CALENDAR },
	{ is_suspect,                   OUTCOME_SUGGESTED, REASON_SUSPECT },
	{ is_declined,                  OUTCOME_SUGGESTED, REASON_DECLINED },
	{ is_list,                      OUTCOME_SUGGESTED, REASON_VIA_LIST },
	{ is_for_colleague,             OUTCOME_SUGGESTED, REASON_COLLEAGUE },
	{ is_old,                       OUTCOME_SUGGESTED, REASON_OLD_THREAD },
	{ is_unthreaded,                OUTCOME_SUGGESTED, REASON_UNTHREADED },
	{ has_many_recipients,          OUTCOME_SUGGESTED, REASON_MANY_RECIPIENTS },
	{ is_weak_subject,              OUTCOME_SUGGESTED, REASON_WEAK_AUTH },
	{ is_against_mode,              OUTCOME_SUGGESTED, REASON_MODE },
	{ is_by_reference,              OUTCOME_PROMOTED,  REASON_REPLY_REFERENCE },
	{ is_by_thread_index,           OUTCOME_PROMOTED,  REASON_REPLY_THREAD_INDEX },
	{ is_anything,                  OUTCOME_PROMOTED,  REASON_REPLY_SUBJECT },
	/* clang-format on */
};
