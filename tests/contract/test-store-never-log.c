/* SPDX-License-Identifier: BSD-2-Clause */
/* The contract of every backend: whom the never-log list names is left out of what is
 * recorded from then on. */
#include <string.h>

#include "../../lib/store/never-logged.h"
#include "../../lib/store/store-private.h"
#include "../unit/story.h"
#include "lead/error.h"
#include "lead/words.h"
#include "store-fixture.h"

enum { STEPS_MAX = 10 };

typedef struct {
	const char *name, *settings;
	const char *steps[STEPS_MAX];
	const char *results, *contacts;
	const char *gone; /* nowhere in the store; or NULL */
} NeverLogStory;

#define OUT "out from=rep@ours.example "
#define IN "in to=rep@ours.example "
#define TO_JANE OUT "to=jane@lead.example id=o1 day=1"
#define FROM_JANE IN "from=jane@lead.example name=Jane_Doe "
#define NO_JANE "ignore jane@lead.example participant"
#define NEVER "ignored never-log contacts=0 created=0 again=0/0\n"
#define MADE "logged outreach contacts=1 created=1 again=0/0\n"

/* clang-format off */
static const NeverLogStory stories[] = {
	{ "outreach makes no contact of her", NULL, { NO_JANE, TO_JANE, FROM_JANE "id=r1 answers=o1 day=2" },
	  "changed\n" NEVER NEVER, "", "jane" },
	{ "outreach to her and another", NULL,
	  { NO_JANE, OUT "to=jane@lead.example,joe@lead.example id=o1 day=1", FROM_JANE "others=joe@lead.example id=r1 answers=o1 day=2" },
	  "changed\n" MADE "logged never-log contacts=1 created=0 again=0/0\n", "joe@lead.example lead 2\n", "ane" },
	{ "her mail at two reps", NULL,
	  { "ignore jane@lead.example participant", OUT "to=joe@lead.example id=o1 day=1",
	    FROM_JANE "others=joe@lead.example id=r1 answers=o1 day=2",
	    "in to=two@ours.example from=jane@lead.example others=joe@lead.example id=r1 answers=o1 day=2",
	    FROM_JANE "others=joe@lead.example id=r1 answers=o1 day=2 date=9" },
	  "changed\n" MADE "logged never-log contacts=1 created=0 again=0/0\nignored duplicate contacts=0 created=0 again=0/0\n"
	  "logged never-log contacts=1 created=0 again=0/0\n",
	  "joe@lead.example lead 3\n", "ane" },
	{ "nor the subject of her mail", NULL,
	  { NO_JANE, OUT "to=joe@lead.example id=o1 day=1", FROM_JANE "others=joe@lead.example id=r1 answers=o1 day=2" },
	  "changed\n" MADE "logged never-log contacts=1 created=0 again=0/0\n", "joe@lead.example lead 2\n", "id=r1 subject=Hello" },
	{ "she knows an id", NULL, { TO_JANE, "ignore joe@lead.example participant", IN "from=joe@lead.example id=r1 answers=o1 day=2" },
	  MADE "changed\n" NEVER, "jane@lead.example lead 1\n", "joe" },
	{ "by domain", NULL, { "ignore lead.example participant", TO_JANE, OUT "to=a@mx.lead.example id=o2 day=1", OUT "to=a@mislead.example id=o3 day=1" },
	  "changed\n" NEVER NEVER MADE, "a@mislead.example lead 1\n", "@lead" },
	{ "by glob", NULL, { "ignore j*@lead.example participant", TO_JANE, OUT "to=amy@lead.example id=o2 day=1" },
	  "changed\n" NEVER MADE, "amy@lead.example lead 1\n", "jane" },
	{ "by her subaddress", NULL, { NO_JANE, OUT "to=jane+news@lead.example id=o1 day=1" }, "changed\n" NEVER, "", "jane" },
	{ "who writes to sales", "[contacts]\nauto_create = sales\nsales_addresses = sales@ours.example\n",
	  { NO_JANE, "in from=jane@lead.example to=sales@ours.example id=i1 day=1" }, "changed\n" NEVER, "", "jane" },
	{ "nor is she remembered", "[contacts]\nauto_create = none\n",
	  { NO_JANE, TO_JANE, "unignore jane@lead.example", "put jane@lead.example", FROM_JANE "id=r1 answers=o1 day=2" },
	  "changed\n" NEVER "changed\nadded\nlogged no-outreach contacts=1 created=0 again=0/0\n", "jane@lead.example lead 1\n", NULL },
	{ "a contact is recorded no more", NULL, { TO_JANE, NO_JANE, FROM_JANE "id=r1 answers=o1 day=2", OUT "to=jane@lead.example id=o2 day=3" },
	  MADE "changed\n" NEVER NEVER, "jane@lead.example lead 1\n", NULL },
	{ "and again when she is taken off", NULL,
	  { TO_JANE, NO_JANE, "unignore jane@lead.example", "unignore jane@lead.example", FROM_JANE "id=r1 answers=o1 day=2" },
	  MADE "changed\nchanged\nnothing changed\npromoted reply-reference contacts=1 created=0 again=0/0\n", "jane@lead.example prospect 2\n", NULL },
	{ "what was recorded stays, though it is judged again", NULL,
	  { TO_JANE, FROM_JANE "id=r2 answers=o1 day=3", FROM_JANE "id=r4 answers=o1 day=4 signs=x-autoreply", NO_JANE,
	    OUT "to=joe@lead.example id=o1 day=1",
	    IN "from=joe@lead.example id=r3 others=jane@lead.example answers=o1 day=2" },
	  MADE "promoted reply-reference contacts=1 created=0 again=0/0\nlogged auto-reply contacts=1 created=0 again=0/0\nchanged\n"
	  "ignored duplicate contacts=1 created=1 again=0/0\npromoted reply-reference contacts=1 created=0 again=0/0\n",
	  "jane@lead.example prospect 3\njoe@lead.example prospect 2\n", NULL },
	{ "a copy of her mail from before", NULL,
	  { TO_JANE, FROM_JANE "id=r1 answers=o1 day=3", NO_JANE, FROM_JANE "id=r1 answers=o1 day=2" },
	  MADE "promoted reply-reference contacts=1 created=0 again=0/0\nchanged\nignored duplicate contacts=0 created=0 again=0/0\n",
	  "jane@lead.example prospect 2\n", NULL },
	{ "a rep", NULL, { "ignore rep@ours.example participant", TO_JANE, "out from=two@ours.example to=jane@lead.example id=o2 day=1",
	    FROM_JANE "id=r1 answers=o2 day=2", FROM_JANE "cc=two@ours.example id=r2 answers=o2 day=3" },
	  "changed\n" NEVER MADE NEVER "promoted reply-reference contacts=1 created=0 again=0/0\n", "jane@lead.example prospect 2\n", "=rep@" },
	{ "messages dropped whole", NULL,
	  { "ignore law.example message", OUT "to=jane@lead.example cc=x@law.example id=o1 day=1",
	    IN "from=x@law.example cc=two@ours.example others=jane@lead.example id=i1 day=1", TO_JANE },
	  "changed\n" NEVER NEVER MADE, "jane@lead.example lead 1\n", "law" },
	{ "the scope changes", NULL,
	  { "ignore law.example participant", "ignore law.example participant", "ignore law.example message",
	    OUT "to=jane@lead.example cc=x@law.example id=o1 day=1" },
	  "changed\nnothing changed\nchanged\n" NEVER, "", "law" },
};
/* clang-format on */

