/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a backend does: it keeps rows and answers questions about them, within one
 * transaction at a time. What the rows mean (deciding, promoting, deciding again) is the
 * half of the store that all backends share.
 *
 * Errors stick: an operation that fails leaves its error in the transaction, and from
 * then on every operation does nothing and answers 0, false or nothing. So whoever reads
 * and writes looks at txn->error once, before he believes what he read, and a
 * transaction with an error is never committed.
 *
 * A transaction belongs to the thread that works in it, and may change threads between
 * two operations.
 */
#ifndef LEAD_STORE_BACKEND_H
#define LEAD_STORE_BACKEND_H

#include "rows.h"

#include "lead/store.h"

typedef struct BackendOps BackendOps;

typedef struct Txn {
	const BackendOps *ops;
	GError *error;	     /* the first; owned */
	NeverLog *never_log; /* as last read, see never-logged.h; owned */
	int64_t never_log_generation;
	bool never_log_is_current; /* looked at in this transaction */
} Txn;

/* What mail of a contact or address tells without loading it. */
typedef struct {
	int64_t id;
	Moment moment;
	int64_t body_digest;
} Mention;

typedef struct {
	int64_t id_digest, recipient_digest; /* recipient_digest() of its base form */
	int64_t at, rep;
	unsigned external;
} RememberedRow;

/* Contacts that mail made, from < created <= until, but not by the message of that moment
 * itself: person 0, mail of strangers; else outreach of that person. */
typedef struct {
	Moment until;
	int64_t from, person;
	int64_t limit; /* counts no further; at most NEWCOMERS_SEEN rows are looked at */
} NewcomerQuestion;

enum {
	/* The newest: a flood is among them, and an import of a day may be large. */
	NEWCOMERS_SEEN = 10000,
	SCHEMA_VERSION = 3, /* what rows.h describes */
	OUTREACH_MAX = 32,
};

typedef bool (*IdVisit)(int64_t id, void *user);
typedef void (*CountAdd)(const Count *count, void *user);

struct BackendOps {
	const char *scheme;
	bool readers_block; /* a reader keeps the writer out: read shortly */

	/* path: behind "scheme:". Brings the schema up to date. */
	void *(*open)(const char *path, StoreFlags flags, int64_t timeout_ms,
		      GError **error);
	void (*close)(void *backend);
	/* NULL: there is nothing that others could read. */
	bool (*share)(void *backend, const char *group, GError **error);

	/* ---- transactions: many readers, or one writer (in its own thread) ---- */
	Txn *(*read_begin)(void *backend, int64_t wait_ms, GError **error);
	void (*read_end)(Txn *txn);
	Txn *(*write_begin)(void *backend, int64_t wait_ms, GError **error);
	void (*savepoint)(Txn *txn);
	void (*release)(Txn *txn);     /* keeps what was done since the savepoint */
	void (*rollback_to)(Txn *txn); /* undoes it, and forgets the error */
	/* Ends the transaction. true: all is durable; false: nothing is there. */
	bool (*commit)(Txn *txn, GError **error);
	void (*rollback)(Txn *txn);
	/* The transaction writes many rows, of others that it has just written or read, in
	 * no order; until it is told that it does no more. Of the writer; may be NULL. */
	void (*expect_many)(Txn *txn, bool many);
	/* Housekeeping between two transactions, by the writer. May be NULL. */
	void (*tidy)(void *backend);

	/* ---- rows ---- */
	bool (*row_load)(Txn *txn, RowKind kind, int64_t id, void *row_out);
	int64_t (*row_add)(Txn *txn, RowKind kind, const void *row);
	/* Many of a kind, one behind the other in memory; gives each its id. */
	void (*rows_add)(Txn *txn, RowKind kind, void *rows, size_t count);
	void (*row_update)(Txn *txn, RowKind kind, const void *row);
	void (*row_remove)(Txn *txn, RowKind kind, int64_t id);

	/* ---- questions; ids (of int64_t) are appended, in a fixed order ---- */
	int64_t (*address_by_canonical)(Txn *txn, const char *canonical);
	void (*addresses_by_base)(Txn *txn, const char *base, GArray *ids);
	void (*addresses_of)(Txn *txn, int64_t contact, GArray *ids); /* first first */
	int64_t (*organization_by_name)(Txn *txn, const char *name);  /* any case */
	int64_t (*rep_by_address)(Txn *txn, const char *address);
	int64_t (*rep_by_login)(Txn *txn, const char *login); /* the first */
	/* Compare-and-set: false if the contact is not in that stage. */
	bool (*contact_move)(Txn *txn, int64_t contact, Stage from, Stage to,
			     int64_t since);
	bool (*is_blocked)(Txn *txn, int64_t digest);
	bool (*has_blocked)(Txn *txn); /* any at all; cheaper than a digest */

