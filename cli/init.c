/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "row-writer.h"

typedef struct {
	const char *database;
	char *path, *folder; /* folder NULL: it was there */
	bool created;
	int64_t schema;
} Made;

static const Column columns[] = {
	COLUMN(Made, database, NULL, CELL_TEXT),
	COLUMN(Made, created, NULL, CELL_FLAG),
	COLUMN(Made, folder, NULL, CELL_TEXT),
	COLUMN(Made, schema, NULL, CELL_INTEGER),
};
static const Listing listing = LISTING("init", columns);

/* What root makes for the daemon must be the daemon's. Not so what --db names: that is
 * somebody's own. A user who is not there yet is a word, not a failure. */
static bool give_away(const Leadctl *leadctl, const char *path)
{
	const char *user = leadctl->settings->user;
	const struct passwd *entry;

	if (geteuid() != 0 || *user == '\0' || leadctl->db != NULL || path == NULL)
		return true;
	entry = getpwnam(user);
	if (entry == NULL) {
		complain("'%s' stays root's: there is no user '%s' ([milter] user)", path,
			 user);
		return true;
	}
	if (chown(path, entry->pw_uid, entry->pw_gid) == 0)
		return true;
	complain("cannot give '%s' to '%s': %s", path, user, g_strerror(errno));
	return false;
}

static bool folder_make(Made *made)
{
	g_autofree char *folder = g_path_get_dirname(made->path);

	if (g_file_test(folder, G_FILE_TEST_IS_DIR))
		return true;
	if (g_mkdir_with_parents(folder, 0750) != 0) {
		complain("cannot make folder '%s': %s", folder, g_strerror(errno));
		return false;
	}
	made->folder = g_steal_pointer(&folder);
	return true;
}

static ExitCode database_make(Leadctl *leadctl, Made *made)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	StoreStatus status;
	ExitCode code;

	if (!folder_make(made))
		return LEADCTL_NO_STORE;
	made->created = !g_file_test(made->path, G_FILE_TEST_EXISTS);
	store = leadctl_open(leadctl, STORE_CREATE, &code);
	if (store == NULL)
		return code;
	if (!store_status(store, &status, &error))
		return complain_error(error);
	made->schema = status.schema;
	if (!give_away(leadctl, made->folder) ||
	    !give_away(leadctl, made->created ? made->path : NULL))
		return LEADCTL_NO_STORE;
	return LEADCTL_DONE;
}

static ExitCode init_run(Leadctl *leadctl, char *const *arguments G_GNUC_UNUSED)
{
	Settings *settings = leadctl_settings(leadctl);
	Made made = {0};
	ExitCode code;

	if (settings == NULL)
		return LEADCTL_USAGE;
	if (!g_str_has_prefix(settings->store_uri, "sqlite:")) {
		complain("'%s' is nothing that could be made; name it as sqlite:PATH",
			 settings->store_uri);
		return LEADCTL_USAGE;
	}
	made.database = settings->store_uri;
	made.path = g_strdup(settings->store_uri + strlen("sqlite:"));
	code = database_make(leadctl, &made);
	if (code == LEADCTL_DONE)
		record_write(leadctl->format, &listing, &made);
	g_free(made.path);
	g_free(made.folder);
	return code;
}

const Command command_init = {
	.name = "init",
	.summary = "make the database, or bring it up to date",
	.help = "Makes the database and the folder it lies in. One that is there\n"
		"already is brought up to the schema of this program. What root\n"
		"makes without --db belongs to the daemon's user ([milter] user).",
	.run = init_run,
};
