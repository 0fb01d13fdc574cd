/* SPDX-License-Identifier: BSD-2-Clause */
/* The stage of an import. */
#include <string.h>

#include "memory.h"

void *memory_import_open(void *backend, GError **error)
{
	(void)backend;
	(void)error;
	return g_tree_new_full((GCompareDataFunc)(void (*)(void))strcmp, NULL, g_free,
			       (GDestroyNotify)g_bytes_unref);
}

void memory_import_close(void *import)
{
	g_tree_destroy(import);
}

bool memory_import_put(void *import, const char *key, GBytes *draft, GError **error)
{
	(void)error;
	g_tree_replace(import, g_strdup(key), g_bytes_ref(draft));
	return true;
}

bool memory_import_get(void *import, const char *key, GBytes **draft_out, GError **error)
{
	GBytes *draft = g_tree_lookup(import, key);

	(void)error;
	*draft_out = draft != NULL ? g_bytes_ref(draft) : NULL;
	return true;
}

typedef struct {
	bool (*visit)(GBytes *draft, void *user);
	void *user;
} DraftVisit;

static gboolean visit_draft(gpointer key, gpointer draft, gpointer user)
{
	const DraftVisit *self = user;

	(void)key;
	return !self->visit(draft, self->user);
}

bool memory_import_each(void *import, bool (*visit)(GBytes *draft, void *user), void *user,
			GError **error)
{
	DraftVisit self = {visit, user};

	(void)error;
	g_tree_foreach(import, visit_draft, &self);
	return true;
}
