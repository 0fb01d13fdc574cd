/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/scratch-file.h"

#include <string.h>

#include "lead/error.h"

enum { PIECE = 100003, PIECES = 31 }; /* three buffers, ending within a piece */

static void fill(char *octets, unsigned number)
{
	for (size_t i = 0; i < PIECE; i++)
		octets[i] = (char)(number + i * i / 7);
}

/* Read at once, from the buffer; read again when they are in the file; and mapped. */
static void test_pieces(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(ScratchFile) file = scratch_file_new(&error);
	g_autofree char *wanted = g_malloc(PIECE), *got = g_malloc(PIECE);
	uint64_t offsets[PIECES];
	const char *map;

	g_assert_no_error(error);
	for (unsigned i = 0; i < PIECES; i++) {
		fill(wanted, i);
		g_assert_true(scratch_file_add(file, wanted, PIECE, &offsets[i], &error));
		g_assert_true(scratch_file_read(file, offsets[i], got, PIECE, &error));
		g_assert_cmpmem(got, PIECE, wanted, PIECE);
	}
	for (unsigned i = 0; i < PIECES; i++) {
		fill(wanted, i);
		g_assert_true(scratch_file_read(file, offsets[i], got, PIECE, &error));
		g_assert_cmpmem(got, PIECE, wanted, PIECE);
	}
	map = scratch_file_map(file, &error);
	g_assert_no_error(error);
	for (unsigned i = 0; i < PIECES; i++) {
		fill(wanted, i);
		g_assert_cmpmem(map + offsets[i], PIECE, wanted, PIECE);
	}
	g_assert_true(scratch_file_map(file, &error) == map);
}

static void test_nothing(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(ScratchFile) file = scratch_file_new(&error);

	g_assert_nonnull(scratch_file_map(file, &error));
	g_assert_no_error(error);
}

/* The folder is known from the first question on: asked for in a process of its own. */
static void test_no_folder(void)
{
	g_autoptr(GError) error = NULL;

	if (!g_test_subprocess()) {
		g_test_trap_subprocess(NULL, 0, 0);
		g_test_trap_assert_passed();
		return;
	}
	g_setenv("TMPDIR", "/nowhere/at/all", TRUE);
	g_assert_null(scratch_file_new(&error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY);
	g_assert_nonnull(strstr(error->message, "'/nowhere/at/all'"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scratch-file/pieces", test_pieces);
	g_test_add_func("/scratch-file/nothing", test_nothing);
	g_test_add_func("/scratch-file/no folder", test_no_folder);
	return g_test_run();
}
