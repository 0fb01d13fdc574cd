/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A contact as people write it, in words: from the options of `add` or a row of a CSV
 * file. Reading it gives the draft that the store takes, or says what is wrong with it.
 */
#ifndef LEADCTL_CONTACT_DRAFT_H
#define LEADCTL_CONTACT_DRAFT_H

#include "lead/contact.h"
#include "lead/settings.h"

typedef enum {
	CONTACT_ADDRESS,
	CONTACT_NAME,
	CONTACT_ORGANIZATION,
	CONTACT_STAGE,
	CONTACT_SOURCE,
	CONTACT_OWNER,
	CONTACT_CELLS,
} ContactCell;

typedef struct {
	const char *cell[CONTACT_CELLS]; /* borrowed; NULL or blank: says nothing */
	const char *default_source;	 /* borrowed; for a new contact without source */
	GPtrArray *tags, *custom;	 /* of char *; custom: name, value, name ... */
	GPtrArray *owned;		 /* what the draft points to */
	AddrSpec *address;
	ContactDraft draft;
} ContactText;

ContactText *contact_text_new(void);
void contact_text_clear(ContactText *text); /* ready for the next contact */
void contact_text_free(ContactText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ContactText, contact_text_free)

void contact_text_add_tag(ContactText *text, const char *tag);
void contact_text_add_tags(ContactText *text, const char *tags); /* between , or ; */
void contact_text_add_custom(ContactText *text, const char *name, const char *value);

/* Borrowed until clear or free; once per contact. NULL: *why_out says what is wrong, in
 * words that name the value; caller frees. */
const ContactDraft *contact_text_draft(ContactText *text, const Settings *settings,
				       char **why_out);

#endif
