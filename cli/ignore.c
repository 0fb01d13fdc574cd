/* SPDX-License-Identifier: BSD-2-Clause */
/* `ignore`: the never-log list. */
#include <string.h>

#include "cell-words.h"
#include "command.h"
#include "deed.h"
#include "row-writer.h"

static struct {
	char *scope, *reason;
} options;

static const GOptionEntry entries[] = {
	{"scope", 0, 0, G_OPTION_ARG_STRING, &options.scope,
	 "participant: that person is left out (the default); message: the whole message",
	 "SCOPE"},
	{"reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "why; kept in the history",
	 "TEXT"},
	G_OPTION_ENTRY_NULL,
};

/* ---- list ---- */

/* Names are an interface: see leadctl(1). */
static const Column list_columns[] = {
	COLUMN(NeverLogEntry, pattern, "PATTERN", CELL_TEXT),
	COLUMN_WORD(NeverLogEntry, scope, "SCOPE", scope_word, NULL),
	COLUMN(NeverLogEntry, at, "SINCE", CELL_TIME),
	COLUMN(NeverLogEntry, actor, "ACTOR", CELL_TEXT),
	COLUMN_TEXT(NeverLogEntry, reason, "REASON"),
	COLUMN(NeverLogEntry, dropped, "DROPPED", CELL_INTEGER),
};
static const Listing list_listing = LISTING("ignored", list_columns);

static bool entry_write(const NeverLogEntry *entry, void *writer)
{
	row_writer_add(writer, entry);
	return true;
}

static ExitCode list_run(Leadctl *leadctl, const char *pattern G_GNUC_UNUSED)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	RowWriter *writer;
	size_t count;
	ExitCode code;

	store = leadctl_open(leadctl, STORE_READ_ONLY, &code);
	if (store == NULL)
		return code;
	writer = row_writer_new(leadctl->format, &list_listing, SHAPE_ROWS);
	store_visit_never_log(store, entry_write, writer, &error);
	count = row_writer_count(writer);
	row_writer_end(writer);
	if (error != NULL)
		return complain_error(error);
	return count > 0 ? LEADCTL_DONE : LEADCTL_NOTHING;
}

/* ---- add, remove ---- */

typedef struct {
	const char *pattern;
	NeverLogScope scope;
	const char *actor, *reason;
	bool changed;
} Change;

static const Column change_columns[] = {
	COLUMN(Change, pattern, NULL, CELL_TEXT),
	COLUMN_WORD(Change, scope, NULL, scope_word, NULL),
	COLUMN(Change, actor, NULL, CELL_TEXT),
	COLUMN(Change, reason, NULL, CELL_TEXT),
	COLUMN(Change, changed, NULL, CELL_FLAG),
};
static const Listing change_listing = LISTING("ignore", change_columns);

static bool find_scope(const NeverLogEntry *entry, void *user)
{
	Change *change = user;

	if (strcmp(entry->pattern, change->pattern) == 0)
		change->scope = entry->scope;
	return true;
}

static void change_write(Leadctl *leadctl, Change *change, const Deed *deed)
{
	change->actor = deed->actor;
	change->reason = deed->reason;
	record_write(leadctl->format, &change_listing, change);
}

/* What is on the list keeps its scope unless another one is given. */
static bool scope_choose(Store *store, Change *change, GError **error)
{
	if (options.scope != NULL)
		return never_log_scope_from_name(options.scope, &change->scope);
	if (!store_visit_never_log(store, find_scope, change, error))
		return false;
	if (change->scope == NEVER_LOG_NOT)
		change->scope = NEVER_LOG_PARTICIPANT;
	return true;
}

static ExitCode add(Leadctl *leadctl, Store *store, Change *change, const Deed *deed)
{
	g_autoptr(GError) error = NULL;

	if (!scope_choose(store, change, &error) ||
	    !store_never_log_add(store, change->pattern, change->scope, deed,
				 &change->changed, &error))
		return complain_error(error);
	change_write(leadctl, change, deed);
	if (!change->changed)
		complain("'%s' was on the list before; nothing changed", change->pattern);
	return LEADCTL_DONE;
}

static ExitCode take_off(Leadctl *leadctl, Store *store, Change *change, const Deed *deed)
{
	g_autoptr(GError) error = NULL;

	if (!store_never_log_remove(store, change->pattern, deed, &change->changed, &error))
		return complain_error(error);
	change_write(leadctl, change, deed);
	if (change->changed)
		return LEADCTL_DONE;
	complain("'%s' is not on the list; nothing changed", change->pattern);
	return LEADCTL_NOTHING;
}

static ExitCode change_run(Leadctl *leadctl, const char *text,
			   ExitCode (*run)(Leadctl *, Store *, Change *, const Deed *))
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autofree char *pattern = never_log_pattern(text, &error);
	Change change = {.pattern = pattern};
	ExitCode code;
	Deed deed;

	if (pattern == NULL) {
		complain("%s", error->message);
		return LEADCTL_USAGE;
	}
	deed_read(options.reason, &deed);
	store = leadctl_open(leadctl, 0, &code);
	return store != NULL ? run(leadctl, store, &change, &deed) : code;
}

static ExitCode add_run(Leadctl *leadctl, const char *pattern)
{
	NeverLogScope scope;

	if (options.scope == NULL || never_log_scope_from_name(options.scope, &scope))
		return change_run(leadctl, pattern, add);
	complain("--scope: no scope '%s'; there are participant and message",
		 options.scope);
	return LEADCTL_USAGE;
}

static ExitCode remove_run(Leadctl *leadctl, const char *pattern)
{
	return change_run(leadctl, pattern, take_off);
}

/* ---- which of them ---- */

static const struct {
	const char *name;
	unsigned arguments; /* behind the name */
	ExitCode (*run)(Leadctl *leadctl, const char *pattern);
} verbs[] = {
	{"add", 1, add_run},
	{"remove", 1, remove_run},
	{"list", 0, list_run},
};

static ExitCode ignore_run(Leadctl *leadctl, char *const *arguments)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
		if (strcmp(arguments[0], verbs[i].name) != 0)
			continue;
		if (g_strv_length((char **)(uintptr_t)arguments) == verbs[i].arguments + 1)
			return verbs[i].run(leadctl, arguments[1]);
		complain("ignore %s takes %s", verbs[i].name,
			 verbs[i].arguments > 0 ? "one PATTERN" : "no pattern");
		return LEADCTL_USAGE;
	}
	complain("ignore: unknown '%s'; there are add, remove and list", arguments[0]);
	return LEADCTL_USAGE;
}

const Command command_ignore = {
	.name = "ignore",
	.arguments = "add PATTERN | remove PATTERN | list",
	.summary = "the never-log list: whose mail is not recorded",
	.help = "PATTERN is an address, a domain with its sub-domains, or a pattern\n"
		"with * and ?. It counts for mail from now on; what has been recorded\n"
		"stays.",
	.options = entries,
	.arguments_min = 1,
	.arguments_max = 2,
	.run = ignore_run,
};
