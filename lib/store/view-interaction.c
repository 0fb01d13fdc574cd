/* SPDX-License-Identifier: BSD-2-Clause */
#include "view.h"

static bool show_interaction(Txn *txn, const InteractionRow *row, InteractionVisit visit,
			     void *user)
{
	g_auto(MessageRow) message = {0};
	g_auto(RepRow) rep = {0};

	if (!message_load(txn, row->message, &message))
		return true;
	rep_load(txn, message.rep, &rep);
	return visit(
		&(Interaction){
			.at = row->at,
			.direction = message.direction,
			.kind = "email",
			.class = message.class,
			.role = row->role,
			.rep = rep.address,
			.subject = message.subject,
			.message_id = message.message_id,
			.outreach = message.outreach,
			.outcome = message.outcome,
			.reason = message.reason,
			.tier = message.tier,
			.evidence = message.evidence != NULL ? message.evidence : "",
		},
		user);
}

bool view_interactions(Txn *txn, int64_t contact, size_t limit, InteractionVisit visit,
		       void *user)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(InteractionRow));
	bool goes_on = true;

	txn->ops->interactions_of_contact(txn, contact, limit, rows);
	for (unsigned i = 0; goes_on && i < rows->len && txn->error == NULL; i++)
		goes_on = show_interaction(txn, &g_array_index(rows, InteractionRow, i),
					   visit, user);
	return goes_on;
}
