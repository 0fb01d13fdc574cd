/* SPDX-License-Identifier: BSD-2-Clause */
#include "proposal.h"
#include "view.h"

typedef struct {
	SuggestionRow row;
	ContactRow contact;
	MessageRow message, outreach;
	char *address, *owner;
	Suggestion suggestion;
} SuggestionView;

static void fill(SuggestionView *view)
{
	const SuggestionRow *row = &view->row;
	const MessageRow *message = &view->message;

	view->suggestion = (Suggestion){
		.id = row->id,
		.at = message->at,
		.address = view->address,
		.name = view->contact.name,
		.owner = view->owner,
		.stage = view->contact.stage,
		.reason = row->reason,
		.proposal = proposal_of(row),
		.class = message->class,
		.tier = message->tier,
		.auth = message->auth,
		.subject = message->subject,
		.message_id = message->message_id,
		.outreach_id = view->outreach.message_id,
		.evidence = message->evidence,
		.other_address = row->address,
		.other_name = row->address != NULL ? message->author_name : NULL,
	};
}

/* False if nothing would follow from it. */
static bool load(Txn *txn, int64_t id, SuggestionView *view)
{
	*view = (SuggestionView){.address = NULL};
	if (!txn->ops->row_load(txn, ROW_SUGGESTION, id, &view->row) ||
	    !contact_load(txn, view->row.contact, &view->contact) ||
	    suggestion_is_moot(&view->row, &view->contact))
		return false;
	message_load(txn, view->row.message, &view->message);
	message_load(txn, view->message.answered, &view->outreach);
	view->address = view_address(txn, view->row.contact);
	view->owner = contact_owner(txn, &view->contact);
	fill(view);
	return true;
}

static void clear(SuggestionView *view)
{
	suggestion_row_clear(&view->row);
	contact_row_clear(&view->contact);
	message_row_clear(&view->message);
	message_row_clear(&view->outreach);
	g_free(view->address);
	g_free(view->owner);
}

static bool passes(const Suggestion *suggestion, const SuggestionFilter *filter)
{
	return (filter->reason == NULL || *filter->reason == suggestion->reason) &&
	       is_folded(filter->owner, suggestion->owner) &&
	       suggestion->at >= filter->since;
}

bool view_suggestions(Txn *txn, const SuggestionFilter *filter, SuggestionVisit visit,
		      void *user)
{
	static const SuggestionFilter any;
	const SuggestionFilter *asked = filter != NULL ? filter : &any;
	g_autoptr(GArray) ids = ids_new();
	size_t shown = 0;
	bool goes_on = true;

	txn->ops->suggestions_open(txn, ids);
	for (unsigned i = 0; goes_on && i < ids->len && txn->error == NULL; i++) {
		SuggestionView view;

		if (load(txn, id_at(ids, i), &view) && passes(&view.suggestion, asked))
			goes_on = visit(&view.suggestion, user) &&
				  (asked->limit == 0 || ++shown < asked->limit);
		clear(&view);
	}
	return goes_on;
}

int64_t view_count_suggestions(Txn *txn)
{
	g_autoptr(GArray) ids = ids_new();
	int64_t count = 0;

	txn->ops->suggestions_open(txn, ids);
	for (unsigned i = 0; i < ids->len && txn->error == NULL; i++) {
		g_auto(SuggestionRow) row = {0};
		g_auto(ContactRow) contact = {0};

		count += txn->ops->row_load(txn, ROW_SUGGESTION, id_at(ids, i), &row) &&
			 contact_load(txn, row.contact, &contact) &&
			 !suggestion_is_moot(&row, &contact);
	}
	return count;
}
