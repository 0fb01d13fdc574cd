/* SPDX-License-Identifier: BSD-2-Clause */
#include "command-line.h"

#include "lead/error.h"

static GOptionContext *context_new(CommandLine *into)
{
	GOptionEntry entries[] = {
		{"config", 'c', 0, G_OPTION_ARG_FILENAME, &into->file,
		 "Read the settings from FILE (" LEAD_SYSCONFDIR "/leadmilter.conf)",
		 "FILE"},
		{"foreground", 'f', 0, G_OPTION_ARG_NONE, &into->foreground,
		 "Stay in the foreground", NULL},
		{"check", 'n', 0, G_OPTION_ARG_NONE, &into->check,
		 "Check the settings and exit", NULL},
		{"version", 'V', 0, G_OPTION_ARG_NONE, &into->version,
		 "Print the version and exit", NULL},
		G_OPTION_ENTRY_NULL,
	};
	GOptionContext *context = g_option_context_new(NULL);

	g_option_context_set_summary(context, "Records mail with contacts, as a milter of "
					      "Postfix or Sendmail.");
	g_option_context_add_main_entries(context, entries, NULL);
	return context;
}

bool command_line_read(int argc, char **argv, CommandLine *command_line_out, GError **error)
{
	g_autoptr(GOptionContext) context = context_new(command_line_out);
	g_autoptr(GError) problem = NULL;

	if (!g_option_context_parse(context, &argc, &argv, &problem)) {
		g_set_error_literal(error, LEAD_ERROR, LEAD_ERROR_INVALID,
				    problem->message);
		return false;
	}
	if (argc > 1) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
			    "there is no argument '%s'", argv[1]);
		return false;
	}
	if (command_line_out->file == NULL)
		command_line_out->file = g_strdup(LEAD_SYSCONFDIR "/leadmilter.conf");
	return true;
}
