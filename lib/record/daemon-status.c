/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/daemon-status.h"

#include <string.h>

#include "lead/safe-text.h"

typedef enum { TEXT, COUNT, TIME, FLAG } Kind;

static const struct Item {
	const char *name;
	Kind kind;
	size_t offset;
} items[] = {
#define X(kind, member) {#member, kind, offsetof(DaemonStatus, member)},
	LEAD_DAEMON_STATUS(X)
#undef X
};

static void *member_of(const DaemonStatus *status, const struct Item *item)
{
	return (char *)(uintptr_t)status + item->offset;
}

void daemon_status_init(DaemonStatus *status)
{
	*status = (DaemonStatus){0};
	for (size_t i = 0; i < G_N_ELEMENTS(items); i++)
		if (items[i].kind == COUNT)
			*(int64_t *)member_of(status, &items[i]) = -1;
}

void daemon_status_clear(DaemonStatus *status)
{
	for (size_t i = 0; i < G_N_ELEMENTS(items); i++)
		if (items[i].kind == TEXT)
			g_free(*(char **)member_of(status, &items[i]));
	daemon_status_init(status);
}

static const struct Item *item_named(const char *name, size_t length)
{
	for (size_t i = 0; i < G_N_ELEMENTS(items); i++)
		if (strlen(items[i].name) == length &&
		    memcmp(items[i].name, name, length) == 0)
			return &items[i];
	return NULL;
}

static void number_set(void *member, Kind kind, int64_t value)
{
	if (kind == FLAG)
		*(bool *)member = value != 0;
	else
		*(int64_t *)member = value;
}

bool daemon_status_set(DaemonStatus *status, const char *name, int64_t value)
{
	const struct Item *item = item_named(name, strlen(name));

	if (item == NULL || item->kind == TEXT)
		return false;
	number_set(member_of(status, item), item->kind, value);
	return true;
}

static void append_text(GString *text, const struct Item *item, const char *value)
{
	g_autofree char *safe = value != NULL ? safe_text_line(value) : NULL;

	if (safe != NULL)
		g_string_append_printf(text, "%s=%s\n", item->name, safe);
}

char *daemon_status_text(const DaemonStatus *status)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(items); i++) {
		const void *member = member_of(status, &items[i]);

		if (items[i].kind == TEXT)
			append_text(text, &items[i], *(char *const *)member);
		else
			g_string_append_printf(
				text, "%s=%" G_GINT64_FORMAT "\n", items[i].name,
				items[i].kind == FLAG ? (int64_t) * (const bool *)member
						      : *(const int64_t *)member);
	}
	return g_string_free(text, FALSE);
}

static void line_parse(DaemonStatus *status, const char *line)
{
	const char *equals = strchr(line, '=');
	const struct Item *item =
		equals != NULL ? item_named(line, (size_t)(equals - line)) : NULL;
	gint64 value;

	if (item == NULL)
		return;
	if (item->kind == TEXT) {
		g_free(*(char **)member_of(status, item));
		*(char **)member_of(status, item) = g_strdup(equals + 1);
	} else if (g_ascii_string_to_signed(equals + 1, 10, 0, G_MAXINT64, &value, NULL)) {
		number_set(member_of(status, item), item->kind, value);
	}
}

bool daemon_status_parse(DaemonStatus *status, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	daemon_status_init(status);
	for (char **line = lines; *line != NULL; line++)
		line_parse(status, *line);
	return status->pid > 0;
}

/* The port names the daemon: only one can have it. */
static char *path_by_port(const Settings *settings)
{
	static const char scheme[] = "sqlite:";
	g_autofree char *folder = NULL, *name = NULL;

	if (!g_str_has_prefix(settings->store_uri, scheme))
		return NULL;
	folder = g_path_get_dirname(settings->store_uri + strlen(scheme));
	name = g_strconcat(settings->socket, ".status", NULL);
	return g_build_filename(folder, g_strdelimit(name, "/", '_'), NULL);
}

char *daemon_status_path(const Settings *settings)
{
	const char *path = settings_socket_path(settings);

	return path != NULL ? g_strconcat(path, ".status", NULL) : path_by_port(settings);
}
