/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>

#include "command.h"

char *leadctl_help_text(void)
{
	g_autoptr(GOptionContext) context = g_option_context_new("COMMAND …");
	g_autoptr(GString) list = g_string_new("Contacts, their mail and their stages.\n\n"
					       "Commands:\n");

	for (const Command *const *command = commands; *command != NULL; command++)
		g_string_append_printf(list, "  %-9s %s\n", (*command)->name,
				       (*command)->summary);
	g_string_append(list, "\n'leadctl help COMMAND' says more about one.");
	g_set_prgname("leadctl");
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_set_summary(context, list->str);
	g_option_context_add_main_entries(context, leadctl_options, NULL);
	return g_option_context_get_help(context, TRUE, NULL);
}

static ExitCode help_run(Leadctl *leadctl G_GNUC_UNUSED, char *const *arguments)
{
	g_autofree char *text = NULL;
	const Command *command;

	if (*arguments == NULL) {
		text = leadctl_help_text();
		fputs(text, stdout);
		return LEADCTL_DONE;
	}
	command = command_named(*arguments);
	if (command == NULL)
		return LEADCTL_USAGE;
	text = command_help_text(command);
	fputs(text, stdout);
	return LEADCTL_DONE;
}

const Command command_help = {
	.name = "help",
	.arguments = "[COMMAND]",
	.summary = "this list, or more about one command",
	.arguments_max = 1,
	.run = help_run,
};
