/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The store of a recorder: there or away. While it is away messages do not wait for it;
 * the keeper (keeper.h) finds out when it is back. A store that failed for good is closed
 * when its last user is done, and opened anew. Private to lib/record.
 */
#ifndef LEAD_RECORD_STORE_BOX_H
#define LEAD_RECORD_STORE_BOX_H

#include <pthread.h>
#include <stdbool.h>

#include "lead/recorder.h"
#include "lead/spool.h"
#include "notices.h"

/* pthread and not GMutex: the thread sanitizer sees through pthread locks only. */
struct Recorder {
	pthread_mutex_t lock; /* for all that follows, unless it says otherwise */
	pthread_cond_t wake;  /* the keeper: stop, or the store has gone */
	pthread_t keeper;     /* only for recorder_new() and recorder_free() */
	bool stopping;
	Settings *settings;	/* those of the last message */
	struct OpenStore *open; /* NULL: not open */
	bool was_open;		/* once, since the recorder was made */
	Spool *spool;		/* NULL: none; set once */
	bool away;		/* do not wait for the store */
	bool told_away;		/* and it was told */
	bool waiting;		/* something was spooled since the keeper looked */
	bool behind;		/* something in the spool may not be replayed yet */
	RecorderCounts counts;
	Notices notices; /* locks inside */
};

/* A store and who uses it. */
typedef struct OpenStore {
	Store *store;
	unsigned users; /* under the recorder's lock; one is the recorder itself */
} OpenStore;

/* The store for one use; NULL if it is not open. Release it. */
OpenStore *store_box_acquire(Recorder *recorder);
void store_box_release(Recorder *recorder, OpenStore *open);

/* Opens the store where it is not open; false if it cannot be (then it is away). It is made
 * where there is none only until it was open once: one that vanished later is on its way
 * to somewhere, and an empty one in its place would be the next accident. */
bool store_box_open(Recorder *recorder);
/* Closes it when its last user is done; to be opened anew. */
void store_box_drop(Recorder *recorder);
/* Notes a TEMPORARY or PERMANENT failure: the store is away from now on. */
void store_box_failed(Recorder *recorder, OpenStore *open, const GError *reason);
/* Lets messages try it, though nobody knows that it works. */
void store_box_let_try(Recorder *recorder);
/* Notes that it works. */
void store_box_works(Recorder *recorder);
bool store_box_is_away(Recorder *recorder);

/* A reference to the settings of now. */
Settings *recorder_settings(Recorder *recorder);
bool recorder_is_stopping(Recorder *recorder);

#endif
