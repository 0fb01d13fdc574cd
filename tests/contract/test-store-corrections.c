/* SPDX-License-Identifier: BSD-2-Clause */
/* The contract of every backend: people correct what was decided for them. */
#include <string.h>

#include "../unit/story.h"
#include "lead/error.h"
#include "lead/words.h"
#include "store-fixture.h"

enum { STEPS_MAX = 10 };

typedef struct {
	const char *name, *settings;
	const char *steps[STEPS_MAX];
	const char *results;  /* of the last steps */
	const char *contacts; /* fixture_contacts() */
	const char *history;  /* the newest rows */
	const char *open;     /* fixture_suggestions() */
} CorrectionStory;

#define OUT "out from=rep@ours.example "
#define IN "in to=rep@ours.example "
#define OUT_1 OUT "to=jane@lead.example id=o1 day=1"
#define FROM_JANE IN "from=jane@lead.example "
#define MADE_ROW "1 jane@lead.example created - -> lead by leadmilter: outreach\n"
#define OLD FROM_JANE "id=r1 answers=o1 day=400"
#define OTHER IN "from=jane@home.example id=r1 answers=o1 day=2"
#define COLLEAGUE IN "from=joe@lead.example name=Joe_Roe id=r1 answers=o1 day=2"
#define REPLY_ROW(day)                                                                     \
	day " jane@lead.example promoted lead -> prospect by leadmilter: "                 \
	    "reply-reference\n"

