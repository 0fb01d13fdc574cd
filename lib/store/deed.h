/* SPDX-License-Identifier: BSD-2-Clause */
/* Deeds of people within a transaction, and the rows that tell of them. Errors are in
 * txn. */
#ifndef LEAD_STORE_DEED_H
#define LEAD_STORE_DEED_H

#include "backend.h"

/* For a job, which owns all that it works on. */
Deed deed_copy(const Deed *deed);
void deed_copy_clear(Deed *copy);

/* A row of the history that changes no stage. */
void deed_note(Txn *txn, const Deed *deed, Action action, int64_t contact,
	       int64_t suggestion, const char *detail);
void deed_event(Txn *txn, const Deed *deed, int64_t contact, int64_t message,
		const char *kind, const char *text);

/* False if there is none, or none any more: NOT_FOUND is in txn then. */
bool deed_contact(Txn *txn, int64_t contact, ContactRow *row_out);

/* ---- answer.c ---- */
void suggestion_answer(Txn *txn, int64_t id, bool accept, const Deed *deed,
		       const Settings *settings, AnswerResult *result_out);

/* ---- undo.c ---- */
void stage_undo(Txn *txn, int64_t contact, int64_t history, const Deed *deed,
		UndoResult *result_out);
bool contact_lock(Txn *txn, int64_t contact, bool locked, const Deed *deed);

#endif
