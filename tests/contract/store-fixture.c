/* SPDX-License-Identifier: BSD-2-Clause */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../unit/story.h"

enum { TIMEOUT_MS = 20000 };

const char *const fixture_backends[] = {"memory", "sqlite", NULL};

static Store *open_store(const char *uri)
{
	g_autoptr(GError) error = NULL;
	Store *store = store_open(uri, STORE_CREATE, TIMEOUT_MS, &error);

	g_assert_no_error(error);
	return store;
}

void fixture_init(Fixture *fixture, const char *backend, const char *lines)
{
	g_autoptr(GError) error = NULL;

	*fixture = (Fixture){.backend = backend, .uri = g_strdup("memory:")};
	if (strcmp(backend, "sqlite") == 0) {
		g_free(fixture->uri);
		fixture->folder = g_dir_make_tmp("lead-store-XXXXXX", &error);
		g_assert_no_error(error);
		fixture->path = g_build_filename(fixture->folder, "lead.db", NULL);
		fixture->uri = g_strconcat("sqlite:", fixture->path, NULL);
	}
	fixture->settings = story_settings(lines);
	fixture->store = open_store(fixture->uri);
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

void fixture_clear(Fixture *fixture)
{
	store_close(fixture->store);
	if (fixture->folder != NULL)
		remove_folder(fixture->folder);
	settings_unref(fixture->settings);
	g_free(fixture->folder);
	g_free(fixture->path);
	g_free(fixture->uri);
}

void fixture_reopen(Fixture *fixture)
{
	store_close(fixture->store);
	fixture->store = open_store(fixture->uri);
}

/* "body=TEXT" is not a word of stories. */
MessageSummary *fixture_summary(const char *step)
{
	const char *body = strstr(step, " body=");
	g_autofree char *text =
		body != NULL ? g_strndup(step, (gsize)(body - step)) : g_strdup(step);
	StoryMessage message = story_message(text);

	message.summary->subject = g_strdup("Hello");
	if (body != NULL)
		message.summary->body_digest = story_digest(body + strlen(" body="));
	return message.summary;
}

/* ---- steps ---- */

static char *record_step(Fixture *fixture, const char *step)
{
	g_autoptr(MessageSummary) summary = fixture_summary(step);
	g_autoptr(GError) error = NULL;
	RecordResult result;

	if (!store_record(fixture->store, summary, fixture->settings, 0, &result, &error))
		g_error("step '%s': %s", step, error->message);
	return g_strdup_printf("%s %s contacts=%u created=%u again=%u/%u",
			       outcome_name(result.outcome), reason_name(result.reason),
			       result.contacts, result.created, result.decided_again,
			       result.promoted_again);
}

static const char *value_of(char **words, const char *key)
{
	for (size_t i = 0; words[i] != NULL; i++) {
		if (g_str_has_prefix(words[i], key))
			return words[i] + strlen(key);
	}
	return NULL;
}

static char *put_step(Fixture *fixture, char **words)
{
	static const char *const results[] = {"added", "updated", "unchanged"};
	g_autoptr(AddrSpec) address = addr_spec_parse(words[1], "+");
	const char *stage = value_of(words, "stage=");
	ContactDraft draft = {
		.address = address,
		.name = value_of(words, "name="),
		.organization = value_of(words, "organization="),
		.owner = value_of(words, "owner="),
		.source = value_of(words, "source="),
	};
	g_autoptr(GError) error = NULL;
	PutResult result;

	g_assert_nonnull(address);
	if (stage != NULL)
		g_assert_true(stage_from_name(stage, &draft.stage));
	store_put_contact(fixture->store, &draft, "tester", story_day(0), &result, NULL,
			  &error);
	g_assert_no_error(error);
	return g_strdup(results[result]);
}

char *fixture_step(Fixture *fixture, const char *step)
{
	g_auto(GStrv) words = g_strsplit(step, " ", -1);
	char *deed;

	if (strcmp(words[0], "put") == 0)
		return put_step(fixture, words);
	deed = fixture_deed(fixture, words);
	return deed != NULL ? deed : record_step(fixture, step);
}

char *fixture_steps(Fixture *fixture, const char *const *steps)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; steps[i] != NULL; i++) {
		g_autofree char *result = fixture_step(fixture, steps[i]);

		g_string_append_printf(text, "%s\n", result);
	}
	return g_string_free(text, FALSE);
}

/* ---- what is there ---- */

typedef struct {
	Store *store;
	GString *text;
} Listing;

static bool count_interaction(const Interaction *interaction, void *count)
{
	(void)interaction;
	++*(unsigned *)count;
	return true;
}

