/* SPDX-License-Identifier: BSD-2-Clause */
/* What waits in a spool, offered to somebody who makes it durable elsewhere. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lead/durable-folder.h"
#include "lead/spool.h"
#include "spool-folder.h"
#include "spool-frame.h"

typedef enum { FILE_DONE, FILE_KEPT, FILE_BUSY } FileResult;

/* One file on its way. */
typedef struct {
	const SpoolReplay *replay;
	const char *folder;
	char *path;
	int descriptor; /* locked */
	char *octets;
	size_t length;
} Pass;

static void tell(const Pass *pass, LogLevel level, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

static void tell(const Pass *pass, LogLevel level, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (pass->replay->problem != NULL)
		pass->replay->problem(level, text, pass->replay->user);
}

static bool append_durably(const char *path, const char *octets, size_t length)
{
	int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	struct stat status;
	bool durable = descriptor >= 0 && fstat(descriptor, &status) == 0 &&
		       write_all(descriptor, octets, length, (size_t)status.st_size) &&
		       fsync(descriptor) == 0;

	if (descriptor >= 0)
		close(descriptor);
	return durable;
}

static void count_set_aside(const Pass *pass)
{
	if (pass->replay->set_aside != NULL)
		++*pass->replay->set_aside;
}

/* The piece leaves the spool only when it is durable beside it. */
static bool set_aside(const Pass *pass, const Frame *frame, const char *why)
{
	g_autofree char *aside = g_strconcat(pass->path, DAMAGED_SUFFIX, NULL);

	if (!append_durably(aside, pass->octets + frame->start,
			    frame->end - frame->start) ||
	    !durable_folder_sync(pass->folder)) {
		tell(pass, LEVEL_ERROR,
		     "cannot set aside a record of spool file '%s' in '%s': %s", pass->path,
		     aside, g_strerror(errno));
		return false;
	}
	tell(pass, LEVEL_ERROR,
	     "spool file '%s': %zu octets at %zu %s, and are set aside in '%s'", pass->path,
	     frame->end - frame->start, frame->start, why, aside);
	count_set_aside(pass);
	return true;
}

static bool offer(const Pass *pass, const Frame *frame)
{
	g_autoptr(MessageSummary) summary = summary_decode(
		frame->payload, frame->length, pass->replay->subaddress_separators);

	if (summary == NULL)
		return set_aside(pass, frame, "are no record that this version can read");
	switch (pass->replay->visit(summary, pass->replay->user)) {
	case SPOOL_DONE:
		return true;
	case SPOOL_SET_ASIDE:
		return set_aside(pass, frame, "were refused by the store");
	case SPOOL_KEEP:
		break;
	}
	return false;
}

static bool handle_frame(const Pass *pass, const Frame *frame)
{
	switch (frame->kind) {
	case FRAME_RECORD:
		return offer(pass, frame);
	case FRAME_DAMAGED:
		return set_aside(pass, frame, "are damaged");
	case FRAME_TORN:
		tell(pass, LEVEL_WARNING,
		     "spool file '%s': %zu octets at its end were cut off by a crash",
		     pass->path, frame->end - frame->start);
		break;
	case FRAME_NONE:
		break;
	}
	return true;
}

/* Only a hint, hence not synced: what is replayed again changes nothing. */
static void note_replayed(const Pass *pass, size_t replayed)
{
	unsigned char head[SPOOL_HEAD_OCTETS];

	spool_head_write(head, replayed);
	write_all(pass->descriptor, head, sizeof head, 0);
}

static FileResult remove_file(const Pass *pass)
{
	unlink(pass->path);
	durable_folder_sync(pass->folder);
	return FILE_DONE;
}

static FileResult replay_frames(const Pass *pass, size_t offset)
{
	for (;;) {
		Frame frame = frame_next(pass->octets, pass->length, offset);

		if (frame.kind == FRAME_NONE)
			return remove_file(pass);
		if (!handle_frame(pass, &frame))
			return FILE_KEPT;
		offset = frame.end;
		note_replayed(pass, offset);
	}
}

static FileResult set_file_aside(const Pass *pass)
{
	g_autofree char *aside = g_strconcat(pass->path, DAMAGED_SUFFIX, NULL);

	if (rename(pass->path, aside) != 0 || !durable_folder_sync(pass->folder)) {
		tell(pass, LEVEL_ERROR, "cannot rename '%s', which is no spool file: %s",
		     pass->path, g_strerror(errno));
		return FILE_BUSY;
	}
	tell(pass, LEVEL_ERROR, "'%s' is no spool file, and is set aside as '%s'",
	     pass->path, aside);
	count_set_aside(pass);
	return FILE_DONE;
}

static FileResult replay_locked(Pass *pass)
{
	struct stat status;
	size_t replayed;

	if (fstat(pass->descriptor, &status) != 0 || status.st_nlink == 0)
		return FILE_DONE; /* somebody else replayed it just before */
	if (!spool_file_read(pass->descriptor, &pass->octets, &pass->length))
		return set_file_aside(pass);
	if (pass->length < SPOOL_HEAD_OCTETS) /* nothing was ever appended */
		return remove_file(pass);
	if (!spool_head_read(pass->octets, pass->length, &replayed))
		return set_file_aside(pass);
	return replay_frames(pass, replayed);
}

static FileResult replay_file(const Spool *spool, const char *name,
			      const SpoolReplay *replay)
{
	Pass pass = {.replay = replay, .folder = spool->folder};
	FileResult result = FILE_BUSY;

	pass.path = g_build_filename(spool->folder, name, NULL);
	pass.descriptor = open(pass.path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (pass.descriptor < 0 && errno != ENOENT)
		tell(&pass, LEVEL_ERROR, "cannot open spool file '%s': %s", pass.path,
		     g_strerror(errno));
	if (pass.descriptor >= 0 && flock(pass.descriptor, LOCK_EX | LOCK_NB) == 0)
		result = replay_locked(&pass);
	if (pass.descriptor >= 0)
		close(pass.descriptor);
	g_free(pass.octets);
	g_free(pass.path);
	return result;
}

/* Everything but the file that is appended to; false if a visit said keep. */
static bool replay_others(Spool *spool, const SpoolReplay *replay)
{
	g_autofree char *current = spool_current_name(spool);
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) names = spool_names(spool->folder, SPOOL_SUFFIX, &error);

	if (names == NULL) {
		if (replay->problem != NULL)
			replay->problem(LEVEL_ERROR, error->message, replay->user);
		return true;
	}
	for (guint i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];

		if (g_strcmp0(name, current) != 0 &&
		    replay_file(spool, name, replay) == FILE_KEPT)
			return false;
	}
	return true;
}

bool spool_replay(Spool *spool, const SpoolReplay *replay)
{
	/* The own file comes last and only when the older ones went through, so that a
	 * store that stays away does not leave a new file for every attempt. */
	do {
		if (!replay_others(spool, replay))
			return false;
	} while (spool_seal(spool));
	return true;
}
