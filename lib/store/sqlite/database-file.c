/* SPDX-License-Identifier: BSD-2-Clause */
#include "database-file.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
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

/* ---- readers ---- */

enum { GROUP_OCTETS_MAX = 1 << 20 }; /* of one entry with all its members */

/* Another thread may be looking up a group as well. */
static bool group_find(const char *group, gid_t *gid_out)
{
	for (size_t octets = 1024; octets <= GROUP_OCTETS_MAX; octets *= 2) {
		g_autofree char *buffer = g_malloc(octets);
		struct group entry, *found = NULL;
		int number = getgrnam_r(group, &entry, buffer, octets, &found);

		if (number == ERANGE)
			continue;
		errno = number != 0 ? number : ENOENT;
		if (found == NULL)
			return false;
		*gid_out = entry.gr_gid;
		return true;
	}
	errno = ERANGE;
	return false;
}

static bool give(const char *path, gid_t gid, mode_t rights)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return errno == ENOENT;
	if (status.st_uid != geteuid())
		return true;
	if (status.st_gid != gid && chown(path, (uid_t)-1, gid) != 0)
		return false;
	rights |= status.st_mode & 07777;
	return rights == (status.st_mode & 07777) || chmod(path, rights) == 0;
}

bool database_file_share(const char *path, const char *name, const char *group,
			 GError **error)
{
	static const char *const endings[] = {"", "-wal", "-shm"};
	g_autofree char *folder = g_path_get_dirname(path);
	gid_t gid = 0;
	bool given = group_find(group, &gid);

	for (size_t i = 0; given && i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *file = g_strconcat(path, endings[i], NULL);

		given = give(file, gid, S_IRGRP);
	}
	if (given && geteuid() != 0)
		given = give(folder, gid, S_IRGRP | S_IXGRP);
	if (!given)
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "cannot give store '%s' to group '%s': %s", name, group,
			    errno == ENOENT ? "there is no such group" : g_strerror(errno));
	return given;
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
