/* SPDX-License-Identifier: BSD-2-Clause */
#include "cell-words.h"
#include "command.h"
#include "deed.h"
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
	int64_t undone, history;
	bool changed;
} Undoing;

/* Names are an interface: see leadctl(1). */
static const Column columns[] = {
	COLUMN(Undoing, address, NULL, CELL_TEXT),
	COLUMN_WORD(Undoing, from, NULL, stage_word, stage_colour),
	COLUMN_WORD(Undoing, to, NULL, stage_word, stage_colour),
	COLUMN(Undoing, actor, NULL, CELL_TEXT),
	COLUMN(Undoing, reason, NULL, CELL_TEXT),
	COLUMN(Undoing, undone, NULL, CELL_ID),
	COLUMN(Undoing, history, NULL, CELL_ID),
	COLUMN(Undoing, changed, NULL, CELL_FLAG),
};
static const Listing listing = LISTING("undo", columns);

static bool address_read(const Contact *contact, void *undoing)
{
	((Undoing *)undoing)->address = g_strdup(contact->address);
	return true;
}

static ExitCode undoing_write(Leadctl *leadctl, Store *store, const UndoResult *result,
			      const Deed *deed)
{
	g_autoptr(GError) error = NULL;
	Undoing undoing = {
		.from = result->from,
		.to = result->to,
		.actor = deed->actor,
		.reason = deed->reason,
		.undone = result->undone,
		.history = result->history,
		.changed = result->changed,
	};

	store_visit_contact(store, result->contact, address_read, &undoing, &error);
	if (error != NULL)
		return complain_error(error);
	record_write(leadctl->format, &listing, &undoing);
	if (!result->changed)
		complain("%s: it was undone before; nothing changed", undoing.address);
	g_free(undoing.address);
	return LEADCTL_DONE;
}

/* A number is a row of the history; anything else says whom. */
static bool target_read(Store *store, const char *text, int64_t *contact_out,
			int64_t *history_out, ExitCode *code_out)
{
	guint64 number = 0;

	*contact_out = *history_out = 0;
	if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &number, NULL))
		return leadctl_find(store, text, contact_out, code_out);
	*history_out = (int64_t)number;
	return true;
}

static ExitCode undo_run(Leadctl *leadctl, char *const *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int64_t contact, history;
	UndoResult result;
	ExitCode code;
	Deed deed;

	if (!deed_read_reasoned("undo", options.reason, &deed))
		return LEADCTL_USAGE;
	store = leadctl_open(leadctl, 0, &code);
	if (store == NULL || !target_read(store, arguments[0], &contact, &history, &code))
		return code;
	if (!store_undo(store, contact, history, &deed, &result, &error))
		return complain_error(error);
	return undoing_write(leadctl, store, &result, &deed);
}

const Command command_undo = {
	.name = "undo",
	.arguments = "CONTACT|HISTORY-ID",
	.summary = "take back a promotion",
	.help = "Takes back the last change of stage that mail or an accepted\n"
		"suggestion brought; a number is that of a row of the history. From\n"
		"then on only later replies count.",
	.options = entries,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = undo_run,
};
