/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether mail that is recorded in any order ends as mail recorded in order. */
#ifndef LEAD_TESTS_THREAD_ORDER_H
#define LEAD_TESTS_THREAD_ORDER_H

#include <glib.h>
#include <stdbool.h>

#include "lead/settings.h"
#include "lead/summary.h"
#include "tests/corpus/thread-mail.h"

/* mails: of ThreadMail *. */
bool thread_order_is_without_effect(const GPtrArray *mails, Settings *settings,
				    guint32 seed);

/* As ingest() would; caller unrefs. */
MessageSummary *thread_mail_summarize(const ThreadMail *mail, const Settings *settings);

#endif
