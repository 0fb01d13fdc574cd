/* SPDX-License-Identifier: BSD-2-Clause */
/* CSV files, up to the draft of each contact. */
#include "config.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/csv-file.h"
#include "cli/import-columns.h"
#include "fuzz.h"
#include "lead/error.h"

static Settings *settings;

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	settings = settings_new_default();
	return 0;
}

/* A file that is nowhere but in memory. */
static char *file_of(const uint8_t *octets, size_t length, int *descriptor_out)
{
	int descriptor = memfd_create("fuzz.csv", MFD_CLOEXEC);

	fuzz_law(descriptor >= 0);
	fuzz_law(write(descriptor, octets, length) == (ssize_t)length);
	*descriptor_out = descriptor;
	return g_strdup_printf("/proc/self/fd/%d", descriptor);
}

static void check_row(const CsvFile *file, const ImportColumns *columns, ContactText *text)
{
	g_autofree char *why_sort = NULL, *why_draft = NULL;
	const ContactDraft *draft;

	contact_text_clear(text);
	if (!import_columns_sort(columns, csv_file_fields(file), csv_file_count(file), text,
				 &why_sort)) {
		fuzz_law(why_sort != NULL);
		return;
	}
	draft = contact_text_draft(text, settings, &why_draft);
	fuzz_law((draft == NULL) == (why_draft != NULL));
	fuzz_law_utf8(why_draft);
}

static void check_fields(const CsvFile *file)
{
	char **fields = csv_file_fields(file);
	size_t kept = g_strv_length(fields);

	fuzz_law(kept == MIN(csv_file_count(file), (size_t)CSV_FIELDS_MAX));
	fuzz_law(csv_file_done(file) <= csv_file_total(file));
	for (size_t i = 0; i < kept; i++)
		fuzz_law_utf8(fields[i]);
}

static void read_rows(CsvFile *file)
{
	g_autoptr(ContactText) text = contact_text_new();
	ImportColumns *columns = NULL;
	g_autoptr(GError) error = NULL;
	int64_t line = 0;
	CsvRead got;

	while ((got = csv_file_next(file, &error)) == CSV_ROW || got == CSV_BAD_ROW) {
		fuzz_law(csv_file_line(file) > line);
		line = csv_file_line(file);
		if (got == CSV_BAD_ROW)
			continue;
		check_fields(file);
		if (columns != NULL)
			check_row(file, columns, text);
		else
			columns = import_columns_new(csv_file_fields(file), NULL);
	}
	fuzz_law((got == CSV_DAMAGED) == (error != NULL));
	if (columns != NULL)
		import_columns_free(columns);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	int descriptor;
	g_autofree char *path = file_of(octets, length, &descriptor);
	g_autoptr(GError) error = NULL;
	g_autoptr(CsvFile) file = csv_file_open(path, &error);

	close(descriptor);
	fuzz_law((file == NULL) == (error != NULL));
	if (file != NULL)
		read_rows(file);
	return 0;
}
