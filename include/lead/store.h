/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The store: contacts, interactions, decisions, durable. The interface speaks of the
 * domain; what lies below (SQLite, memory) is chosen by the URI. Every function may be
 * called from any thread; the store locks inside.
 *
 * store_record() decides inside the write transaction: the history that judge() sees is
 * the one that the decision is applied to, so two replies at once promote once, and a
 * reply next to its outreach is never decided on stale facts. One writer thread takes all
 * that waits, in one transaction (group commit), and answers when it is durable; a
 * decision that cannot be recorded spoils no other.
 *
 * Errors: NOT_FOUND, INVALID; TEMPORARY (locked, full, busy past the budget: spool it or
 * try later), PERMANENT (damaged, read-only, newer schema). Texts name the store.
 */
#ifndef LEAD_STORE_H
#define LEAD_STORE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/contact.h"
#include "lead/decide.h"
#include "lead/settings.h"
#include "lead/summary.h"

typedef struct Store Store;

typedef enum {
	STORE_CREATE = 1,    /* make the database if it is not there */
	STORE_READ_ONLY = 2, /* never writes, not even a migration */
} StoreFlags;

/* uri: "sqlite:PATH" or "memory:". timeout_ms bounds every wait for another process. An
 * older database is brought up to date (unless read-only: PERMANENT); a newer one is
 * refused with both versions in the text. */
Store *store_open(const char *uri, StoreFlags flags, int64_t timeout_ms, GError **error);
/* Waits for what is queued. No call may be running or follow. NULL is fine. */
void store_close(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)
/* Lets a group of the system read the database (mode 0640) for as long as the store is
 * open; writing stays with its owner. */
bool store_share(Store *store, const char *group, GError **error);
const char *store_name(const Store *store); /* the uri, for messages */
int store_schema_version(void);		    /* the one this program brings */

/* ---- mail ---- */

typedef struct {
	MessageClass class;
	Outcome outcome;
	Reason reason;
	Tier tier;
	int64_t contact;	 /* whom it concerns; 0 nobody */
	int64_t message;	 /* row id; 0 if nothing was kept */
	unsigned contacts;	 /* interactions written */
	unsigned created;	 /* contacts made */
	unsigned decided_again;	 /* earlier replies that this outreach let decide anew */
	unsigned promoted_again; /* of these, promoted */
} RecordResult;

/* Judges and records one message; returns when it is durable, or false. Takes its own
 * references. Waits at most timeout_ms (0: the store's); a message given up on may still
 * be recorded later: recording is idempotent, so recording it again does no harm. */
bool store_record(Store *store, MessageSummary *summary, Settings *settings,
		  int64_t timeout_ms, RecordResult *result_out, GError **error);

/* The same for many, in one transaction or few: for archives. Results may be NULL; stops
 * at the first error. */
bool store_record_many(Store *store, MessageSummary *const *summaries, size_t count,
		       Settings *settings, RecordResult *results_out, GError **error);

/* What store_record() would decide now; writes nothing. decision_out is initialised by
 * the callee and borrows from summary and *history_out, which the caller frees. */
bool store_judge(Store *store, const MessageSummary *summary, const Settings *settings,
		 Decision *decision_out, History **history_out, GError **error);

/* False if recording the summary could not change anything: an inbound message whose
 * author no contact has, that answers nothing known and would create nobody. A cheap
 * look-up; lets such mail leave early. */
bool store_concerns(Store *store, const MessageSummary *summary, const Settings *settings,
		    bool *concerns_out, GError **error);

/* ---- contacts ---- */

/* at: now, s UTC. actor goes to the history row of a stage given by hand. */
bool store_put_contact(Store *store, const ContactDraft *draft, const char *actor,
		       int64_t at, PutResult *result_out, int64_t *id_out, GError **error);

/* An import is all or nothing: puts are seen by nobody before the commit. */
typedef struct StoreImport StoreImport;
StoreImport *store_import_begin(Store *store, const char *actor, int64_t at,
				GError **error);
bool store_import_put(StoreImport *import, const ContactDraft *draft, PutResult *result_out,
		      GError **error);
bool store_import_commit(StoreImport *import, GError **error); /* frees import */
void store_import_abort(StoreImport *import);		       /* frees import */

/* Visits in order of address. */
bool store_visit_contacts(Store *store, const ContactFilter *filter, ContactVisit visit,
			  void *user, GError **error);
/* who: an address, a contact id, or the unique beginning of a name. NOT_FOUND; INVALID if
 * several names begin so (the text lists some). */