static bool list_contact(const Contact *contact, void *user)
{
	Listing *self = user;
	g_autoptr(GError) error = NULL;
	unsigned count = 0;

	store_visit_interactions(self->store, contact->id, 0, count_interaction, &count,
				 &error);
	g_assert_no_error(error);
	g_string_append_printf(self->text, "%s %s %u%s%s%s\n", contact->address,
			       stage_name(contact->stage), count,
			       contact->address_bad ? " bad" : "",
			       contact->do_not_contact ? " unwanted" : "",
			       contact->absent_until != 0 ? " absent" : "");
	return true;
}

/* ---- numbers that are kept, against what is there ---- */

enum { STAGES = STAGE_CLIENT + 1, DIRECTIONS = DIRECTION_OUTBOUND + 1 };

typedef struct {
	Store *store;
	int64_t contacts[STAGES], interactions[DIRECTIONS], promotions;
} Numbers;

static bool number_interaction(const Interaction *interaction, void *user)
{
	((Numbers *)user)->interactions[interaction->direction]++;
	return true;
}

static bool number_contact(const Contact *contact, void *user)
{
	Numbers *self = user;

	self->contacts[contact->stage]++;
	return store_visit_interactions(self->store, contact->id, 0, number_interaction,
					self, NULL);
}

static bool number_promotion(const HistoryRow *row, void *user)
{
	((Numbers *)user)->promotions += row->action == ACTION_PROMOTED;
	return true;
}

static bool take_number(const Count *count, void *user)
{
	Numbers *self = user;

	self->contacts[count->stage] += count->stage != 0 ? count->number : 0;
	self->interactions[count->direction] += count->stage == 0 ? count->number : 0;
	return true;
}

static void check_numbers(Store *store)
{
	Numbers there = {.store = store}, kept = {.store = store};
	g_autoptr(GError) error = NULL;
	StoreStatus status;
	int64_t contacts = 0, interactions = 0;

	store_visit_contacts(store, NULL, number_contact, &there, &error);
	store_visit_history(store, 0, 0, number_promotion, &there, &error);
	store_visit_counts(store, COUNT_CONTACTS, COUNT_BY_STAGE, take_number, &kept, &error);
	store_visit_counts(store, COUNT_INTERACTIONS, COUNT_BY_DIRECTION, take_number, &kept,
			   &error);
	store_status(store, &status, &error);
	g_assert_no_error(error);
	for (int i = 0; i < STAGES; i++) {
		g_assert_cmpint(there.contacts[i], ==, kept.contacts[i]);
		contacts += there.contacts[i];
	}
	for (int i = 0; i < DIRECTIONS; i++) {
		g_assert_cmpint(there.interactions[i], ==, kept.interactions[i]);
		interactions += there.interactions[i];
	}
	g_assert_cmpint(contacts, ==, status.contacts);
	g_assert_cmpint(interactions, ==, status.interactions);
	g_assert_cmpint(there.promotions, ==, status.promotions);
}

char *fixture_contacts(Fixture *fixture)
{
	Listing listing = {fixture->store, g_string_new(NULL)};
	g_autoptr(GError) error = NULL;

	store_visit_contacts(fixture->store, NULL, list_contact, &listing, &error);
	g_assert_no_error(error);
	check_numbers(fixture->store);
	return g_string_free(listing.text, FALSE);
}

char *fixture_dump(Fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	char *dump = store_dump(fixture->store, &error);

	g_assert_no_error(error);
	return dump;
}

/* ---- tests ---- */

typedef struct {
	const char *backend;
	void (*test)(Fixture *fixture);
} BackendTest;

static void run_backend_test(gconstpointer data)
{
	const BackendTest *self = data;
	Fixture fixture;

	fixture_init(&fixture, self->backend, NULL);
	self->test(&fixture);
	fixture_clear(&fixture);
}

void fixture_add_test(const char *name, void (*test)(Fixture *fixture))
{
	for (size_t i = 0; fixture_backends[i] != NULL; i++) {
		BackendTest *data = g_new(BackendTest, 1);
		g_autofree char *path =
			g_strdup_printf("/store/%s/%s", fixture_backends[i], name);

		*data = (BackendTest){fixture_backends[i], test};
		g_test_add_data_func_full(path, data, run_backend_test, g_free);
	}
}

void assert_text(const char *row, const char *wanted, const char *got)
{
	if (strcmp(wanted, got) != 0)
		g_error("%s\n--- wanted\n%s\n--- got\n%s\n---", row, wanted, got);
}
