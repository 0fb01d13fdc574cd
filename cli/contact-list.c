/* SPDX-License-Identifier: BSD-2-Clause */
#include "command.h"
#include "contact-listing.h"
#include "date.h"
#include "option-values.h"
#include "row-writer.h"

static struct {
	char *stage, *owner, *source, *domain, *since, *limit;
} options;

static const GOptionEntry entries[] = {
	{"stage", 0, 0, G_OPTION_ARG_STRING, &options.stage,
	 "in this stage: lead, prospect, customer, client", "STAGE"},
	{"owner", 0, 0, G_OPTION_ARG_STRING, &options.owner, "of this rep", "OWNER"},
	{"source", 0, 0, G_OPTION_ARG_STRING, &options.source, "from this source",
	 "SOURCE"},
	{"domain", 0, 0, G_OPTION_ARG_STRING, &options.domain,
	 "with an address in this domain or below", "DOMAIN"},
	{"since", 0, 0, G_OPTION_ARG_STRING, &options.since,
	 "with a change of stage or mail since then", "DATE"},
	{"limit", 0, 0, G_OPTION_ARG_STRING, &options.limit, "at most so many", "N"},
	G_OPTION_ENTRY_NULL,
};

static bool filter_read(ContactFilter *filter_out)
{
	*filter_out = (ContactFilter){
		.owner = options.owner,
		.source = options.source,
		.domain = options.domain,
	};
	return option_stage("--stage", options.stage, &filter_out->stage) &&
	       option_date("--since", options.since, &filter_out->since) &&
	       option_limit("--limit", options.limit, &filter_out->limit);
}

static bool contact_write(const Contact *contact, void *writer)
{
	row_writer_add(writer, contact);
	return true;
}

static ExitCode list_run(Leadctl *leadctl, char *const *arguments G_GNUC_UNUSED)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	ContactFilter filter;
	RowWriter *writer;
	size_t count;
	ExitCode code;

	if (!filter_read(&filter))
		return LEADCTL_USAGE;
	store = leadctl_open(leadctl, STORE_READ_ONLY, &code);
	if (store == NULL)
		return code;
	writer = row_writer_new(leadctl->format, &contact_listing, SHAPE_ROWS);
	store_visit_contacts(store, &filter, contact_write, writer, &error);
	count = row_writer_count(writer);
	row_writer_end(writer);
	if (error != NULL)
		return complain_error(error);
	return count > 0 ? LEADCTL_DONE : LEADCTL_NOTHING;
}

const Command command_list = {
	.name = "list",
	.summary = "contacts, in order of address",
	.help = "Lists contacts, in order of address; of several conditions all must hold.",
	.options = entries,
	.run = list_run,
};
