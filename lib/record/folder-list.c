/* SPDX-License-Identifier: BSD-2-Clause */
#include "folder-list.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "lead/error.h"

enum { DEPTH_MAX = 32 };

typedef struct {
	GPtrArray *entries;
	size_t octets;
} Walk;

static void walk_folder(Walk *walk, const char *folder, unsigned depth);

static void entry_free(gpointer entry)
{
	FolderEntry *self = entry;

	g_free(self->path);
	g_clear_error(&self->error);
	g_free(self);
}

static void add_entry(Walk *walk, const char *path, size_t octets, GError *error_taken)
{
	FolderEntry *entry = g_new(FolderEntry, 1);

	*entry = (FolderEntry){g_strdup(path), octets, error_taken};
	g_ptr_array_add(walk->entries, entry);
	walk->octets += octets;
}

static bool has_folder(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);

	return g_file_test(path, G_FILE_TEST_IS_DIR);
}

static bool is_maildir(const char *folder)
{
	return has_folder(folder, "cur") && has_folder(folder, "new");
}

/* Devices and pipes could block; links to folders could go round in circles. */
static void walk_path(Walk *walk, const char *path, unsigned depth)
{
	struct stat here, target;

	if (lstat(path, &here) != 0 || stat(path, &target) != 0)
		return;
	if (S_ISREG(target.st_mode))
		add_entry(walk, path, (size_t)target.st_size, NULL);
	else if (S_ISDIR(here.st_mode) && depth < DEPTH_MAX)
		walk_folder(walk, path, depth + 1);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *sorted_names(const char *folder, GError **error)
{
	g_autoptr(GDir) entries = g_dir_open(folder, 0, error);
	GPtrArray *names;
	const char *name;

	if (entries == NULL)
		return NULL;
	names = g_ptr_array_new_with_free_func(g_free);
	while ((name = g_dir_read_name(entries)) != NULL)
		g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, compare_names);
	return names;
}

/* Beside cur and new a Maildir has indexes, and messages half delivered in tmp; further
 * Maildirs lie in sub-folders, whose names begin with a dot in Maildir++. */
static bool is_wanted(const char *folder, bool maildir, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);

	if (maildir)
		return strcmp(name, "cur") == 0 || strcmp(name, "new") == 0 ||
		       is_maildir(path);
	return name[0] != '.' || is_maildir(path);
}

static void walk_folder(Walk *walk, const char *folder, unsigned depth)
{
	bool maildir = is_maildir(folder);
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) names = sorted_names(folder, &error);

	if (names == NULL) {
		add_entry(walk, folder, 0,
			  g_error_new_literal(LEAD_ERROR, LEAD_ERROR_PERMANENT,
					      error->message));
		return;
	}
	for (guint i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];
		g_autofree char *path = g_build_filename(folder, name, NULL);

		if (is_wanted(folder, maildir, name))
			walk_path(walk, path, depth);
	}
}

GPtrArray *folder_list(const char *folder, size_t *octets_out)
{
	Walk walk = {g_ptr_array_new_with_free_func(entry_free), 0};

	walk_folder(&walk, folder, 0);
	*octets_out = walk.octets;
	return walk.entries;
}