	/* Messages of that Message-ID or that alternate id. */
	void (*messages_with_id)(Txn *txn, int64_t digest, GArray *ids);
	/* Outbound, not after until, newest first, at most OUTREACH_MAX. */
	void (*messages_in_thread)(Txn *txn, int64_t thread_digest, int64_t until,
				   GArray *ids);
	/* Outreach to the contact, likewise, not before from. */
	void (*outreach_to)(Txn *txn, int64_t contact, int64_t from, int64_t until,
			    GArray *ids);
	/* Inbound mail that the contact wrote, from <= at <= until, newest first; of
	 * Mention, at most limit. */
	void (*written_by)(Txn *txn, int64_t contact, int64_t from, int64_t until,
			   size_t limit, GArray *mentions);
	/* Inbound messages that wait for what has that digest: an id, an address. */
	void (*messages_awaiting)(Txn *txn, int64_t digest, GArray *mentions);
	void (*await)(Txn *txn, int64_t message, int64_t digest); /* twice does nothing */
	void (*await_no_more)(Txn *txn, int64_t message, int64_t digest);

	/* One interaction for a contact and a message; another does nothing. */
	bool (*interaction_add)(Txn *txn, const InteractionRow *row);
	void (*interactions_drop)(Txn *txn, int64_t message);
	/* of InteractionRow; of a message by contact; of a contact newest first */
	void (*interactions_of_message)(Txn *txn, int64_t message, GArray *rows);
	void (*interactions_of_contact)(Txn *txn, int64_t contact, size_t limit,
					GArray *rows);
	/* Last interactions in either direction; 0 if none. */
	void (*last_contacted)(Txn *txn, int64_t contact, int64_t *inbound_out,
			       int64_t *outbound_out);

	void (*remember)(Txn *txn, const RememberedRow *row); /* twice does nothing */
	bool (*remembered)(Txn *txn, int64_t id_digest, int64_t recipient_digest,
			   RememberedRow *row_out);

	/* Standing entries: the newest by time of a contact (0: none), and all, newest
	 * first; contact 0: of all contacts, limit 0: no limit. */
	int64_t (*history_last)(Txn *txn, int64_t contact);
	void (*history_of)(Txn *txn, int64_t contact, size_t limit, GArray *ids);
	void (*suggestions_of)(Txn *txn, int64_t message, GArray *ids);
	void (*suggestions_open)(Txn *txn, GArray *ids); /* newest mail first */
	int64_t (*history_newest)(Txn *txn); /* the last that was written of all; 0 */
	/* Deeds, newest first; contact and limit as above. */
	void (*acts_of)(Txn *txn, int64_t contact, size_t limit, GArray *ids);

	/* How often the never-log list was changed, and that it was. */
	int64_t (*never_log_generation)(Txn *txn);
	void (*never_log_changed)(Txn *txn);

	/* ---- lists ---- */
	/* Those that may pass the filter, in order of first address, until visit says no. */
	void (*contacts_like)(Txn *txn, const ContactFilter *filter, IdVisit visit,
			      void *user);
	unsigned (*newcomers)(Txn *txn, const NewcomerQuestion *question);
	void (*contacts_newest)(Txn *txn, size_t limit, GArray *ids); /* by creation */
	void (*contacts_by_name)(Txn *txn, const char *beginning, size_t limit,
				 GArray *ids);
	void (*all)(Txn *txn, RowKind kind, GArray *ids);
	void (*status)(Txn *txn, StoreStatus *status_out);
	/* Calls add for what there is, as one Count or as many of the same kind. */
	void (*counts)(Txn *txn, CountOf of, CountAdd add, void *user);
};

extern const BackendOps memory_backend;
extern const BackendOps sqlite_backend;

/* Takes the error, unless there is one already. */
void txn_fail(Txn *txn, GError *error_taken);
/* What was read may be undone by now. By whoever rolls back, or closes. */
void txn_forget(Txn *txn);
/* Others may have written meanwhile. By whoever begins. */
static inline void txn_begun(Txn *txn)
{
	txn->never_log_is_current = false;
}

/* ---- typed words for the generic rows ---- */
static inline bool contact_load(Txn *txn, int64_t id, ContactRow *row_out)
{
	return txn->ops->row_load(txn, ROW_CONTACT, id, row_out);
}
static inline bool address_load(Txn *txn, int64_t id, AddressRow *row_out)
{
	return txn->ops->row_load(txn, ROW_ADDRESS, id, row_out);
}
static inline bool message_load(Txn *txn, int64_t id, MessageRow *row_out)
{
	return txn->ops->row_load(txn, ROW_MESSAGE, id, row_out);
}
static inline bool rep_load(Txn *txn, int64_t id, RepRow *row_out)
{
	return txn->ops->row_load(txn, ROW_REP, id, row_out);
}
static inline bool history_load_entry(Txn *txn, int64_t id, HistoryEntry *row_out)
{
	return txn->ops->row_load(txn, ROW_HISTORY, id, row_out);
}

static inline GArray *ids_new(void)
{
	return g_array_new(FALSE, FALSE, sizeof(int64_t));
}
static inline int64_t id_at(const GArray *ids, unsigned i)
{
	return g_array_index(ids, int64_t, i);
}

#endif
