/* SPDX-License-Identifier: BSD-2-Clause */
#include "command.h"
#include "lead/daemon-status.h"
#include "lead/error.h"
#include "lead/spool.h"
#include "row-writer.h"

typedef struct {
	const char *database;
	int64_t schema, contacts, interactions, messages, promotions, suggestions_open;
	int64_t spooled, spool_damaged; /* -1: the spool cannot be read */
	int64_t last_message_at, bytes;
	const DaemonStatus *daemon; /* NULL: it does not run, or would not say */
} Status;

/* how a kind of value is shown */
#define CELL_OF_TEXT CELL_TEXT
#define CELL_OF_COUNT CELL_COUNT
#define CELL_OF_TIME CELL_TIME
#define CELL_OF_FLAG CELL_FLAG

static const Column daemon_columns[] = {
#define X(kind, member) COLUMN(DaemonStatus, member, NULL, CELL_OF_##kind),
	LEAD_DAEMON_STATUS(X)
#undef X
};
static const Listing daemon_listing = LISTING("daemon", daemon_columns);

static const Column columns[] = {
	COLUMN(Status, database, NULL, CELL_TEXT),
	COLUMN(Status, schema, NULL, CELL_INTEGER),
	COLUMN(Status, contacts, NULL, CELL_INTEGER),
	COLUMN(Status, interactions, NULL, CELL_INTEGER),
	COLUMN(Status, messages, NULL, CELL_INTEGER),
	COLUMN(Status, promotions, NULL, CELL_INTEGER),
	COLUMN(Status, suggestions_open, NULL, CELL_INTEGER),
	COLUMN(Status, spooled, NULL, CELL_COUNT),
	COLUMN(Status, spool_damaged, NULL, CELL_COUNT),
	COLUMN(Status, last_message_at, NULL, CELL_TIME),
	COLUMN(Status, bytes, NULL, CELL_INTEGER),
	{.name = "daemon",
	 .type = CELL_RECORD,
	 .offset = offsetof(Status, daemon),
	 .rows = &daemon_listing,
	 .none = "does not answer"},
};
static const Listing listing = LISTING("status", columns);

/* Spool and database are apart: one that cannot be read says nothing of the other. */
static void spool_read(const Settings *settings, Status *status)
{
	g_autofree char *folder = spool_folder(settings);
	g_autoptr(GError) error = NULL;
	SpoolStatus spool = {0};

	if (folder != NULL && !spool_status(folder, &spool, &error)) {
		complain("%s", error->message);
		spool = (SpoolStatus){.waiting = -1, .set_aside = -1};
	}
	status->spooled = spool.waiting;
	status->spool_damaged = spool.set_aside;
}

/* That nobody is there is an answer; all else that keeps it from answering is told. */
static bool daemon_read(const Settings *settings, DaemonStatus *status)
{
	enum { TIMEOUT_MS = 2000 };
	g_autofree char *path = daemon_status_path(settings);
	g_autoptr(GError) error = NULL;

	daemon_status_init(status);
	if (path == NULL || daemon_status_read(path, TIMEOUT_MS, status, &error))
		return path != NULL;
	if (!g_error_matches(error, LEAD_ERROR, LEAD_ERROR_NOT_FOUND))
		complain("%s", error->message);
	return false;
}

static void store_read(const StoreStatus *from, Status *status)
{
	status->schema = from->schema;
	status->contacts = from->contacts;
	status->interactions = from->interactions;
	status->messages = from->messages;
	status->promotions = from->promotions;
	status->suggestions_open = from->suggestions_open;
	status->last_message_at = from->last_message_at;
	status->bytes = from->bytes;
}

static ExitCode status_run(Leadctl *leadctl, char *const *arguments G_GNUC_UNUSED)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	StoreStatus from;
	DaemonStatus daemon;
	Status status;
	ExitCode code;

	store = leadctl_open(leadctl, STORE_READ_ONLY, &code);
	if (store == NULL)
		return code;
	if (!store_status(store, &from, &error))
		return complain_error(error);
	status.database = store_name(store);
	store_read(&from, &status);
	spool_read(leadctl->settings, &status);
	status.daemon = daemon_read(leadctl->settings, &daemon) ? &daemon : NULL;
	record_write(leadctl->format, &listing, &status);
	daemon_status_clear(&daemon);
	return LEADCTL_DONE;
}

const Command command_status = {
	.name = "status",
	.summary = "the state of database, spool and daemon",
	.help = "Shows what is in the database, what waits in the spool, and, if the\n"
		"daemon of the settings runs and may be asked, what it has counted\n"
		"since its start.",
	.run = status_run,
};
