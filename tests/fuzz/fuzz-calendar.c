/* SPDX-License-Identifier: BSD-2-Clause */
/* Calendar objects. */
#include "fuzz.h"
#include "lead/calendar.h"

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	CalendarKind kind = calendar_parse((const char *)octets, length);
	g_autofree char *method = fuzz_text(octets, length);

	fuzz_law(kind <= CALENDAR_REPLY_DECLINED);
	fuzz_law(kind == CALENDAR_NONE || calendar_kind_name(kind) != NULL);
	fuzz_law(calendar_parse((const char *)octets, length) == kind);
	fuzz_law(calendar_kind_from_method(method) <= CALENDAR_REPLY);
	return 0;
}
