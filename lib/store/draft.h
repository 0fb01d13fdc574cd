/* SPDX-License-Identifier: BSD-2-Clause */
/* A contact draft as octets: what waits for the writer, or in the pile of an import. */
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

/* Its parts. Of a new contact first what needs no transaction. */
int64_t contact_of(Txn *txn, const AddrSpec *address);
PutResult contact_update(Txn *txn, int64_t contact, const ContactDraft *draft,
			 const char *actor, int64_t at);
void contact_fill(ContactRow *row, const ContactDraft *draft, const char *actor,
		  int64_t at);
void contact_fill_organization(Txn *txn, ContactRow *row, const ContactDraft *draft);
void address_fill(AddressRow *row, const AddrSpec *address);
bool refuse_erased(Txn *txn, const ContactDraft *draft); /* true: with an error in txn */

/* A person's change of stage. */
void stage_set(Txn *txn, int64_t contact, Stage stage, const char *actor,
	       const char *reason, int64_t at);

/* ---- put-pile.c ---- */

struct DraftPile;
/* All drafts of a pile that is sorted. Errors are in txn. */
void draft_pile_put_all(Txn *txn, const struct DraftPile *pile, const char *actor,
			int64_t at);

#endif