bool store_find_contact(Store *store, const char *who, int64_t *id_out, GError **error);
bool store_visit_contact(Store *store, int64_t id, ContactVisit visit, void *user,
			 GError **error);
/* Newest first; limit 0: all. */
bool store_visit_interactions(Store *store, int64_t contact, size_t limit,
			      InteractionVisit visit, void *user, GError **error);
/* contact 0: of all contacts. Newest first; limit 0: all. */
bool store_visit_history(Store *store, int64_t contact, size_t limit, HistoryVisit visit,
			 void *user, GError **error);

/* How many there are, in order of month, stage, source, direction; by: bits, those that do
 * not apply to such things count nothing apart. */
bool store_visit_counts(Store *store, CountOf of, unsigned by, CountVisit visit, void *user,
			GError **error);

/* A person moves a contact. Moving down is noted, so that only later replies count. */
bool store_set_stage(Store *store, int64_t contact, Stage stage, const char *actor,
		     const char *reason, int64_t at, GError **error);

/* ---- corrections: what people make of what was decided for them ---- */

/* Who does it, why (may be NULL), and when, s UTC. Each leaves a row in the history. */
typedef struct {
	const char *actor, *reason;
	int64_t at;
} Deed;

/* Open suggestions that something would still follow from, newest mail first. */
bool store_visit_suggestions(Store *store, const SuggestionFilter *filter,
			     SuggestionVisit visit, void *user, GError **error);

typedef struct {
	const int64_t *ids; /* of suggestions */
	size_t count;
	bool accept;  /* do what they propose; else reject them */
	bool dry_run; /* tell what would come of it */
} Answers;

typedef enum {
	ANSWER_GIVEN,
	ANSWER_REPEATED,    /* it was given before; nothing changed, as with all below */
	ANSWER_CONTRADICTS, /* the other one was given before, and stands */
	ANSWER_NOT_FOUND,
	ANSWER_LOCKED, /* the contact's stage is locked */
	ANSWER_TAKEN,  /* the address is another contact's, or of somebody who was erased */
} AnswerState;

enum { /* what followed; bits */
       ANSWER_PROMOTED = 1,
       ANSWER_LINKED = 2,
       ANSWER_ADDED = 4,
       ANSWER_ALLOWED = 8,
       ANSWER_STOPPED = 16, /* do-not-contact */
};

typedef struct {
	int64_t id;
	AnswerState state;
	Reason reason;
	Proposal proposal;
	unsigned done; /* bits */
	int64_t contact;
	char *address, *other_address; /* owned; NULL unknown */
} AnswerResult;
void answer_result_clear(AnswerResult *result);

/* One transaction. results_out: one for each, also for those that were refused. */
bool store_answer(Store *store, const Answers *answers, const Deed *deed,
		  Settings *settings, AnswerResult *results_out, GError **error);

typedef struct {
	bool changed; /* false: it had been undone before */
	int64_t contact;
	int64_t undone, history; /* rows of the history: what was undone, and by what */
	Stage from, to;
} UndoResult;
/* Takes back a change of stage that mail or an accepted suggestion brought: the one with
 * that number, or with history 0 the last of the contact. From then on only later replies
 * count. NOT_FOUND: there is none; INVALID: the stage was changed again since. */
bool store_undo(Store *store, int64_t contact, int64_t history, const Deed *deed,
		UndoResult *result_out, GError **error);

/* While it is locked mail moves no stage. changed_out may be NULL. */
bool store_set_lock(Store *store, int64_t contact, bool locked, const Deed *deed,
		    bool *changed_out, GError **error);

/* The never-log list counts for what is recorded from then on; what was recorded stays.
 * pattern: as never_log_pattern() writes it. changed_out may be NULL. */
bool store_never_log_add(Store *store, const char *pattern, NeverLogScope scope,
			 const Deed *deed, bool *changed_out, GError **error);
bool store_never_log_remove(Store *store, const char *pattern, const Deed *deed,
			    bool *changed_out, GError **error);
/* In order of pattern. */
bool store_visit_never_log(Store *store, NeverLogVisit visit, void *user, GError **error);

/* ---- itself ---- */

typedef struct {
	int schema;
	int64_t contacts, interactions, messages, promotions, suggestions_open;
	int64_t last_message_at; /* 0: none */
	int64_t bytes;		 /* database and log on disk; 0 for memory */
	int64_t commits; /* transactions of this process since the store was opened */
} StoreStatus;
bool store_status(Store *store, StoreStatus *status_out, GError **error);

/* Everything the store holds, as text in a fixed order without row ids: two stores that
 * got the same mail in any order give the same text. For tests; caller frees. */
char *store_dump(Store *store, GError **error);

#endif
