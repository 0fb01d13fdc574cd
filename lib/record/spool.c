/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/spool.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lead/durable-folder.h"
#include "lead/error.h"
#include "spool-folder.h"
#include "spool-frame.h"

char *spool_folder(const Settings *settings)
{
	static const char scheme[] = "sqlite:";
	g_autofree char *beside = NULL;

	if (settings->spool[0] != '\0')
		return g_strdup(settings->spool);
	if (!g_str_has_prefix(settings->store_uri, scheme))
		return NULL;
	beside = g_path_get_dirname(settings->store_uri + strlen(scheme));
	return g_build_filename(beside, "spool", NULL);
}

Spool *spool_open(const char *folder, GError **error)
{
	Spool *spool;

	if (!durable_folder_make(folder, 0700) || access(folder, R_OK | W_OK | X_OK) != 0) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "cannot use spool folder '%s': %s", folder, g_strerror(errno));
		return NULL;
	}
	spool = g_new0(Spool, 1);
	spool->folder = g_strdup(folder);
	pthread_mutex_init(&spool->lock, NULL);
	return spool;
}

void spool_close(Spool *spool)
{
	if (spool == NULL)
		return;
	spool_file_unref(spool->current);
	pthread_mutex_destroy(&spool->lock);
	g_free(spool->folder);
	g_free(spool);
}

/* An empty folder looks like something to clear away. Those above it are not ours to make:
 * what was there may come back. */
static void make_folder_again(const Spool *spool)
{
	g_autofree char *above = g_path_get_dirname(spool->folder);

	if (mkdir(spool->folder, 0700) == 0)
		durable_folder_sync(above);
}

/* A reference to the file to append to, made anew where there is none. */
static SpoolFile *current_file(Spool *spool, GError **error)
{
	SpoolFile *file = NULL;

	pthread_mutex_lock(&spool->lock);
	if (spool->current != NULL && !spool_file_takes_more(spool->current))
		g_clear_pointer(&spool->current, spool_file_unref);
	if (spool->current == NULL) {
		make_folder_again(spool);
		spool->current = spool_file_create(spool->folder, error);
	}
	if (spool->current != NULL)
		file = spool_file_ref(spool->current);
	pthread_mutex_unlock(&spool->lock);
	return file;
}

bool spool_append(Spool *spool, const MessageSummary *summary, GError **error)
{
	g_autoptr(GBytes) payload = summary_encode(summary);
	g_autoptr(GByteArray) frame = NULL;
	SpoolFile *file;
	bool durable;

	if (g_bytes_get_size(payload) > SPOOL_RECORD_MAX) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_LIMIT,
			    "cannot spool a record of %zu octets: more than %d",
			    g_bytes_get_size(payload), SPOOL_RECORD_MAX);
		return false;
	}
	file = current_file(spool, error);
	if (file == NULL)
		return false;
	frame = frame_new(payload);
	durable = spool_file_append(file, frame, error);
	spool_file_unref(file);
	return durable;
}

bool spool_seal(Spool *spool)
{
	SpoolFile *file;

	pthread_mutex_lock(&spool->lock);
	file = g_steal_pointer(&spool->current);
	pthread_mutex_unlock(&spool->lock);
	if (file == NULL)
		return false;
	spool_file_wait_alone(file);
	spool_file_unref(file);
	return true;
}

char *spool_current_name(Spool *spool)
{
	char *name = NULL;

	pthread_mutex_lock(&spool->lock);
	if (spool->current != NULL)
		name = g_path_get_basename(spool_file_path(spool->current));
	pthread_mutex_unlock(&spool->lock);
	return name;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *spool_names(const char *folder, const char *suffix, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autoptr(GDir) entries = g_dir_open(folder, 0, &reason);
	GPtrArray *names;
	const char *name;

	if (entries == NULL) {
		bool absent = g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOENT);

		g_set_error(error, LEAD_ERROR,
			    absent ? LEAD_ERROR_NOT_FOUND : LEAD_ERROR_PERMANENT,
			    "cannot read spool folder: %s", reason->message);
		return NULL;
	}
	names = g_ptr_array_new_with_free_func(g_free);
	while ((name = g_dir_read_name(entries)) != NULL) {
		if (g_str_has_suffix(name, suffix))
			g_ptr_array_add(names, g_strdup(name));
	}
	g_ptr_array_sort(names, compare_names);
	return names;
}

bool spool_has_files(Spool *spool)
{
	g_autoptr(GPtrArray) names = spool_names(spool->folder, SPOOL_SUFFIX, NULL);

	return names == NULL || names->len > 0;
}

bool spool_file_read(int descriptor, char **octets_out, size_t *length_out)
{
	enum { LENGTH_MAX = SPOOL_FILE_MAX + SPOOL_RECORD_MAX + 4096 };
	g_autofree char *octets = NULL;
	struct stat status;
	size_t length = 0;

	if (fstat(descriptor, &status) != 0 || status.st_size > LENGTH_MAX)
		return false;
	octets = g_malloc((size_t)status.st_size + 1);
	while (length < (size_t)status.st_size) {
		ssize_t got = pread(descriptor, octets + length,
				    (size_t)status.st_size - length, (off_t)length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (got == 0)
			break;
		length += (size_t)got;
	}
	*octets_out = g_steal_pointer(&octets);
	*length_out = length;
	return true;
}
