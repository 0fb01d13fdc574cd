/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Makes a large store in a minute or two: contacts with outreach, replies, follow-ups,
 * promotions and suggestions over some years, as recording all that mail would leave
 * them. Past the writer, its transactions and its indexes, but by the store's own row
 * shapes; message ids, addresses and digests are true, so that new mail can answer the
 * old. The contacts are those of mta-load.
 */
#include <stdio.h>
#include <string.h>

#include "lead/msg-id.h"
#include "lead/store.h"
#include "lib/store/recording.h"
#include "lib/store/sqlite/connection.h"
#include "lib/store/sqlite/row.h"
#include "tests/bench/letter.h"

enum {
	REPS = 8,
	SOURCES = 12,
	PERSONS_OF_ORGANIZATION = 10,
	SECOND_ADDRESS_OF = 20, /* one contact of so many has two */
	LOCKED_OF = 1000,
	SUGGESTION_OF = 500,
	REPLIERS_OF_TEN = 4,
	TEN = 10,
	DAY = 86400,
};

static struct {
	int contacts, messages, days;
} options = {.contacts = 100000, .messages = 1000000, .days = 730};

static const GOptionEntry entries[] = {
	{"contacts", 0, 0, G_OPTION_ARG_INT, &options.contacts, "contacts (100000)", "N"},
	{"messages", 0, 0, G_OPTION_ARG_INT, &options.messages,
	 "messages, an interaction each (1000000)", "N"},
	{"days", 0, 0, G_OPTION_ARG_INT, &options.days, "over which they came (730)", "N"},
	G_OPTION_ENTRY_NULL,
};

typedef struct {
	Connection *connection;
	Txn *txn;
	uint64_t contacts, messages, stride;
	int64_t begin, seconds;
	GPtrArray *indexes; /* of char *, what makes them again */
	int64_t promotions, suggestions;
} Filler;

/* ---- what the store holds, as functions of a number ---- */

typedef enum { PART_OUTREACH, PART_REPLY, PART_ABSENCE, PART_OLD_THREAD } Part;

/* A contact's traits have nothing to do with its place among the others. */
static unsigned temper(uint64_t contact)
{
	return (unsigned)((contact * 0x9e3779b97f4a7c15u) >> 40);
}

static bool replies(uint64_t contact)
{
	return temper(contact) % TEN < REPLIERS_OF_TEN;
}

/* Round after round each contact has its turn, in an order that is not that of ids. */
static uint64_t contact_of(const Filler *self, uint64_t message)
{
	return message % self->contacts * self->stride % self->contacts;
}

static uint64_t round_of(const Filler *self, uint64_t message)
{
	return message / self->contacts;
}

static Part part_of(const Filler *self, uint64_t message)
{
	uint64_t contact = contact_of(self, message), turn = round_of(self, message);

	if (turn % 2 == 0)
		return PART_OUTREACH;
	if (replies(contact))
		return PART_REPLY;
	if (turn == 1 && temper(contact) % SUGGESTION_OF == REPLIERS_OF_TEN)
		return PART_OLD_THREAD;
	return turn == 1 && temper(contact) % TEN == REPLIERS_OF_TEN ? PART_ABSENCE
								     : PART_OUTREACH;
}

static int64_t time_of(const Filler *self, uint64_t message)
{
	return self->begin +
	       (int64_t)((double)self->seconds * (double)message / (double)self->messages);
}

static char *message_id_of(const Filler *self, uint64_t message)
{
	return part_of(self, message) == PART_OUTREACH
		       ? g_strdup_printf("%010" G_GUINT64_FORMAT ".old@ours.example",
					 message)
		       : g_strdup_printf("%010" G_GUINT64_FORMAT ".old@c.example", message);
}

static char *source_of(uint64_t contact)
{
	unsigned which = temper(contact) % SOURCES;

	if (which == 0)
		return g_strdup("outreach");
	if (which == 1)
		return g_strdup("inbound:sales@ours.example");
	return g_strdup_printf("import:fair-%u.csv", which);
}

