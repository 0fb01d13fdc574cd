/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "cell-words.h"
#include "command.h"
#include "row-writer.h"

static struct {
	char *by;
	gboolean interactions;
} options;

static const GOptionEntry entries[] = {
	{"by", 0, 0, G_OPTION_ARG_STRING, &options.by,
	 "what to count apart by, with commas between: month, stage, source; of "
	 "interactions: month, direction",
	 "LIST"},
	{"interactions", 0, 0, G_OPTION_ARG_NONE, &options.interactions,
	 "count interactions instead of contacts", NULL},
	G_OPTION_ENTRY_NULL,
};

typedef struct {
	const char *month, *source;
	Stage stage;
	Direction direction;
	int64_t number;
} Row;

/* Names are an interface: see leadctl(1). */
static const struct {
	const char *name;
	unsigned bit;
	bool of[2]; /* by CountOf */
	Column column;
} parts[] = {
	{"month", COUNT_BY_MONTH, {true, true}, COLUMN(Row, month, "MONTH", CELL_TEXT)},
	{"stage",
	 COUNT_BY_STAGE,
	 {true, false},
	 COLUMN_WORD(Row, stage, "STAGE", stage_word, stage_colour)},
	{"source", COUNT_BY_SOURCE, {true, false}, COLUMN_TEXT(Row, source, "SOURCE")},
	{"direction",
	 COUNT_BY_DIRECTION,
	 {false, true},
	 COLUMN_WORD(Row, direction, "DIRECTION", direction_word, NULL)},
};

static CountOf asked_of(void)
{
	return options.interactions ? COUNT_INTERACTIONS : COUNT_CONTACTS;
}

static unsigned bit_named(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		if (parts[i].of[asked_of()] && strcmp(parts[i].name, name) == 0)
			return parts[i].bit;
	}
	complain("--by: %s are not counted by '%s'; see 'leadctl help count'",
		 options.interactions ? "interactions" : "contacts", name);
	return 0;
}

static bool by_read(unsigned *by_out)
{
	const char *usual = options.interactions ? "month,direction" : "month,stage,source";
	g_auto(GStrv) names = g_strsplit(options.by != NULL ? options.by : usual, ",", -1);

	*by_out = 0;
	for (char **name = names; *name != NULL; name++) {
		unsigned bit = bit_named(g_strstrip(*name));

		if (bit == 0)
			return false;
		*by_out |= bit;
	}
	return true;
}

/* The columns that were asked for, and the number. Caller frees. */
static Column *columns_new(unsigned by, size_t *count_out)
{
	static const Column number = COLUMN(Row, number, "NUMBER", CELL_INTEGER);
	Column *columns = g_new(Column, G_N_ELEMENTS(parts) + 1);
	size_t count = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		if ((by & parts[i].bit) != 0)
			columns[count++] = parts[i].column;
	}
	columns[count++] = number;
	*count_out = count;
	return columns;
}

static bool count_write(const Count *count, void *writer)
{
	g_autofree char *month =
		count->month != 0 ? g_strdup_printf("%04d-%02d", (int)(count->month / 100),
						    (int)(count->month % 100))
				  : NULL;

	row_writer_add(writer, &(Row){.month = month,
				      .source = count->source,
				      .stage = count->stage,
				      .direction = count->direction,
				      .number = count->number});
	return true;
}

static ExitCode counts_write(Store *store, Format format, unsigned by)
{
	g_autoptr(GError) error = NULL;
	Listing listing = {.name = "counts"};
	g_autofree Column *columns = columns_new(by, &listing.count);
	RowWriter *writer;
	size_t count;

	listing.columns = columns;
	writer = row_writer_new(format, &listing, SHAPE_ROWS);
	store_visit_counts(store, asked_of(), by, count_write, writer, &error);
	count = row_writer_count(writer);
	row_writer_end(writer);
	if (error != NULL)
		return complain_error(error);
	return count > 0 ? LEADCTL_DONE : LEADCTL_NOTHING;
}

static ExitCode count_run(Leadctl *leadctl, char *const *arguments G_GNUC_UNUSED)
{
	g_autoptr(Store) store = NULL;
	unsigned by;
	ExitCode code;

	if (!by_read(&by))
		return LEADCTL_USAGE;
	store = leadctl_open(leadctl, STORE_READ_ONLY, &code);
	return store != NULL ? counts_write(store, leadctl->format, by) : code;
}

const Command command_count = {
	.name = "count",
	.summary = "how many contacts, by month, stage and source",
	.help = "Counts contacts by the month in which they were added, their stage and\n"
		"their source, or interactions by month and direction. Months are UTC.",
	.options = entries,
	.run = count_run,
};