/* The dump without the list itself, at its end. */
static char *dump_of(Fixture *fixture)
{
	char *dump = fixture_dump(fixture);
	char *list =
		g_str_has_prefix(dump, "never-log ") ? dump : strstr(dump, "\nnever-log ");

	if (list != NULL)
		*list = '\0';
	return dump;
}

static void check_story(const NeverLogStory *story, const char *backend)
{
	g_autofree char *row = g_strdup_printf("%s (%s)", story->name, backend);
	g_autofree char *results = NULL, *contacts = NULL, *dump = NULL;
	Fixture fixture;

	fixture_init(&fixture, backend, story->settings);
	results = fixture_steps(&fixture, story->steps);
	contacts = fixture_contacts(&fixture);
	dump = dump_of(&fixture);
	assert_text(row, story->results, results);
	assert_text(row, story->contacts, contacts);
	if (story->gone != NULL && strstr(dump, story->gone) != NULL)
		g_error("%s: '%s' is still there:\n%s", row, story->gone, dump);
	fixture_clear(&fixture);
}

static void test_story(gconstpointer story)
{
	for (size_t i = 0; fixture_backends[i] != NULL; i++)
		check_story(story, fixture_backends[i]);
}

/* ---- the order of mail ---- */

static bool is_mail(const char *step)
{
	return g_str_has_prefix(step, "in ") || g_str_has_prefix(step, "out ");
}

