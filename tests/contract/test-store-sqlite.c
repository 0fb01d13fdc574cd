/* SPDX-License-Identifier: BSD-2-Clause */
/* What only a file can do: be there again, be of another program or version, be damaged,
 * locked, full, away. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../lib/store/store-private.h"
#include "lead/error.h"
#include "lead/words.h"
#include "store-fixture.h"

#define OUTREACH "out from=rep@ours.example to=jane@lead.example id=o1 day=1"
#define REPLY "in from=jane@lead.example to=rep@ours.example id=r1 answers=o1 day=2"

enum { SHORT_MS = 100, LONG_MS = 20000 };

/* Of the database header (SQLite file format, 1.3). */
enum { USER_VERSION_AT = 60, APPLICATION_ID_AT = 68, SECOND_PAGE_AT = 4096 };

static void run(void (*test)(Fixture *fixture))
{
	Fixture fixture;

	fixture_init(&fixture, "sqlite", NULL);
	test(&fixture);
	fixture_clear(&fixture);
}

static void write_at(const char *path, off_t at, const void *octets, size_t length)
{
	int descriptor = open(path, O_WRONLY | O_CLOEXEC);

	g_assert_cmpint(descriptor, >=, 0);
	g_assert_cmpint(pwrite(descriptor, octets, length, at), ==, (ssize_t)length);
	close(descriptor);
}

static void write_number_at(const char *path, off_t at, guint32 number)
{
	guint32 big_endian = GUINT32_TO_BE(number);

	write_at(path, at, &big_endian, sizeof big_endian);
}

/* Closes the store, lets the file be changed, and opens it again. */
static void expect_refusal(Fixture *fixture, StoreFlags flags, LeadError code,
			   const char *text)
{
	g_autoptr(GError) error = NULL;
	Store *store = store_open(fixture->uri, flags, SHORT_MS, &error);

	g_assert_null(store);
	g_assert_error(error, LEAD_ERROR, (int)code);
	if (strstr(error->message, text) == NULL ||
	    strstr(error->message, fixture->uri) == NULL)
		g_error("wanted '%s' in '%s'", text, error->message);
}

static void close_store(Fixture *fixture)
{
	store_close(fixture->store);
	fixture->store = NULL;
}

static void reopen(Fixture *fixture)
{
	g_autofree char *before = NULL, *after = NULL;
	static const char *const steps[] = {OUTREACH, REPLY, "put joe@lead.example", NULL};
	g_autofree char *results = fixture_steps(fixture, steps);

	before = fixture_dump(fixture);
	fixture_reopen(fixture);
	after = fixture_dump(fixture);
	assert_text("all is there again", before, after);
	g_assert_nonnull(strstr(after, "lead -> prospect"));
}

static void newer_schema(Fixture *fixture)
{
	g_autofree char *both = g_strdup_printf(
		"its schema has version 4711, this program knows versions up to %d",
		store_schema_version());

	close_store(fixture);
	write_number_at(fixture->path, USER_VERSION_AT, 4711);
	expect_refusal(fixture, STORE_CREATE, LEAD_ERROR_PERMANENT, both);
	expect_refusal(fixture, STORE_READ_ONLY, LEAD_ERROR_PERMANENT, both);
}

static void older_schema_read_only(Fixture *fixture)
{
	close_store(fixture);
	write_number_at(fixture->path, USER_VERSION_AT, 0);
	expect_refusal(fixture, STORE_READ_ONLY, LEAD_ERROR_PERMANENT, "opened read-only");
}

/* ---- a database of the first version ---- */

GResource *lead_schema_get_resource(void);

static void run_sql(sqlite3 *db, const char *sql)
{
	char *problem = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK)
		g_error("%s", problem);
}

/* Jane was imported, then written to by two reps, and promoted by her reply; Joe was made
 * by hand, and moved. */
