/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include "status-socket.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "counters.h"
#include "lead/daemon-status.h"
#include "lead/error.h"
#include "live-settings.h"
#include "log.h"
#include "socket-file.h"
#include "socket.h"

enum { BACKLOG = 32, PAUSE_US = 100000 };

static int listener = -1;
static SocketFile file;
static int64_t started_at;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Recorder *recorder; /* under the lock; NULL: do not ask */

/* ---- the text ---- */

static void set(DaemonStatus *status, const char *name, int64_t value)
{
	if (!daemon_status_set(status, name, value))
		g_error("lead/daemon-status.h does not know the counter '%s'", name);
}

static void add_recorder(DaemonStatus *status, const RecorderCounts *counts)
{
	status->recorded = counts->recorded;
	status->spooled = counts->spooled;
	status->left_early = counts->left_early;
	status->failed = counts->failed;
	status->replayed = counts->replayed;
	status->set_aside = counts->set_aside;
	status->store_is_away = counts->store_is_away;
}

static bool ask_recorder(RecorderCounts *counts_out)
{
	bool alive;

	pthread_mutex_lock(&lock);
	alive = recorder != NULL;
	if (alive)
		recorder_counts(recorder, counts_out);
	pthread_mutex_unlock(&lock);
	return alive;
}

static char *tell(void)
{
	g_autoptr(Settings) settings = live_settings();
	RecorderCounts counts;
	DaemonStatus status;

	if (!ask_recorder(&counts))
		return NULL;
	daemon_status_init(&status);
	status.version = (char *)(uintptr_t)PACKAGE_VERSION;
	status.settings = settings->file;
	status.pid = getpid();
	status.started_at = started_at;
	for (Counter i = 0; i < COUNT_N; i++)
		set(&status, counter_name(i), counter_get(i));
	add_recorder(&status, &counts);
	return daemon_status_text(&status);
}

/* ---- the thread ---- */

static void answer(int client)
{
	g_autofree char *text = tell();

	if (text != NULL)
		(void)!send(client, text, strlen(text), MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* Ends when the listener is shut down (EINVAL). Without descriptors or memory for one
 * more client it must not go in circles. */
static void *serve(void *unused)
{
	(void)unused;
	for (;;) {
		int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

		if (client >= 0) {
			answer(client);
			close(client);
		} else if (errno == EINVAL || errno == EBADF) {
			return NULL;
		} else if (errno != EINTR && errno != ECONNABORTED) {
			g_usleep(PAUSE_US);
		}
	}
}

void status_socket_serve(Recorder *recorder_borrowed)
{
	pthread_t thread;

	if (listener < 0)
		return;
	started_at = g_get_real_time() / G_USEC_PER_SEC;
	pthread_mutex_lock(&lock);
	recorder = recorder_borrowed;
	pthread_mutex_unlock(&lock);
	if (pthread_create(&thread, NULL, serve, NULL) == 0)
		pthread_detach(thread);
	else
		log_write(LEVEL_WARNING, "leadctl status cannot ask us: no thread for it");
}

/* ---- the socket ---- */

static bool bind_closed(const struct sockaddr_un *address, GError **error)
{
	mode_t mask = umask(0777);
	bool done = bind(listener, (const struct sockaddr *)address, sizeof *address) == 0;
	int saved = errno;

	umask(mask);
	if (done && listen(listener, BACKLOG) == 0)
		return true;
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT, "cannot open socket '%s': %s",
		    file.path, g_strerror(done ? errno : saved));
	return false;
}

static bool listen_there(const Settings *settings, uid_t uid, gid_t gid, GError **error)
{
	struct sockaddr_un address;

	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (listener < 0 || !socket_file_address(file.path, &address)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "cannot open socket '%s': %s", file.path,
			    g_strerror(listener < 0 ? errno : ENAMETOOLONG));
		return false;
	}
	return socket_file_take(file.path, error) && bind_closed(&address, error) &&
	       socket_group_find(settings, &gid, error) &&
	       socket_file_give(&file, uid, gid, (mode_t)settings->socket_mode, error);
}

void status_socket_open(const Settings *settings, uid_t uid, gid_t gid)
{
	g_autoptr(GError) error = NULL;

	file.path = daemon_status_path(settings); /* for as long as the process lives */
	if (file.path == NULL || listen_there(settings, uid, gid, &error))
		return;
	log_write(LEVEL_WARNING, "leadctl status cannot ask us: %s", error->message);
	if (listener >= 0)
		close(listener);
	listener = -1;
}

/* The descriptor stays: the thread may be about to wait for it. */
void status_socket_close(void)
{
	if (listener < 0)
		return;
	socket_file_remove(&file);
	pthread_mutex_lock(&lock);
	recorder = NULL;
	pthread_mutex_unlock(&lock);
	shutdown(listener, SHUT_RDWR);
}
