/* SPDX-License-Identifier: BSD-2-Clause */
/* A store to test, of any backend, and mail for it in the words of tests/unit/story.h. */
#ifndef LEAD_TESTS_STORE_FIXTURE_H
#define LEAD_TESTS_STORE_FIXTURE_H

#include "lead/store.h"

typedef struct {
	const char *backend; /* "memory" or "sqlite" */
	char *folder;	     /* temporary; NULL for memory */
	char *path, *uri;
	Store *store;
	Settings *settings;
	int64_t asked; /* number of the suggestion answered last */
} Fixture;

extern const char *const fixture_backends[]; /* NULL-terminated */

/* lines: settings beside local_domains; or NULL. */
void fixture_init(Fixture *fixture, const char *backend, const char *lines);
void fixture_clear(Fixture *fixture);  /* removes the folder */
void fixture_reopen(Fixture *fixture); /* sqlite only */

/* What a person does, in words; NULL if the step is none of these:
 *   stage ADDRESS STAGE DAY
 *   accept|reject ADDRESS REASON DAY [dry]   that open suggestion; "again": the last one
 *   undo ADDRESS DAY, undo-row N DAY, lock ADDRESS DAY, unlock ADDRESS DAY
 *   ignore PATTERN SCOPE, unignore PATTERN */
char *fixture_deed(Fixture *fixture, char **words);

/* Records one message, or puts a contact: "put ADDRESS [name=N] [stage=S] ..."; or
 * does what a person does. What came of it in words, caller frees:
 * "promoted reply-reference contacts=1 created=0 again=0/0". */
char *fixture_step(Fixture *fixture, const char *step);
char *fixture_steps(Fixture *fixture, const char *const *steps); /* a line each */
/* "jane@lead.example prospect 2\n": address, stage, number of interactions, flags. Fails
 * if the numbers that the store keeps are not those of what is there. */
char *fixture_contacts(Fixture *fixture);
char *fixture_dump(Fixture *fixture);
/* "5 jane@lead.example accepted lead -> prospect by tester: because [detail]\n" ... */
char *fixture_history(Fixture *fixture);
/* "jane@lead.example old-thread promote other=- at=5\n" ... */
char *fixture_suggestions(Fixture *fixture);
MessageSummary *fixture_summary(const char *step);

/* Adds a test for each backend, "/store/BACKEND/NAME". */
void fixture_add_test(const char *name, void (*test)(Fixture *fixture));

/* Fails with row, wanted and got. */
void assert_text(const char *row, const char *wanted, const char *got);

#endif
