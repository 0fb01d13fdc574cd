/* SPDX-License-Identifier: BSD-2-Clause */
/* Notices of a recorder, at most a few a minute. Any thread. Private to lib/record. */
#ifndef LEAD_RECORD_NOTICES_H
#define LEAD_RECORD_NOTICES_H

#include <pthread.h>

#include "lead/recorder.h"

enum { NOTICES_A_MINUTE = 10 };

typedef struct {
	RecorderNotice notice; /* NULL: nobody listens */
	void *user;
	pthread_mutex_t lock;
	int64_t minute;	  /* the one that count is of */
	unsigned count;	  /* told in it */
	unsigned omitted; /* since the last one told */
} Notices;

void notices_init(Notices *notices, RecorderNotice notice, void *user);
void notices_clear(Notices *notices);
void notices_tell(Notices *notices, LogLevel level, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

#endif
