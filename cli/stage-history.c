/* SPDX-License-Identifier: BSD-2-Clause */
#include "cell-words.h"
#include "command.h"
#include "lead/contact.h"
#include "page.h"

/* Names are an interface: see leadctl(1). */
static const Column columns[] = {
	COLUMN(HistoryRow, at, "AT", CELL_TIME),
	COLUMN(HistoryRow, address, "ADDRESS", CELL_TEXT),
	COLUMN_WORD(HistoryRow, action, "ACTION", action_word, NULL),
	COLUMN_WORD(HistoryRow, from, "FROM", stage_word, stage_colour),
	COLUMN_WORD(HistoryRow, to, "TO", stage_word, stage_colour),
	COLUMN(HistoryRow, actor, "ACTOR", CELL_TEXT),
	COLUMN_TEXT(HistoryRow, reason, "REASON"),
	COLUMN_TEXT(HistoryRow, detail, "DETAIL"),
	COLUMN_WORD(HistoryRow, tier, "TIER", tier_word, NULL),
	COLUMN_TEXT(HistoryRow, message_id, "MESSAGE ID"),
	COLUMN_TEXT(HistoryRow, outreach_id, "OUTREACH ID"),
	COLUMN(HistoryRow, evidence, NULL, CELL_TEXT),
	COLUMN(HistoryRow, id, "ID", CELL_ID),
};
static const Listing listing = LISTING("history", columns);

static bool history_write(const HistoryRow *row, void *page)
{
	return page_add(page, row->at, row);
}

static ExitCode history_run(Leadctl *leadctl, char *const *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	Page page;
	int64_t id = 0; /* of all contacts */
	ExitCode code;

	if (!page_options_read(&page))
		return LEADCTL_USAGE;
	store = leadctl_open(leadctl, STORE_READ_ONLY, &code);
	if (store == NULL)
		return code;
	code = LEADCTL_DONE;
	page_begin(&page, leadctl->format, &listing);
	if (arguments[0] == NULL || leadctl_find(store, arguments[0], &id, &code))
		store_visit_history(store, id, page.limit, history_write, &page, &error);
	return page_end(&page, code, error);
}

const Command command_history = {
	.name = "history",
	.arguments = "[CONTACT]",
	.summary = "changes of stage, and what people did, newest first",
	.options = page_options,
	.arguments_max = 1,
	.run = history_run,
};
