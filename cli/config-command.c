/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "row-writer.h"

static struct {
	gboolean sample;
} options;

static const GOptionEntry entries[] = {
	{"sample", 0, 0, G_OPTION_ARG_NONE, &options.sample,
	 "the sample file: every option with its default", NULL},
	G_OPTION_ENTRY_NULL,
};

typedef struct {
	const char *name, *value;
} Option;

static const Column columns[] = {
	COLUMN(Option, name, "NAME", CELL_TEXT),
	COLUMN(Option, value, "VALUE", CELL_TEXT),
};
static const Listing listing = LISTING("options", columns);

/* The settings' own lines, "section.option = value", as rows. */
static void rows_write(Format format, const Settings *settings)
{
	RowWriter *writer = row_writer_new(format, &listing, SHAPE_ROWS);
	g_auto(GStrv) lines = NULL;
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	if (stream == NULL)
		g_error("no memory for the settings");
	settings_write(settings, stream);
	fclose(stream);
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		char *equals = strstr(*line, " =");
		Option option = {.name = *line};

		if (equals == NULL)
			continue;
		*equals = '\0';
		option.value = g_strstrip(equals + strlen(" ="));
		row_writer_add(writer, &option);
	}
	row_writer_end(writer);
	free(text);
}

static ExitCode config_run(Leadctl *leadctl, char *const *arguments G_GNUC_UNUSED)
{
	Settings *settings;

	if (options.sample) {
		settings_write_sample(stdout);
		return LEADCTL_DONE;
	}
	settings = leadctl_settings(leadctl);
	if (settings == NULL)
		return LEADCTL_USAGE;
	if (leadctl->format == FORMAT_TABLE)
		settings_write(settings, stdout);
	else
		rows_write(leadctl->format, settings);
	return LEADCTL_DONE;
}

const Command command_config = {
	.name = "config",
	.summary = "the settings in force, or a sample file",
	.help = "Shows every setting with the value in force, after checking the file.",
	.options = entries,
	.run = config_run,
};
