/* SPDX-License-Identifier: BSD-2-Clause */
/* The fields that tie a message to others. Private to lib/mail. */
#ifndef LEAD_MAIL_FACTS_THREAD_H
#define LEAD_MAIL_FACTS_THREAD_H

#include "lead/facts.h"

/* Fills message_id, answers and thread_index_root from facts->section. */
void facts_read_thread(const FactsOptions *options, MessageFacts *facts);

#endif
