/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An addr-spec taken apart, on its way from the path as written to its canonical form.
 * Private to lib/mail; lives on the stack, so that an envelope costs no allocation but
 * the AddrSpec itself.
 */
#ifndef LEAD_MAIL_ADDR_PARTS_H
#define LEAD_MAIL_ADDR_PARTS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	PATH_MAX_OCTETS = 1000,
	/* folding to lower case and normalising can each make UTF-8 longer */
	PART_SIZE = 3 * PATH_MAX_OCTETS + 1,
};

typedef struct {
	char local[PART_SIZE];	/* without quotes and escapes, folded, valid UTF-8 */
	char domain[PART_SIZE]; /* folded, in A-labels */
	bool has_domain;	/* an '@' was there */
	const char *original;	/* into the path: without brackets and source route */
	size_t original_length;
} AddrParts;

/* False for what addr_spec_parse() refuses. Both parts empty: the null path. */
bool addr_parts_read(const char *path, AddrParts *parts_out);

/* Decodes BATV, SRS and VERP, one in the other if need be. True if the domain is
 * another one now. */
bool addr_parts_unwrap(AddrParts *parts);

/* Folds the first length octets of text to lower-case, NFC, valid UTF-8; octets that
 * are no UTF-8 are read as Latin-1, so that different addresses stay different. False
 * if the result does not fit. */
bool text_fold(const char *text, size_t length, char *out, size_t size);

/* Valid UTF-8 of octets that may be none: those that are not are read as Latin-1, as
 * text_fold() does, so that what is kept reads back to the same address. Caller frees. */
char *text_utf8(const char *text, size_t length);

/* Puts a folded domain into A-labels, without its final dot; what IDNA refuses stays as
 * it is. In place; false if it does not fit. */
bool domain_to_ascii(char *domain, size_t size);

#endif
