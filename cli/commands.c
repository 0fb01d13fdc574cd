/* SPDX-License-Identifier: BSD-2-Clause */
#include <signal.h>
#include <string.h>

#include "command.h"
#include "lead/body.h"
#include "lead/nearest.h"
#include "lead/words.h"

const Command *const commands[] = {
	&command_init,
	&command_add,
	&command_import,
	&command_list,
	&command_show,
	&command_log,
	&command_count,
	&command_stage,
	&command_history,
	&command_review,
	&command_accept,
	&command_reject,
	&command_undo,
	&command_lock,
	&command_unlock,
	&command_ignore,
	&command_explain,
	&command_ingest,
	&command_status,
	&command_config,
	&command_help,
	&command_version,
	NULL,
};

static const Command *command_find(const char *name)
{
	for (const Command *const *command = commands; *command != NULL; command++) {
		if (strcmp((*command)->name, name) == 0)
			return *command;
	}
	return NULL;
}

static const char *command_nearest(const char *name)
{
	const char *names[G_N_ELEMENTS(commands)];

	for (size_t i = 0; i < G_N_ELEMENTS(commands) - 1; i++)
		names[i] = commands[i]->name;
	return nearest_word(name, names, G_N_ELEMENTS(commands) - 1);
}

const Command *command_named(const char *name)
{
	const Command *command = command_find(name);
	const char *meant;

	if (command != NULL)
		return command;
	meant = command_nearest(name);
	if (meant != NULL)
		complain("unknown command '%s'; did you mean '%s'?", name, meant);
	else
		complain("unknown command '%s'; 'leadctl help' lists them", name);
	return NULL;
}

static GOptionContext *context_new(const Command *command)
{
	GOptionContext *context = g_option_context_new(command->arguments);

	g_option_context_set_help_enabled(context, FALSE);
	if (command->options != NULL)
		g_option_context_add_main_entries(context, command->options, NULL);
	return context;
}

static bool arguments_fit(const Command *command, int count)
{
	if (count < command->arguments_min)
		complain("%s needs %s", command->name, command->arguments);
	else if (command->arguments_max != ANY_NUMBER && count > command->arguments_max)
		complain("%s takes %s%s", command->name,
			 command->arguments != NULL ? "only " : "no arguments",
			 command->arguments != NULL ? command->arguments : "");
	else
		return true;
	complain("see 'leadctl help %s'", command->name);
	return false;
}

/* GLib leaves a "--" that ended the options where it was. */
static char **arguments_start(int *argc, char **argv)
{
	bool marked = *argc > 1 && strcmp(argv[1], "--") == 0;

	*argc -= marked ? 2 : 1;
	return argv + (marked ? 2 : 1);
}

/* g_mime_init() has SIGPIPE ignored; `leadctl explain FILE | head` is to end here, quietly.
 */
static void mail_begin(void)
{
	body_init();
	signal(SIGPIPE, SIG_DFL);
	words_init();
}

ExitCode command_run(const Command *command, Leadctl *leadctl, int argc, char **argv)
{
	g_autoptr(GOptionContext) context = context_new(command);
	g_autoptr(GError) error = NULL;
	char **arguments;

	g_option_context_add_main_entries(context, leadctl_options, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error)) {
		complain("%s: %s", command->name, error->message);
		complain("see 'leadctl help %s'", command->name);
		return LEADCTL_USAGE;
	}
	if (leadctl_help_wanted()) {
		g_autofree char *text = command_help_text(command);

		fputs(text, stdout);
		return LEADCTL_DONE;
	}
	arguments = arguments_start(&argc, argv);
	if (!leadctl_options_take(leadctl) || !arguments_fit(command, argc))
		return LEADCTL_USAGE;
	if (command->reads_mail)
		mail_begin();
	return command->run(leadctl, arguments);
}

char *command_help_text(const Command *command)
{
	g_autoptr(GOptionContext) context = context_new(command);
	g_autofree char *program = g_strconcat("leadctl ", command->name, NULL);

	g_set_prgname(program);
	g_option_context_set_summary(context, command->help != NULL ? command->help
								    : command->summary);
	return g_option_context_get_help(context, TRUE, NULL);
}
