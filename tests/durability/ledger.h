/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ledger: every message that got its end-of-message answer, and so a promise. Any
 * thread may write into it.
 */
#ifndef LEAD_TEST_LEDGER_H
#define LEAD_TEST_LEDGER_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
	char *id;      /* msg-id without brackets */
	char *lead;    /* address */
	bool is_reply; /* to outreach that is in the ledger too */
} LedgerEntry;

typedef struct Ledger Ledger;

Ledger *ledger_new(void);
void ledger_free(Ledger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ledger, ledger_free)

/* Takes the texts. */
void ledger_add(Ledger *ledger, char *id_taken, char *lead_taken, bool is_reply);
unsigned ledger_count(Ledger *ledger);
/* Waits until that many are in it, or nobody writes any more. */
void ledger_wait(Ledger *ledger, unsigned count);
/* How many write: a writer tells when it begins (1) and ends (-1). */
void ledger_writers(Ledger *ledger, int change);

/* Only while nobody writes. */
const LedgerEntry *ledger_entry(const Ledger *ledger, unsigned place);

#endif
