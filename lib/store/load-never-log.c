/* SPDX-License-Identifier: BSD-2-Clause */
/* Whom the never-log list leaves out of a message. */
#include "loader.h"

static bool is_kept(const Loader *self, int64_t contact)
{
	for (unsigned i = 0; contact != 0 && i < self->kept->len; i++) {
		if (id_at(self->kept, i) == contact)
			return true;
	}
	return false;
}

bool is_left_out(const Loader *self, const AddrSpec *address, int64_t contact)
{
	return never_log_find(self->never_log, address, NULL) != NEVER_LOG_NOT &&
	       !is_kept(self, contact);
}

void load_kept(Loader *self)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(InteractionRow));
	g_auto(MessageRow) row = {0};

	if (self->self == 0)
		return;
	self->txn->ops->interactions_of_message(self->txn, self->self, rows);
	for (unsigned i = 0; i < rows->len; i++)
		g_array_append_val(self->kept,
				   g_array_index(rows, InteractionRow, i).contact);
	message_load(self->txn, self->self, &row);
	self->history->author.left_out = (row.traits & TRAIT_AUTHOR_LEFT_OUT) != 0;
}

static void look_for_drop(Loader *self, const AddrSpec *address)
{
	int64_t pattern = 0;

	if (never_log_find(self->never_log, address, &pattern) == NEVER_LOG_MESSAGE)
		self->history->dropped_by = pattern;
}

void load_drop(Loader *self)
{
	const MessageSummary *summary = self->summary;

	if (self->self != 0)
		return;
	look_for_drop(self, summary->author);
	for (unsigned i = 0; i < summary->recipients->len; i++)
		look_for_drop(
			self,
			g_array_index(summary->recipients, SummaryRecipient, i).address);
}
