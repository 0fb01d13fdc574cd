/* SPDX-License-Identifier: BSD-2-Clause */
/* The author's own text, of plain text and of HTML. */
#include <string.h>

#include "fuzz.h"
#include "lead/own-text.h"

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	return 0;
}

static void check(char *(*read)(const char *, size_t), const char *text, size_t length)
{
	g_autofree char *exact = g_memdup2(text, length);
	g_autofree char *own = read(exact, length);

	fuzz_law(own != NULL);
	fuzz_law_utf8(own);
}

/* Nothing is added to what was written. */
static void check_plain(const char *text, size_t length)
{
	g_autofree char *own = own_text_from_plain(text, length);

	fuzz_law(strlen(own) <= length);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	g_autofree char *text = g_utf8_make_valid((const char *)octets, (gssize)length);
	size_t valid = strlen(text);

	check(own_text_from_plain, text, valid);
	check(own_text_from_html, text, valid);
	check_plain(text, valid);
	return 0;
}
