/* SPDX-License-Identifier: BSD-2-Clause */
/* `lock` and `unlock`. */
#include "command.h"
#include "deed.h"
#include "row-writer.h"

static struct {
	char *reason;
} options;

static const GOptionEntry lock_entries[] = {
	{"reason", 0, 0, G_OPTION_ARG_STRING, &options.reason,
	 "why; kept in the history (required)", "TEXT"},
	G_OPTION_ENTRY_NULL,
};

static const GOptionEntry unlock_entries[] = {
	{"reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "why; kept in the history",
	 "TEXT"},
	G_OPTION_ENTRY_NULL,
};

typedef struct {
	char *address;
	bool locked, changed;
	const char *actor, *reason;
} Lock;

/* Names are an interface: see leadctl(1). */
static const Column columns[] = {
	COLUMN(Lock, address, NULL, CELL_TEXT), COLUMN(Lock, locked, NULL, CELL_FLAG),
	COLUMN(Lock, actor, NULL, CELL_TEXT),	COLUMN(Lock, reason, NULL, CELL_TEXT),
	COLUMN(Lock, changed, NULL, CELL_FLAG),
};
static const Listing listing = LISTING("lock", columns);

static bool address_read(const Contact *contact, void *lock)
{
	((Lock *)lock)->address = g_strdup(contact->address);
	return true;
}

static ExitCode contact_lock(Leadctl *leadctl, const char *who, const Deed *deed,
			     bool locked)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	Lock lock = {.locked = locked, .actor = deed->actor, .reason = deed->reason};
	ExitCode code;
	int64_t id;

	store = leadctl_open(leadctl, 0, &code);
	if (store == NULL || !leadctl_find(store, who, &id, &code))
		return code;
	if (!store_set_lock(store, id, locked, deed, &lock.changed, &error) ||
	    !store_visit_contact(store, id, address_read, &lock, &error))
		return complain_error(error);
	record_write(leadctl->format, &listing, &lock);
	if (!lock.changed)
		complain("%s: it was %s before; nothing changed", lock.address,
			 locked ? "locked" : "not locked");
	g_free(lock.address);
	return LEADCTL_DONE;
}

static ExitCode lock_run(Leadctl *leadctl, char *const *arguments)
{
	Deed deed;

	if (!deed_read_reasoned("lock", options.reason, &deed))
		return LEADCTL_USAGE;
	return contact_lock(leadctl, arguments[0], &deed, true);
}

static ExitCode unlock_run(Leadctl *leadctl, char *const *arguments)
{
	Deed deed;

	deed_read(options.reason, &deed);
	return contact_lock(leadctl, arguments[0], &deed, false);
}

const Command command_lock = {
	.name = "lock",
	.arguments = "CONTACT",
	.summary = "keep mail from moving a contact",
	.help = "Until it is unlocked, mail is recorded for the contact and moves no\n"
		"stage; 'leadctl stage' still does.",
	.options = lock_entries,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = lock_run,
};

const Command command_unlock = {
	.name = "unlock",
	.arguments = "CONTACT",
	.summary = "let mail move a contact again",
	.options = unlock_entries,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = unlock_run,
};
