/* SPDX-License-Identifier: BSD-2-Clause */
/* Authentication-Results: one field a line; a line that begins with "Received" is one. */
#include <string.h>

#include "fuzz.h"
#include "lead/auth-results.h"

static const HeaderLimits limits = {65536, 100, 8192};

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	return 0;
}

static HeaderSection *section_of(char *const *lines)
{
	HeaderSection *section = header_section_new(&limits, NULL);

	for (; *lines != NULL; lines++)
		header_section_add(section,
				   g_str_has_prefix(*lines, "Received")
					   ? "Received"
					   : "Authentication-Results",
				   *lines);
	return section;
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	static char name[] = "mx.ours.example", *nobody[] = {NULL}, *ours[] = {name, NULL};
	g_autofree char *text = fuzz_text(octets, length);
	g_auto(GStrv) lines = g_strsplit(text, "\n", 100);
	g_autoptr(HeaderSection) section = section_of(lines);
	AuthVerdict verdict = auth_results_read(section, ours, "author.example");

	fuzz_law(auth_verdict_name(verdict) != NULL);
	fuzz_law(auth_results_read(section, nobody, "author.example") == AUTH_UNKNOWN);
	/* Nobody speaks for us who does not write our name. */
	g_strdelimit(text, "\n", ' ');
	if (verdict != AUTH_UNKNOWN) {
		g_autofree char *folded = g_ascii_strdown(text, -1);

		fuzz_law(strstr(folded, name) != NULL);
	}
	return 0;
}
