/* SPDX-License-Identifier: BSD-2-Clause */
/* A contact draft as octets: what waits for the writer, or in the stage of an import. */
#ifndef LEAD_STORE_DRAFT_H
#define LEAD_STORE_DRAFT_H

#include "backend.h"

typedef struct {
	ContactDraft draft;
	/* private */
	AddrSpec address;
	GPtrArray *tags, *custom;
	GBytes *octets; /* NULL: borrowed */
} DraftCopy;

GBytes *draft_encode(const ContactDraft *draft);
void draft_decode(GBytes *octets, DraftCopy *copy_out);
/* The same with octets that are borrowed for as long as the copy is looked at; appended,
 * and into a copy that may have been read before, or is all zero. */
void draft_write(const ContactDraft *draft, GByteArray *octets);
void draft_read(const char *octets, DraftCopy *copy);
const char *draft_canonical(const char *octets); /* of its address */
void draft_copy_clear(DraftCopy *copy);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DraftCopy, draft_copy_clear)

/* ---- put.c ---- */

/* Adds the contact, or brings it up to date. Errors are in txn. */
PutResult draft_put(Txn *txn, const ContactDraft *draft, const char *actor, int64_t at,
		    int64_t *id_out);
/* The address becomes one of the contact's; nobody has it yet. */
void address_add(Txn *txn, int64_t contact, const AddrSpec *address);
/* What draft_put() would say; writes nothing. */
PutResult draft_compare(Txn *txn, const ContactDraft *draft);

/* Many drafts of one transaction, of an address each: contacts that are new are gathered,
 * and added some hundreds at once. Errors are in txn. */
typedef struct DraftPutter DraftPutter;
DraftPutter *draft_putter_new(Txn *txn, const char *actor, int64_t at); /* borrows */
void draft_putter_put(DraftPutter *putter, const ContactDraft *draft);
void draft_putter_end(DraftPutter *putter); /* adds what is gathered, and frees */

/* A person's change of stage. */
void stage_set(Txn *txn, int64_t contact, Stage stage, const char *actor,
	       const char *reason, int64_t at);

#endif