static char *rep_address(uint64_t contact)
{
	return g_strdup_printf("rep%u@ours.example", temper(contact) % REPS);
}

/* Long before the first mail, or just then. */
static int64_t creation_of(const Filler *self, uint64_t contact)
{
	return self->begin - 1 - (int64_t)(temper(contact) % (unsigned)options.days) * DAY;
}

/* ---- rows ---- */

static void add_reps(Filler *self)
{
	for (unsigned i = 0; i < REPS; i++) {
		g_auto(RepRow) row = {.person = i + 1};

		row.address = g_strdup_printf("rep%u@ours.example", i);
		row.login = g_strdup_printf("rep%u", i);
		sqlite_row_add(self->txn, ROW_REP, &row);
	}
}

static void add_organizations(Filler *self)
{
	for (uint64_t i = 0; i * PERSONS_OF_ORGANIZATION < self->contacts; i++) {
		g_auto(OrganizationRow) row = {0};

		row.name = g_strdup_printf("Works of Quarter %" G_GUINT64_FORMAT, i);
		sqlite_row_add(self->txn, ROW_ORGANIZATION, &row);
	}
}

/* The first message to a contact is the one of its number in the first round. */
static void add_contact(Filler *self, uint64_t contact, uint64_t first)
{
	g_auto(ContactRow) row = {0};
	bool promoted = replies(contact) && first + self->contacts < self->messages;

	row.name = g_strdup_printf("Jo%" G_GUINT64_FORMAT " Lead", contact);
	row.source = source_of(contact);
	row.organization = (int64_t)(contact / PERSONS_OF_ORGANIZATION) + 1;
	row.stage = promoted ? STAGE_PROSPECT : STAGE_LEAD;
	row.created = (Moment){creation_of(self, contact), 0};
	row.created_by = g_strdup("filler");
	row.stage_since = promoted ? time_of(self, first + self->contacts) : row.created.at;
	row.named = row.created;
	row.locked = !replies(contact) && temper(contact) % LOCKED_OF == 7;
	if (temper(contact) % 2 == 0)
		row.owner = rep_address(contact);
	if (first < self->messages) {
		g_autofree char *id = message_id_of(self, first);

		row.rep = temper(contact) % REPS + 1;
		row.owned = (Moment){time_of(self, first), -msg_id_digest(id)};
	}
	sqlite_row_add(self->txn, ROW_CONTACT, &row);
}

static void add_address(Filler *self, uint64_t contact)
{
	g_auto(AddressRow) row = {.contact = (int64_t)contact + 1};

	row.canonical = letter_contact_address((unsigned long)contact);
	sqlite_row_add(self->txn, ROW_ADDRESS, &row);
}

static void add_second_address(Filler *self, uint64_t contact)
{
	g_auto(AddressRow) row = {.contact = (int64_t)contact + 1};

	row.canonical = g_strdup_printf("jo%" G_GUINT64_FORMAT "@private.example", contact);
	sqlite_row_add(self->txn, ROW_ADDRESS, &row);
}

/* The number of the first message, by contact. Caller frees. */
static uint32_t *first_messages(const Filler *self)
{
	uint32_t *first = g_new(uint32_t, self->contacts);

	for (uint64_t message = 0; message < self->contacts; message++)
		first[contact_of(self, message)] = (uint32_t)message;
	return first;
}

static void add_contacts(Filler *self, const uint32_t *first)
{
	for (uint64_t i = 0; i < self->contacts; i++)
		add_contact(self, i, first[i]);
	for (uint64_t i = 0; i < self->contacts; i++)
		add_address(self, i);
	for (uint64_t i = 0; i < self->contacts; i += SECOND_ADDRESS_OF)
		add_second_address(self, i);
}

