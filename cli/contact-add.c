/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "command.h"
#include "contact-draft.h"
#include "date.h"
#include "option-values.h"
#include "row-writer.h"

static struct {
	char *name, *organization, *stage, *source, *owner;
	char **tags, **fields;
} options;

static const GOptionEntry entries[] = {
	{"name", 0, 0, G_OPTION_ARG_STRING, &options.name, "the person's name", "TEXT"},
	{"organization", 0, 0, G_OPTION_ARG_STRING, &options.organization,
	 "where the person works", "TEXT"},
	{"stage", 0, 0, G_OPTION_ARG_STRING, &options.stage,
	 "lead (default), prospect, customer, client", "STAGE"},
	{"source", 0, 0, G_OPTION_ARG_STRING, &options.source,
	 "where the contact comes from (default: manual)", "TEXT"},
	{"owner", 0, 0, G_OPTION_ARG_STRING, &options.owner, "the rep in charge",
	 "ADDRESS"},
	{"tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.tags, "a tag; repeatable",
	 "TEXT"},
	{"field", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.fields,
	 "a further field; repeatable", "NAME=TEXT"},
	G_OPTION_ENTRY_NULL,
};

typedef struct {
	int64_t id;
	const char *address, *result;
} Added;

static const Column columns[] = {
	COLUMN(Added, result, NULL, CELL_TEXT),
	COLUMN(Added, id, NULL, CELL_INTEGER),
	COLUMN(Added, address, NULL, CELL_TEXT),
};
static const Listing listing = LISTING("contact", columns);

static bool fields_read(ContactText *text)
{
	for (char **field = options.fields; field != NULL && *field != NULL; field++) {
		char *equals = strchr(*field, '=');

		if (equals == NULL || equals == *field) {
			complain("--field: '%s' is not NAME=TEXT", *field);
			return false;
		}
		*equals = '\0';
		contact_text_add_custom(text, *field, equals + 1);
		*equals = '=';
	}
	return true;
}

static bool text_read(const char *address, ContactText *text)
{
	text->cell[CONTACT_ADDRESS] = address;
	text->cell[CONTACT_NAME] = options.name;
	text->cell[CONTACT_ORGANIZATION] = options.organization;
	text->cell[CONTACT_STAGE] = options.stage;
	text->cell[CONTACT_SOURCE] = options.source;
	text->cell[CONTACT_OWNER] = options.owner;
	text->default_source = "manual";
	for (char **tag = options.tags; tag != NULL && *tag != NULL; tag++)
		contact_text_add_tag(text, *tag);
	return fields_read(text);
}

static ExitCode contact_put(Leadctl *leadctl, const ContactDraft *draft)
{
	static const char *const results[] = {
		[PUT_ADDED] = "added",
		[PUT_UPDATED] = "updated",
		[PUT_UNCHANGED] = "unchanged",
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	Added added = {.address = draft->address->original};
	PutResult result;
	ExitCode code;

	store = leadctl_open(leadctl, 0, &code);
	if (store == NULL)
		return code;
	if (!store_put_contact(store, draft, leadctl_actor(), date_now(), &result,
			       &added.id, &error))
		return complain_error(error);
	added.result = results[result];
	record_write(leadctl->format, &listing, &added);
	return LEADCTL_DONE;
}

static ExitCode add_run(Leadctl *leadctl, char *const *arguments)
{
	g_autoptr(ContactText) text = contact_text_new();
	g_autofree char *why = NULL;
	const ContactDraft *draft;
	Settings *settings = leadctl_settings(leadctl);

	if (settings == NULL || !text_read(arguments[0], text))
		return LEADCTL_USAGE;
	draft = contact_text_draft(text, settings, &why);
	if (draft == NULL) {
		complain("%s", why);
		return LEADCTL_USAGE;
	}
	return contact_put(leadctl, draft);
}

const Command command_add = {
	.name = "add",
	.arguments = "ADDRESS",
	.summary = "add a contact, or bring one up to date",
	.help = "Adds a contact. If there is one with that address, what the\n"
		"options say is changed in it, and the rest is left as it is.",
	.options = entries,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = add_run,
};
