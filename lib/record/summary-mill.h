/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A mill: threads that summarize messages while the next ones are read, and lay the
 * summaries by in a pile. What comes out is as if one thread had done it: the pile knows
 * each by its number. At most some megabytes of messages wait. Private to lib/record.
 */
#ifndef LEAD_RECORD_SUMMARY_MILL_H
#define LEAD_RECORD_SUMMARY_MILL_H

#include "lead/message-source.h"
#include "lead/settings.h"
#include "summary-pile.h"

typedef struct SummaryMill SummaryMill;

/* now: for messages that nothing dates, s UTC. Settings and pile must outlive it; only the
 * mill may add to the pile meanwhile. NULL with PERMANENT if no thread can be had. */
SummaryMill *summary_mill_new(const Settings *settings, SummaryPile *pile, int64_t now,
			      GError **error);
/* Takes a copy of the message; waits where too much waits. False: the pile took no more,
 * TEMPORARY. By one thread. */
bool summary_mill_add(SummaryMill *mill, const SourceMessage *message, GError **error);
/* Waits for what was added, and ends the threads. False as above. */
bool summary_mill_end(SummaryMill *mill, GError **error);

#endif
