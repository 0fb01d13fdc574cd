/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who wrote a message: From, and only where From is nobody's (a role, a no-reply or a
 * list's address) what another field says. Reply-To never outweighs a person in From:
 * anybody can write anybody there.
 */
#ifndef LEAD_CRM_AUTHOR_H
#define LEAD_CRM_AUTHOR_H

#include <stdbool.h>

#include "lead/facts.h"

typedef struct {
	const Mailbox *mailbox; /* borrowed from the facts; NULL: the message names nobody */
	bool stands_in;         /* another field than From named him */
	bool many;              /* From names several */
} Author;

Author author_choose(const MessageFacts *facts);

#endif
