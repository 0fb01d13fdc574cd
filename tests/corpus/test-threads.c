/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads that nobody here wrote: an archive of real mail is replayed through ingest()
 * with the domain of one of its authors as ours, and contacts and promotions in the store
 * must be those that an independent reading of the mails gives (thread-reading.h); for
 * every domain whose authors are answered by somebody else. Replaying it once more changes
 * nothing, and neither does the order of the files or of the recording.
 *
 * LEAD_CORPUS names the folder of mails; without it all is skipped. LEAD_SEED shuffles
 * otherwise. Nobody's address is printed: a domain has a number, and "--domains NUMBER ..."
 * tries only these.
 */
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "lead/body.h"
#include "lead/ingest.h"
#include "lead/words.h"
#include "tests/corpus/thread-archive.h"
#include "tests/corpus/thread-order.h"
#include "tests/corpus/thread-reading.h"

enum { TIMEOUT_MS = 20000, DEFAULT_SEED = 3 };

typedef struct {
	GPtrArray *mails;
	guint32 seed;
	guint domains, replayed, outreach, answers, contacts, promotions, differences;
} Run;

/* One domain as ours. */
typedef struct {
	Run *run;
	guint number;
	const char *domain;
	Settings *settings;
	GPtrArray *mails;
	char *folder, *files, *mbox, *uri; /* all in a temporary folder */
} Trial;

static bool check(const Trial *trial, bool holds, const char *what)
{
	if (!holds) {
		printf("# with domain %u as ours: %s\n", trial->number, what);
		trial->run->differences++;
	}
	return holds;
}

/* ---- the store ---- */

static Store *open_store(const char *uri)
{
	g_autoptr(GError) error = NULL;
	Store *store = store_open(uri, STORE_CREATE, TIMEOUT_MS, &error);

	g_assert_no_error(error);
	return store;
}

static char *dump(Store *store)
{
	g_autoptr(GError) error = NULL;
	char *text = store_dump(store, &error);

	g_assert_no_error(error);
	return text;
}

static void replay(const Trial *trial, Store *store, const char *path)
{
	const char *paths[] = {path, NULL};
	IngestCallbacks callbacks = {0};
	g_autoptr(GError) error = NULL;
	IngestSummary summary;

	ingest(store, trial->settings, paths, &callbacks, &summary, &error);
	g_assert_no_error(error);
	check(trial, summary.failed == 0, "a mail could not be read");
	check(trial, summary.read == trial->mails->len, "not all mails were read");
}

static char *replay_in_memory(const Trial *trial, const char *path)
{
	g_autoptr(Store) store = open_store("memory:");

	replay(trial, store, path);
	return dump(store);
}

/* ---- store against reading ---- */

static GHashTable *text_set(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static char *fold_domain(const char *id)
{
	char *copy = g_strdup(id != NULL ? id : ""), *at = strrchr(copy, '@');

	for (; at != NULL && *at != '\0'; at++)
		*at = g_ascii_tolower(*at);
	return copy;
}

static char *small_base(const char *address)
{
	g_autofree char *small = g_ascii_strdown(address, -1);

	return address_base(small);
}

static bool take_promotion(const HistoryRow *row, void *promotions)
{
	g_autofree char *base = small_base(row->address),
			*reply = fold_domain(row->message_id),
			*outreach = fold_domain(row->outreach_id);

	if (row->to == STAGE_PROSPECT)
		g_hash_table_add(promotions, thread_promotion_key(base, reply, outreach));
	return true;
}

static bool take_contact(const Contact *contact, void *contacts)
{
	g_hash_table_add(contacts, small_base(contact->address));
	return true;
}

static guint count_missing(GHashTable *a, GHashTable *b)
{
	GHashTableIter iter;
	gpointer key;
	guint missing = 0;

	g_hash_table_iter_init(&iter, a);
	while (g_hash_table_iter_next(&iter, &key, NULL))
		missing += !g_hash_table_contains(b, key);
	return missing;
}

static void tell_missing(GHashTable *promotions, GHashTable *files)
{
	GHashTableIter iter;
	gpointer key, file;

	g_hash_table_iter_init(&iter, files);
	while (g_hash_table_iter_next(&iter, &key, &file)) {
		if (!g_hash_table_contains(promotions, key))
			printf("# does not promote: %s\n", (const char *)file);
	}
}

static MessageClass class_of(const ThreadMail *mail, const ClassContext *context,
			     void *settings)
{
	g_autoptr(MessageSummary) summary = thread_mail_summarize(mail, settings);
	Classification classification;
	MessageClass class;

	classify(summary->signs, context, settings, &classification);
	class = classification.class;
	classification_clear(&classification);
	return class;
}

static void count(Run *run, const ThreadReading *reading)
{
	run->outreach += reading->outreach;
	run->answers += reading->answers;
	run->contacts += g_hash_table_size(reading->contacts);
	run->promotions += g_hash_table_size(reading->promotions);
}

static void compare_reading(const Trial *trial, Store *store)
{
	ThreadReading *reading =
		thread_reading_new(trial->mails, trial->domain, class_of, trial->settings);
	g_autoptr(GHashTable) promotions = text_set(), contacts = text_set();
	g_autoptr(GError) error = NULL;

	store_visit_history(store, 0, 0, take_promotion, promotions, &error);
	g_assert_no_error(error);
	store_visit_contacts(store, NULL, take_contact, contacts, &error);
	g_assert_no_error(error);
	if (!check(trial, count_missing(reading->promotions, promotions) == 0,
		   "promotions are missing"))
		tell_missing(promotions, reading->promotions);
	check(trial, count_missing(promotions, reading->promotions) == 0,
	      "promotions that the reading does not give");
	check(trial, count_missing(reading->contacts, contacts) == 0,
	      "contacts are missing");
	check(trial, count_missing(contacts, reading->contacts) == 0,
	      "contacts that the reading does not give");
	count(trial->run, reading);
	thread_reading_free(reading);
}

/* ---- one domain ---- */

static Settings *settings_for(const char *domain)
{
	g_autofree char *text = g_strdup_printf("[mail]\nlocal_domains = %s\n", domain);
	g_autoptr(GError) error = NULL;
	Settings *settings = settings_load_text(text, "test-threads", &error);

	g_assert_no_error(error);
	return settings;
}

static void trial_init(Trial *trial, Run *run, const char *domain)
{
	g_autoptr(GError) error = NULL;

	*trial = (Trial){.run = run, .domain = domain, .settings = settings_for(domain)};
	trial->mails = thread_archive_select(run->mails, domain);
	trial->folder = g_dir_make_tmp("lead-threads-XXXXXX", &error);
	g_assert_no_error(error);
	trial->files = g_build_filename(trial->folder, "files", NULL);
	trial->mbox = g_build_filename(trial->folder, "shuffled.mbox", NULL);
	trial->uri = g_strdup_printf("sqlite:%s/lead.db", trial->folder);
	g_assert_cmpint(g_mkdir(trial->files, 0700), ==, 0);
	thread_archive_write_files(trial->mails, trial->files);
	thread_archive_write_mbox(trial->mails, run->seed, trial->mbox);
}

static void remove_folder(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		g_remove(path);
	}
	g_rmdir(folder);
}