/* clang-format off */
static const CorrectionStory stories[] = {
	/* ---- accepting ---- */
	{ "accept an old thread", NULL, { OUT_1, OLD, "accept jane@lead.example old-thread 401" },
	  "given promoted\n", "jane@lead.example prospect 2\n",
	  "401 jane@lead.example accepted lead -> prospect by tester: because [old-thread]\n" MADE_ROW, "" },
	{ "accept twice", NULL, { OUT_1, OLD, "accept jane@lead.example old-thread 401", "accept again 402" },
	  "given promoted\nrepeated\n", "jane@lead.example prospect 2\n",
	  "401 jane@lead.example accepted lead -> prospect by tester: because [old-thread]\n" MADE_ROW, "" },
	{ "a dry run", NULL, { OUT_1, OLD, "accept jane@lead.example old-thread 401 dry" },
	  "given promoted\n", "jane@lead.example lead 2\n", MADE_ROW,
	  "jane@lead.example old-thread promote other=- at=400\n" },
	{ "a dry run before the real one", NULL,
	  { OUT_1, OTHER, "accept jane@lead.example other-address 3 dry", "accept again 3" },
	  "given promoted linked\ngiven promoted linked\n", "jane@lead.example prospect 2\n", "3 ", "" },
	{ "reject", NULL, { OUT_1, OLD, "reject jane@lead.example old-thread 401", "reject again 402", "accept again 403" },
	  "given\nrepeated\ncontradicts\n", "jane@lead.example lead 2\n",
	  "401 jane@lead.example rejected by tester: because [old-thread]\n" MADE_ROW, "" },
	{ "accept, then reject", NULL, { OUT_1, OLD, "accept jane@lead.example old-thread 401", "reject again 402" },
	  "given promoted\ncontradicts\n", "jane@lead.example prospect 2\n", NULL, "" },
	{ "another copy of what was rejected brings others", NULL,
	  { OUT_1, OUT "to=joe@lead.example id=o2 day=1", OTHER, "reject jane@lead.example other-address 3",
	    "in from=jane@home.example to=two@ours.example others=joe@lead.example id=r1 answers=o1 day=2" },
	  "given\nignored duplicate contacts=0 created=0 again=0/0\n",
	  "jane@lead.example lead 2\njoe@lead.example lead 2\n", NULL, "" },
	{ "what was rejected does not come back", NULL,
	  { OUT_1, OTHER, "reject jane@lead.example other-address 3", OUT "to=joe@lead.example id=o1 day=1",
	    IN "from=jane@home.example id=r2 day=3" },
	  "given\nignored duplicate contacts=1 created=1 again=0/0\nignored unknown-author contacts=0 created=0 again=0/0\n",
	  "jane@lead.example lead 2\njoe@lead.example lead 1\n", NULL, "" },
	{ "another address", NULL, { OUT_1, OTHER, "accept jane@lead.example other-address 3" },
	  "given promoted linked\n", "jane@lead.example prospect 2\n",
	  "3 jane@lead.example accepted by tester: because [jane@home.example]\n" REPLY_ROW("2") MADE_ROW, "" },
	{ "another address, and its next mail", NULL,
	  { OUT_1, OTHER, "accept jane@lead.example other-address 3", FROM_JANE "id=r2 day=4",
	    IN "from=jane@home.example id=r3 answers=o1 day=5" },
	  "given promoted linked\nlogged not-lead contacts=1 created=0 again=0/0\nlogged not-lead contacts=1 created=0 again=0/0\n",
	  "jane@lead.example prospect 4\n", NULL, "" },
	{ "another address, of an absence before", NULL,
	  { OUT_1, IN "from=jane@home.example id=r0 answers=o1 day=2 signs=auto-submitted-vacation",
	    IN "from=jane@home.example id=r1 answers=o1 day=3", "accept jane@lead.example other-address 4" },
	  "given promoted linked\n", "jane@lead.example prospect 3\n", NULL, "" },
	{ "another address, in the mode that only suggests", "[promotion]\nmode = suggest\n",
	  { OUT_1, OTHER, "accept jane@lead.example other-address 3", "accept jane@lead.example mode 4" },
	  "given linked\ngiven promoted\n", "jane@lead.example prospect 2\n",
	  "4 jane@lead.example accepted lead -> prospect by tester: because [mode]\n"
	  "3 jane@lead.example accepted by tester: because [jane@home.example]\n" MADE_ROW, "" },
	{ "another address, in an old thread", NULL,
	  { OUT_1, IN "from=jane@home.example id=r1 answers=o1 day=400", "accept jane@lead.example other-address 401" },
	  "given linked\n", "jane@lead.example lead 2\n", NULL,
	  "jane@lead.example old-thread promote other=- at=400\n" },
	{ "another address of a customer", NULL,
	  { OUT_1, "stage jane@lead.example customer 2", OTHER, "accept jane@lead.example other-address 3" },
	  "given linked\n", "jane@lead.example customer 2\n", NULL, "" },
	{ "another address that is somebody's by now", NULL,
	  { OUT_1, OTHER, "put zoe@lead.example", "put jane@home.example", "accept jane@lead.example other-address 3" },
	  "taken\n", "jane@home.example lead 0\njane@lead.example lead 2\nzoe@lead.example lead 0\n", NULL,
	  "jane@lead.example other-address link-address other=jane@home.example at=2\n" },
	{ "two suggestions for one address", NULL,
	  { OUT_1, OTHER, IN "from=jane@home.example id=r2 answers=o1 day=3", "accept jane@lead.example other-address 4" },
	  "given promoted linked\n", "jane@lead.example prospect 3\n", NULL, "" },
	{ "a forged mail from another address, vouched for", NULL,
	  { OUT_1, OTHER " auth=fail", "accept jane@lead.example auth-fail 3" },
	  "given promoted linked\n", "jane@lead.example prospect 2\n",
	  "3 jane@lead.example accepted by tester: because [jane@home.example]\n"
	  "3 jane@lead.example accepted lead -> prospect by tester: because [auth-fail]\n" MADE_ROW, "" },
	{ "a forged mail, vouched for", NULL,
	  { OUT_1, FROM_JANE "id=r1 answers=o1 day=2 auth=fail", "accept jane@lead.example auth-fail 3" },
	  "given promoted\n", "jane@lead.example prospect 2\n", NULL, "" },
	{ "a colleague", NULL, { OUT_1, COLLEAGUE, "accept jane@lead.example colleague 3" },
	  "given added\n", "jane@lead.example lead 1\njoe@lead.example lead 1\n",
	  "3 jane@lead.example accepted by tester: because [joe@lead.example]\n"
	  "3 joe@lead.example created - -> lead by tester: referral:jane@lead.example\n" MADE_ROW,
	  "joe@lead.example colleague promote other=- at=2\n" },
	{ "a colleague, who is written to then", NULL,
	  { OUT_1, COLLEAGUE, "accept jane@lead.example colleague 3", OUT "to=joe@lead.example id=o2 day=4",
	    IN "from=joe@lead.example id=r2 answers=o2 day=5" },
	  "given added\nlogged outreach contacts=1 created=0 again=0/0\npromoted reply-reference contacts=1 created=0 again=0/0\n",
	  "jane@lead.example lead 1\njoe@lead.example prospect 3\n", NULL, "" },
	{ "a colleague who is a contact by now", NULL,
	  { OUT_1, COLLEAGUE, "put joe@lead.example name=Joe", "accept jane@lead.example colleague 3" },
	  "given\n", "jane@lead.example lead 1\njoe@lead.example lead 1\n", NULL,
	  "joe@lead.example colleague promote other=- at=2\n" },
	{ "a colleague whom we know", NULL,
	  { OUT_1, "put joe@lead.example", COLLEAGUE, "accept joe@lead.example colleague 3" },
	  "given promoted\n", "jane@lead.example lead 1\njoe@lead.example prospect 1\n", NULL, "" },
	{ "somebody writes who had asked us to stop", NULL,
	  { OUT_1, FROM_JANE "id=r1 answers=o1 day=2 signs=stop-text", FROM_JANE "id=r2 answers=o1 day=3",
	    "accept jane@lead.example do-not-contact 4" },
	  "given promoted allowed\n", "jane@lead.example prospect 3\n",
	  "4 jane@lead.example accepted by tester: because [do-not-contact]\n" REPLY_ROW("3") MADE_ROW, "" },
	{ "and an older opt-out that comes late counts no more", NULL,
	  { OUT_1, FROM_JANE "id=r1 answers=o1 day=2 signs=stop-text", FROM_JANE "id=r2 day=3",
	    "accept jane@lead.example do-not-contact 4", FROM_JANE "id=r0 answers=o1 day=1 signs=stop-text" },
	  "given allowed\nlogged opt-out contacts=1 created=0 again=0/0\n", "jane@lead.example lead 4\n", NULL, "" },
	{ "and a newer one does", NULL,
	  { OUT_1, FROM_JANE "id=r1 answers=o1 day=2 signs=stop-text", FROM_JANE "id=r2 answers=o1 day=3",
	    "accept jane@lead.example do-not-contact 4", FROM_JANE "id=r3 answers=o1 day=5 signs=stop-text" },
	  "given promoted allowed\nlogged opt-out contacts=1 created=0 again=0/0\n", "jane@lead.example prospect 4 unwanted\n", NULL, "" },
	{ "a colleague asks us to stop", NULL,
	  { OUT_1, IN "from=joe@lead.example id=r1 answers=o1 day=2 signs=stop-text", "accept jane@lead.example opt-out 3" },
	  "given stopped\n", "jane@lead.example lead 1 unwanted\n", NULL, "" },
	{ "he is a prospect already", NULL,
	  { OUT_1, FROM_JANE "id=r1 day=2 auth=pass", FROM_JANE "id=r2 answers=o1 day=3" },
	  "promoted reply-reference contacts=1 created=0 again=0/0\n", "jane@lead.example prospect 3\n", NULL, "" },
	{ "he was made a customer by hand meanwhile", NULL,
	  { OUT_1, OLD, "accept jane@lead.example old-thread 401 dry", "stage jane@lead.example customer 401", "accept again 402" },
	  "moved\ngiven\n", "jane@lead.example customer 2\n",
	  "402 jane@lead.example accepted by tester: because [old-thread]\n"
	  "401 jane@lead.example moved lead -> customer by tester: because\n" MADE_ROW, "" },
	{ "mail that comes late does not undo an acceptance", NULL,
	  { OUT_1, OLD, "accept jane@lead.example old-thread 401", FROM_JANE "id=r0 answers=o1 day=3" },
	  "given promoted\nlogged not-lead contacts=1 created=0 again=0/0\n", "jane@lead.example prospect 3\n",
	  "401 jane@lead.example accepted lead -> prospect by tester: because [old-thread]\n" MADE_ROW, "" },
	{ "mail that comes late answers a question", NULL,
	  { OUT_1, OLD, OUT "to=jane@lead.example id=o2 day=390", FROM_JANE "id=r2 answers=o2 day=391" },
	  "promoted reply-reference contacts=1 created=0 again=1/0\n", "jane@lead.example prospect 4\n", NULL, "" },

	/* ---- undoing ---- */
	{ "undo a promotion", NULL, { OUT_1, FROM_JANE "id=r1 answers=o1 day=2", "undo jane@lead.example 3" },
	  "changed\n", "jane@lead.example lead 2\n",
	  "3 jane@lead.example undone prospect -> lead by tester: because\n" REPLY_ROW("2") MADE_ROW, "" },
	{ "undo twice", NULL,
	  { OUT_1, FROM_JANE "id=r1 answers=o1 day=2", "undo jane@lead.example 3", "undo jane@lead.example 4", "undo-row 1 4",
	    "undo-row 2 4" },
	  "changed\nnothing changed\nnothing changed\nnothing changed\n", "jane@lead.example lead 2\n",
	  "3 jane@lead.example undone prospect -> lead by tester: because\n" REPLY_ROW("2") MADE_ROW, "" },
	{ "only a later reply counts then", NULL,
	  { OUT_1, FROM_JANE "id=r1 answers=o1 day=2", "undo jane@lead.example 4", FROM_JANE "id=r2 answers=o1 day=3",
	    FROM_JANE "id=r3 answers=o1 day=5" },
	  "changed\nlogged after-demotion contacts=1 created=0 again=0/0\npromoted reply-reference contacts=1 created=0 again=0/0\n",
	  "jane@lead.example prospect 4\n",
	  REPLY_ROW("5") "4 jane@lead.example undone prospect -> lead by tester: because\n" REPLY_ROW("2") MADE_ROW, "" },
	{ "mail that comes late promotes nobody again", NULL,
	  { OUT_1, FROM_JANE "id=r2 answers=o1 day=3", "undo jane@lead.example 4", FROM_JANE "id=r1 answers=o1 day=2", OUT_1 },
	  "changed\nlogged after-demotion contacts=1 created=0 again=0/0\nignored duplicate contacts=0 created=0 again=0/0\n",
	  "jane@lead.example lead 3\n", NULL, "" },
	{ "and again", NULL,
	  { OUT_1, FROM_JANE "id=r1 answers=o1 day=2", "undo jane@lead.example 3", FROM_JANE "id=r2 answers=o1 day=4",
	    "undo jane@lead.example 5", "undo-row 1 6", "undo-row 3 6" },
	  "promoted reply-reference contacts=1 created=0 again=0/0\nchanged\nnothing changed\nnothing changed\n",
	  "jane@lead.example lead 3\n", NULL, "" },
	{ "undo an acceptance", NULL,
	  { OUT_1, OLD, "accept jane@lead.example old-thread 401", "undo jane@lead.example 402", "accept again 403" },
	  "given promoted\nchanged\nrepeated\n", "jane@lead.example lead 2\n",
	  "402 jane@lead.example undone prospect -> lead by tester: because [old-thread]\n"
	  "401 jane@lead.example accepted lead -> prospect by tester: because [old-thread]\n" MADE_ROW, "" },
	{ "undo by its number", NULL, { OUT_1, FROM_JANE "id=r1 answers=o1 day=2", "undo-row 1 3" },
	  "changed\n", "jane@lead.example lead 2\n", NULL, "" },
	{ "no such number", NULL, { OUT_1, "undo-row 77 3" }, "no change of stage has the number 77\n",
	  "jane@lead.example lead 1\n", NULL, "" },
	{ "nothing to undo", NULL, { OUT_1, "undo jane@lead.example 3" },
	  "cannot undo for 'jane@lead.example': its stage was never changed\n", "jane@lead.example lead 1\n", MADE_ROW, "" },
	{ "moved by hand", NULL, { OUT_1, "stage jane@lead.example prospect 2", "undo jane@lead.example 3" },
	  "cannot undo for 'jane@lead.example': its stage was last changed by hand\n", "jane@lead.example prospect 1\n", NULL, "" },
	{ "moved on by hand since", NULL,
	  { OUT_1, FROM_JANE "id=r1 answers=o1 day=2", "stage jane@lead.example customer 3", "undo-row 1 4" },
	  "moved\ncannot undo for 'jane@lead.example': its stage was changed again since\n", "jane@lead.example customer 2\n", NULL, "" },

	/* ---- locks ---- */
	{ "a lock keeps mail from the stage", NULL,
	  { OUT_1, "lock jane@lead.example 2", "lock jane@lead.example 3", FROM_JANE "id=r1 answers=o1 day=4" },
	  "changed\nnothing changed\nlogged locked contacts=1 created=0 again=0/0\n", "jane@lead.example lead 2\n",
	  "2 jane@lead.example locked by tester: because\n" MADE_ROW, "" },
	{ "unlocked", NULL,
	  { OUT_1, "lock jane@lead.example 2", "unlock jane@lead.example 3", "unlock jane@lead.example 3", FROM_JANE "id=r1 answers=o1 day=4" },
	  "changed\nnothing changed\npromoted reply-reference contacts=1 created=0 again=0/0\n", "jane@lead.example prospect 2\n",
	  REPLY_ROW("4") "3 jane@lead.example unlocked by tester: because\n2 jane@lead.example locked by tester: because\n" MADE_ROW, "" },
	{ "a lock keeps acceptance from the stage", NULL,
	  { OUT_1, OLD, "lock jane@lead.example 401", "accept jane@lead.example old-thread 402" },
	  "changed\nlocked\n", "jane@lead.example lead 2\n", NULL, "jane@lead.example old-thread promote other=- at=400\n" },
	{ "a lock keeps the promotion that there is", NULL,
	  { OUT_1, FROM_JANE "id=r2 answers=o1 day=4", "lock jane@lead.example 5",
	    FROM_JANE "id=r1 answers=o1 day=2 signs=stop-text" },
	  "changed\nlogged opt-out contacts=1 created=0 again=0/0\n", "jane@lead.example prospect 3 unwanted\n", NULL, "" },

	/* ---- owners ---- */
	{ "another owner", NULL, { OUT_1, "put jane@lead.example owner=boss", "put jane@lead.example owner=boss" },
	  "updated\nunchanged\n", "jane@lead.example lead 1\n",
	  MADE_ROW "0 jane@lead.example owned by tester:  [rep@ours.example -> boss]\n", "" },
};
/* clang-format on */

