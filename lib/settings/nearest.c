/* SPDX-License-Identifier: BSD-2-Clause */
/* What a misspelt word may have meant. */
#include "lead/nearest.h"

#include <glib.h>
#include <string.h>

enum { WORD_MAX = 40 };

/* Octets to insert, drop, change or swap with their neighbour (optimal string alignment);
 * the case does not count. Longer words are cut: they resemble nothing anyway. */
static unsigned edit_distance(const char *a, const char *b)
{
	size_t lengths[2] = {MIN(strlen(a), WORD_MAX), MIN(strlen(b), WORD_MAX)};
	unsigned cost[WORD_MAX + 1][WORD_MAX + 1];

	for (size_t i = 0; i <= lengths[0]; i++)
		cost[i][0] = (unsigned)i;
	for (size_t j = 0; j <= lengths[1]; j++)
		cost[0][j] = (unsigned)j;
	for (size_t i = 1; i <= lengths[0]; i++) {
		for (size_t j = 1; j <= lengths[1]; j++) {
			char at = g_ascii_tolower(a[i - 1]), bt = g_ascii_tolower(b[j - 1]);
			unsigned least = cost[i - 1][j - 1] + (at != bt);

			least = MIN(least, MIN(cost[i - 1][j], cost[i][j - 1]) + 1);
			if (i > 1 && j > 1 && at == g_ascii_tolower(b[j - 2]) &&
			    bt == g_ascii_tolower(a[i - 2]))
				least = MIN(least, cost[i - 2][j - 2] + 1);
			cost[i][j] = least;
		}
	}
	return cost[lengths[0]][lengths[1]];
}

const char *nearest_word(const char *word, const char *const *candidates, size_t count)
{
	/* With more than half of its letters wrong a word is no misspelling. */
	unsigned nearest = (unsigned)MIN(strlen(word), WORD_MAX) / 2 + 1;
	const char *found = NULL;

	for (size_t i = 0; i < count; i++) {
		unsigned distance = edit_distance(word, candidates[i]);

		if (distance < nearest) {
			nearest = distance;
			found = candidates[i];
		}
	}
	return found;
}
