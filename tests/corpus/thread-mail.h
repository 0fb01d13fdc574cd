/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A message of an archive as a person with a pencil would read it: who wrote it, to whom,
 * which identifiers it has and names. On purpose it shares no code with the library, and
 * knows only what the fields of ordinary mail look like.
 */
#ifndef LEAD_TESTS_THREAD_MAIL_H
#define LEAD_TESTS_THREAD_MAIL_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
	char *file;	       /* its name, for messages */
	GString *text;	       /* as it goes into the archive */
	char *author;	       /* lower-case; "" if none can be read */
	char *date;	       /* as written */
	GPtrArray *recipients; /* of char *, lower-case: To, Cc, Bcc */
	char *id;	       /* Message-ID, its domain lower-case; "" if none */
	GPtrArray *answers;    /* of char *: In-Reply-To, then References from the right */
	char *thread; /* the conversation of Thread-Index in hexadecimal, or NULL */
	int64_t at;   /* of the uppermost Received, else Date; s UTC */
} ThreadMail;

/* from_list: without the traces of the list and of the last delivery, which is what the
 * person in To got. */
ThreadMail *thread_mail_new(const char *file, const char *bytes, size_t length,
			    bool from_list);
void thread_mail_free(gpointer mail);

/* Behind '@'; "" without one. */
const char *address_domain(const char *address);
/* Without its subaddress. Caller frees. */
char *address_base(const char *address);

#endif
