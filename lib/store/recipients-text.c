/* SPDX-License-Identifier: BSD-2-Clause */
/* The recipients of a message as text: every copy of the message may bring more. */
#include <string.h>

#include "recording.h"

/* A recipient is a line: role and direction as a letter each, then the address. */
static const char role_letters[] = "tcba";	/* as PartyRole counts */
static const char direction_letters[] = "xnio"; /* as Direction counts */

enum { RECIPIENTS_KEPT = 256 }; /* more are counted, not kept */

static void recipient_clear(gpointer recipient)
{
	g_free(((MessageRecipient *)recipient)->address);
}

static GArray *recipients_new(void)
{
	GArray *recipients = g_array_new(FALSE, FALSE, sizeof(MessageRecipient));

	g_array_set_clear_func(recipients, recipient_clear);
	return recipients;
}

static bool read_letter(const char *letters, char letter, int *value_out)
{
	const char *found = letter != '\0' ? strchr(letters, letter) : NULL;

	*value_out = found != NULL ? (int)(found - letters) : 0;
	return found != NULL;
}

static void read_recipient(GArray *recipients, const char *line)
{
	int role, direction;
	MessageRecipient recipient;

	if (!read_letter(role_letters, line[0], &role) ||
	    !read_letter(direction_letters, line[1], &direction))
		return;
	recipient = (MessageRecipient){(PartyRole)role, (Direction)direction,
				       g_strdup(line + 2)};
	g_array_append_val(recipients, recipient);
}

GArray *message_recipients(const MessageRow *row)
{
	GArray *recipients = recipients_new();
	g_auto(GStrv) lines =
		g_strsplit(row->recipients != NULL ? row->recipients : "", "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++)
		read_recipient(recipients, lines[i]);
	return recipients;
}

static int compare_recipients(const void *a, const void *b)
{
	const MessageRecipient *left = a, *right = b;
	int order = strcmp(left->address, right->address);

	return order != 0 ? order : (int)left->role - (int)right->role;
}

static char *write_recipients(GArray *recipients)
{
	GString *text = g_string_new(NULL);
	const char *before = "";
	unsigned kept = 0;

	g_array_sort(recipients, compare_recipients);
	for (unsigned i = 0; i < recipients->len && kept < RECIPIENTS_KEPT; i++) {
		const MessageRecipient *recipient =
			&g_array_index(recipients, MessageRecipient, i);

		if (strcmp(recipient->address, before) == 0)
			continue;
		before = recipient->address;
		g_string_append_printf(text, "%s%c%c%s", kept++ > 0 ? "\n" : "",
				       role_letters[recipient->role],
				       direction_letters[recipient->direction], before);
	}
	return g_string_free(text, FALSE);
}

static bool is_left_out(const History *history, unsigned recipient)
{
	return recipient < history->recipients->len &&
	       g_array_index(history->recipients, AddressHit, recipient).left_out;
}

/* The number of those outside whom the never-log list leaves out. */
static unsigned add_recipients(GArray *recipients, const MessageSummary *summary,
			       const History *history)
{
	unsigned left_out = 0;

	for (unsigned i = 0; i < summary->recipients->len; i++) {
		const SummaryRecipient *from =
			&g_array_index(summary->recipients, SummaryRecipient, i);
		MessageRecipient recipient = {from->role, from->direction, NULL};

		if (is_left_out(history, i)) {
			left_out += from->direction == DIRECTION_OUTBOUND;
			continue;
		}
		if (strchr(from->address->canonical, '\n') != NULL)
			continue;
		recipient.address = g_strdup(from->address->canonical);
		g_array_append_val(recipients, recipient);
	}
	return left_out;
}

static unsigned count_external(const GArray *recipients)
{
	unsigned count = 0;

	for (unsigned i = 0; i < recipients->len; i++) {
		const MessageRecipient *recipient =
			&g_array_index(recipients, MessageRecipient, i);

		count +=
			recipient->direction == DIRECTION_OUTBOUND &&
			(i == 0 || strcmp(recipient->address,
					  g_array_index(recipients, MessageRecipient, i - 1)
						  .address) != 0);
	}
	return count;
}

bool message_row_unite(MessageRow *row, const MessageSummary *summary,
		       const History *history)
{
	g_autoptr(GArray) recipients = message_recipients(row);
	g_autofree char *before = g_steal_pointer(&row->recipients);
	bool earlier = row->id != 0 && summary->at < row->at;
	unsigned external, left_out = add_recipients(recipients, summary, history);

	row->recipients = write_recipients(recipients);
	external = count_external(recipients) + left_out +
		   (unsigned)summary->recipients_left_out;
	row->external = MAX(row->external, external);
	if (earlier)
		row->at = summary->at;
	return earlier || g_strcmp0(before, row->recipients) != 0;
}
