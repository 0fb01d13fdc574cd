/* SPDX-License-Identifier: BSD-2-Clause */
#include "command.h"
#include "lead/daemon-status.h"
#include "lead/error.h"
#include "lead/spool.h"
#include "row-writer.h"

typedef struct {
	const char *database;
	/* below 0: the database cannot be read */
	int64_t schema, contacts, interactions, messages, promotions, suggestions_open,
		bytes;
	int64_t last_message_at;	/* 0: unknown, or there is none */
	int64_t spooled, spool_damaged; /* below 0: the spool cannot be read */
	const DaemonStatus *daemon;	/* NULL: it does not run, or would not say */
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
	COLUMN(Status, schema, NULL, CELL_COUNT),
	COLUMN(Status, contacts, NULL, CELL_COUNT),
	COLUMN(Status, interactions, NULL, CELL_COUNT),
	COLUMN(Status, messages, NULL, CELL_COUNT),
	COLUMN(Status, promotions, NULL, CELL_COUNT),
	COLUMN(Status, suggestions_open, NULL, CELL_COUNT),
	COLUMN(Status, spooled, NULL, CELL_COUNT),
	COLUMN(Status, spool_damaged, NULL, CELL_COUNT),
	COLUMN(Status, last_message_at, NULL, CELL_TIME),
	COLUMN(Status, bytes, NULL, CELL_COUNT),
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

static ExitCode store_read(Leadctl *leadctl, StoreStatus *from_out)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	ExitCode code;

	store = leadctl_open(leadctl, STORE_READ_ONLY, &code);
	if (store != NULL && !store_status(store, from_out, &error))
		code = complain_error(error);
	return code;
}

static void store_tell(const StoreStatus *from, Status *status)
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

/* The worse the database is, the more the rest is asked for: so that is shown even then. */
static ExitCode status_run(Leadctl *leadctl, char *const *arguments G_GNUC_UNUSED)
{
	static const StoreStatus unknown = {.schema = -1,
					    .contacts = -1,
					    .interactions = -1,
					    .messages = -1,
					    .promotions = -1,
					    .suggestions_open = -1,
					    .bytes = -1};
	StoreStatus from = unknown;
	ExitCode code = store_read(leadctl, &from);
	DaemonStatus daemon;
	Status status = {0};

	if (leadctl->settings == NULL)
		return code;
	store_tell(code == LEADCTL_DONE ? &from : &unknown, &status);
	status.database = leadctl->settings->store_uri;
	spool_read(leadctl->settings, &status);
	status.daemon = daemon_read(leadctl->settings, &daemon) ? &daemon : NULL;
	record_write(leadctl->format, &listing, &status);
	daemon_status_clear(&daemon);
	return code;
}

const Command command_status = {
	.name = "status",
	.summary = "the state of database, spool and daemon",
	.help = "Shows what is in the database, what waits in the spool, and, if the\n"
		"daemon of the settings runs and may be asked, what it has counted\n"
		"since its start. A database that cannot be read leaves its part empty.",
	.run = status_run,
};