static const char version_1_rows[] =
	"INSERT INTO rep VALUES (1, 'one@ours.example', NULL, 1), (2, 'two@ours.example', "
	"NULL, 2);"
	"INSERT INTO contact VALUES"
	" (1, 'Jane', NULL, 'import', NULL, 'prospect', 30, 1, 0, 'tester', NULL, NULL, 0, "
	"0, 0,"
	"  0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL),"
	" (2, 'Joe', 'boss', 'fair', NULL, 'customer', 40, 1, 0, 'tester', NULL, NULL, 0, "
	"0, 0,"
	"  0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL);"
	"INSERT INTO address VALUES (1, 1, 'jane@lead.example', NULL, NULL, 0, 0, 0),"
	" (2, 2, 'joe@lead.example', NULL, NULL, 0, 0, 0);"
	"INSERT INTO message VALUES"
	" (1, 20, 71, 81, NULL, 'o2', 'outbound', 'human', 1, 2, 'two@ours.example', NULL,"
	"  NULL, 0, NULL, 0, NULL, 0, 0, 1, 'tojane@lead.example', NULL, 0, NULL, "
	"NULL,"
	"  NULL, NULL, 0, NULL, 'logged', 'outreach', NULL, NULL, NULL, NULL, NULL),"
	" (2, 10, 72, 82, NULL, 'o1', 'outbound', 'human', 1, 1, 'one@ours.example', NULL,"
	"  NULL, 0, NULL, 0, NULL, 0, 0, 1, 'tojane@lead.example', NULL, 0, NULL, "
	"NULL,"
	"  NULL, NULL, 0, NULL, 'logged', 'outreach', NULL, NULL, NULL, NULL, NULL),"
	" (3, 30, 73, 83, NULL, 'r1', 'inbound', 'human', 0, 1, 'jane@lead.example', NULL,"
	"  NULL, 0, NULL, 0, NULL, 0, 0, 0, 'tione@ours.example', NULL, 0, NULL, NULL,"
	"  NULL, NULL, 0, NULL, 'promoted', 'reply-reference', 'reference', 1, 2, NULL, "
	"NULL);"
	"INSERT INTO interaction VALUES (1, 20, 1, 'to', 1), (1, 10, 2, 'to', 1),"
	" (1, 30, 3, 'author', 0);"
	"INSERT INTO history VALUES (1, 1, 30, 73, 'lead', 'prospect', 'leadmilter',"
	"  'reply-reference', 'reference', 3, 'r1', 'o1', NULL, NULL),"
	" (2, 2, 40, 0, 'lead', 'customer', 'tester', 'bought', NULL, NULL, NULL, NULL, "
	"NULL, NULL);";

static void make_version_1(Fixture *fixture)
{
	g_autoptr(GBytes) schema = g_resource_lookup_data(
		lead_schema_get_resource(), "/leadmilter/schema/001.sql", 0, NULL);
	sqlite3 *db = NULL;

	close_store(fixture);
	g_remove(fixture->path);
	g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
	run_sql(db, g_bytes_get_data(schema, NULL));
	run_sql(db, version_1_rows);
	run_sql(db, "PRAGMA application_id = 0x4c454144; PRAGMA user_version = 1");
	sqlite3_close(db);
}

static bool append_owner(const Contact *contact, void *text)
{
	g_string_append_printf(text, "%s %s\n", contact->address, contact->owner);
	return true;
}

static bool append_action(const HistoryRow *row, void *text)
{
	g_string_append_printf(text, "%s %s\n", row->address, action_name(row->action));
	return true;
}

static void older_schema(Fixture *fixture)
{
	g_autoptr(GString) owners = g_string_new(NULL);
	g_autoptr(GString) actions = g_string_new(NULL);
	g_autofree char *contacts = NULL, *reply = NULL;
	g_autoptr(GError) error = NULL;
	StoreStatus status;

	make_version_1(fixture);
	expect_refusal(fixture, STORE_READ_ONLY, LEAD_ERROR_PERMANENT,
		       "its schema has version 1, and it is opened read-only");
	fixture->store = store_open(fixture->uri, 0, SHORT_MS, &error);
	g_assert_no_error(error);
	g_assert_true(store_status(fixture->store, &status, &error));
	g_assert_cmpint(status.schema, ==, store_schema_version());
	g_assert_cmpint(status.promotions, ==, 1);
	contacts = fixture_contacts(fixture);
	assert_text("all are there",
		    "jane@lead.example prospect 3\njoe@lead.example customer 0\n",
		    contacts);
	store_visit_contacts(fixture->store, NULL, append_owner, owners, &error);
	assert_text("the first rep owns",
		    "jane@lead.example one@ours.example\njoe@lead.example boss\n",
		    owners->str);
	store_visit_history(fixture->store, 0, 0, append_action, actions, &error);
	assert_text("what was done",
		    "joe@lead.example moved\njane@lead.example promoted\n"
		    "joe@lead.example created\njane@lead.example created\n",
		    actions->str);
	reply = fixture_step(fixture,
			     "out from=rep@ours.example to=zoe@lead.example id=n1 day=1");
	assert_text("and it goes on", "logged outreach contacts=1 created=1 again=0/0",
		    reply);
	fixture_reopen(fixture);
}

