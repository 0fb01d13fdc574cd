/* SPDX-License-Identifier: BSD-2-Clause */
/* The log's line of one message. */
#ifndef LEADMILTER_MESSAGE_LOG_H
#define LEADMILTER_MESSAGE_LOG_H

#include <stdint.h>

#include "lead/recorder.h"
#include "session.h"

/* What became of it. */
typedef struct {
	RecorderState state;
	RecordResult result;
	int64_t microseconds;
} MessageRecord;

/* The queue id, made safe for a line; NOQUEUE without one, as Postfix says. Caller frees.
 */
char *message_log_id(const Transaction *transaction);

/* At level info without addresses; at level debug a second line names them, if the
 * settings allow, and the signs that were seen. */
void message_log(SMFICTX *context, const Session *session, const MessageSummary *summary,
		 const MessageRecord *record);

#endif