static void trial_clear(Trial *trial)
{
	remove_folder(trial->files);
	remove_folder(trial->folder);
	settings_unref(trial->settings);
	g_ptr_array_unref(trial->mails);
	g_free(trial->folder);
	g_free(trial->files);
	g_free(trial->mbox);
	g_free(trial->uri);
}

static void try_domain(Run *run, guint number, const char *domain)
{
	g_autofree char *once = NULL, *twice = NULL, *shuffled = NULL;
	Store *store;
	Trial trial;

	run->domains++;
	trial_init(&trial, run, domain);
	trial.number = number;
	run->replayed += trial.mails->len;
	store = open_store(trial.uri);
	replay(&trial, store, trial.files);
	once = dump(store);
	compare_reading(&trial, store);
	replay(&trial, store, trial.mbox);
	twice = dump(store);
	store_close(store);
	shuffled = replay_in_memory(&trial, trial.mbox);
	check(&trial, strcmp(once, twice) == 0, "a second replay changes something");
	check(&trial, strcmp(once, shuffled) == 0, "the order of the files matters");
	check(&trial,
	      thread_order_is_without_effect(trial.mails, trial.settings, run->seed + 1),
	      "the order of recording matters");
	trial_clear(&trial);
}

/* ---- all of them ---- */

static int report(const Run *run)
{
	printf("# seed %u; %u mails; %u domains, to each %u mails in the mean\n", run->seed,
	       run->mails->len, run->domains, run->replayed / MAX(run->domains, 1));
	printf("# %u mails of ours made %u contacts; %u mails answer them; %u promotions\n",
	       run->outreach, run->contacts, run->answers, run->promotions);
	printf("1..2\n%s 1 - there is something to compare\n",
	       run->promotions > 0 ? "ok" : "not ok");
	printf("%s 2 - store and independent reading agree: %u differences\n",
	       run->differences == 0 ? "ok" : "not ok", run->differences);
	return run->promotions > 0 && run->differences == 0 ? 0 : 1;
}

static guint32 seed_read(void)
{
	const char *seed = g_getenv("LEAD_SEED");

	return seed != NULL ? (guint32)g_ascii_strtoull(seed, NULL, 10) : DEFAULT_SEED;
}

/* arguments: --domains 3 17 */
static bool is_asked_for(char **arguments, guint number)
{
	if (g_strcmp0(arguments[0], "--domains") != 0)
		return true;
	while (*++arguments != NULL) {
		if (g_ascii_strtoull(*arguments, NULL, 10) == number)
			return true;
	}
	return false;
}

int main(int argc, char **argv)
{
	const char *folder = g_getenv("LEAD_CORPUS");
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) mails = NULL, domains = NULL;
	Run run = {.seed = seed_read()};

	(void)argc;
	setlocale(LC_ALL, "C.UTF-8");
	if (folder == NULL || *folder == '\0') {
		printf("1..0 # SKIP LEAD_CORPUS names no corpus\n");
		return 0;
	}
	body_init();
	words_init();
	run.mails = mails = thread_archive_read(folder, &error);
	if (mails == NULL) {
		printf("Bail out! %s\n", error->message);
		return 1;
	}
	domains = thread_archive_domains(mails);
	for (guint number = 1; number <= domains->len; number++) {
		if (is_asked_for(argv + 1, number))
			try_domain(&run, number, domains->pdata[number - 1]);
	}
	return report(&run);
}
