/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A scratch file: octets laid by in a temporary file without a name, and looked at again.
 * It is gone when it is freed, however the process ends. One thread at a time,
 * unless it says more.
 */
#ifndef LEAD_SCRATCH_FILE_H
#define LEAD_SCRATCH_FILE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ScratchFile ScratchFile;

/* In the folder of temporary files. TEMPORARY, as with all errors below. */
ScratchFile *scratch_file_new(GError **error);
void scratch_file_free(ScratchFile *file); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ScratchFile, scratch_file_free)

/* offset_out: where they are from now on. */
bool scratch_file_add(ScratchFile *file, const void *octets, size_t length,
		      uint64_t *offset_out, GError **error);
/* What was added there. Any thread, while nothing is added. */
bool scratch_file_read(const ScratchFile *file, uint64_t offset, void *octets_out,
		       size_t length, GError **error);
/* All that was added, at its offset; nothing may be added from then on. Borrowed. */
const char *scratch_file_map(ScratchFile *file, GError **error);

#endif