/* The last lines of text, as many as wanted has. */
static const char *last_lines(const char *text, const char *wanted)
{
	size_t lines = 0;
	const char *at = text + strlen(text);

	for (; *wanted != '\0'; wanted++)
		lines += *wanted == '\n';
	while (at > text) {
		if (at[-1] == '\n' && lines-- == 0)
			break;
		at--;
	}
	return at;
}

static void check_story(const CorrectionStory *story, const char *backend)
{
	g_autofree char *row = g_strdup_printf("%s (%s)", story->name, backend);
	g_autofree char *results = NULL, *contacts = NULL, *history = NULL, *open = NULL;
	g_autoptr(GError) error = NULL;
	StoreStatus status;
	Fixture fixture;

	fixture_init(&fixture, backend, story->settings);
	results = fixture_steps(&fixture, story->steps);
	contacts = fixture_contacts(&fixture);
	history = fixture_history(&fixture);
	open = fixture_suggestions(&fixture);
	assert_text(row, story->results, last_lines(results, story->results));
	assert_text(row, story->contacts, contacts);
	if (story->history != NULL && strchr(story->history, '\n') != NULL)
		assert_text(row, story->history, history);
	else if (story->history != NULL && !g_str_has_prefix(history, story->history))
		g_error("%s: history begins otherwise:\n%s", row, history);
	assert_text(row, story->open, open);
	store_status(fixture.store, &status, &error);
	g_assert_no_error(error);
	g_assert_cmpint(status.suggestions_open, ==, open[0] == '\0' ? 0 : 1);
	fixture_clear(&fixture);
}