/* A list that was there before all mail: the steps behind it, turned around and about. */
static char *tell_turned(const NeverLogStory *story, size_t first, size_t count,
			 size_t turn, bool backwards)
{
	const char *steps[STEPS_MAX + 1] = {NULL};
	g_autofree char *results = NULL;
	Fixture fixture;
	char *dump;

	for (size_t i = 0; i < first; i++)
		steps[i] = story->steps[i];
	for (size_t i = 0; i < count; i++) {
		size_t at = (i + turn) % count;

		steps[first + i] = story->steps[first + (backwards ? count - 1 - at : at)];
	}
	fixture_init(&fixture, "memory", story->settings);
	results = fixture_steps(&fixture, steps);
	dump = fixture_dump(&fixture);
	fixture_clear(&fixture);
	return dump;
}

static void check_order(const NeverLogStory *story)
{
	size_t first = 0, count = 0;
	g_autofree char *wanted = NULL;

	while (story->steps[first] != NULL && !is_mail(story->steps[first]))
		first++;
	while (first + count < STEPS_MAX && story->steps[first + count] != NULL &&
	       is_mail(story->steps[first + count]))
		count++;
	if (first == 0 ||
	    (first + count < STEPS_MAX && story->steps[first + count] != NULL))
		return;
	wanted = tell_turned(story, first, count, 0, false);
	for (size_t turn = 0; turn < count; turn++) {
		g_autofree char *there = tell_turned(story, first, count, turn, false);
		g_autofree char *back = tell_turned(story, first, count, turn, true);

		assert_text(story->name, wanted, there);
		assert_text(story->name, wanted, back);
	}
}

static void test_order(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(stories); i++)
		check_order(&stories[i]);
}

/* ---- the list itself ---- */

static bool append_entry(const NeverLogEntry *entry, void *text)
{
	g_string_append_printf(text, "%s %s by %s: %s, %d\n", entry->pattern,
			       never_log_scope_name(entry->scope), entry->actor,
			       entry->reason, (int)entry->dropped);
	return true;
}

/* Of what was dropped the number is left, and of changes a row in the history. */
static void test_list(Fixture *fixture)
{
	static const char *const steps[] = {
		"ignore zoe@else.example participant",
		"ignore law.example participant",
		"ignore law.example message",
		OUT "to=jane@lead.example cc=x@law.example id=o1 day=1",
		IN "from=x@law.example id=i1 day=1",
		IN "from=zoe@else.example id=i2 day=1",
		"internal from=rep@ours.example to=two@ours.example id=i3 day=1",
		"unignore zoe@else.example",
		NULL,
	};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autofree char *history = fixture_history(fixture);
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	store_visit_never_log(fixture->store, append_entry, got, &error);
	g_assert_no_error(error);
	assert_text("list", "law.example message by tester: because, 2\n", got->str);
	assert_text("history",
		    "0 - unignored by tester: because [zoe@else.example]\n"
		    "0 - ignored by tester: because [law.example (message)]\n"
		    "0 - ignored by tester: because [law.example (participant)]\n"
		    "0 - ignored by tester: because [zoe@else.example (participant)]\n",
		    history);
}

