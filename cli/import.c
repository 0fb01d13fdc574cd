/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One import is one transaction: a file that proves damaged half-way leaves nothing
 * behind. A row that is refused alone leaves the others in, unless --strict.
 */
#include <string.h>

#include "command.h"
#include "csv-file.h"
#include "date.h"
#include "import-columns.h"
#include "import-summary.h"
#include "lead/error.h"
#include "progress.h"
#include "row-writer.h"

static struct {
	char *source;
	gboolean strict, dry_run;
} options;

static const GOptionEntry entries[] = {
	{"source", 0, 0, G_OPTION_ARG_STRING, &options.source,
	 "source of new contacts that have none in the file (default: import:FILE.csv)",
	 "TEXT"},
	{"strict", 0, 0, G_OPTION_ARG_NONE, &options.strict,
	 "import nothing if one row is refused", NULL},
	{"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run,
	 "say what would happen, and change nothing", NULL},
	G_OPTION_ENTRY_NULL,
};

typedef struct {
	const char *path;
	const Settings *settings;
	CsvFile *file;
	ImportColumns *columns;
	ContactText *text;
	StoreImport *import;
	ImportSummary summary;
	Progress progress;
	bool says_refusals; /* as they come; in JSON they are in the summary */
} Job;

static void row_refuse(Job *job, const char *reason)
{
	int64_t line = csv_file_line(job->file);

	import_summary_refuse(&job->summary, line, reason);
	if (!job->says_refusals)
		return;
	progress_hide(&job->progress);
	complain("%s:%" G_GINT64_FORMAT ": %s", job->path, line, reason);
}

/* False: the store failed, and the import with it. */
static bool row_put(Job *job, const ContactDraft *draft, GError **error)
{
	g_autoptr(GError) failed = NULL;
	PutResult result;

	if (store_import_put(job->import, draft, &result, &failed)) {
		import_summary_count(&job->summary, result);
		return true;
	}
	if (!g_error_matches(failed, LEAD_ERROR, LEAD_ERROR_INVALID)) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	row_refuse(job, failed->message);
	return true;
}

static bool row_read(Job *job, GError **error)
{
	g_autofree char *why = NULL;
	const ContactDraft *draft = NULL;

	contact_text_clear(job->text);
	if (import_columns_sort(job->columns, csv_file_fields(job->file),
				csv_file_count(job->file), job->text, &why))
		draft = contact_text_draft(job->text, job->settings, &why);
	if (draft != NULL)
		return row_put(job, draft, error);
	row_refuse(job, why);
	return true;
}

/* False: the file is damaged or the store failed. */
static bool rows_read(Job *job, GError **error)
{
	CsvRead got;

	while ((got = csv_file_next(job->file, error)) != CSV_END) {
		if (got == CSV_DAMAGED)
			return false;
		job->summary.read++;
		if (got == CSV_BAD_ROW)
			row_refuse(job, "a quote is out of place");
		else if (!row_read(job, error))
			return false;
		progress_show(&job->progress, "importing", csv_file_done(job->file),
			      csv_file_total(job->file));
	}
	return true;
}

static bool header_read(Job *job, GError **error)
{
	switch (csv_file_next(job->file, error)) {
	case CSV_ROW:
		if (csv_file_count(job->file) <= CSV_FIELDS_MAX)
			break;
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_LIMIT, "%s: more than %d columns",
			    job->path, CSV_FIELDS_MAX);
		return false;
	case CSV_BAD_ROW:
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
			    "%s:%" G_GINT64_FORMAT
			    ": a quote is out of place in the header",
			    job->path, csv_file_line(job->file));
		return false;
	case CSV_END:
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
			    "%s: the file is empty; the first row must name the columns",
			    job->path);
		return false;
	case CSV_DAMAGED:
		return false;
	}
	job->columns = import_columns_new(csv_file_fields(job->file), error);
	if (job->columns == NULL)
		g_prefix_error(error, "%s:%" G_GINT64_FORMAT ": ", job->path,
			       csv_file_line(job->file));
	return job->columns != NULL;
}

/* What was read becomes lasting, or as if it had never been. */
static bool import_end(Job *job, bool keep, GError **error)
{
	StoreImport *import = g_steal_pointer(&job->import);

	if (keep)
		return store_import_commit(import, error);
	store_import_abort(import);
	return true;
}

static ExitCode import_failed(const Job *job, const GError *error)
{
	ExitCode code = complain_error(error);

	complain("nothing of '%s' was imported", job->path);
	return code;
}

static ExitCode import_into(Job *job, Store *store, Format format)
{
	g_autoptr(GError) error = NULL;
	bool sound, wanted;

	job->import = store_import_begin(store, leadctl_actor(), date_now(), &error);
	if (job->import == NULL)
		return import_failed(job, error);
	sound = rows_read(job, &error);
	g_clear_pointer(&job->file, csv_file_close); /* its memory is wanted elsewhere */
	progress_hide(&job->progress);
	wanted = !options.strict || job->summary.refused == 0;
	if (!import_end(job, sound && wanted && !options.dry_run, &error) || !sound)
		return import_failed(job, error);
	if (!wanted) {
		import_summary_drop(&job->summary);
		complain("nothing of '%s' was imported, because of --strict", job->path);
	}
	record_write(format, &import_summary_listing, &job->summary);
	return job->summary.refused > 0 ? LEADCTL_REFUSED : LEADCTL_DONE;
}

static ExitCode job_run(Leadctl *leadctl, Job *job)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	ExitCode code;

	job->file = csv_file_open(job->path, &error);
	if (job->file == NULL || !header_read(job, &error)) {
		complain("%s", error->message);
		complain("nothing of '%s' was imported", job->path);
		return LEADCTL_REFUSED;
	}
	store = leadctl_open(leadctl, 0, &code);
	if (store == NULL)
		return code;
	return import_into(job, store, leadctl->format);
}

static char *default_source(const char *path)
{
	g_autofree char *name = NULL;

	if (strcmp(path, "-") == 0)
		return g_strdup("import:stdin");
	name = g_path_get_basename(path);
	return g_strconcat("import:", name, NULL);
}

static ExitCode import_run(Leadctl *leadctl, char *const *arguments)
{
	g_autofree char *source = default_source(arguments[0]);
	Job job = {.path = arguments[0], .says_refusals = leadctl->format != FORMAT_JSON};
	ExitCode code;

	job.settings = leadctl_settings(leadctl);
	if (job.settings == NULL)
		return LEADCTL_USAGE;
	job.text = contact_text_new();
	job.text->default_source = options.source != NULL ? options.source : source;
	import_summary_init(&job.summary, options.dry_run);
	progress_begin(&job.progress, false);
	code = job_run(leadctl, &job);
	import_summary_clear(&job.summary);
	contact_text_free(job.text);
	g_clear_pointer(&job.columns, import_columns_free);
	g_clear_pointer(&job.file, csv_file_close);
	return code;
}

const Command command_import = {
	.name = "import",
	.arguments = "FILE.csv",
	.summary = "add contacts from a CSV file, or bring them up to date",
	.help = "The first row names the columns, in any order and case: email (or\n"
		"address), name, organization, stage, source, owner, tags; others\n"
		"become custom fields. A row that cannot be taken is named by its\n"
		"line, and the others go in (exit status 4); of a damaged file\n"
		"nothing does. '-' is standard input.",
	.options = entries,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = import_run,
};
