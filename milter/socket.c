/* SPDX-License-Identifier: BSD-2-Clause */
#include "socket.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <libmilter/mfapi.h>

#include "lead/error.h"

static char *opened;	 /* the specification */
static const char *path; /* of a unix socket, in opened; else NULL */
static dev_t path_device;
static ino_t path_inode;
static int lock_descriptor = -1; /* held until the process ends */

static bool fail(GError **error, LeadError code, const char *what, const char *subject)
{
	g_set_error(error, LEAD_ERROR, code, "%s '%s': %s", what, subject,
		    g_strerror(errno));
	return false;
}

/* The path of unix:PATH, local:PATH and a bare PATH; NULL for another family. */
static const char *unix_path(const char *specification)
{
	if (g_str_has_prefix(specification, "unix:"))
		return specification + strlen("unix:");
	if (g_str_has_prefix(specification, "local:"))
		return specification + strlen("local:");
	return *specification == '/' ? specification : NULL;
}

static bool find_group(const Settings *settings, gid_t *gid_out, GError **error)
{
	const struct group *group;

	if (*settings->socket_group == '\0')
		return true;
	group = getgrnam(settings->socket_group);
	if (group == NULL) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
			    "%s: [milter] socket_group: there is no group '%s'",
			    settings->file, settings->socket_group);
		return false;
	}
	*gid_out = group->gr_gid;
	return true;
}

/* The protocol knows no authentication, so not for everybody by accident. */
static bool check_host(const Settings *settings, GError **error)
{
	static const char *const wildcards[] = {"0.0.0.0", "[0.0.0.0]", "::",	 "[::]",
						"*",	   "0",		"[::0]", NULL};
	const char *host = strrchr(settings->socket, '@');

	if (settings->allow_public_listen)
		return true;
	if (host != NULL && host[1] != '\0' && !g_strv_contains(wildcards, host + 1))
		return true;
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
		    "%s: [milter] socket: '%s' would listen on all addresses; name a "
		    "host (inet:PORT@127.0.0.1), or set allow_public_listen = yes",
		    settings->file, settings->socket);
	return false;
}

bool socket_check(const Settings *settings, GError **error)
{
	gid_t unused;

	if (unix_path(settings->socket) == NULL)
		return check_host(settings, error);
	return find_group(settings, &unused, error);
}

static bool write_pid(int descriptor)
{
	g_autofree char *text = g_strdup_printf("%ld\n", (long)getpid());
	size_t length = strlen(text);

	return ftruncate(descriptor, 0) == 0 &&
	       pwrite(descriptor, text, length, 0) == (ssize_t)length;
}

/* The lock is on the open file, so it outlives fork() and a change of user, and ends with
 * the process. The file stays: a lock on a removed file protects nothing. */
static bool take_lock(uid_t uid, gid_t gid, GError **error)
{
	g_autofree char *name = g_strconcat(path, ".lock", NULL);

	lock_descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (lock_descriptor < 0)
		return fail(error, LEAD_ERROR_PERMANENT, "cannot open lock file", name);
	if (flock(lock_descriptor, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK)
			g_set_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY,
				    "another leadmilter serves socket '%s'", path);
		else
			fail(error, LEAD_ERROR_PERMANENT, "cannot lock file", name);
		return false;
	}
	if (geteuid() == 0 && fchown(lock_descriptor, uid, gid) != 0)
		return fail(error, LEAD_ERROR_PERMANENT, "cannot give away lock file",
			    name);
	return write_pid(lock_descriptor) ||
	       fail(error, LEAD_ERROR_PERMANENT, "cannot write lock file", name);
}

static bool unix_address(struct sockaddr_un *address)
{
	*address = (struct sockaddr_un){.sun_family = AF_UNIX};
	return g_strlcpy(address->sun_path, path, sizeof address->sun_path) <
	       sizeof address->sun_path;
}

/* Any answer but a refusal means that somebody has the socket open. */
static bool somebody_listens(void)
{
	struct sockaddr_un address;
	int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool dead = false;

	if (descriptor >= 0 && unix_address(&address))
		dead = connect(descriptor, (struct sockaddr *)&address, sizeof address) !=
			       0 &&
		       (errno == ECONNREFUSED || errno == ENOENT);
	if (descriptor >= 0)
		close(descriptor);
	return !dead;
}

static bool remove_dead_socket(GError **error)
{
	struct stat status;

	if (lstat(path, &status) != 0)
		return errno == ENOENT ||
		       fail(error, LEAD_ERROR_PERMANENT, "cannot look at socket", path);
	if (!S_ISSOCK(status.st_mode)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "cannot open socket '%s': something else has that name", path);
		return false;
	}
	if (somebody_listens()) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY,
			    "another program listens on socket '%s'", path);
		return false;
	}
	return unlink(path) == 0 ||
	       fail(error, LEAD_ERROR_PERMANENT, "cannot remove dead socket", path);
}

/* Group first, mode last: until then nobody but us may connect. */
static bool give_socket_away(const Settings *settings, uid_t uid, gid_t gid, GError **error)
{
	struct stat status;

	if (!find_group(settings, &gid, error))
		return false;
	if (lchown(path, uid, gid) != 0)
		return fail(error, LEAD_ERROR_PERMANENT, "cannot give group to socket",
			    path);
	if (chmod(path, (mode_t)settings->socket_mode) != 0)
		return fail(error, LEAD_ERROR_PERMANENT, "cannot set mode of socket", path);
	if (lstat(path, &status) != 0)
		return fail(error, LEAD_ERROR_PERMANENT, "cannot look at socket", path);
	path_device = status.st_dev;
	path_inode = status.st_ino;
	return true;
}

static bool let_libmilter_open(GError **error)
{
	mode_t mask = umask(0777);
	bool done =
		smfi_setconn(opened) == MI_SUCCESS && smfi_opensocket(false) == MI_SUCCESS;
	int saved = errno;

	umask(mask);
	errno = saved;
	return done || fail(error, LEAD_ERROR_PERMANENT, "cannot open socket", opened);
}

bool socket_open(const Settings *settings, uid_t uid, gid_t gid, GError **error)
{
	struct sockaddr_un address;

	opened = g_strconcat(*settings->socket == '/' ? "unix:" : "", settings->socket,
			     NULL);
	path = unix_path(opened);
	if (path == NULL)
		return let_libmilter_open(error);
	if (!unix_address(&address)) {
		errno = ENAMETOOLONG;
		return fail(error, LEAD_ERROR_INVALID, "cannot open socket", path);
	}
	return take_lock(uid, gid, error) && remove_dead_socket(error) &&
	       let_libmilter_open(error) && give_socket_away(settings, uid, gid, error);
}

/* libmilter removes it only at its own end, and never as root. */
void socket_remove(void)
{
	struct stat status;

	if (path != NULL && lstat(path, &status) == 0 && status.st_dev == path_device &&
	    status.st_ino == path_inode)
		(void)!unlink(path);
}
