/* SPDX-License-Identifier: BSD-2-Clause */
#include "page.h"

#include "option-values.h"

static struct {
	char *since, *limit;
} options;

const GOptionEntry page_options[] = {
	{"since", 0, 0, G_OPTION_ARG_STRING, &options.since, "nothing older", "DATE"},
	{"limit", 0, 0, G_OPTION_ARG_STRING, &options.limit, "at most so many", "N"},
	G_OPTION_ENTRY_NULL,
};

bool page_options_read(Page *page)
{
	return option_date("--since", options.since, &page->since) &&
	       option_limit("--limit", options.limit, &page->limit);
}

void page_begin(Page *page, Format format, const Listing *listing)
{
	page->writer = row_writer_new(format, listing, SHAPE_ROWS);
}

bool page_add(Page *page, int64_t at, const void *row)
{
	if (at < page->since)
		return false;
	row_writer_add(page->writer, row);
	return true;
}

ExitCode page_end(Page *page, ExitCode code, const GError *error)
{
	size_t count = row_writer_count(page->writer);

	row_writer_end(page->writer);
	if (error != NULL)
		return complain_error(error);
	return code == LEADCTL_DONE && count == 0 ? LEADCTL_NOTHING : code;
}
