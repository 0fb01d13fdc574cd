/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "lead/decide.h"

static void effect_clear(gpointer effect)
{
	g_free(((Effect *)effect)->source);
}

void decision_init(Decision *decision)
{
	memset(decision, 0, sizeof *decision);
	decision->evidence = signs_new();
	decision->effects = g_array_new(FALSE, TRUE, sizeof(Effect));
	g_array_set_clear_func(decision->effects, effect_clear);
}

void decision_clear(Decision *decision)
{
	g_clear_pointer(&decision->evidence, g_array_unref);
	g_clear_pointer(&decision->effects, g_array_unref);
	g_clear_pointer(&decision->answers, g_free);
}