static void test_story(gconstpointer story)
{
	for (size_t i = 0; fixture_backends[i] != NULL; i++)
		check_story(story, fixture_backends[i]);
}

/* ---- listing ---- */

static bool append_address(const Suggestion *suggestion, void *text)
{
	g_string_append_printf(text, "%s ", suggestion->address);
	return true;
}

static void test_filters(Fixture *fixture)
{
	static const char *const steps[] = {
		OUT "to=a@one.example id=o1 day=1",
		"out from=two@ours.example to=b@two.example id=o2 day=1",
		OUT "to=c@three.example id=o3 day=1",
		IN "from=a@one.example id=r1 answers=o1 day=400",
		IN "from=b@two.example id=r2 answers=o2 day=401",
		IN "from=x@three.example id=r3 answers=o3 day=2",
		NULL,
	};
	static const Reason old = REASON_OLD_THREAD, colleague = REASON_COLLEAGUE;
	static const struct {
		const char *name;
		SuggestionFilter filter;
		const char *wanted;
	} rows[] = {
		{"all", {0}, "b@two.example a@one.example c@three.example "},
		{"reason", {.reason = &old}, "b@two.example a@one.example "},
		{"another reason", {.reason = &colleague}, "c@three.example "},
		{"owner", {.owner = "TWO@ours.example"}, "b@two.example "},
		{"limit", {.limit = 2}, "b@two.example a@one.example "},
		{"limit behind a filter",
		 {.reason = &colleague, .limit = 1},
		 "c@three.example "},
		{"since", {.since = 1700000000 + 401 * 86400}, "b@two.example "},
	};
	g_autofree char *results = fixture_steps(fixture, steps);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) got = g_string_new(NULL);
		g_autoptr(GError) error = NULL;

		store_visit_suggestions(fixture->store, &rows[i].filter, append_address,
					got, &error);
		g_assert_no_error(error);
		assert_text(rows[i].name, rows[i].wanted, got->str);
	}
}

