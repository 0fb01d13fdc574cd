/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Resemblance: does the unknown author of a reply look like somebody whom the outreach
 * went to? It never proves identity; it chooses which question a person is asked.
 */
#ifndef LEAD_CRM_RESEMBLANCE_H
#define LEAD_CRM_RESEMBLANCE_H

#include "lead/history.h"
#include "lead/settings.h"
#include "lead/summary.h"

/* The same words in the display-names, in any order, or the same local part but for
 * subaddress, dots, hyphens and underscores; role addresses resemble nobody. */
bool author_resembles(const MessageSummary *summary, const OutboundRecipient *recipient,
		      const ContactState *contact, const Settings *settings);

/* The same registrable domain, and no free-mail provider's. */
bool author_is_colleague(const AddrSpec *author, const OutboundRecipient *recipient);

#endif
