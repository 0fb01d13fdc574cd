/* SPDX-License-Identifier: BSD-2-Clause */
#include "import-summary.h"

#include <string.h>

typedef struct {
	int64_t line;
	char *reason;
} Refusal;

static const Column refusal_columns[] = {
	COLUMN(Refusal, line, NULL, CELL_INTEGER),
	COLUMN(Refusal, reason, NULL, CELL_TEXT),
};
static const Listing refusal_listing = LISTING("refusals", refusal_columns);

/* Names are an interface: see leadctl(1). */
static const Column columns[] = {
	COLUMN(ImportSummary, read, NULL, CELL_INTEGER),
	COLUMN(ImportSummary, added, NULL, CELL_INTEGER),
	COLUMN(ImportSummary, updated, NULL, CELL_INTEGER),
	COLUMN(ImportSummary, unchanged, NULL, CELL_INTEGER),
	COLUMN(ImportSummary, refused, NULL, CELL_INTEGER),
	COLUMN(ImportSummary, dry_run, NULL, CELL_FLAG),
	{.name = "refusals",
	 .type = CELL_ROWS,
	 .offset = offsetof(ImportSummary, refusals),
	 .rows = &refusal_listing},
};
const Listing import_summary_listing = LISTING("import", columns);

static void refusal_free(gpointer refusal)
{
	g_free(((Refusal *)refusal)->reason);
	g_free(refusal);
}

void import_summary_init(ImportSummary *summary, bool dry_run)
{
	memset(summary, 0, sizeof *summary);
	summary->refusals = g_ptr_array_new_with_free_func(refusal_free);
	summary->dry_run = dry_run;
}

void import_summary_clear(ImportSummary *summary)
{
	g_clear_pointer(&summary->refusals, g_ptr_array_unref);
}

void import_summary_count(ImportSummary *summary, PutResult result)
{
	switch (result) {
	case PUT_ADDED:
		summary->added++;
		break;
	case PUT_UPDATED:
		summary->updated++;
		break;
	case PUT_UNCHANGED:
		summary->unchanged++;
		break;
	}
}

void import_summary_refuse(ImportSummary *summary, int64_t line, const char *reason)
{
	Refusal *refusal = g_new0(Refusal, 1);

	refusal->line = line;
	refusal->reason = g_strdup(reason);
	g_ptr_array_add(summary->refusals, refusal);
	summary->refused++;
}

void import_summary_drop(ImportSummary *summary)
{
	summary->added = summary->updated = summary->unchanged = 0;
}
