/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A letter: one message with its envelope, before it is packets. Generated letters are
 * templates: where number and persons stand they have slots, which are filled in as the
 * letter is sent, so that sending costs no more than a copy.
 */
#ifndef LEAD_BENCH_LETTER_H
#define LEAD_BENCH_LETTER_H

#include <glib.h>
#include <stdbool.h>

/* A slot is a run of one octet that no mail has, as long as what goes there. */
typedef enum {
	SLOT_SELF = 1, /* number of the letter */
	SLOT_ANSWERED, /* number of the letter that it answers */
	SLOT_PERSON, /* number of a contact or stranger; those behind it of further ones */
	SLOT_PERSON_LAST = SLOT_PERSON + 4, /* 9 is a tab */
} Slot;
enum {
	SLOT_WIDTH = 10,
	PERSONS_MAX = SLOT_PERSON_LAST - SLOT_PERSON + 1,
};

typedef enum {
	LETTER_OUTREACH, /* a rep to contacts */
	LETTER_REPLY,	 /* a contact answers outreach */
	LETTER_UNASKED,	 /* a contact writes, and answers nothing */
	LETTER_STRANGER, /* somebody whom nobody knows writes to a rep */
	LETTER_KINDS,
} LetterKind;

typedef struct {
	bool outbound;
	char *reverse_path;	  /* with brackets, as the next */
	GPtrArray *forward_paths; /* of char * */
	GPtrArray *fields;	  /* of char *: name and body by turns */
	char *body;
	size_t body_length;
} Letter;

typedef struct {
	unsigned fields;     /* of the header section, in all */
	unsigned recipients; /* of outreach */
	size_t body_octets;
} LetterShape;

Letter *letter_new(LetterKind kind, const LetterShape *shape);
/* A message file; reverse-path and forward-paths by its Return-Path, From, To and Cc. An
 * author in our domain (ours.example) makes it outbound. NULL and an error text. */
Letter *letter_read(const char *path, char **problem_out);
void letter_free(Letter *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Letter, letter_free)

/* The address of a contact, and of a stranger; caller frees. */
char *letter_contact_address(unsigned long number);

#endif