/* One of several fails, and leaves the others done. */
static void test_several(Fixture *fixture)
{
	static const char *const steps[] = {
		OUT "to=a@one.example id=o1 day=1",
		OUT "to=b@two.example id=o2 day=1",
		IN "from=a@one.example id=r1 answers=o1 day=400",
		IN "from=b@two.example id=r2 answers=o2 day=401",
		"lock a@one.example 402",
		NULL,
	};
	const int64_t ids[] = {1, 2, 99};
	g_autofree char *results = fixture_steps(fixture, steps), *contacts = NULL;
	Answers answers = {.ids = ids, .count = G_N_ELEMENTS(ids), .accept = true};
	Deed deed = {"tester", NULL, story_day(403)};
	AnswerResult got[G_N_ELEMENTS(ids)];
	g_autoptr(GError) error = NULL;

	g_assert_true(store_answer(fixture->store, &answers, &deed, fixture->settings, got,
				   &error));
	g_assert_cmpint(got[0].state, ==, ANSWER_LOCKED);
	g_assert_cmpstr(got[0].address, ==, "a@one.example");
	g_assert_cmpint(got[1].state, ==, ANSWER_GIVEN);
	g_assert_cmpint(got[2].state, ==, ANSWER_NOT_FOUND);
	g_assert_cmpint(got[2].id, ==, 99);
	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
		answer_result_clear(&got[i]);
	contacts = fixture_contacts(fixture);
	assert_text("one of two", "a@one.example lead 2\nb@two.example prospect 2\n",
		    contacts);
}

