/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a message: from transaction to record, and its line in the log. */
#ifndef LEADMILTER_MESSAGE_H
#define LEADMILTER_MESSAGE_H

#include "lead/recorder.h"
#include "session.h"

/* Once, before libmilter runs. Borrowed. */
void message_set_recorder(Recorder *recorder);

/* Returns when the message is durable (or concerns nobody, or cannot be kept): the answer
 * to the MTA. The transaction must be open, and still is. */
sfsistat message_finish(SMFICTX *context, Session *session);

#endif