static void fill_decision(MessageRow *row, Part part, uint64_t turn)
{
	static const struct {
		MessageClass class;
		Outcome outcome;
		Reason reason;
		const char *evidence;
	} rows[] = {
		[PART_OUTREACH] = {CLASS_HUMAN, OUTCOME_LOGGED, REASON_OUTREACH, NULL},
		[PART_REPLY] = {CLASS_HUMAN, OUTCOME_LOGGED, REASON_NOT_LEAD, NULL},
		[PART_ABSENCE] = {CLASS_OUT_OF_OFFICE, OUTCOME_LOGGED, REASON_OUT_OF_OFFICE,
				  "auto-submitted vacation"},
		[PART_OLD_THREAD] = {CLASS_HUMAN, OUTCOME_SUGGESTED, REASON_OLD_THREAD,
				     NULL},
	};

	row->class = rows[part].class;
	row->outcome = rows[part].outcome;
	row->reason = rows[part].reason;
	row->evidence = g_strdup(rows[part].evidence);
	if (part != PART_OUTREACH)
		row->tier = TIER_REFERENCE;
	if (part == PART_REPLY && turn == 1) {
		row->outcome = OUTCOME_PROMOTED;
		row->reason = REASON_REPLY_REFERENCE;
	}
}

static GBytes *answer_to(const char *message_id)
{
	guint8 octets[MESSAGE_ANSWER_OCTETS] = {ANSWER_IN_REPLY_TO};
	guint64 digest = GUINT64_TO_BE((guint64)msg_id_digest(message_id));

	memcpy(octets + 1, &digest, sizeof digest);
	return g_bytes_new(octets, sizeof octets);
}

static void fill_inbound(const Filler *self, MessageRow *row, uint64_t message)
{
	g_autofree char *answered = message_id_of(self, message - self->contacts);

	row->direction = DIRECTION_INBOUND;
	row->contact = (int64_t)contact_of(self, message) + 1;
	row->answered = (int64_t)(message - self->contacts) + 1;
	row->answers = answer_to(answered);
	row->author = letter_contact_address((unsigned long)contact_of(self, message));
	row->author_name = g_strdup("Jo Lead");
	row->body_digest = (int64_t)(message * 0x9e3779b97f4a7c15u >> 1);
	row->auth = AUTH_PASS;
	row->traits = TRAIT_SUBJECT_REPLY;
}

static void add_promotion(Filler *self, const MessageRow *row, int64_t id)
{
	g_auto(HistoryEntry) entry = {
		.contact = row->contact,
		.moment = {row->at, row->id_digest},
		.from = STAGE_LEAD,
		.to = STAGE_PROSPECT,
		.tier = TIER_REFERENCE,
		.message = id,
		.action = ACTION_PROMOTED,
	};
	g_autofree char *kind = g_strdup("promotion");
	EventRow event = {
		.at = row->at, .contact = row->contact, .message = id, .kind = kind};

	entry.actor = g_strdup("leadmilter");
	entry.reason = g_strdup(reason_name(row->reason));
	entry.message_id = g_strdup(row->message_id);
	entry.outreach_id = message_id_of(self, (uint64_t)row->answered - 1);
	event.text = entry.reason;
	sqlite_row_add(self->txn, ROW_HISTORY, &entry);
	sqlite_row_add(self->txn, ROW_EVENT, &event);
	self->promotions++;
}

static void add_suggestion(Filler *self, const MessageRow *row, int64_t id)
{
	g_auto(SuggestionRow) suggestion = {
		.contact = row->contact, .message = id, .reason = REASON_OLD_THREAD};

	suggestion.state = g_strdup(self->suggestions++ % 3 == 0 ? suggestion_rejected
								 : suggestion_open);
	sqlite_row_add(self->txn, ROW_SUGGESTION, &suggestion);
}

