/* SPDX-License-Identifier: BSD-2-Clause */
#include "survey.h"

#include <sqlite3.h>
#include <string.h>

#include "lead/spool.h"
#include "lead/store.h"

enum { TOLD_MAX = 10 };

/* What was found; counts are pointers to numbers. */
typedef struct {
	Survey *survey;
	Store *store;
	GString *text;
	unsigned told;
	GHashTable *rows;     /* msg-id -> rows of the message */
	GHashTable *recorded; /* msg-id -> interactions with it */
	GHashTable *waiting;  /* msg-id, spooled */
	GHashTable *promoted; /* address -> promotions to prospect */
	GHashTable *stages;   /* address -> Stage */
} Search;

static void tell(Search *search, const char *what, const char *which)
{
	if (search->told++ < TOLD_MAX)
		g_string_append_printf(search->text, "%s: %s\n", what, which);
}

static unsigned count_of(GHashTable *counts, const char *key)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
}

static void count(GHashTable *counts, const char *key)
{
	g_hash_table_insert(counts, g_strdup(key),
			    GUINT_TO_POINTER(count_of(counts, key) + 1));
}

/* ---- the database ---- */

static int note_complaint(void *complaints, int columns, char **values, char **names)
{
	(void)columns;
	(void)names;
	if (g_strcmp0(values[0], "ok") != 0)
		g_string_append_printf(complaints, "%s\n",
				       values[0] != NULL ? values[0] : "?");
	return 0;
}

