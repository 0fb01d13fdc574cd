/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef LEAD_CRM_SUMMARY_RECIPIENTS_H
#define LEAD_CRM_SUMMARY_RECIPIENTS_H

#include "lead/summary.h"

/* Fills recipients and recipients_left_out; direction and author are there already. */
void summary_read_recipients(MessageSummary *summary, const MessageFacts *facts,
			     const DirectionVerdict *direction, const Settings *settings);

#endif
