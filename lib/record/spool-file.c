/* SPDX-License-Identifier: BSD-2-Clause */
#include "spool-file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lead/durable-folder.h"
#include "lead/error.h"
#include "lead/spool.h"
#include "spool-frame.h"

/* pthread and not GMutex: the thread sanitizer sees through pthread locks only. */
struct SpoolFile {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	unsigned references_held;
	int descriptor;
	char *path;
	size_t end;    /* written */
	size_t synced; /* durable */
	bool syncing;
	bool broken; /* a write or sync failed: what is durable is not known any more */
};

int spool_error_code(int error_number)
{
	switch (error_number) {
	case ENOSPC:
	case EDQUOT:
	case ENOMEM:
	case EMFILE:
	case ENFILE:
	case EAGAIN:
		return LEAD_ERROR_TEMPORARY;
	default:
		return LEAD_ERROR_PERMANENT;
	}
}

bool write_all(int descriptor, const void *octets, size_t length, size_t offset)
{
	const char *at = octets;

	while (length > 0) {
		ssize_t written = pwrite(descriptor, at, length, (off_t)offset);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		at += written;
		offset += (size_t)written;
		length -= (size_t)written;
	}
	return true;
}

/* Names sort by age. Two processes may have one id in two containers, hence O_EXCL. */
static char *new_path(const char *folder)
{
	static int count; /* atomic */
	g_autofree char *name = g_strdup_printf(
		"%020" G_GINT64_FORMAT "-%ld-%d" SPOOL_SUFFIX, g_get_real_time(),
		(long)getpid(), g_atomic_int_add(&count, 1));

	return g_build_filename(folder, name, NULL);
}

/*
 * Between open() and flock() another process may find the file, take its lock and remove
 * it as one that holds nothing: then the lock is not had, or had on a file without a name.
 */
static int open_locked(const char *path)
{
	int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	struct stat status;

	if (descriptor < 0)
		return -1;
	if (flock(descriptor, LOCK_EX | LOCK_NB) == 0 && fstat(descriptor, &status) == 0 &&
	    status.st_nlink > 0)
		return descriptor;
	close(descriptor);
	errno = EAGAIN;
	return -1;
}

static bool write_head(int descriptor, const char *folder)
{
	unsigned char head[SPOOL_HEAD_OCTETS];

	spool_head_write(head, SPOOL_HEAD_OCTETS);
	return write_all(descriptor, head, sizeof head, 0) && fsync(descriptor) == 0 &&
	       durable_folder_sync(folder);
}

static SpoolFile *file_new(int descriptor, char *path_taken)
{
	SpoolFile *self = g_new0(SpoolFile, 1);

	pthread_mutex_init(&self->lock, NULL);
	pthread_cond_init(&self->changed, NULL);
	self->references_held = 1;
	self->descriptor = descriptor;
	self->path = path_taken;
	self->end = self->synced = SPOOL_HEAD_OCTETS;
	return self;
}

SpoolFile *spool_file_create(const char *folder, GError **error)
{
	enum { TRIES = 5 };
	g_autofree char *path = NULL;
	int descriptor = -1;

	for (int i = 0; i < TRIES && descriptor < 0; i++) {
		g_free(path);
		path = new_path(folder);
		descriptor = open_locked(path);
		if (descriptor < 0 && errno != EAGAIN && errno != EEXIST)
			break;
	}
	if (descriptor >= 0 && write_head(descriptor, folder))
		return file_new(descriptor, g_steal_pointer(&path));
	g_set_error(error, LEAD_ERROR, spool_error_code(errno),
		    "cannot make spool file '%s': %s", path, g_strerror(errno));
	if (descriptor >= 0) {
		unlink(path);
		close(descriptor);
	}
	return NULL;
}

SpoolFile *spool_file_ref(SpoolFile *file)
{
	pthread_mutex_lock(&file->lock);
	file->references_held++;
	pthread_mutex_unlock(&file->lock);
	return file;
}

static void file_free(SpoolFile *self)
{
	if (self->end == SPOOL_HEAD_OCTETS)
		unlink(self->path);
	close(self->descriptor);
	pthread_mutex_destroy(&self->lock);
	pthread_cond_destroy(&self->changed);
	g_free(self->path);
	g_free(self);
}

void spool_file_unref(SpoolFile *file)
{
	unsigned left;

	if (file == NULL)
		return;
	pthread_mutex_lock(&file->lock);
	left = --file->references_held;
	pthread_cond_broadcast(&file->changed);
	pthread_mutex_unlock(&file->lock);
	if (left == 0)
		file_free(file);
}

void spool_file_wait_alone(SpoolFile *file)
{
	pthread_mutex_lock(&file->lock);
	while (file->references_held > 1)
		pthread_cond_wait(&file->changed, &file->lock);
	pthread_mutex_unlock(&file->lock);
}

const char *spool_file_path(const SpoolFile *file)
{
	return file->path;
}

/* What is written to a file without a name nobody finds again. */
static bool has_name(const SpoolFile *file)
{
	struct stat status;

	return fstat(file->descriptor, &status) == 0 && status.st_nlink > 0;
}

bool spool_file_takes_more(SpoolFile *file)
{
	bool more;

	pthread_mutex_lock(&file->lock);
	more = !file->broken && file->end < SPOOL_FILE_MAX && has_name(file);
	pthread_mutex_unlock(&file->lock);
	return more;
}

/* A short write must not stay before a good frame: it would be taken for damage. */
static bool write_frame(SpoolFile *self, const GByteArray *octets)
{
	int error_number;

	if (write_all(self->descriptor, octets->data, octets->len, self->end)) {
		self->end += octets->len;
		return true;
	}
	error_number = errno;
	if (ftruncate(self->descriptor, (off_t)self->end) != 0)
		self->broken = true;
	errno = error_number;
	return false;
}

/* Called and returns with the lock held. Who comes while another syncs waits, and syncs
 * for all others that came meanwhile. After a failed sync the kernel may have dropped the
 * pages and says so only once: nothing more is appended to this file. */
static bool sync_to(SpoolFile *self, size_t end)
{
	int error_number = EIO;

	while (!self->broken && self->synced < end) {
		size_t target = self->end;

		if (self->syncing) {
			pthread_cond_wait(&self->changed, &self->lock);
			continue;
		}
		self->syncing = true;
		pthread_mutex_unlock(&self->lock);
		error_number = fdatasync(self->descriptor) == 0 ? 0 : errno;
		pthread_mutex_lock(&self->lock);
		self->syncing = false;
		if (error_number == 0)
			self->synced = target;
		else
			self->broken = true;
		pthread_cond_broadcast(&self->changed);
	}
	errno = error_number;
	return self->synced >= end;
}

bool spool_file_append(SpoolFile *file, const GByteArray *octets, GError **error)
{
	bool durable;

	pthread_mutex_lock(&file->lock);
	errno = EIO;
	durable = !file->broken && write_frame(file, octets) && sync_to(file, file->end);
	pthread_mutex_unlock(&file->lock);
	if (!durable)
		g_set_error(error, LEAD_ERROR, spool_error_code(errno),
			    "cannot write spool file '%s': %s", file->path,
			    g_strerror(errno));
	return durable;
}
