/* SPDX-License-Identifier: BSD-2-Clause */
/* What an analysis must find, or it did not look: never compiled into anything. */
#include <stddef.h>

int known_bad(int which)
{
	int *none = NULL;

	if (which == 1)
		return *none;
	return which;
}
