/* SPDX-License-Identifier: BSD-2-Clause */
/* The mails of a corpus that belong to threads, and archives made of some of them. */
#ifndef LEAD_TESTS_THREAD_ARCHIVE_H
#define LEAD_TESTS_THREAD_ARCHIVE_H

#include "tests/corpus/thread-mail.h"

/* All posts and letters of the corpus; of a post that is there as the person in To got it,
 * too, that copy alone. Of ThreadMail *. NULL with error. */
GPtrArray *thread_archive_read(const char *folder, GError **error);

/* Domains whose authors are answered by somebody else. Of char *. */
GPtrArray *thread_archive_domains(const GPtrArray *mails);

/* Those that one of the domain wrote or got, and answers to these; among them every
 * sixteenth of the others. Borrowed. */
GPtrArray *thread_archive_select(const GPtrArray *mails, const char *domain);

/* A file for each mail, in order; an mbox of all, in another order. */
void thread_archive_write_files(const GPtrArray *mails, const char *folder);
void thread_archive_write_mbox(const GPtrArray *mails, guint32 seed, const char *path);

/* 0 to count - 1 in the order that the seed gives. Caller frees. */
guint *thread_archive_shuffle(guint32 seed, guint count);

#endif