static void add_message(Filler *self, uint64_t message)
{
	uint64_t contact = contact_of(self, message);
	Part part = part_of(self, message);
	g_auto(MessageRow) row = {
		.at = time_of(self, message),
		.direction = DIRECTION_OUTBOUND,
		.outreach = part == PART_OUTREACH,
		.rep = temper(contact) % REPS + 1,
		.size = 4000 + (int64_t)(message % 9000),
	};
	g_autofree char *address = letter_contact_address((unsigned long)contact);
	int64_t id;

	row.message_id = message_id_of(self, message);
	row.id_digest = msg_id_digest(row.message_id);
	row.twin_digest = (int64_t)(message * 0xbf58476d1ce4e5b9u >> 1);
	row.subject = g_strdup_printf("%sOur proposal for your works %" G_GUINT64_FORMAT,
				      part == PART_OUTREACH ? "" : "Re: ", contact);
	row.subject_digest = (int64_t)(contact * 0x94d049bb133111ebu >> 1);
	if (part != PART_OUTREACH) {
		fill_inbound(self, &row, message);
		row.recipients =
			g_strdup_printf("tirep%u@ours.example", temper(contact) % REPS);
	} else {
		row.external = 1;
		row.recipients = g_strdup_printf("to%s", address);
	}
	fill_decision(&row, part, round_of(self, message));
	id = sqlite_row_add(self->txn, ROW_MESSAGE, &row);
	if (row.outcome == OUTCOME_PROMOTED)
		add_promotion(self, &row, id);
	if (row.outcome == OUTCOME_SUGGESTED)
		add_suggestion(self, &row, id);
}

/* ---- the database ---- */

static bool fail(const Filler *self, const char *what)
{
	fprintf(stderr, "fill-store: cannot %s: %s\n", what,
		self->txn->error != NULL ? self->txn->error->message
					 : sqlite3_errmsg(self->connection->db));
	return false;
}

static bool run(const Filler *self, const char *sql)
{
	return sqlite3_exec(self->connection->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       fail(self, sql);
}

/* In the order of the table. */
static bool add_interactions(Filler *self, const uint32_t *first)
{
	static const char sql[] =
		"INSERT INTO interaction (contact, at, message, role, outbound)"
		" VALUES (?1, ?2, ?3, ?4, ?5)";
	sqlite3_stmt *insert = NULL;
	bool good = sqlite3_prepare_v2(self->connection->db, sql, -1, &insert, NULL) ==
		    SQLITE_OK;

	for (uint64_t contact = 0; good && contact < self->contacts; contact++) {
		for (uint64_t message = first[contact]; good && message < self->messages;
		     message += self->contacts) {
			bool outbound = part_of(self, message) == PART_OUTREACH;
			PartyRole role = outbound ? ROLE_TO : ROLE_AUTHOR;

			sqlite3_bind_int64(insert, 1, (int64_t)contact + 1);
			sqlite3_bind_int64(insert, 2, time_of(self, message));
			sqlite3_bind_int64(insert, 3, (int64_t)message + 1);
			sqlite3_bind_text(insert, 4, role_text((int)role), -1,
					  SQLITE_STATIC);
			sqlite3_bind_int64(insert, 5, outbound);
			good = sqlite3_step(insert) == SQLITE_DONE;
			sqlite3_reset(insert);
			tally_interaction(self->connection, time_of(self, message),
					  outbound, 1);
		}
	}
	sqlite3_finalize(insert);
	return good || fail(self, "add interactions");
}

/* Made at the end, at once, an index of millions takes seconds instead of minutes. */
static bool drop_indexes(Filler *self)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *list = NULL;
	bool good = true;

	sqlite3_prepare_v2(self->connection->db,
			   "SELECT name, sql FROM sqlite_schema WHERE type = 'index'"
			   " AND sql IS NOT NULL AND tbl_name IN"
			   " ('message', 'interaction', 'contact', 'address', 'history')",
			   -1, &list, NULL);
	while (sqlite3_step(list) == SQLITE_ROW) {
		g_ptr_array_add(names, statement_text(list, 0));
		g_ptr_array_add(self->indexes, statement_text(list, 1));
	}
	sqlite3_finalize(list);
	for (unsigned i = 0; good && i < names->len; i++) {
		g_autofree char *sql = g_strconcat("DROP INDEX ", names->pdata[i], NULL);

		good = run(self, sql);
	}
	return good;
}

