/* SPDX-License-Identifier: BSD-2-Clause */
#include "socket-file.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lead/error.h"

static bool fail(GError **error, const char *what, const char *path)
{
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT, "%s '%s': %s", what, path,
		    g_strerror(errno));
	return false;
}

bool socket_file_address(const char *path, struct sockaddr_un *address_out)
{
	*address_out = (struct sockaddr_un){.sun_family = AF_UNIX};
	return g_strlcpy(address_out->sun_path, path, sizeof address_out->sun_path) <
	       sizeof address_out->sun_path;
}

/* Any answer but a refusal means that somebody has the socket open. */
static bool somebody_listens(const char *path)
{
	struct sockaddr_un address;
	int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool dead = false;

	if (descriptor >= 0 && socket_file_address(path, &address))
		dead = connect(descriptor, (struct sockaddr *)&address, sizeof address) !=
			       0 &&
		       (errno == ECONNREFUSED || errno == ENOENT);
	if (descriptor >= 0)
		close(descriptor);
	return !dead;
}

bool socket_file_take(const char *path, GError **error)
{
	struct stat status;

	if (lstat(path, &status) != 0)
		return errno == ENOENT || fail(error, "cannot look at socket", path);
	if (!S_ISSOCK(status.st_mode)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "cannot open socket '%s': something else has that name", path);
		return false;
	}
	if (somebody_listens(path)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY,
			    "another program listens on socket '%s'", path);
		return false;
	}
	return unlink(path) == 0 || fail(error, "cannot remove dead socket", path);
}

bool socket_file_give(SocketFile *file, uid_t uid, gid_t gid, mode_t mode, GError **error)
{
	struct stat status;

	if (lchown(file->path, uid, gid) != 0)
		return fail(error, "cannot give group to socket", file->path);
	if (chmod(file->path, mode) != 0)
		return fail(error, "cannot set mode of socket", file->path);
	if (lstat(file->path, &status) != 0)
		return fail(error, "cannot look at socket", file->path);
	file->device = status.st_dev;
	file->inode = status.st_ino;
	return true;
}

void socket_file_remove(const SocketFile *file)
{
	struct stat status;

	if (lstat(file->path, &status) == 0 && status.st_dev == file->device &&
	    status.st_ino == file->inode)
		(void)!unlink(file->path);
}
