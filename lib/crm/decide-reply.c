/* SPDX-License-Identifier: BSD-2-Clause */
/* What a person wrote to us, or what may be a person's. */
#include "decide-rows.h"

bool is_human(const DecideCase *self)
{
	return self->class == CLASS_HUMAN;
}

bool is_suspect(const DecideCase *self)
{
	return self->class == CLASS_SUSPECT;
}

bool is_forged(const DecideCase *self)
{
	return case_auth(self) == AUTH_FAIL;
}

bool is_for_colleague(const DecideCase *self)
{
	return self->match->relation == RELATION_COLLEAGUE;
}

bool is_anything(const DecideCase *self)
{
	(void)self;
	return true;
}

static void decide_by_rows(DecideCase *self, const DecideRow *row, const ContactState *lead)
{
	while (!row->holds(self))
		row++;
	if (row->outcome <= OUTCOME_LOGGED) {
		case_log(self, row->reason);
		return;
	}
	self->decision->contact = lead->id;
	effect_add(self, row->outcome == OUTCOME_PROMOTED ? EFFECT_PROMOTE : EFFECT_SUGGEST,
		   case_author_party(self, lead), row->reason);
	case_conclude(self, row->outcome, row->reason);
}

/* The address is good again; what is said of it by a forged mail counts for nothing. */
static void restore_address(DecideCase *self)
{
	if (is_human(self) && self->match->author != NULL && !is_forged(self))
		effect_address_ok(self, case_author_party(self, self->match->author));
}

void decide_reply(DecideCase *self)
{
	if (decide_new_lead(self))
		return;
	decide_inbound_parties(self);
	restore_address(self);
	if (self->match->author != NULL)
		decide_by_rows(self, contact_rows, self->match->author);
	else
		decide_by_rows(self, stranger_rows, self->match->lead);
}
