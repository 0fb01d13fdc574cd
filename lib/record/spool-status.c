/* SPDX-License-Identifier: BSD-2-Clause */
/* What waits, as seen by another process: no locks, and a file may vanish meanwhile. */
#include <fcntl.h>
#include <unistd.h>

#include "lead/error.h"
#include "lead/spool.h"
#include "spool-folder.h"
#include "spool-frame.h"

static int64_t count_records(const char *octets, size_t length)
{
	size_t offset;
	int64_t count = 0;

	if (!spool_head_read(octets, length, &offset))
		return 0;
	for (;;) {
		Frame frame = frame_next(octets, length, offset);

		if (frame.kind == FRAME_NONE)
			return count;
		count += frame.kind == FRAME_RECORD;
		offset = frame.end;
	}
}

static void add_file(const char *folder, const char *name, SpoolStatus *status)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *octets = NULL;
	size_t length;
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (descriptor < 0)
		return;
	if (spool_file_read(descriptor, &octets, &length)) {
		status->waiting += count_records(octets, length);
		status->octets += (int64_t)length;
	}
	close(descriptor);
}

bool spool_status(const char *folder, SpoolStatus *status_out, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autoptr(GPtrArray) names = spool_names(folder, SPOOL_SUFFIX, &reason);
	g_autoptr(GPtrArray) damaged = spool_names(folder, DAMAGED_SUFFIX, NULL);

	*status_out = (SpoolStatus){0};
	if (names == NULL) {
		if (g_error_matches(reason, LEAD_ERROR, LEAD_ERROR_NOT_FOUND))
			return true;
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	for (guint i = 0; i < names->len; i++)
		add_file(folder, names->pdata[i], status_out);
	status_out->set_aside = damaged != NULL ? damaged->len : 0;
	return true;
}
