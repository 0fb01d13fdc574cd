/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "leadctl.h"

#include "lead/error.h"

#define SYSTEM_FILE LEAD_SYSCONFDIR "/leadmilter.conf"

static Settings *settings_find(const char *file, GError **error)
{
	if (file != NULL)
		return settings_load(file, error);
	if (g_file_test(SYSTEM_FILE, G_FILE_TEST_EXISTS))
		return settings_load(SYSTEM_FILE, error);
	return settings_new_default();
}

/* Nobody has seen the snapshot yet, so --db can still take the place of store.uri. */
static void uri_override(Settings *settings, const char *db)
{
	g_free(settings->store_uri);
	settings->store_uri = g_strdup(db);
}

/* The loader tells of all faults at once, a line each. */
static void faults_complain(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		complain("%s", *line);
}

Settings *leadctl_settings(Leadctl *leadctl)
{
	g_autoptr(GError) error = NULL;

	if (leadctl->settings != NULL)
		return leadctl->settings;
	leadctl->settings = settings_find(leadctl->file, &error);
	if (leadctl->settings == NULL)
		faults_complain(error->message);
	else if (leadctl->db != NULL)
		uri_override(leadctl->settings, leadctl->db);
	return leadctl->settings;
}

bool leadctl_database_is_missing(const Settings *settings)
{
	const char *path = settings->store_uri;
	struct stat status;

	if (!g_str_has_prefix(path, "sqlite:"))
		return false;
	return stat(path + strlen("sqlite:"), &status) != 0 &&
	       (errno == ENOENT || errno == ENOTDIR);
}

Store *leadctl_open(Leadctl *leadctl, StoreFlags flags, ExitCode *code_out)
{
	g_autoptr(GError) error = NULL;
	Settings *settings = leadctl_settings(leadctl);
	Store *store;

	*code_out = LEADCTL_USAGE;
	if (settings == NULL)
		return NULL;
	store = store_open(settings->store_uri, flags, settings->store_timeout_ms, &error);
	if (store != NULL) {
		*code_out = LEADCTL_DONE;
		return store;
	}
	complain("%s", error->message);
	if (leadctl_database_is_missing(settings))
		complain("'leadctl init' makes a database, '--db' names another one");
	if (!g_error_matches(error, LEAD_ERROR, LEAD_ERROR_INVALID))
		*code_out = LEADCTL_NO_STORE;
	return NULL;
}

void leadctl_clear(Leadctl *leadctl)
{
	g_clear_pointer(&leadctl->db, g_free);
	g_clear_pointer(&leadctl->file, g_free);
	g_clear_pointer(&leadctl->settings, settings_unref);
}

bool leadctl_find(Store *store, const char *who, int64_t *id_out, ExitCode *code_out)
{
	g_autoptr(GError) error = NULL;

	if (!g_utf8_validate(who, -1, NULL)) {
		complain("'%s' is not UTF-8", who);
		*code_out = LEADCTL_USAGE;
		return false;
	}
	if (store_find_contact(store, who, id_out, &error))
		return true;
	*code_out = complain_error(error);
	/* not the data's fault: the name fits several contacts */
	if (g_error_matches(error, LEAD_ERROR, LEAD_ERROR_INVALID))
		*code_out = LEADCTL_USAGE;
	return false;
}
