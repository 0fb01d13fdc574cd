/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Recording: one message within a write transaction. Loads the history, judges, applies
 * what follows, and decides again what came before its time: the final state depends on
 * the mail, not on the order in which it was recorded.
 *
 * So every message is judged by what was there at its own place in the order of mail: a
 * contact that a later message made is not there yet, a stage that a later reply brought
 * is not reached. And a message that turns up late has those behind it judged again.
 */
#ifndef LEAD_STORE_RECORDING_H
#define LEAD_STORE_RECORDING_H

#include "backend.h"

#include "lead/msg-id.h"

/* The whole of it. Errors are in txn. */
void record_message(Txn *txn, const MessageSummary *summary, const Settings *settings,
		    RecordResult *result_out);

/* ---- load.c, load-contact.c, load-outbound.c ---- */

/* As of that moment. Of the settings it needs what bounds new contacts. self: row id of
 * the message, if it is judged again; it is no history of its own. Never NULL; not to be
 * believed if txn->error is set. */
History *history_read(Txn *txn, const MessageSummary *summary, const Settings *settings,
		      Moment moment, int64_t self);
/* Canonical; NULL if it had none. Caller frees. */
char *message_author(Txn *txn, const MessageRow *row);
/* The row of the address, or of its base form where that gives one contact. */
AddressMatch address_match(Txn *txn, const AddrSpec *address, AddressRow *row_out);

/* ---- summary-row.c, recipients-text.c, summary-rebuild.c: a summary as a row, and back
 * ---- */

enum { MESSAGE_ANSWER_OCTETS = 9 }; /* of one in MessageRow.answers: source, digest */

/* Without those whom the history leaves out. */
void message_row_fill(MessageRow *row, const MessageSummary *summary,
		      const History *history, const Decision *decision);
/* Takes in another copy of the message: its recipients, an earlier arrival. True if that
 * changed anything. */
bool message_row_unite(MessageRow *row, const MessageSummary *summary,
		       const History *history);
/* What match and decide need, and the signs. class_is_given_out: false if all signs are
 * there, so that the class can be read again. */
MessageSummary *summary_rebuild(const MessageRow *row, const Settings *settings,
				bool *class_is_given_out);
Moment moment_of_row(const MessageRow *row);
/* The recipients of a row: of MessageRecipient, address borrowed from text. */
typedef struct {
	PartyRole role;
	Direction direction;
	char *address; /* canonical */
} MessageRecipient;
GArray *message_recipients(const MessageRow *row);

/* What a message is found by, once somebody becomes a contact. */
int64_t address_digest(const char *base);   /* who wrote it */
int64_t recipient_digest(const char *base); /* who else got it */

/* ---- apply.c ---- */

typedef struct {
	Txn *txn;
	const MessageSummary *summary;
	const Settings *settings;
	const History *history;
	const Decision *decision;
	MessageRow *row; /* in the store, with its id */
	Moment moment;
	RecordResult *result;
	bool again;
	bool standing_changed; /* of a contact, for mail behind this */
	bool replaced; /* by a copy: it came at another time, or says something else */
	GArray *met;	       /* of int64_t: address digests of contacts made (earlier) */
	GArray *parties;       /* of int64_t: contacts who now take part; NULL: not noted */
} Recording;

void recording_apply(Recording *recording); /* the effects, in their order */
void recording_apply_interactions(Recording *recording); /* those alone */
/* The contact of a party; 0 if there is none. */
int64_t recording_party(const Recording *recording, const Party *party);

/* ---- promote.c ---- */

/* Moves the contact on account of the message. False if it does not count: the row then
 * says so. */
bool promotion_make(Recording *recording, int64_t contact, Reason reason);
/* The message was promoted before, and is not any more. False if that stands
 * nevertheless: a person has acted since, or only the settings changed. */
bool promotion_withdraw(Recording *recording, Reason reason);
/* The last standing entry, if it is a promotion by mail. */
bool promotion_last(Txn *txn, int64_t contact, HistoryEntry *entry_out);
int64_t event_add(Recording *recording, int64_t contact, const char *kind,
		  const char *text);

/* ---- await.c ---- */

/* Notes, or no longer notes, what the message waits for. */
void recording_await(Recording *recording);

/* ---- retract.c ---- */

/* Takes back what the message said before and its new decision does not say; the contacts
 * of whom something was taken back are appended. Before the decision is applied. */
void recording_retract(Recording *recording, GArray *contacts);
/* What it said of addresses when it stood there. It and the bounces are to be asked
 * again. */
void recording_retract_addresses(Recording *recording, Moment before);

/* ---- copies.c ---- */

/* The message came once more, and its row is loaded: what this copy says of it stands in
 * place of what was recorded, if it says it better. True if so: the message is to be
 * judged again, and all behind it. */
bool recording_take_copy(Recording *recording);

/* ---- reps.c ---- */

/* Who wrote it, or got it first; made known if need be. 0: nobody. */
int64_t rep_of_message(Txn *txn, const MessageRow *row, const char *login);

/* ---- persons.c: contacts and organizations from mail ---- */

int64_t organization_of(Txn *txn, const char *name);
void recording_create(Recording *recording, const Effect *effect);
/* What the message brought to the contact came at another moment. */
void recording_shift(Recording *recording, int64_t contact, Moment before);
/* Outreach makes its rep the owner of a contact to whom none came before it. */
void recording_own(Recording *recording, int64_t contact);
void recording_name(Recording *recording, int64_t contact, const char *name);

#endif