static bool note_colleague(const Contact *contact, void *text)
{
	g_string_append_printf(text, "%s|%s|%s|%s", contact->name, contact->organization,
			       contact->owner, contact->source);
	return true;
}

static void test_colleague(Fixture *fixture)
{
	static const char *const steps[] = {OUT_1, COLLEAGUE,
					    "accept jane@lead.example colleague 3", NULL};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	int64_t id = 0;

	g_assert_true(store_find_contact(fixture->store, "joe@lead.example", &id, &error));
	store_visit_contact(fixture->store, id, note_colleague, got, &error);
	g_assert_no_error(error);
	assert_text("a colleague",
		    "Joe Roe|lead.example|rep@ours.example|referral:jane@lead.example",
		    got->str);
}

/* A number that was shown to a person never comes to mean another suggestion. */
static void test_numbers(Fixture *fixture)
{
	static const char *const steps[] = {
		OUT_1,
		OLD,
		"reject jane@lead.example old-thread 401 dry",
		OUT "to=jane@lead.example id=o2 day=390",
		FROM_JANE "id=r2 answers=o2 day=391", /* withdraws it */
		OUT "to=zoe@else.example id=o3 day=1",
		IN "from=zoe@else.example id=r3 answers=o3 day=400",
		"accept again 402",
		NULL,
	};
	g_autofree char *results = fixture_steps(fixture, steps), *contacts = NULL;

	g_assert_true(g_str_has_suffix(results, "not found\n"));
	contacts = fixture_contacts(fixture);
	assert_text("nobody else",
		    "jane@lead.example prospect 4\nzoe@else.example lead 2\n", contacts);
}

static void test_no_such_contact(Fixture *fixture)
{
	Deed deed = {"tester", "because", story_day(1)};
	g_autoptr(GError) lock = NULL, undo = NULL;
	UndoResult result;

	g_assert_false(store_set_lock(fixture->store, 7, true, &deed, NULL, &lock));
	g_assert_error(lock, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
	g_assert_false(store_undo(fixture->store, 7, 0, &deed, &result, &undo));
	g_assert_error(undo, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	for (size_t i = 0; i < G_N_ELEMENTS(stories); i++) {
		g_autofree char *path =
			g_strdup_printf("/store/corrections/%s", stories[i].name);

		g_test_add_data_func(path, &stories[i], test_story);
	}
	fixture_add_test("filters of suggestions", test_filters);
	fixture_add_test("several answers", test_several);
	fixture_add_test("colleague", test_colleague);
	fixture_add_test("numbers of suggestions", test_numbers);
	fixture_add_test("corrections of nobody", test_no_such_contact);
	return g_test_run();
}
