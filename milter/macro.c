/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdbool.h>

#include "macro.h"

#include <glib.h>

char *macro_dup(SMFICTX *context, const char *name)
{
	char symbol[32]; /* libmilter wants it writable */
	const char *value;

	g_strlcpy(symbol, name, sizeof symbol);
	value = smfi_getsymval(context, symbol);
	return value != NULL && *value != '\0' ? g_strdup(value) : NULL;
}
