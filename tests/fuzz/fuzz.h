/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A fuzz target is a function of octets that must neither crash nor break a law. It is
 * built for libFuzzer, or with replay.c, which hands it the files named on the command
 * line.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length);

/* A law of the target. In every build, also with NDEBUG. */
#define fuzz_law(holds)                                                                    \
	do {                                                                               \
		if (!(holds)) {                                                            \
			fprintf(stderr, "%s:%d: law broken: %s\n", __FILE__, __LINE__,     \
				#holds);                                                   \
			abort();                                                           \
		}                                                                          \
	} while (0)

/* In memory of exactly that size, up to the first NUL. Caller frees. */
static inline char *fuzz_text(const uint8_t *octets, size_t length)
{
	return g_strndup((const char *)octets, length);
}

static inline void fuzz_law_utf8(const char *text)
{
	fuzz_law(text == NULL || g_utf8_validate(text, -1, NULL));
}

#endif