static void test_concerns(Fixture *fixture)
{
	static const char *const steps[] = {
		TO_JANE, OUT "to=joe@lead.example id=o2 day=1",
		NO_JANE, "ignore law.example message",
		NULL,
	};
	static const struct {
		const char *mail;
		bool concerns;
	} rows[] = {
		{FROM_JANE "id=n1 day=2", false},
		{FROM_JANE "id=n2 answers=o1 day=2", false},
		{FROM_JANE "others=joe@lead.example id=n3 day=2", true},
		{IN "from=joe@lead.example id=n4 day=2", true},
		{IN "from=joe@lead.example others=jane@lead.example id=n5 day=2", true},
		{IN "from=x@else.example others=jane@lead.example id=n6 day=2", false},
		{IN "from=x@law.example id=n7 day=2", true}, /* to be counted */
	};
	g_autofree char *results = fixture_steps(fixture, steps);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(MessageSummary) summary = fixture_summary(rows[i].mail);
		g_autoptr(GError) error = NULL;
		bool concerns = false;

		store_concerns(fixture->store, summary, fixture->settings, &concerns,
			       &error);
		g_assert_no_error(error);
		if (concerns != rows[i].concerns)
			g_error("%s: %d", rows[i].mail, concerns);
	}
}

/* ---- the copy in memory ---- */

static void change_and_fail(Txn *txn, void *data)
{
	NeverLogRow row = {
		.pattern = g_strdup("jane@lead.example"),
		.scope = NEVER_LOG_PARTICIPANT,
		.actor = g_strdup("tester"),
	};

	(void)data;
	txn->ops->row_add(txn, ROW_NEVER_LOG, &row);
	txn->ops->never_log_changed(txn);
	txn_never_log(txn);
	never_log_row_clear(&row);
	txn_fail(txn, g_error_new(LEAD_ERROR, LEAD_ERROR_PERMANENT, "bad one"));
}

/* A list that was read within a job that failed is not the one that counts, even if the
 * next change has its number. */
static void test_undone(Fixture *fixture)
{
	static const char *const steps[] = {
		"ignore zoe@else.example participant",
		TO_JANE,
		OUT "to=zoe@else.example id=o2 day=1",
		NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autofree char *results = NULL;

	g_assert_null(store_do(fixture->store, change_and_fail, g_new(int, 1), g_free, 0,
			       &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT);
	results = fixture_steps(fixture, steps);
	assert_text("the one that counts", "changed\n" MADE NEVER, results);
}

/* Changed by another process: here, by another store of the file. */
static void test_other_process(Fixture *fixture)
{
	Fixture other = *fixture;
	g_autofree char *before = NULL, *after = NULL, *changed = NULL, *judged = NULL;
	g_autoptr(GError) error = NULL;

	if (fixture->path == NULL)
		return;
	other.store = store_open(fixture->uri, 0, 1000, &error);
	g_assert_no_error(error);
	before = fixture_step(fixture, TO_JANE);
	assert_text("before", "logged outreach contacts=1 created=1 again=0/0", before);
	changed = fixture_step(&other, NO_JANE);
	after = fixture_step(fixture, FROM_JANE "id=r1 answers=o1 day=2");
	assert_text("after", "ignored never-log contacts=0 created=0 again=0/0", after);
	store_close(other.store);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	for (size_t i = 0; i < G_N_ELEMENTS(stories); i++) {
		g_autofree char *path =
			g_strdup_printf("/store/never-log/%s", stories[i].name);

		g_test_add_data_func(path, &stories[i], test_story);
	}
	g_test_add_func("/store/never-log in any order", test_order);
	fixture_add_test("never-log list", test_list);
	fixture_add_test("never-log concerns", test_concerns);
	fixture_add_test("never-log undone", test_undone);
	fixture_add_test("never-log of another process", test_other_process);
	return g_test_run();
}