static void other_program(Fixture *fixture)
{
	close_store(fixture);
	write_number_at(fixture->path, APPLICATION_ID_AT, 99);
	expect_refusal(fixture, STORE_CREATE, LEAD_ERROR_PERMANENT,
		       "a database of another program");
}

static void no_database(Fixture *fixture)
{
	static const char text[] =
		"this is a letter, not a database, and it is rather long "
		"so that nobody takes it for a new one";

	close_store(fixture);
	g_assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
	expect_refusal(fixture, STORE_CREATE, LEAD_ERROR_PERMANENT, "not a database");
}

static void damaged(Fixture *fixture)
{
	char junk[SECOND_PAGE_AT * 12];
	g_autoptr(GError) error = NULL;
	Store *store;
	char *dump;

	g_free(fixture_step(fixture, OUTREACH));
	close_store(fixture);
	memset(junk, 0xa5, sizeof junk);
	write_at(fixture->path, SECOND_PAGE_AT, junk, sizeof junk);
	store = store_open(fixture->uri, 0, SHORT_MS, &error);
	dump = store != NULL ? store_dump(store, &error) : NULL;
	g_assert_null(dump);
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT);
	store_close(store);
}

static void missing(Fixture *fixture)
{
	close_store(fixture);
	g_remove(fixture->path);
	expect_refusal(fixture, 0, LEAD_ERROR_TEMPORARY, "No such file");
	expect_refusal(fixture, STORE_READ_ONLY, LEAD_ERROR_TEMPORARY, "No such file");
}

static void names(Fixture *fixture)
{
	static const struct {
		const char *uri;
		LeadError code;
	} rows[] = {
		{"postgresql:lead", LEAD_ERROR_INVALID},
		{"sqlite:", LEAD_ERROR_INVALID},
		{"sqlite:/tmp/", LEAD_ERROR_INVALID},
		{"memory:x", LEAD_ERROR_INVALID},
		{"", LEAD_ERROR_INVALID},
		{"sqlite:/tmp", LEAD_ERROR_PERMANENT},
		{"sqlite:/dev/null", LEAD_ERROR_PERMANENT},
		{"sqlite:/dev/null/lead.db", LEAD_ERROR_PERMANENT},
	};

	(void)fixture;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(store_open(rows[i].uri, STORE_CREATE, SHORT_MS, &error));
		if (!g_error_matches(error, LEAD_ERROR, (int)rows[i].code))
			g_error("%s: %s", rows[i].uri, error->message);
	}
}

static void modes(Fixture *fixture)
{
	g_autofree char *folder = g_build_filename(fixture->folder, "new", NULL);
	g_autofree char *path = g_build_filename(folder, "lead.db", NULL);
	g_autofree char *log = g_strconcat(path, "-wal", NULL);
	g_autofree char *uri = g_strconcat("sqlite:", path, NULL);
	g_autoptr(GError) error = NULL;
	mode_t before = umask(0);
	Store *store = store_open(uri, STORE_CREATE, SHORT_MS, &error);
	struct stat status;

	umask(before);
	g_assert_no_error(error);
	g_assert_cmpint(stat(folder, &status), ==, 0);
	g_assert_cmphex(status.st_mode & 07777, ==, 0750);
	g_assert_cmpint(stat(path, &status), ==, 0);
	g_assert_cmphex(status.st_mode & 07777, ==, 0640);
	g_assert_cmpint(stat(log, &status), ==, 0);
	g_assert_cmphex(status.st_mode & 07777, ==, 0640);
	store_close(store);
	g_remove(path);
	g_rmdir(folder);
}

