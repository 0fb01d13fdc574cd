/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message identifiers (RFC 5322 3.6.4), read as tolerantly as real mail asks: several
 * ids where one belongs, brackets missing, folded lines, quotes and comments inside.
 * An identifier is kept without its brackets, otherwise as written. No state.
 */
#ifndef LEAD_MSG_ID_H
#define LEAD_MSG_ID_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MSG_ID_MAX_OCTETS = 998, /* longer ones are cut: they can still be told apart */
};

/*
 * Appends the identifiers of one field (Message-ID, In-Reply-To, References, a vendor's
 * original-id field) to list (of char *), in order, each once, until list holds limit;
 * reads at most the first 8 KiB of field. Words without '@' count only within brackets.
 */
void msg_id_list_parse(GPtrArray *list, const char *field, size_t limit);

/* The same from the end of the field: the last identifier first, and of a long field the
 * last 8 KiB, because in References the nearest ancestor stands last. */
void msg_id_list_parse_backwards(GPtrArray *list, const char *field, size_t limit);

/* The first identifier of a Message-ID field, or NULL. Caller frees. */
char *msg_id_parse(const char *field);

/* Equal to the letter, or with the part behind the last '@' folded. */
bool msg_id_equal(const char *a, const char *b);

/* 63 bits of SHA-256 over the identifier with its domain folded: what is stored and
 * looked up. Never 0, so that 0 can say "none". Equal ids have equal digests. */
int64_t msg_id_digest(const char *msg_id);

/* 63 bits of SHA-256 over the texts (NULL-terminated list; a NULL text ends it), each
 * followed by a separator that no text holds. Never 0. */
int64_t digest_of_texts(const char *first, ...) G_GNUC_NULL_TERMINATED;

#endif
