/* SPDX-License-Identifier: BSD-2-Clause */
/* Imports: drafts wait in a pile, which nobody else sees and which locks nothing, and are
 * put in one transaction. */
#include "draft-pile.h"
#include "store-private.h"

enum {
	READS_AT_ONCE = 1000,		     /* puts that look into one snapshot */
	COMMIT_WAIT_MS = 24 * 60 * 60 * 1000 /* nobody's mail waits for an import's end */
};

struct StoreImport {
	Store *store;
	DraftPile *pile;
	char *actor;
	int64_t at;
	Txn *txn; /* reading, for the results of puts; NULL until needed */
	unsigned reads;
};

StoreImport *store_import_begin(Store *store, const char *actor, int64_t at, GError **error)
{
	StoreImport *self;
	DraftPile *pile;

	if (!store_can_write(store, error))
		return NULL;
	pile = draft_pile_new(error);
	if (pile == NULL)
		return NULL;
	self = g_new0(StoreImport, 1);
	self->store = store;
	self->pile = pile;
	self->actor = g_strdup(actor);
	self->at = at;
	return self;
}

static bool end_reading(StoreImport *self, GError **error)
{
	Txn *txn = g_steal_pointer(&self->txn);

	self->reads = 0;
	return txn == NULL || store_read_end(txn, error);
}

void store_import_abort(StoreImport *self)
{
	if (self == NULL)
		return;
	end_reading(self, NULL);
	draft_pile_free(self->pile);
	g_free(self->actor);
	g_free(self);
}

/* Against the store as it is now; a snapshot is kept for some puts, not for all: it
 * keeps the log from being tidied. */
static bool compare(StoreImport *self, const ContactDraft *draft, PutResult *result_out,
		    GError **error)
{
	unsigned reads = self->store->ops->readers_block ? 1 : READS_AT_ONCE;

	if (self->txn == NULL)
		self->txn = store_read_begin(self->store, error);
	if (self->txn == NULL)
		return false;
	*result_out = draft_compare(self->txn, draft);
	self->reads++;
	return (self->txn->error == NULL && self->reads < reads) ||
	       end_reading(self, error);
}

/* What the second says of an address is added to what the first said. */
static void merge(DraftCopy *copy, const ContactDraft *draft)
{
	ContactDraft *merged = &copy->draft;

	merged->name = draft->name != NULL ? draft->name : merged->name;
	merged->organization =
		draft->organization != NULL ? draft->organization : merged->organization;
	merged->owner = draft->owner != NULL ? draft->owner : merged->owner;
	merged->stage = draft->stage != 0 ? draft->stage : merged->stage;
	if (draft->source != NULL && !draft->source_if_new) {
		merged->source = draft->source;
		merged->source_if_new = false;
	}
	g_ptr_array_set_size(copy->tags, (int)copy->tags->len - 1);
	for (size_t i = 0; draft->tags != NULL && draft->tags[i] != NULL; i++)
		g_ptr_array_add(copy->tags, (gpointer)(uintptr_t)draft->tags[i]);
	g_ptr_array_add(copy->tags, NULL);
	g_ptr_array_set_size(copy->custom, (int)copy->custom->len - 1);
	for (size_t i = 0; draft->custom != NULL && draft->custom[i] != NULL; i++)
		g_ptr_array_add(copy->custom, (gpointer)(uintptr_t)draft->custom[i]);
	g_ptr_array_add(copy->custom, NULL);
	merged->tags = (const char *const *)copy->tags->pdata;
	merged->custom = (const char *const *)copy->custom->pdata;
}

/* The same address twice. */
static bool put_again(StoreImport *self, GBytes *before, const ContactDraft *draft,
		      PutResult *result_out, GError **error)
{
	g_auto(DraftCopy) copy = {0};
	g_autoptr(GBytes) octets = NULL;

	draft_decode(before, &copy);
	merge(&copy, draft);
	octets = draft_encode(&copy.draft);
	*result_out = g_bytes_equal(before, octets) ? PUT_UNCHANGED : PUT_UPDATED;
	return draft_pile_put(self->pile, &copy.draft, error);
}

bool store_import_put(StoreImport *self, const ContactDraft *draft, PutResult *result_out,
		      GError **error)
{
	GError *failed = NULL;
	g_autoptr(GBytes) before =
		draft_pile_find(self->pile, draft->address->canonical, &failed);

	if (failed != NULL) {
		g_propagate_error(error, failed);
		return false;
	}
	if (before != NULL)
		return put_again(self, before, draft, result_out, error);
	return compare(self, draft, result_out, error) &&
	       draft_pile_put(self->pile, draft, error);
}

/* In order of address, so that the index grows at its end. */
static void run_import(Txn *txn, void *data)
{
	const StoreImport *import = *(StoreImport **)data;
	GError *error = NULL;

	if (txn->ops->expect_many != NULL)
		txn->ops->expect_many(txn, true);
	if (draft_pile_sort(import->pile, &error))
		draft_pile_put_all(txn, import->pile, import->actor, import->at);
	else
		txn_fail(txn, error);
	if (txn->ops->expect_many != NULL)
		txn->ops->expect_many(txn, false);
}

bool store_import_commit(StoreImport *self, GError **error)
{
	StoreImport **data = g_new(StoreImport *, 1);
	Job *job;
	bool good;

	*data = self;
	end_reading(self, NULL);
	job = store_do(self->store, run_import, data, g_free, COMMIT_WAIT_MS, error);
	good = job != NULL;
	if (good)
		job_unref(job);
	store_import_abort(self);
	return good;
}
