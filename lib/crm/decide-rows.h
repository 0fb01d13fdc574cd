/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows: conditions in the order in which they decide about a message that a person wrote.
 * The first that holds gives outcome and reason; the last of each table always holds.
 */
#ifndef LEAD_CRM_DECIDE_ROWS_H
#define LEAD_CRM_DECIDE_ROWS_H

#include "decide-case.h"

typedef struct {
	bool (*holds)(const DecideCase *self);
	Outcome outcome;
	Reason reason;
} DecideRow;

extern const DecideRow contact_rows[];	/* the author is a contact */
extern const DecideRow stranger_rows[]; /* the author is none */

/* Conditions that both tables ask. */
bool is_human(const DecideCase *self);
bool is_suspect(const DecideCase *self);
bool is_forged(const DecideCase *self);
bool is_for_colleague(const DecideCase *self);
bool is_anything(const DecideCase *self); /* always */

/* Unsolicited mail to a sales address makes its author a lead; false if it does not. */
bool decide_new_lead(DecideCase *self);

#endif
