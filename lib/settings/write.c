/* SPDX-License-Identifier: BSD-2-Clause */
/* The option table as a sample file, as a list for the manual, and with its values. */
#include "option.h"

#include <string.h>

static const char sample_head[] =
	"# Settings of leadmilter and leadctl; see leadmilter.conf(5). Every option is "
	"shown\n"
	"# with its default. Lists are words separated by blanks; an empty list is none.\n"
	"# Sizes: 4096, 64K, 1M. Durations: 500ms, 5s, 2m, 1h.\n";

static void write_choices(const Option *option, FILE *out)
{
	g_autofree char *choices = NULL;

	if (option->type != OPTION_ENUM)
		return;
	choices = g_strjoinv(", ", (char **)(uintptr_t)option->choices);
	fprintf(out, "# one of: %s\n", choices);
}

void settings_write_sample(FILE *out)
{
	const char *section = "";

	fputs(sample_head, out);
	for (size_t i = 0; i < option_count; i++) {
		const Option *option = &option_table[i];

		if (strcmp(section, option->section) != 0)
			fprintf(out, "\n[%s]\n", section = option->section);
		fprintf(out, "\n# %s\n", option->summary);
		write_choices(option, out);
		fprintf(out, "#%s =%s%s\n", option->name,
			*option->preset != '\0' ? " " : "", option->preset);
	}
}

void settings_write(const Settings *settings, FILE *out)
{
	for (size_t i = 0; i < option_count; i++) {
		g_autofree char *value = option_format(&option_table[i], settings);

		fprintf(out, "%s.%s =%s%s\n", option_table[i].section, option_table[i].name,
			*value != '\0' ? " " : "", value);
	}
}

void settings_write_table(FILE *out)
{
	for (size_t i = 0; i < option_count; i++) {
		const Option *option = &option_table[i];

		fprintf(out, "%s\t%s\t%s\t%s\t%s\n", option->section, option->name,
			option_type_name(option->type), option->preset, option->summary);
	}
}
