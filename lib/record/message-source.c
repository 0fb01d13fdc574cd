/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/message-source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder-list.h"
#include "lead/error.h"
#include "message-reader.h"

/* One visit of a path, over one file or many. */
typedef struct {
	SourceVisit visit;
	void *user;
	size_t done, total; /* octets of the files before, and of all */
} Tour;

static bool report(const Tour *tour, const char *path, const GError *error)
{
	SourceMessage message = {.name = path, .done = tour->done, .total = tour->total};

	return tour->visit(&message, error, tour->user);
}

/* A message file may begin with an mbox line; it is known by its path all the same. */
static char *message_name(const MessageReader *reader, const char *path, unsigned number)
{
	bool alone = !message_reader_is_mbox(reader) ||
		     (number == 1 && message_reader_is_at_end(reader));

	return alone ? g_strdup(path) : g_strdup_printf("%s:%u", path, number);
}

/* Visits the messages of an open file; false if visit stopped it. */
static bool visit_descriptor(const Tour *tour, const char *path, int descriptor)
{
	g_autoptr(MessageReader) reader = message_reader_new(descriptor);
	g_autoptr(GError) error = NULL;
	const GByteArray *bytes;
	struct stat status;
	int64_t at, changed = 0;
	bool on = true;

	if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode))
		changed = status.st_mtime;
	for (unsigned number = 1;
	     on && (bytes = message_reader_next(reader, &at, &error)) != NULL; number++) {
		g_autofree char *name = message_name(reader, path, number);
		SourceMessage message = {
			.name = name,
			.bytes = (const char *)bytes->data,
			.length = bytes->len,
			.at = at != 0 ? at : changed,
			.done = tour->done + message_reader_octets(reader),
			.total = tour->total,
		};

		on = tour->visit(&message, NULL, tour->user);
	}
	return on && (error == NULL || report(tour, path, error));
}

static int open_file(const char *path, GError **error)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (descriptor < 0)
		g_set_error(error, LEAD_ERROR,
			    errno == ENOENT ? LEAD_ERROR_NOT_FOUND : LEAD_ERROR_PERMANENT,
			    "cannot open '%s': %s", path, g_strerror(errno));
	return descriptor;
}

static bool visit_entry(const Tour *tour, const FolderEntry *entry)
{
	g_autoptr(GError) error = NULL;
	int descriptor;
	bool on;

	if (entry->error != NULL)
		return report(tour, entry->path, entry->error);
	descriptor = open_file(entry->path, &error);
	if (descriptor < 0)
		return report(tour, entry->path, error);
	on = visit_descriptor(tour, entry->path, descriptor);
	close(descriptor);
	return on;
}

static bool visit_folder(Tour *tour, const char *path, GError **error)
{
	g_autoptr(GPtrArray) entries = folder_list(path, &tour->total);
	const FolderEntry *first = entries->len > 0 ? entries->pdata[0] : NULL;

	if (first != NULL && first->error != NULL && strcmp(first->path, path) == 0) {
		g_propagate_error(error, g_error_copy(first->error));
		return false;
	}
	for (guint i = 0; i < entries->len; i++) {
		const FolderEntry *entry = entries->pdata[i];

		if (!visit_entry(tour, entry))
			return false;
		tour->done += entry->octets;
	}
	return true;
}

bool message_source_visit(const char *path, SourceVisit visit, void *user, GError **error)
{
	Tour tour = {.visit = visit, .user = user};
	struct stat status;
	int descriptor;
	bool on;

	if (strcmp(path, "-") == 0)
		return visit_descriptor(&tour, path, STDIN_FILENO);
	descriptor = open_file(path, error);
	if (descriptor < 0)
		return false;
	if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
		close(descriptor);
		return visit_folder(&tour, path, error);
	}
	tour.total = S_ISREG(status.st_mode) ? (size_t)status.st_size : 0;
	on = visit_descriptor(&tour, path, descriptor);
	close(descriptor);
	return on;
}
