/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A command of leadctl: one row beside the function that it runs. The command line, the
 * help and the list of commands come from the row. To add a command, write its file with
 * a row, declare it here and put it into the list in commands.c.
 */
#ifndef LEADCTL_COMMAND_H
#define LEADCTL_COMMAND_H

#include <glib.h>

#include "leadctl.h"

enum { ANY_NUMBER = -1 };

typedef struct {
	const char *name;
	const char *arguments; /* for the usage line: "ADDRESS STAGE"; NULL for none */
	const char *summary;   /* one line, for the list of commands */
	const char *help; /* more, for `leadctl help NAME`; NULL if the summary is all */
	const GOptionEntry *options; /* NULL for none */
	int arguments_min, arguments_max;
	bool reads_mail; /* needs GMime and the word lists, which take longer than a query */
	ExitCode (*run)(Leadctl *leadctl, char *const *arguments);
} Command;

extern const Command command_init;
extern const Command command_add;
extern const Command command_import;
extern const Command command_list;
extern const Command command_show;
extern const Command command_log;
extern const Command command_count;
extern const Command command_stage;
extern const Command command_history;
extern const Command command_review;
extern const Command command_accept;
extern const Command command_reject;
extern const Command command_undo;
extern const Command command_lock;
extern const Command command_unlock;
extern const Command command_ignore;
extern const Command command_explain;
extern const Command command_ingest;
extern const Command command_status;
extern const Command command_config;
extern const Command command_help;
extern const Command command_version;

extern const Command *const commands[]; /* in the order of the help; NULL-terminated */

const Command *command_named(const char *name); /* NULL: complained, with a proposal */

/* Parses the options of the command and of leadctl itself out of argv (argv[0] is the
 * command's name); what is left are its arguments. LEADCTL_USAGE after a complaint. */
ExitCode command_run(const Command *command, Leadctl *leadctl, int argc, char **argv);

/* Help for one command, or for leadctl as a whole. Caller frees. */
char *command_help_text(const Command *command);
char *leadctl_help_text(void);

/* The options of leadctl itself. They may stand on either side of the command. */
extern const GOptionEntry leadctl_options[];
/* Moves what they said into leadctl; false (complained) if they contradict each other. */
bool leadctl_options_take(Leadctl *leadctl);
bool leadctl_help_wanted(void);
bool leadctl_version_wanted(void);

#endif
