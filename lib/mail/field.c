/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/field.h"

#include <glib.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

static const char *const names[FIELD_NONE] = {
#define X(identifier, name) [FIELD_##identifier] = name,
	LEAD_FIELDS(X)
#undef X
		[FIELD_SPAM_VERDICT] = "(spam verdict)",
};

/*
 * An open hash of the folded names, filled once: field_id() is asked for every field of
 * every message, most of which nobody cares about. 256 places for about 75 names keep
 * the chains short; a test walks all of them.
 */
enum { PLACES = 256 };
static uint8_t place_of[PLACES]; /* FieldId + 1; 0 is free */

static unsigned name_place(const char *name, size_t length)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	/* What is no letter may fold, too: it is a hash. */
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)(name[i] | 0x20)) * 16777619u;
	return (hash ^ hash >> 16) % PLACES;
}

static void fill_places(void)
{
	for (unsigned id = 0; id < FIELD_SPAM_VERDICT; id++) {
		unsigned place = name_place(names[id], strlen(names[id]));

		while (place_of[place] != 0)
			place = (place + 1) % PLACES;
		place_of[place] = (uint8_t)(id + 1);
	}
}

FieldId field_id_of(const char *name, size_t length)
{
	static pthread_once_t filled = PTHREAD_ONCE_INIT; /* seen by the thread sanitizer */
	unsigned place = name_place(name, length);

	pthread_once(&filled, fill_places);
	for (; place_of[place] != 0; place = (place + 1) % PLACES) {
		FieldId id = place_of[place] - 1u;

		if (g_ascii_strncasecmp(names[id], name, length) == 0 &&
		    names[id][length] == '\0')
			return id;
	}
	return FIELD_NONE;
}

FieldId field_id(const char *name)
{
	return field_id_of(name, strlen(name));
}

const char *field_name(FieldId id)
{
	return id < FIELD_NONE ? names[id] : "(none)";
}
