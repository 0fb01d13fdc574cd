/* SPDX-License-Identifier: BSD-2-Clause */
#include "mta.h"

#include "fuzz.h"

struct smfi_str {
	void *private;
	GHashTable *macros;
};

struct smfiDesc mta_callbacks;

SMFICTX *mta_context_new(void)
{
	SMFICTX *context = g_new0(SMFICTX, 1);

	context->macros = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return context;
}

void mta_context_free(SMFICTX *context)
{
	fuzz_law(context->private == NULL);
	g_hash_table_unref(context->macros);
	g_free(context);
}

void mta_macro_set(SMFICTX *context, const char *name, const char *value)
{
	g_hash_table_replace(context->macros, g_strdup(name), g_strdup(value));
}

int smfi_register(struct smfiDesc description)
{
	mta_callbacks = description;
	return MI_SUCCESS;
}

char *smfi_getsymval(SMFICTX *context, char *name)
{
	return g_hash_table_lookup(context->macros, name);
}

void *smfi_getpriv(SMFICTX *context)
{
	return context->private;
}

int smfi_setpriv(SMFICTX *context, void *private)
{
	context->private = private;
	return MI_SUCCESS;
}

int smfi_setsymlist(SMFICTX *context, int stage, char *list)
{
	fuzz_law(context != NULL && stage >= SMFIM_FIRST && stage <= SMFIM_LAST);
	fuzz_law(list != NULL);
	return MI_SUCCESS;
}
