/* SPDX-License-Identifier: BSD-2-Clause */
#include "cell-words.h"
#include "command.h"
#include "lead/contact.h"
#include "page.h"

/* Names are an interface: see leadctl(1). */
static const Column columns[] = {
	COLUMN(Interaction, at, "AT", CELL_TIME),
	COLUMN_WORD(Interaction, direction, "DIRECTION", direction_word, NULL),
	COLUMN(Interaction, kind, "KIND", CELL_TEXT),
	COLUMN_WORD(Interaction, class, "CLASS", class_word, NULL),
	COLUMN_WORD(Interaction, role, NULL, role_word, NULL),
	COLUMN_TEXT(Interaction, rep, "REP"),
	COLUMN_TEXT(Interaction, subject, "SUBJECT"),
	COLUMN(Interaction, message_id, NULL, CELL_TEXT),
	COLUMN(Interaction, outreach, NULL, CELL_FLAG),
	COLUMN_WORD(Interaction, outcome, "OUTCOME", outcome_word, outcome_colour),
	COLUMN_WORD(Interaction, reason, "REASON", reason_word, NULL),
	COLUMN_WORD(Interaction, tier, NULL, tier_word, NULL),
	COLUMN(Interaction, evidence, NULL, CELL_WORDS),
};
static const Listing listing = LISTING("interactions", columns);

static bool interaction_write(const Interaction *interaction, void *page)
{
	return page_add(page, interaction->at, interaction);
}

static ExitCode log_run(Leadctl *leadctl, char *const *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	Page page;
	int64_t id;
	ExitCode code;

	if (!page_options_read(&page))
		return LEADCTL_USAGE;
	store = leadctl_open(leadctl, STORE_READ_ONLY, &code);
	if (store == NULL)
		return code;
	code = LEADCTL_DONE;
	page_begin(&page, leadctl->format, &listing);
	if (leadctl_find(store, arguments[0], &id, &code))
		store_visit_interactions(store, id, page.limit, interaction_write, &page,
					 &error);
	return page_end(&page, code, error);
}

const Command command_log = {
	.name = "log",
	.arguments = "CONTACT",
	.summary = "what happened with a contact, newest first",
	.options = page_options,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = log_run,
};
