/* SPDX-License-Identifier: BSD-2-Clause */
#include "command.h"
#include "lead/error.h"
#include "lead/ingest.h"
#include "progress.h"
#include "row-writer.h"

static struct {
	gboolean progress, dry_run;
} options;

static const GOptionEntry entries[] = {
	{"progress", 0, 0, G_OPTION_ARG_NONE, &options.progress,
	 "say how far it has come, also where standard error is no terminal", NULL},
	{"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run,
	 "judge each message alone, and record nothing", NULL},
	G_OPTION_ENTRY_NULL,
};

static const Column columns[] = {
	COLUMN(IngestSummary, read, NULL, CELL_INTEGER),
	COLUMN(IngestSummary, recorded, NULL, CELL_INTEGER),
	COLUMN(IngestSummary, duplicates, NULL, CELL_INTEGER),
	COLUMN(IngestSummary, ignored, NULL, CELL_INTEGER),
	COLUMN(IngestSummary, failed, NULL, CELL_INTEGER),
	COLUMN(IngestSummary, promoted, NULL, CELL_INTEGER),
	COLUMN(IngestSummary, suggested, NULL, CELL_INTEGER),
	COLUMN(IngestSummary, seconds, NULL, CELL_REAL),
};
static const Listing listing = LISTING("ingest", columns);

static void phase_show(const char *phase, size_t done, size_t total, void *progress)
{
	progress_show(progress, phase, done, total);
}

static void problem_say(const char *name, const char *text, void *progress)
{
	progress_hide(progress);
	complain("%s: %s", name, text);
}

static ExitCode summary_code(const IngestSummary *summary)
{
	if (summary->failed > 0)
		return LEADCTL_REFUSED;
	return summary->read > 0 ? LEADCTL_DONE : LEADCTL_NOTHING;
}

static ExitCode ingest_run(Leadctl *leadctl, char *const *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	IngestSummary summary;
	Progress progress;
	IngestCallbacks callbacks = {phase_show, problem_say, &progress, options.dry_run};
	ExitCode code;
	bool done;

	store = leadctl_open(leadctl, options.dry_run ? STORE_READ_ONLY : 0, &code);
	if (store == NULL)
		return code;
	if (settings_warning(leadctl->settings) != NULL)
		complain("warning: %s", settings_warning(leadctl->settings));
	progress_begin(&progress, options.progress);
	done = ingest(store, leadctl->settings, (const char *const *)arguments, &callbacks,
		      &summary, &error);
	progress_hide(&progress);
	if (done) {
		record_write(leadctl->format, &listing, &summary);
		return summary_code(&summary);
	}
	code = complain_error(error);
	/* a path that is not there is not an empty result */
	return code == LEADCTL_NOTHING ? LEADCTL_REFUSED : code;
}

const Command command_ingest = {
	.name = "ingest",
	.arguments = "PATH…",
	.summary = "record old mail: mbox, Maildir, folders of message files",
	.help = "Reads archives through the same rules as live mail, in order of\n"
		"arrival. A message of one of our own domains counts as submitted\n"
		"by us. Recording the same mail twice changes nothing.",
	.options = entries,
	.arguments_min = 1,
	.arguments_max = ANY_NUMBER,
	.run = ingest_run,
};
