/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which mails of an archive make whom a prospect, read with a pencil out of author,
 * recipients, Message-ID, In-Reply-To, References and Thread-Index, for one domain as
 * ours. The library is asked for one thing only: whether a person wrote a mail.
 */
#ifndef LEAD_TESTS_THREAD_READING_H
#define LEAD_TESTS_THREAD_READING_H

#include <glib.h>

#include "lead/classify.h"
#include "tests/corpus/thread-mail.h"

/* What the reading knows of the mails before this one. */
typedef MessageClass (*ThreadClass)(const ThreadMail *mail, const ClassContext *context,
				    void *user);

typedef struct {
	GHashTable *contacts; /* of char *: base addresses that outreach made contacts of */
	GHashTable
		*promotions; /* "BASE-ADDRESS REPLY-ID OUTREACH-ID" -> file of the reply */
	guint outreach;	     /* mails of ours to somebody outside, by a person */
	guint answers;	     /* mails to us that name one of these */
} ThreadReading;

/* mails: of ThreadMail *, any order. */
ThreadReading *thread_reading_new(const GPtrArray *mails, const char *ours,
				  ThreadClass class_of, void *user);
void thread_reading_free(ThreadReading *reading);
char *thread_promotion_key(const char *address, const char *reply_id,
			   const char *outreach_id);

#endif
