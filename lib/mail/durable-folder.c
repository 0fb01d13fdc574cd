/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/durable-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sys/stat.h>
#include <unistd.h>

bool durable_folder_sync(const char *path)
{
	int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = descriptor >= 0 && fsync(descriptor) == 0;
	int error_number = errno;

	if (descriptor >= 0)
		close(descriptor);
	errno = error_number;
	return synced;
}

/* Also of a folder that was there: whoever made it may have died before the sync. One that
 * may not be read cannot be synced, and some file systems know no such sync. */
static bool sync_above(const char *above)
{
	return durable_folder_sync(above) || errno == EACCES || errno == EINVAL;
}

static bool is_folder(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return false;
	errno = ENOTDIR;
	return S_ISDIR(status.st_mode);
}

bool durable_folder_make(const char *path, mode_t mode)
{
	g_autofree char *above = g_path_get_dirname(path);

	if (mkdir(path, mode) == 0)
		return sync_above(above);
	if (errno == ENOENT)
		return durable_folder_make(above, mode) &&
		       (mkdir(path, mode) == 0 || errno == EEXIST) && sync_above(above);
	return errno == EEXIST && is_folder(path) && sync_above(above);
}
