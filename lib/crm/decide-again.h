/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef LEAD_CRM_DECIDE_AGAIN_H
#define LEAD_CRM_DECIDE_AGAIN_H

#include "lead/decide.h"

/* decide(); again: the message is recorded, and no duplicate of itself. */
void decide_again(const MessageSummary *summary, const Classification *classification,
		  const Match *match, const History *history, const Settings *settings,
		  bool again, Decision *decision_out);

#endif