static void read_only(Fixture *fixture)
{
	g_autoptr(MessageSummary) summary = fixture_summary(REPLY);
	g_autoptr(GError) error = NULL, problem = NULL;
	RecordResult result;
	Store *store;
	g_autofree char *there = NULL, *seen = NULL;

	g_free(fixture_step(fixture, OUTREACH));
	there = fixture_dump(fixture);
	store = store_open(fixture->uri, STORE_READ_ONLY, SHORT_MS, &error);
	g_assert_no_error(error);
	seen = store_dump(store, &error);
	assert_text("seen read-only, beside a writer", there, seen);
	g_assert_false(
		store_record(store, summary, fixture->settings, 0, &result, &problem));
	g_assert_error(problem, LEAD_ERROR, LEAD_ERROR_PERMANENT);
	g_assert_null(store_import_begin(store, "x", 1, NULL));
	store_close(store);
}

/* ---- away, and back ---- */

static bool record(Fixture *fixture, const char *mail, int64_t timeout_ms, GError **error)
{
	g_autoptr(MessageSummary) summary = fixture_summary(mail);
	RecordResult result;

	return store_record(fixture->store, summary, fixture->settings, timeout_ms, &result,
			    error);
}

static void move(const char *from, const char *to)
{
	static const char *const suffixes[] = {"", "-wal", "-shm"};

	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		g_autofree char *source = g_strconcat(from, suffixes[i], NULL);
		g_autofree char *target = g_strconcat(to, suffixes[i], NULL);

		g_assert_cmpint(g_rename(source, target), ==, 0);
	}
}

static void removed_and_back(Fixture *fixture)
{
	g_autofree char *aside = g_strconcat(fixture->path, ".aside", NULL);
	g_autoptr(GError) away = NULL, unread = NULL, back = NULL;
	g_autofree char *contacts = NULL;
	StoreStatus status;

	g_free(fixture_step(fixture, OUTREACH));
	move(fixture->path, aside);
	g_assert_false(record(fixture, REPLY, 0, &away));
	g_assert_error(away, LEAD_ERROR, LEAD_ERROR_TEMPORARY);
	g_assert_false(store_status(fixture->store, &status, &unread));
	g_assert_error(unread, LEAD_ERROR, LEAD_ERROR_TEMPORARY);
	g_assert_false(g_file_test(fixture->path, G_FILE_TEST_EXISTS));
	move(aside, fixture->path);
	g_assert_true(record(fixture, REPLY, 0, &back));
	contacts = fixture_contacts(fixture);
	assert_text("back", "jane@lead.example prospect 2\n", contacts);
}

/* Another database in its place, as a restored backup is. */
static void replaced(Fixture *fixture)
{
	g_autofree char *aside = g_strconcat(fixture->path, ".aside", NULL);
	g_autofree char *contacts = NULL;
	g_autoptr(GError) error = NULL;
	Store *other;

	g_free(fixture_step(fixture, OUTREACH));
	move(fixture->path, aside);
	other = store_open(fixture->uri, STORE_CREATE, SHORT_MS, &error);
	g_assert_no_error(error);
	g_free(fixture_step(fixture, "put joe@lead.example"));
	store_close(other);
	contacts = fixture_contacts(fixture);
	assert_text("the one that is there", "joe@lead.example lead 0\n", contacts);
}

static void full(Fixture *fixture)
{
	struct rlimit before, small;
	g_autoptr(GError) error = NULL, after = NULL;
	g_autofree char *contacts = NULL;
	bool recorded;

	signal(SIGXFSZ, SIG_IGN);
	g_free(fixture_step(fixture, OUTREACH));
	g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
	small = before;
	small.rlim_cur = 4096;
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
	recorded = record(fixture, REPLY, 0, &error);
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
	g_assert_false(recorded);
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY);
	g_assert_true(record(fixture, REPLY, 0, &after));
	contacts = fixture_contacts(fixture);
	assert_text("room again", "jane@lead.example prospect 2\n", contacts);
}

/* ---- several processes: here, several stores of one file ---- */

