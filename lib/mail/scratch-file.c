/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/scratch-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lead/error.h"

enum { BUFFER_OCTETS = 1024 * 1024 };

struct ScratchFile {
	int descriptor;
	GByteArray *buffer; /* not written yet */
	uint64_t written;
	void *map; /* NULL: not asked for, or there is nothing */
};

static bool fail(const char *what, GError **error)
{
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY,
		    "cannot %s a temporary file in '%s': %s", what, g_get_tmp_dir(),
		    g_strerror(errno));
	return false;
}

ScratchFile *scratch_file_new(GError **error)
{
	g_autofree char *path = g_build_filename(g_get_tmp_dir(), "leadctl-XXXXXX", NULL);
	int descriptor = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
	ScratchFile *file;

	if (descriptor < 0) {
		fail("make", error);
		return NULL;
	}
	unlink(path);
	file = g_new0(ScratchFile, 1);
	file->descriptor = descriptor;
	file->buffer = g_byte_array_sized_new(BUFFER_OCTETS);
	return file;
}

void scratch_file_free(ScratchFile *file)
{
	if (file == NULL)
		return;
	if (file->map != NULL)
		munmap(file->map, (size_t)file->written);
	close(file->descriptor);
	g_byte_array_unref(file->buffer);
	g_free(file);
}

static bool flush(ScratchFile *file, GError **error)
{
	size_t done = 0;

	while (done < file->buffer->len) {
		ssize_t got = write(file->descriptor, file->buffer->data + done,
				    file->buffer->len - done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return fail("write", error);
		done += (size_t)got;
	}
	file->written += done;
	g_byte_array_set_size(file->buffer, 0);
	return true;
}

bool scratch_file_add(ScratchFile *file, const void *octets, size_t length,
		      uint64_t *offset_out, GError **error)
{
	*offset_out = file->written + file->buffer->len;
	g_byte_array_append(file->buffer, octets, (guint)length);
	return file->buffer->len < BUFFER_OCTETS || flush(file, error);
}

static bool read_all(int descriptor, void *octets, size_t length, uint64_t offset)
{
	char *at = octets;

	while (length > 0) {
		ssize_t got = pread(descriptor, at, length, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0)
			errno = EIO;
		if (got <= 0)
			return false;
		at += got;
		offset += (size_t)got;
		length -= (size_t)got;
	}
	return true;
}

bool scratch_file_read(const ScratchFile *file, uint64_t offset, void *octets_out,
		       size_t length, GError **error)
{
	if (offset < file->written)
		return read_all(file->descriptor, octets_out, length, offset) ||
		       fail("read", error);
	memcpy(octets_out, file->buffer->data + (offset - file->written), length);
	return true;
}

/* Of a file, so that the kernel may drop and read again what it needs the memory for. */
const char *scratch_file_map(ScratchFile *file, GError **error)
{
	void *map;

	if (file->map != NULL)
		return file->map;
	if (!flush(file, error))
		return NULL;
	if (file->written == 0)
		return "";
	map = mmap(NULL, (size_t)file->written, PROT_READ, MAP_PRIVATE, file->descriptor,
		   0);
	if (map == MAP_FAILED) {
		fail("map", error);
		return NULL;
	}
	file->map = map;
	return map;
}
