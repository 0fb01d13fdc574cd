/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A world: a folder with a store and a spool that a daemon serves, crash after crash, and
 * the ledger of all that was ever answered in it.
 */
#ifndef LEAD_TEST_WORLD_H
#define LEAD_TEST_WORLD_H

#include "../protocol/daemon.h"
#include "ledger.h"
#include "survey.h"

typedef struct {
	char *folder;		/* of all, temporary */
	char *live;		/* that the daemon serves; below folder */
	char *database, *spool; /* below live */
	Ledger *ledger;
} World;

World *world_new(void);
void world_free(World *world); /* removes the folder */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)

/* Goes on with the content of another folder; takes the text. */
void world_move(World *world, char *live_taken);

/* Goes on with a copy, which takes nothing from whoever has the files open. name: its
 * folder's, new below folder. */
void world_go_on_in_copy(World *world, const char *name);

/* A daemon for it, not started. */
Daemon *world_daemon(const World *world);

/* Puts a file where the folder of the database will be, and takes it away again. */
void world_block_store(const World *world);
void world_unblock_store(const World *world);

/* Records that wait in the spool. */
int64_t world_spooled(const World *world);
/* Waits until the daemon has nothing spooled any more. */
void world_wait_replayed(const World *world);

/* Where things stand now, on a copy; no daemon runs. */
void world_survey(const World *world, Survey *survey_out);
/* The same when another daemon has replayed the spool, on a copy. */
void world_survey_replayed(const World *world, Survey *survey_out);

/* ---- over many crashes ---- */

typedef struct {
	unsigned crashes, answered, spooled, missing, doubled, halved, unpromoted, damaged;
} Figures;

/* Surveys both and adds up; what is wrong is told as a message. */
void world_add_figures(const World *world, Figures *figures);
/* Fails unless nothing is wrong; tells the figures. */
void figures_check(const Figures *figures, const char *what);

/* The number that a variable of the environment asks for. */
unsigned number_asked(const char *variable, unsigned otherwise);

#endif
