/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keeper: the recorder's thread that opens a store that is away, with back-off, and
 * replays the spool into it. Private to lib/record.
 */
#ifndef LEAD_RECORD_KEEPER_H
#define LEAD_RECORD_KEEPER_H

#include "store-box.h"

enum {
	KEEPER_DELAY_MIN_MS = 250,
	KEEPER_DELAY_MAX_MS = 10 * 1000,
	KEEPER_IDLE_MS = 60 * 1000, /* between looks for files of processes that ended */
};

void *keeper_run(void *recorder);

#endif