static bool make_indexes(const Filler *self)
{
	bool good = true;

	for (unsigned i = 0; good && i < self->indexes->len; i++)
		good = run(self, self->indexes->pdata[i]);
	return good;
}

static bool fill(Filler *self)
{
	g_autofree uint32_t *first = first_messages(self);

	if (!drop_indexes(self))
		return false;
	add_reps(self);
	add_organizations(self);
	add_contacts(self, first);
	for (uint64_t i = 0; i < self->messages && self->txn->error == NULL; i++)
		add_message(self, i);
	if (self->txn->error != NULL)
		return fail(self, "add rows");
	if (!add_interactions(self, first))
		return false;
	tally_write(self->connection);
	return make_indexes(self);
}

/* Makes an empty store of the present schema; a filled one is refused. */
static bool make_store(const char *uri)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_open(uri, STORE_CREATE, 1000, &error);
	StoreStatus status = {.contacts = 0};

	if (store == NULL || !store_status(store, &status, &error)) {
		fprintf(stderr, "fill-store: %s\n", error->message);
		return false;
	}
	if (status.contacts + status.messages == 0)
		return true;
	fprintf(stderr, "fill-store: '%s' is not empty\n", uri);
	return false;
}

static uint64_t stride_for(uint64_t count)
{
	uint64_t stride = (uint64_t)((double)count * 0.618) | 1;

	for (;; stride += 2) {
		uint64_t a = count, b = stride;

		while (b != 0) {
			uint64_t rest = a % b;

			a = b;
			b = rest;
		}
		if (a == 1)
			return stride;
	}
}

static bool fill_file(const char *path, const char *uri)
{
	static const char fast[] =
		"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
		"PRAGMA foreign_keys = OFF; PRAGMA cache_size = -1000000;"
		"BEGIN IMMEDIATE";
	static const char as_was[] = "COMMIT; PRAGMA journal_mode = WAL";
	const ConnectionOptions file = {.path = path, .name = uri, .timeout_ms = 1000};
	g_autoptr(GError) error = NULL;
	Filler self = {
		.contacts = (uint64_t)options.contacts,
		.messages = (uint64_t)options.messages,
		.stride = stride_for((uint64_t)options.contacts),
		.seconds = (int64_t)options.days * DAY,
	};
	bool done;

	self.begin = g_get_real_time() / G_USEC_PER_SEC - self.seconds;
	self.connection = connection_open(&file, &error);
	if (self.connection == NULL) {
		fprintf(stderr, "fill-store: %s\n", error->message);
		return false;
	}
	self.txn = &self.connection->txn;
	self.indexes = g_ptr_array_new_with_free_func(g_free);
	sqlite3_db_config(self.connection->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	done = run(&self, fast) && fill(&self) && run(&self, as_was);
	connection_close(self.connection);
	g_ptr_array_unref(self.indexes);
	return done;
}

int main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new("FILE");
	g_autoptr(GError) error = NULL;
	g_autofree char *uri = NULL;

	g_option_context_set_summary(context,
				     "Fills an empty database of leadmilter, or makes it.");
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 2 ||
	    options.contacts < 1 || options.messages < 0 || options.days < 1) {
		fprintf(stderr, "fill-store: %s\n",
			error != NULL ? error->message : "see --help");
		return 2;
	}
	uri = g_strconcat("sqlite:", argv[1], NULL);
	return make_store(uri) && fill_file(argv[1], uri) ? 0 : 1;
}
