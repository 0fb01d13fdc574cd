/* SPDX-License-Identifier: BSD-2-Clause */
#include "socket.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libmilter/mfapi.h>

#include "lead/error.h"
#include "log.h"
#include "socket-file.h"

/* From the end of a drain to the end of the process; more than it ever takes. */
enum { STOP_MS = 15000 };

static char *opened;		 /* the specification */
static SocketFile file;		 /* of a unix socket; else without a path */
static int lock_descriptor = -1; /* held until the process ends */

static bool fail(GError **error, LeadError code, const char *what, const char *subject)
{
	g_set_error(error, LEAD_ERROR, code, "%s '%s': %s", what, subject,
		    g_strerror(errno));
	return false;
}

bool socket_group_find(const Settings *settings, gid_t *gid_out, GError **error)
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

	if (settings_socket_path(settings) == NULL)
		return check_host(settings, error);
	return socket_group_find(settings, &unused, error);
}

static bool write_pid(int descriptor)
{
	g_autofree char *text = g_strdup_printf("%ld\n", (long)getpid());
	size_t length = strlen(text);

	return ftruncate(descriptor, 0) == 0 &&
	       pwrite(descriptor, text, length, 0) == (ssize_t)length;
}

/* What is behind the number says that the place will be free soon. */
static const char stopping_mark[] = "stopping\n";

static bool holder_is_stopping(void)
{
	char text[64] = "";

	return pread(lock_descriptor, text, sizeof text - 1, 0) > 0 &&
	       strstr(text, stopping_mark) != NULL;
}

/* A living one keeps its place; for one that is stopping we wait as long as that takes. */
static bool lock_in_time(int64_t timeout_ms)
{
	enum { POLL_US = 10000 };
	int64_t deadline = g_get_monotonic_time() + timeout_ms * 1000;
	bool told = false;

	while (flock(lock_descriptor, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK)
			return false;
		if (!holder_is_stopping() || g_get_monotonic_time() > deadline) {
			errno = EWOULDBLOCK;
			return false;
		}
		if (!told)
			log_write(LEVEL_INFO,
				  "waiting for the leadmilter that is stopping");
		told = true;
		g_usleep(POLL_US);
	}
	return true;
}

/* The lock is on the open file, so it outlives fork() and a change of user, and ends with
 * the process. The file stays: a lock on a removed file protects nothing. */
static bool take_lock(uid_t uid, gid_t gid, int64_t timeout_ms, GError **error)
{
	g_autofree char *name = g_strconcat(file.path, ".lock", NULL);

	lock_descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (lock_descriptor < 0)
		return fail(error, LEAD_ERROR_PERMANENT, "cannot open lock file", name);
	if (!lock_in_time(timeout_ms)) {
		if (errno == EWOULDBLOCK)
			g_set_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY,
				    "another leadmilter serves socket '%s'", file.path);
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
	const char *path = settings_socket_path(settings);
	struct sockaddr_un unused;

	opened = path != NULL ? g_strconcat("unix:", path, NULL)
			      : g_strdup(settings->socket);
	if (path == NULL)
		return let_libmilter_open(error);
	file.path = opened + strlen("unix:");
	if (!socket_file_address(file.path, &unused)) {
		errno = ENAMETOOLONG;
		return fail(error, LEAD_ERROR_INVALID, "cannot open socket", file.path);
	}
	return take_lock(uid, gid, settings->drain_timeout_ms + STOP_MS, error) &&
	       socket_file_take(file.path, error) && let_libmilter_open(error) &&
	       socket_group_find(settings, &gid, error) &&
	       socket_file_give(&file, uid, gid, (mode_t)settings->socket_mode, error);
}

void socket_tell_stopping(void)
{
	g_autofree char *text = g_strdup_printf("%ld %s", (long)getpid(), stopping_mark);

	if (lock_descriptor >= 0)
		(void)!pwrite(lock_descriptor, text, strlen(text), 0);
}

/* libmilter removes it only at its own end, and never as root. */
void socket_remove(void)
{
	if (file.path != NULL)
		socket_file_remove(&file);
}
