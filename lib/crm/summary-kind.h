/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef LEAD_CRM_SUMMARY_KIND_H
#define LEAD_CRM_SUMMARY_KIND_H

#include "lead/summary.h"

/* Fills what a report, a calendar object or an absence notice says; signs are there. */
void summary_read_kind(MessageSummary *summary, const MessageFacts *facts);

#endif
