/* SPDX-License-Identifier: BSD-2-Clause */
/* What a person does, as steps of a story. */
#include <stdlib.h>
#include <string.h>

#include "../unit/story.h"
#include "store-fixture.h"

static Deed deed_of(const char *day)
{
	return (Deed){"tester", "because", story_day(day != NULL ? atoi(day) : 0)};
}

static int64_t contact_of(Fixture *fixture, const char *who)
{
	g_autoptr(GError) error = NULL;
	int64_t id = 0;

	store_find_contact(fixture->store, who, &id, &error);
	g_assert_no_error(error);
	return id;
}

static char *said(bool changed)
{
	return g_strdup(changed ? "changed" : "nothing changed");
}

static char *stage_step(Fixture *fixture, char **words)
{
	g_autoptr(GError) error = NULL;
	Stage stage;

	g_assert_true(stage_from_name(words[2], &stage));
	store_set_stage(fixture->store, contact_of(fixture, words[1]), stage, "tester",
			"because", story_day(atoi(words[3])), &error);
	g_assert_no_error(error);
	return g_strdup("moved");
}

/* ---- suggestions ---- */

typedef struct {
	const char *address, *reason;
	int64_t id;
} Wanted;

static bool find_suggestion(const Suggestion *suggestion, void *user)
{
	Wanted *wanted = user;

	if (strcmp(suggestion->address, wanted->address) != 0 ||
	    strcmp(reason_name(suggestion->reason), wanted->reason) != 0)
		return true;
	wanted->id = suggestion->id;
	return false;
}

static int64_t suggestion_of(Fixture *fixture, const char *address, const char *reason)
{
	Wanted wanted = {address, reason, 0};
	g_autoptr(GError) error = NULL;

	store_visit_suggestions(fixture->store, NULL, find_suggestion, &wanted, &error);
	g_assert_no_error(error);
	if (wanted.id == 0)
		g_error("no open suggestion '%s' for %s", reason, address);
	return wanted.id;
}

static char *describe_answer(const AnswerResult *result)
{
	static const char *const states[] = {
		[ANSWER_GIVEN] = "given",
		[ANSWER_REPEATED] = "repeated",
		[ANSWER_CONTRADICTS] = "contradicts",
		[ANSWER_NOT_FOUND] = "not found",
		[ANSWER_LOCKED] = "locked",
		[ANSWER_TAKEN] = "taken",
	};
	static const char *const done[] = {" promoted", " linked", " added", " allowed",
					   " stopped"};
	GString *text = g_string_new(states[result->state]);

	for (unsigned i = 0; i < G_N_ELEMENTS(done); i++) {
		if ((result->done & 1u << i) != 0)
			g_string_append(text, done[i]);
	}
	return g_string_free(text, FALSE);
}

static char *answer_step(Fixture *fixture, char **words)
{
	bool again = strcmp(words[1], "again") == 0;
	const char *const *rest = (const char *const *)words + (again ? 2 : 3);
	Deed deed = deed_of(rest[0]);
	AnswerResult result = {0};
	Answers answers = {
		.ids = &fixture->asked,
		.count = 1,
		.accept = strcmp(words[0], "accept") == 0,
		.dry_run = rest[1] != NULL,
	};
	g_autoptr(GError) error = NULL;
	char *text;

	if (!again)
		fixture->asked = suggestion_of(fixture, words[1], words[2]);
	store_answer(fixture->store, &answers, &deed, fixture->settings, &result, &error);
	g_assert_no_error(error);
	text = describe_answer(&result);
	answer_result_clear(&result);
	return text;
}

/* ---- stages ---- */

static char *undo(Fixture *fixture, int64_t contact, int64_t history, const char *day)
{
	Deed deed = deed_of(day);
	g_autoptr(GError) error = NULL;
	UndoResult result;

	if (!store_undo(fixture->store, contact, history, &deed, &result, &error))
		return g_strdup(error->message);
	return said(result.changed);
}

static char *undo_step(Fixture *fixture, char **words)
{
	return undo(fixture, contact_of(fixture, words[1]), 0, words[2]);
}

static char *undo_row_step(Fixture *fixture, char **words)
{
	return undo(fixture, 0, atoi(words[1]), words[2]);
}

static char *lock_step(Fixture *fixture, char **words)
{
	Deed deed = deed_of(words[2]);
	g_autoptr(GError) error = NULL;
	bool changed = false;

	store_set_lock(fixture->store, contact_of(fixture, words[1]),
		       strcmp(words[0], "lock") == 0, &deed, &changed, &error);
	g_assert_no_error(error);
	return said(changed);
}

/* ---- the never-log list ---- */

static char *ignore_step(Fixture *fixture, char **words)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *pattern = never_log_pattern(words[1], &error);
	NeverLogScope scope = NEVER_LOG_PARTICIPANT;
	Deed deed = deed_of(NULL);
	bool changed = false;

	g_assert_no_error(error);
	if (strcmp(words[0], "unignore") == 0) {
		store_never_log_remove(fixture->store, pattern, &deed, &changed, &error);
	} else {
		g_assert_true(never_log_scope_from_name(words[2], &scope));
		store_never_log_add(fixture->store, pattern, scope, &deed, &changed,
				    &error);
	}
	g_assert_no_error(error);
	return said(changed);
}

char *fixture_deed(Fixture *fixture, char **words)
{
	static const struct {
		const char *word;
		char *(*step)(Fixture *fixture, char **words);
	} steps[] = {
		{"stage", stage_step},	     {"accept", answer_step},
		{"reject", answer_step},     {"undo", undo_step},
		{"undo-row", undo_row_step}, {"lock", lock_step},
		{"unlock", lock_step},	     {"ignore", ignore_step},
		{"unignore", ignore_step},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		if (strcmp(words[0], steps[i].word) == 0)
			return steps[i].step(fixture, words);
	}
	return NULL;
}

/* ---- what is there ---- */

static int day_of(int64_t at)
{
	return (int)((at - story_day(0)) / (24 * 60 * 60));
}

static const char *or_dash(const char *text)
{
	return text != NULL ? text : "-";
}

static bool append_history(const HistoryRow *row, void *text)
{
	g_string_append_printf(text, "%d %s %s", day_of(row->at), or_dash(row->address),
			       action_name(row->action));
	if (row->to != 0)
		g_string_append_printf(text, " %s -> %s", or_dash(stage_name(row->from)),
				       stage_name(row->to));
	g_string_append_printf(text, " by %s: %s", row->actor, row->reason);
	if (row->detail != NULL)
		g_string_append_printf(text, " [%s]", row->detail);
	g_string_append_c(text, '\n');
	return true;
}

char *fixture_history(Fixture *fixture)
{
	GString *text = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	store_visit_history(fixture->store, 0, 0, append_history, text, &error);
	g_assert_no_error(error);
	return g_string_free(text, FALSE);
}

static bool append_suggestion(const Suggestion *suggestion, void *text)
{
	g_string_append_printf(text, "%s %s %s other=%s at=%d\n", suggestion->address,
			       reason_name(suggestion->reason),
			       proposal_name(suggestion->proposal),
			       or_dash(suggestion->other_address), day_of(suggestion->at));
	return true;
}

char *fixture_suggestions(Fixture *fixture)
{
	GString *text = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	store_visit_suggestions(fixture->store, NULL, append_suggestion, text, &error);
	g_assert_no_error(error);
	return g_string_free(text, FALSE);
}
