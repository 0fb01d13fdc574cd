/* SPDX-License-Identifier: BSD-2-Clause */
#include "cell-words.h"
#include "command.h"
#include "date.h"
#include "deed.h"
#include "lead/contact.h"
#include "option-values.h"
#include "row-writer.h"

static struct {
	char *reason;
} options;

static const GOptionEntry entries[] = {
	{"reason", 0, 0, G_OPTION_ARG_STRING, &options.reason,
	 "why; kept in the history (required)", "TEXT"},
	G_OPTION_ENTRY_NULL,
};

typedef struct {
	char *address;
	Stage from, to;
	const char *actor, *reason;
	bool changed;
} Move;

static const Column columns[] = {
	COLUMN(Move, address, NULL, CELL_TEXT),
	COLUMN_WORD(Move, from, NULL, stage_word, stage_colour),
	COLUMN_WORD(Move, to, NULL, stage_word, stage_colour),
	COLUMN(Move, actor, NULL, CELL_TEXT),
	COLUMN(Move, reason, NULL, CELL_TEXT),
	COLUMN(Move, changed, NULL, CELL_FLAG),
};
static const Listing listing = LISTING("stage", columns);

static bool contact_read(const Contact *contact, void *user)
{
	Move *move = user;

	move->address = g_strdup(contact->address);
	move->from = contact->stage;
	return true;
}

static ExitCode contact_move(Store *store, const char *who, Move *move)
{
	g_autoptr(GError) error = NULL;
	ExitCode code;
	int64_t id;

	if (!leadctl_find(store, who, &id, &code))
		return code;
	if (!store_visit_contact(store, id, contact_read, move, &error))
		return complain_error(error);
	move->changed = move->from != move->to;
	if (move->changed && !store_set_stage(store, id, move->to, move->actor,
					      move->reason, date_now(), &error))
		return complain_error(error);
	return LEADCTL_DONE;
}

static ExitCode stage_run(Leadctl *leadctl, char *const *arguments)
{
	g_autoptr(Store) store = NULL;
	Move move = {.address = NULL};
	ExitCode code;
	Deed deed;

	if (!option_stage("STAGE", arguments[1], &move.to))
		return LEADCTL_USAGE;
	if (!deed_read_reasoned("stage", options.reason, &deed))
		return LEADCTL_USAGE;
	move.actor = deed.actor;
	move.reason = deed.reason;
	store = leadctl_open(leadctl, 0, &code);
	if (store == NULL)
		return code;
	code = contact_move(store, arguments[0], &move);
	if (code == LEADCTL_DONE)
		record_write(leadctl->format, &listing, &move);
	g_free(move.address);
	return code;
}

const Command command_stage = {
	.name = "stage",
	.arguments = "CONTACT STAGE",
	.summary = "move a contact to another stage",
	.help = "Moves a contact up or down by hand: lead, prospect, customer,\n"
		"client. After a move down only mail that comes later counts as a\n"
		"reply.",
	.options = entries,
	.arguments_min = 2,
	.arguments_max = 2,
	.run = stage_run,
};