bool survey_check_database(const char *database, char **complaint_out)
{
	GString *complaints = g_string_new(NULL);
	sqlite3 *db = NULL;
	bool good;

	if (sqlite3_open_v2(database, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
	    sqlite3_exec(db, "PRAGMA integrity_check; PRAGMA foreign_key_check",
			 note_complaint, complaints, NULL) != SQLITE_OK)
		g_string_append_printf(complaints, "%s\n", sqlite3_errmsg(db));
	sqlite3_close(db);
	good = complaints->len == 0;
	*complaint_out = g_string_free(complaints, FALSE);
	return good;
}

static int note_row(void *search, int columns, char **values, char **names)
{
	(void)columns;
	(void)names;
	if (values[0] != NULL)
		count(((Search *)search)->rows, values[0]);
	return 0;
}

/* A reply whose outreach still waits in the spool is a row, and an interaction of nobody:
 * the store's interface, which goes by contacts, does not show it. */
static void search_rows(Search *search, const char *database)
{
	sqlite3 *db = NULL;
	int status;

	status = sqlite3_open_v2(database, &db, SQLITE_OPEN_READWRITE, NULL);
	g_assert_cmpint(status, ==, SQLITE_OK);
	status = sqlite3_exec(db, "SELECT message_id FROM message", note_row, search, NULL);
	g_assert_cmpint(status, ==, SQLITE_OK);
	sqlite3_close(db);
}

/* ---- the store ---- */

static bool note_interaction(const Interaction *interaction, void *user)
{
	Search *search = user;

	count(search->recorded, interaction->message_id);
	return true;
}

static bool note_contact(const Contact *contact, void *user)
{
	Search *search = user;
	g_autoptr(GError) error = NULL;

	g_hash_table_insert(search->stages, g_strdup(contact->address),
			    GINT_TO_POINTER(contact->stage));
	store_visit_interactions(search->store, contact->id, 0, note_interaction, search,
				 &error);
	g_assert_no_error(error);
	return true;
}

static bool note_history(const HistoryRow *row, void *user)
{
	Search *search = user;

	if (row->to == STAGE_PROSPECT && row->from == STAGE_LEAD)
		count(search->promoted, row->address);
	return true;
}

static void search_store(Search *search, const char *database)
{
	static const ContactFilter all = {0};
	g_autofree char *uri = g_strconcat("sqlite:", database, NULL);
	g_autoptr(GError) error = NULL;

	search->store = store_open(uri, 0, 5000, &error);
	g_assert_no_error(error);
	store_visit_contacts(search->store, &all, note_contact, search, &error);
	g_assert_no_error(error);
	store_visit_history(search->store, 0, 0, note_history, search, &error);
	g_assert_no_error(error);
	store_close(search->store);
}

/* ---- the spool ---- */

static SpoolVerdict note_record(MessageSummary *summary, void *user)
{
	Search *search = user;

	search->survey->spooled++;
	count(search->waiting, summary->message_id);
	return SPOOL_DONE;
}

/* What nobody was promised may be torn, and then is set aside. */
static void note_problem(LogLevel level, const char *text, void *user)
{
	(void)level;
	tell(user, "spool", text);
}

static void search_spool(Search *search, const char *folder)
{
	SpoolReplay replay = {note_record, note_problem, search, "+", NULL};
	g_autoptr(GError) error = NULL;
	g_autoptr(Spool) spool = spool_open(folder, &error);

	g_assert_no_error(error);
	spool_replay(spool, &replay);
}

/* ---- against the ledger ---- */

/* Once nothing waits, each message is an interaction of its contact, too. */
static bool is_there(Search *search, const char *id)
{
	if (count_of(search->waiting, id) > 0)
		return true;
	return count_of(search->rows, id) > 0 &&
	       (search->survey->spooled > 0 || count_of(search->recorded, id) > 0);
}

static void look_for(Search *search, const LedgerEntry *entry)
{
	if (!is_there(search, entry->id)) {
		search->survey->missing++;
		tell(search, "missing", entry->id);
	} else if (entry->is_reply && count_of(search->recorded, entry->id) > 0 &&
		   count_of(search->promoted, entry->lead) == 0) {
		search->survey->unpromoted++;
		tell(search, "unpromoted", entry->id);
	}
}

static void look_for_doubles(Search *search, GHashTable *counts)
{
	GHashTableIter iterator;
	gpointer id, times;

	g_hash_table_iter_init(&iterator, counts);
	while (g_hash_table_iter_next(&iterator, &id, &times)) {
		if (GPOINTER_TO_UINT(times) <= 1)
			continue;
		search->survey->doubled++;
		tell(search, "doubled", id);
	}
}

/* A prospect has one promotion in its history, and a lead none. */
static void look_for_halves(Search *search)
{
	GHashTableIter iterator;
	gpointer address, stage;

	g_hash_table_iter_init(&iterator, search->stages);
	while (g_hash_table_iter_next(&iterator, &address, &stage)) {
		unsigned wanted = GPOINTER_TO_INT(stage) == STAGE_PROSPECT ? 1 : 0;

		if (count_of(search->promoted, address) == wanted)
			continue;
		search->survey->halved++;
		tell(search, "halved", address);
	}
}

static GHashTable *counts_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void search_clear(Search *search)
{
	g_hash_table_unref(search->rows);
	g_hash_table_unref(search->recorded);
	g_hash_table_unref(search->waiting);
	g_hash_table_unref(search->promoted);
	g_hash_table_unref(search->stages);
	search->survey->text = g_string_free(search->text, FALSE);
}

void survey_take(const char *database, const char *spool, const Ledger *ledger,
		 Survey *survey_out)
{
	Search search = {.survey = survey_out,
			 .text = g_string_new(NULL),
			 .rows = counts_new(),
			 .recorded = counts_new(),
			 .waiting = counts_new(),
			 .promoted = counts_new(),
			 .stages = counts_new()};
	g_autofree char *complaint = NULL;

	*survey_out = (Survey){0};
	if (g_file_test(database, G_FILE_TEST_IS_REGULAR)) {
		survey_out->is_damaged = !survey_check_database(database, &complaint);
		if (survey_out->is_damaged) {
			tell(&search, "damaged", complaint);
		} else {
			search_store(&search, database);
			search_rows(&search, database);
		}
	}
	search_spool(&search, spool);
	survey_out->answered = ledger_count((Ledger *)(uintptr_t)ledger);
	for (unsigned i = 0; i < survey_out->answered; i++)
		look_for(&search, ledger_entry(ledger, i));
	look_for_doubles(&search, search.rows);
	look_for_doubles(&search, search.recorded);
	look_for_halves(&search);
	search_clear(&search);
}

void survey_clear(Survey *survey)
{
	g_free(survey->text);
}
