/* SPDX-License-Identifier: BSD-2-Clause */
/* Reps, as mail makes them known: an address of ours, and who is logged in to it. */
#include "recording.h"

static int64_t rep_add(Txn *txn, const char *address, const char *login)
{
	g_auto(RepRow) row = {.address = g_strdup(address), .login = g_strdup(login)};
	int64_t first = login != NULL ? txn->ops->rep_by_login(txn, login) : 0;
	g_auto(RepRow) first_row = {0};

	if (rep_load(txn, first, &first_row))
		row.person = first_row.person;
	row.id = txn->ops->row_add(txn, ROW_REP, &row);
	if (row.person == 0) {
		row.person = row.id;
		txn->ops->row_update(txn, ROW_REP, &row);
	}
	return row.id;
}

/* The first login that writes under an address of ours says whose it is. */
static void rep_note_login(Txn *txn, int64_t rep, const char *login)
{
	g_auto(RepRow) row = {0}, first_row = {0};

	if (login == NULL || !rep_load(txn, rep, &row) || row.login != NULL)
		return;
	if (rep_load(txn, txn->ops->rep_by_login(txn, login), &first_row))
		row.person = first_row.person;
	row.login = g_strdup(login);
	txn->ops->row_update(txn, ROW_REP, &row);
}

static int64_t rep_of_address(Txn *txn, const char *address, const char *login)
{
	int64_t rep = txn->ops->rep_by_address(txn, address);

	if (rep == 0)
		return rep_add(txn, address, login);
	rep_note_login(txn, rep, login);
	return rep;
}

int64_t rep_of_message(Txn *txn, const MessageRow *row, const char *login)
{
	g_autoptr(GArray) recipients = NULL;

	if (row->direction == DIRECTION_OUTBOUND)
		return row->author != NULL && row->author[0] != '\0'
			       ? rep_of_address(txn, row->author, login)
			       : 0;
	recipients = message_recipients(row);
	for (unsigned i = 0; i < recipients->len; i++) {
		const MessageRecipient *recipient =
			&g_array_index(recipients, MessageRecipient, i);

		if (recipient->direction == DIRECTION_INBOUND)
			return rep_of_address(txn, recipient->address, NULL);
	}
	return 0;
}
