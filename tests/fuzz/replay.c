/* SPDX-License-Identifier: BSD-2-Clause */
/* A fuzz target without libFuzzer: reads the files named, in order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static void replay(const char *path)
{
	g_autofree char *bytes = NULL;
	g_autofree uint8_t *exact = NULL;
	g_autoptr(GError) error = NULL;
	gsize length;

	if (!g_file_get_contents(path, &bytes, &length, &error)) {
		fprintf(stderr, "%s\n", error->message);
		exit(EXIT_FAILURE);
	}
	exact = g_malloc(MAX(length, 1)); /* without the NUL that GLib puts behind it */
	memcpy(exact, bytes, length);
	printf("%s\n", path);
	fflush(stdout);
	LLVMFuzzerTestOneInput(exact, length);
}

int main(int argc, char **argv)
{
	LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	return EXIT_SUCCESS;
}
