/* SPDX-License-Identifier: BSD-2-Clause */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "command.h"

static struct {
	char *db, *file;
	gboolean json, csv, help, version;
} options;

const GOptionEntry leadctl_options[] = {
	{"db", 0, 0, G_OPTION_ARG_FILENAME, &options.db,
	 "the database (sqlite:PATH), instead of the settings' store.uri", "URI"},
	{"config", 'c', 0, G_OPTION_ARG_FILENAME, &options.file,
	 "settings, instead of " LEAD_SYSCONFDIR "/leadmilter.conf", "FILE"},
	{"json", 0, 0, G_OPTION_ARG_NONE, &options.json, "write JSON", NULL},
	{"csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, "write CSV", NULL},
	{"help", 'h', 0, G_OPTION_ARG_NONE, &options.help, "show help", NULL},
	{"version", 'V', 0, G_OPTION_ARG_NONE, &options.version, "show the version", NULL},
	G_OPTION_ENTRY_NULL,
};

bool leadctl_help_wanted(void)
{
	return options.help;
}

bool leadctl_version_wanted(void)
{
	return options.version;
}

bool leadctl_options_take(Leadctl *leadctl)
{
	if (options.json && options.csv) {
		complain("--json and --csv exclude each other");
		return false;
	}
	leadctl->db = g_steal_pointer(&options.db);
	leadctl->file = g_steal_pointer(&options.file);
	leadctl->format = options.json	? FORMAT_JSON
			  : options.csv ? FORMAT_CSV
					: FORMAT_TABLE;
	return true;
}

/* Stored text, arguments and output are UTF-8; a locale without it is set aside, so that
 * names neither break nor fail on a bare host. Messages and numbers stay as in C. */
static void locale_begin(void)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

/* Options in front of the command; strict, because those behind it are the command's. */
static bool options_read(int *argc, char ***argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;

	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_set_strict_posix(context, TRUE);
	g_option_context_add_main_entries(context, leadctl_options, NULL);
	if (g_option_context_parse(context, argc, argv, &error))
		return true;
	complain("%s; see 'leadctl help'", error->message);
	return false;
}

static ExitCode dispatch(Leadctl *leadctl, int argc, char **argv)
{
	const Command *command = NULL;

	if (!options_read(&argc, &argv))
		return LEADCTL_USAGE;
	if (leadctl_version_wanted())
		return leadctl_options_take(leadctl) ? command_version.run(leadctl, argv)
						     : LEADCTL_USAGE;
	if (argc < 2) {
		g_autofree char *text = leadctl_help_text();

		fputs(text, leadctl_help_wanted() ? stdout : stderr);
		return leadctl_help_wanted() ? LEADCTL_DONE : LEADCTL_USAGE;
	}
	command = command_named(argv[1]);
	if (command == NULL)
		return LEADCTL_USAGE;
	return command_run(command, leadctl, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	Leadctl leadctl = {.format = FORMAT_TABLE};
	ExitCode code;

	locale_begin();
	code = dispatch(&leadctl, argc, argv);
	leadctl_clear(&leadctl);
	/* a full disk or a closed pipe must not look like success */
	if (fflush(stdout) != 0 || ferror(stdout)) {
		complain("cannot write the output: %s", g_strerror(errno));
		code = LEADCTL_REFUSED;
	}
	return code;
}
