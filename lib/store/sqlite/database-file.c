/* SPDX-License-Identifier: BSD-2-Clause */
#include "database-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "lead/durable-folder.h"
#include "lead/error.h"

static bool fail(const char *name, int number, GError **error)
{
	bool away = number == ENOENT || number == EMFILE || number == ENFILE ||
		    number == ENOSPC || number == EIO || number == EINTR;

	g_set_error(error, LEAD_ERROR, away ? LEAD_ERROR_TEMPORARY : LEAD_ERROR_PERMANENT,
		    "cannot open store '%s': %s", name, g_strerror(number));
	return false;
}

/* f_type of statfs(2). */
static const struct {
	unsigned long magic;
	const char *name;
} network_file_systems[] = {
	{0x6969, "NFS"},      {0x517b, "SMB"},	    {0xff534d42, "CIFS"},
	{0xfe534d42, "SMB2"}, {0x5346414f, "AFS"},  {0x6b414653, "AFS"},
	{0x73757245, "Coda"}, {0x00c36400, "Ceph"}, {0x564c, "NCP"},
};

static bool is_on_this_host(const char *folder, const char *name, GError **error)
{
	struct statfs status;

	if (statfs(folder, &status) != 0)
		return fail(name, errno, error);
	for (size_t i = 0; i < G_N_ELEMENTS(network_file_systems); i++) {
		if (network_file_systems[i].magic !=
		    ((unsigned long)status.f_type & 0xffffffff))
			continue;
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "cannot open store '%s': it is on a network file system (%s)",
			    name, network_file_systems[i].name);
		return false;
	}
	return true;
}

/* SQLite gives its log the mode that the database has. */
static bool make_file(const char *path, const char *folder, const char *name,
		      GError **error)
{
	int descriptor;

	if (!durable_folder_make(folder, 0750))
		return fail(name, errno, error);
	descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
	if (descriptor < 0)
		return fail(name, errno, error);
	close(descriptor);
	return true;
}

bool database_file_prepare(const char *path, const char *name, bool create, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	struct stat status;

	if (create && !make_file(path, folder, name, error))
		return false;
	if (stat(path, &status) != 0)
		return fail(name, errno, error);
	if (!S_ISREG(status.st_mode)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "cannot open store '%s': not a regular file", name);
		return false;
	}
	return is_on_this_host(folder, name, error);
}

static int64_t octets_of(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 ? (int64_t)status.st_size : 0;
}

int64_t database_file_octets(const char *path)
{
	g_autofree char *log = g_strconcat(path, "-wal", NULL);

	return octets_of(path) + octets_of(log);
}
