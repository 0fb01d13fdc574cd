/* SPDX-License-Identifier: BSD-2-Clause */
/* Settings as text. What is accepted can be written and read again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "lead/error.h"
#include "lead/settings.h"

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	return 0;
}

static char *written(const Settings *settings)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	settings_write(settings, out);
	fclose(out);
	return text;
}

/* "section.option = value" lines as a file. */
static char *as_file(const char *lines)
{
	g_auto(GStrv) each = g_strsplit(lines, "\n", -1);
	GString *file = g_string_new(NULL);

	for (size_t i = 0; each[i] != NULL; i++) {
		const char *dot = strchr(each[i], '.');

		if (dot != NULL)
			g_string_append_printf(file, "[%.*s]\n%s\n", (int)(dot - each[i]),
					       each[i], dot + 1);
	}
	return g_string_free(file, FALSE);
}

static void check_settings(const Settings *settings)
{
	char *lines = written(settings), *lines_again;
	g_autofree char *file = as_file(lines);
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) again = settings_load_text(file, "again", &error);

	fuzz_law_utf8(lines);
	if (again == NULL)
		fprintf(stderr, "%s\n", error->message);
	fuzz_law(again != NULL);
	lines_again = written(again);
	fuzz_law(strcmp(lines, lines_again) == 0);
	free(lines);
	free(lines_again);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	g_autofree char *text = fuzz_text(octets, length);
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = settings_load_text(text, "fuzz.conf", &error);

	fuzz_law((settings == NULL) == (error != NULL));
	if (error != NULL) {
		fuzz_law(error->domain == LEAD_ERROR);
		fuzz_law(*error->message != '\0');
		return 0;
	}
	check_settings(settings);
	return 0;
}
