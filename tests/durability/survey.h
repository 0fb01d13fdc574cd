/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The survey: what is left of answered mail, in the store and in the spool beside it. Works
 * on the folder's content as a crash left it, with no daemon on it.
 */
#ifndef LEAD_TEST_SURVEY_H
#define LEAD_TEST_SURVEY_H

#include "ledger.h"

typedef struct {
	unsigned answered;   /* in the ledger */
	unsigned missing;    /* of these, in neither store nor spool */
	unsigned doubled;    /* recorded twice */
	unsigned halved;     /* promotions that are not complete */
	unsigned unpromoted; /* answered replies, recorded, whose author is no prospect */
	unsigned spooled;    /* records that wait */
	bool is_damaged;     /* the database, by its own check */
	char *text; /* about some of what is wrong; caller frees with survey_clear() */
} Survey;

/* The spool is emptied by the survey: so give it a copy. A folder without a database is
 * one with an empty store. */
void survey_take(const char *database, const char *spool, const Ledger *ledger,
		 Survey *survey_out);
void survey_clear(Survey *survey);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Survey, survey_clear)

/* Runs "PRAGMA integrity_check" and the like; false with what it says. */
bool survey_check_database(const char *database, char **complaint_out);

#endif
