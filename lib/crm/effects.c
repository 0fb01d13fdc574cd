/* SPDX-License-Identifier: BSD-2-Clause */
#include "decide-case.h"

void case_add_participant(DecideCase *self, int64_t contact)
{
	g_hash_table_add(self->participants, g_memdup2(&contact, sizeof contact));
}

static void append(DecideCase *self, const Effect *effect)
{
	g_array_append_vals(self->decision->effects, effect, 1);
}

void effect_create(DecideCase *self, const AddrSpec *address, const char *name,
		   char *source_taken, PartyRole role)
{
	Party party = {.contact = 0, .address = address};

	append(self, &(Effect){
			     .kind = EFFECT_CREATE,
			     .party = party,
			     .name = name,
			     .source = source_taken,
		     });
	append(self, &(Effect){.kind = EFFECT_INTERACTION, .party = party, .role = role});
}

void effect_interaction(DecideCase *self, Party party, PartyRole role)
{
	if (g_hash_table_contains(self->participants, &party.contact))
		return;
	case_add_participant(self, party.contact);
	append(self, &(Effect){.kind = EFFECT_INTERACTION, .party = party, .role = role});
	/* Whoever else got a stranger's mail is not whom it concerns. */
	if (self->decision->contact == 0 &&
	    (role == ROLE_AUTHOR || self->decision->direction == DIRECTION_OUTBOUND))
		self->decision->contact = party.contact;
}

void effect_add(DecideCase *self, EffectKind kind, Party party, Reason reason)
{
	append(self, &(Effect){.kind = kind, .party = party, .reason = reason});
}

void effect_address_ok(DecideCase *self, Party party)
{
	append(self, &(Effect){.kind = EFFECT_ADDRESS_OK, .party = party});
}

void effect_absent(DecideCase *self, Party party, int64_t until)
{
	append(self,
	       &(Effect){.kind = EFFECT_ABSENT_UNTIL, .party = party, .until = until});
}

bool case_has_interaction(const DecideCase *self)
{
	const GArray *effects = self->decision->effects;

	for (unsigned i = 0; i < effects->len; i++) {
		if (g_array_index(effects, Effect, i).kind == EFFECT_INTERACTION)
			return true;
	}
	return false;
}