static void locked(Fixture *fixture)
{
	g_autoptr(GError) error = NULL, opening = NULL, after = NULL;
	Store *other = store_open(fixture->uri, 0, LONG_MS, &opening);
	Txn *txn;

	g_assert_no_error(opening);
	txn = other->ops->write_begin(other->backend, LONG_MS, &opening);
	g_assert_no_error(opening);
	g_assert_false(record(fixture, OUTREACH, SHORT_MS, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_TEMPORARY);
	other->ops->rollback(txn);
	g_assert_true(record(fixture, OUTREACH, 0, &after));
	store_close(other);
}

static void two_processes(Fixture *fixture)
{
	enum { MAILS = 60 };
	Fixture other = *fixture;
	g_autoptr(GError) error = NULL;
	StoreStatus status;

	other.store = store_open(fixture->uri, STORE_CREATE, LONG_MS, &error);
	g_assert_no_error(error);
	for (unsigned i = 0; i < MAILS; i++) {
		g_autofree char *mail = g_strdup_printf(
			"out from=rep@ours.example to=p%u@lead.example id=o%u day=1", i / 2,
			i / 2);

		g_free(fixture_step(i % 2 == 0 ? fixture : &other, mail));
	}
	g_assert_true(store_status(fixture->store, &status, &error));
	g_assert_cmpint(status.messages, ==, MAILS / 2);
	store_close(other.store);
}

/* What this store has read is old by then. */
static void changed_by_another(Fixture *fixture)
{
	Fixture other = *fixture;
	g_autofree char *contacts = NULL;
	g_autoptr(GError) error = NULL;

	g_free(fixture_step(fixture, OUTREACH));
	other.store = store_open(fixture->uri, 0, LONG_MS, &error);
	g_assert_no_error(error);
	g_free(fixture_step(&other, "lock jane@lead.example 1"));
	store_close(other.store);
	g_free(fixture_step(fixture, REPLY));
	contacts = fixture_contacts(fixture);
	assert_text("locked", "jane@lead.example lead 2\n", contacts);
}

/* ---- opening ---- */

static void *open_and_put(void *data)
{
	Fixture mine = *(Fixture *)data;
	g_autoptr(GError) error = NULL;

	mine.store = store_open(mine.uri, STORE_CREATE, LONG_MS, &error);
	g_assert_no_error(error);
	g_free(fixture_step(&mine, "put jane@lead.example"));
	store_close(mine.store);
	return NULL;
}

/* Nobody has made the database yet, and all do. */
static void opened_by_many(Fixture *fixture)
{
	enum { MANY = 8 };
	pthread_t threads[MANY];
	g_autofree char *contacts = NULL;

	close_store(fixture);
	g_remove(fixture->path);
	for (unsigned i = 0; i < MANY; i++)
		g_assert_cmpint(pthread_create(&threads[i], NULL, open_and_put, fixture),
				==, 0);
	for (unsigned i = 0; i < MANY; i++)
		pthread_join(threads[i], NULL);
	fixture_reopen(fixture);
	contacts = fixture_contacts(fixture);
	assert_text("once", "jane@lead.example lead 0\n", contacts);
}

/* ---- ids of rows that are not there ---- */

static void add_astray(Txn *txn, void *data)
{
	AddressRow row = {.contact = 999, .canonical = data};

	txn->ops->row_add(txn, ROW_ADDRESS, &row);
}

static void expect_refused(Fixture *fixture, const char *address)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(
		store_do(fixture->store, add_astray, g_strdup(address), g_free, 0, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT);
}

/* Also behind an import, which looks up none. */
static void astray(Fixture *fixture)
{
	g_autoptr(AddrSpec) address = addr_spec_parse("jane@lead.example", "+");
	const ContactDraft draft = {.address = address};
	g_autoptr(GError) error = NULL;
	StoreImport *import = store_import_begin(fixture->store, "tester", 1, &error);
	PutResult result;

	expect_refused(fixture, "before@lead.example");
	g_assert_true(store_import_put(import, &draft, &result, &error));
	g_assert_true(store_import_commit(import, &error));
	expect_refused(fixture, "behind@lead.example");
}

static const struct {
	const char *name;
	void (*test)(Fixture *fixture);
} tests[] = {
	{"reopen", reopen},
	{"newer schema", newer_schema},
	{"older schema, read-only", older_schema_read_only},
	{"older schema", older_schema},
	{"other program", other_program},
	{"no database", no_database},
	{"damaged", damaged},
	{"missing", missing},
	{"names", names},
	{"modes", modes},
	{"read-only", read_only},
	{"removed and back", removed_and_back},
	{"replaced", replaced},
	{"full", full},
	{"locked", locked},
	{"two processes", two_processes},
	{"changed by another", changed_by_another},
	{"opened by many", opened_by_many},
	{"ids astray", astray},
};

static void run_test(gconstpointer data)
{
	run(tests[GPOINTER_TO_SIZE(data)].test);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++) {
		g_autofree char *path = g_strdup_printf("/store/sqlite/%s", tests[i].name);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), run_test);
	}
	return g_test_run();
}
