/* SPDX-License-Identifier: BSD-2-Clause */
#include "command.h"
#include "lead/error.h"
#include "lead/ingest.h"
#include "progress.h"
#include "row-writer.h"

static struct {
	gboolean progress, dry_run, spool;
} options;

static const GOptionEntry entries[] = {
	{"progress", 0, 0, G_OPTION_ARG_NONE, &options.progress,
	 "say how far it has come, also where standard error is no terminal", NULL},
	{"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run,
	 "judge each message alone, and record nothing", NULL},
	{"spool", 0, 0, G_OPTION_ARG_NONE, &options.spool,
	 "record what waits in the spool, instead of archives", NULL},
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

/* Either archives, or the spool, of which nothing can be judged in advance. */
static bool usage_is_right(char *const *arguments)
{
	if (options.spool && arguments[0] != NULL)
		complain("ingest --spool takes no PATH");
	else if (options.spool && options.dry_run)
		complain("--spool and --dry-run do not go together");
	else if (!options.spool && arguments[0] == NULL)
		complain("ingest needs a PATH, or --spool");
	else
		return true;
	return false;
}

static bool spool_ingest(Store *store, Settings *settings, const IngestCallbacks *callbacks,
			 IngestSummary *summary_out, GError **error)
{
	int64_t waiting;

	if (!ingest_spool(store, settings, callbacks, summary_out, &waiting, error))
		return false;
	if (waiting > 0)
		problem_say("spool",
			    "some records wait on: a running leadmilter has them "
			    "open, and replays them itself",
			    callbacks->user);
	return true;
}

static bool anything_ingest(Leadctl *leadctl, Store *store, char *const *arguments,
			    IngestSummary *summary_out, GError **error)
{
	Progress progress;
	IngestCallbacks callbacks = {phase_show, problem_say, &progress, options.dry_run};
	bool done;

	progress_begin(&progress, options.progress);
	if (options.spool)
		done = spool_ingest(store, leadctl->settings, &callbacks, summary_out,
				    error);
	else
		done = ingest(store, leadctl->settings, (const char *const *)arguments,
			      &callbacks, summary_out, error);
	progress_hide(&progress);
	return done;
}

static ExitCode ingest_run(Leadctl *leadctl, char *const *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	IngestSummary summary;
	ExitCode code;

	if (!usage_is_right(arguments))
		return LEADCTL_USAGE;
	store = leadctl_open(leadctl, options.dry_run ? STORE_READ_ONLY : 0, &code);
	if (store == NULL)
		return code;
	if (settings_warning(leadctl->settings) != NULL)
		complain("warning: %s", settings_warning(leadctl->settings));
	if (anything_ingest(leadctl, store, arguments, &summary, &error)) {
		record_write(leadctl->format, &listing, &summary);
		return summary_code(&summary);
	}
	code = complain_error(error);
	/* a path that is not there is not an empty result */
	return code == LEADCTL_NOTHING ? LEADCTL_REFUSED : code;
}

const Command command_ingest = {
	.name = "ingest",
	.arguments = "PATH…|--spool",
	.summary = "record old mail: mbox, Maildir, folders of message files",
	.help = "Reads archives through the same rules as live mail, in order of\n"
		"arrival. A message of one of our own domains counts as submitted\n"
		"by us. Recording the same mail twice changes nothing.\n"
		"With --spool: what waits in the spool, when no leadmilter runs to\n"
		"replay it.",
	.options = entries,
	.arguments_min = 0,
	.arguments_max = ANY_NUMBER,
	.reads_mail = true,
	.run = ingest_run,
};
