/* SPDX-License-Identifier: BSD-2-Clause */
#include "checkpointer.h"

#include <pthread.h>
#include <sys/statvfs.h>

#include "paced-vfs.h"

enum {
	PAGES_BEGIN = 10000, /* of log, when it is copied (40 MB): with less, pages are
			      * copied more often that mail changes again */
	PAGES_MANY = 14000,  /* of log, from which on it has to begin anew soon (56 MB) */
	PAGES_REST = 100,    /* so few are left to the writer: a ms with their sync */
	PASSES_MAX = 8,	     /* each has less to copy than the one before */
	PAGES_LOOK = 250,    /* of log, after which the disk is looked at again (1 MB) */
	PAGE_OCTETS = 4096,
};

struct Checkpointer {
	const char *path, *name;
	int64_t timeout_ms;
	PacedVfs *vfs;		/* or NULL */
	Connection *connection; /* of the thread; NULL until it is needed */

	pthread_mutex_t lock;
	pthread_cond_t work;
	pthread_t thread;
	bool runs, ends;
	bool wanted;	 /* until it is done */
	bool has_copied; /* the rest is the writer's */
	int copied;	 /* pages from the beginning of the log */

	/* Of the writer alone. */
	int looked;  /* pages of log when the disk was looked at */
	bool failed; /* a transaction did, since the last copying */
};

Checkpointer *checkpointer_new(const char *path, const char *name, int64_t timeout_ms)
{
	Checkpointer *self = g_new0(Checkpointer, 1);

	self->path = path;
	self->name = name;
	self->timeout_ms = timeout_ms;
	self->vfs = paced_vfs_new();
	pthread_mutex_init(&self->lock, NULL);
	pthread_cond_init(&self->work, NULL);
	return self;
}

/* ---- the thread ---- */

/* The log is there for a connection that has read something. */
static bool open_connection(Checkpointer *self)
{
	const ConnectionOptions options = {
		.path = self->path,
		.name = self->name,
		.vfs = paced_vfs_name(self->vfs),
		.timeout_ms = self->timeout_ms,
	};

	if (self->connection != NULL && connection_has_moved(self->connection))
		g_clear_pointer(&self->connection, connection_close);
	if (self->connection != NULL)
		return true;
	self->connection = connection_open(&options, NULL);
	return self->connection != NULL &&
	       connection_run(self->connection, "SELECT count(*) FROM sqlite_schema",
			      "look at the log", NULL);
}

/* How many pages of the log are copied; 0 if nothing can be said. A failure shows in the
 * next commit, if it matters. */
static int copy(Connection *connection, int *pages_out)
{
	int copied = 0;

	*pages_out = 0;
	if (sqlite3_wal_checkpoint_v2(connection->db, "main", SQLITE_CHECKPOINT_PASSIVE,
				      pages_out, &copied) != SQLITE_OK)
		return 0;
	return copied;
}

/* Until little was added meanwhile. */
static int copy_most(Checkpointer *self)
{
	int copied = 0, before, pages;

	if (!open_connection(self))
		return 0;
	for (int pass = 0; pass < PASSES_MAX; pass++) {
		before = copied;
		copied = copy(self->connection, &pages);
		if (copied < pages || copied - before < PAGES_REST / 2)
			break;
	}
	return copied;
}

static void *checkpointer_main(void *checkpointer)
{
	Checkpointer *self = checkpointer;

	pthread_mutex_lock(&self->lock);
	while (!self->ends) {
		int copied;

		if (!self->wanted) {
			pthread_cond_wait(&self->work, &self->lock);
			continue;
		}
		pthread_mutex_unlock(&self->lock);
		copied = copy_most(self);
		pthread_mutex_lock(&self->lock);
		self->copied = copied;
		self->has_copied = copied > 0;
		self->wanted = false;
	}
	pthread_mutex_unlock(&self->lock);
	return NULL;
}

void checkpointer_free(Checkpointer *self)
{
	bool runs;

	pthread_mutex_lock(&self->lock);
	self->ends = true;
	runs = self->runs;
	pthread_mutex_unlock(&self->lock);
	pthread_cond_signal(&self->work);
	if (runs)
		pthread_join(self->thread, NULL);
	connection_close(self->connection);
	paced_vfs_free(self->vfs);
	pthread_cond_destroy(&self->work);
	pthread_mutex_destroy(&self->lock);
	g_free(self);
}

/* ---- the writer ---- */

static bool is_little(int pages, int rest)
{
	return rest < (pages < PAGES_MANY ? PAGES_REST : 3 * PAGES_REST);
}

static void want(Checkpointer *self)
{
	self->wanted = true;
	self->has_copied = false;
	if (!self->runs)
		self->runs =
			pthread_create(&self->thread, NULL, checkpointer_main, self) == 0;
	pthread_cond_signal(&self->work);
}

/* True if the writer is to copy what is left. */
static bool ask(Checkpointer *self, int pages)
{
	bool rest = false;

	pthread_mutex_lock(&self->lock);
	if (pages < self->copied) { /* the log has begun anew */
		self->copied = 0;
		self->has_copied = false;
	}
	if (self->has_copied && is_little(pages, pages - self->copied)) {
		rest = true;
		self->has_copied = false;
		self->copied = pages;
	} else if (!self->wanted && pages - self->copied >= PAGES_BEGIN) {
		want(self);
	}
	pthread_mutex_unlock(&self->lock);
	return rest;
}

void checkpointer_note_failure(Checkpointer *self)
{
	self->failed = true;
}

/*
 * A log that takes what is left of the disk cannot be copied any more, for the database
 * has to grow for that: then nothing could be written until somebody makes room. So on a
 * disk that is nearly full it is copied while there is twice as much room as it takes.
 */
static bool is_tight(Checkpointer *self, int pages)
{
	struct statvfs disk;

	if (pages < self->looked)
		self->looked = 0;
	if (pages - self->looked < PAGES_LOOK)
		return false;
	self->looked = pages;
	return statvfs(self->path, &disk) == 0 &&
	       (int64_t)disk.f_bavail * (int64_t)disk.f_frsize <
		       2 * (int64_t)PAGE_OCTETS * pages;
}

void checkpointer_tidy(Checkpointer *self, Connection *writer)
{
	bool at_once = is_tight(self, writer->wal_pages) || self->failed;
	int pages;

	self->failed = false;
	if (ask(self, writer->wal_pages) || at_once)
		copy(writer, &pages);
}
