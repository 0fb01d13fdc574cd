/* SPDX-License-Identifier: BSD-2-Clause */
#include "command.h"
#include "contact-listing.h"
#include "row-writer.h"

static bool contact_write(const Contact *contact, void *writer)
{
	row_writer_add(writer, contact);
	return true;
}

static ExitCode show_run(Leadctl *leadctl, char *const *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	RowWriter *writer;
	ExitCode code = LEADCTL_DONE;
	int64_t id;

	store = leadctl_open(leadctl, STORE_READ_ONLY, &code);
	if (store == NULL)
		return code;
	writer = row_writer_new(leadctl->format, &contact_listing, SHAPE_CARD);
	if (leadctl_find(store, arguments[0], &id, &code) &&
	    !store_visit_contact(store, id, contact_write, writer, &error))
		code = complain_error(error);
	row_writer_end(writer);
	return code;
}

const Command command_show = {
	.name = "show",
	.arguments = "CONTACT",
	.summary = "all that is known of one contact",
	.help = "Shows one contact: by address, by id, or by the beginning of the\n"
		"name if only one begins so.",
	.arguments_min = 1,
	.arguments_max = 1,
	.run = show_run,
};
