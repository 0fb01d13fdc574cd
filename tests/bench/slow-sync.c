/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * To be preloaded into a milter: every sync takes so many microseconds more
 * (LEAD_SYNC_DELAY_US), as on a disk that is slower than this one.
 */
#define _GNU_SOURCE /* this is no part of the build's configuration */
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

#define EXPORTED __attribute__((visibility("default")))

static int (*real_fsync)(int), (*real_fdatasync)(int);
static useconds_t delay_us;

__attribute__((constructor)) static void begin(void)
{
	const char *delay = getenv("LEAD_SYNC_DELAY_US");

	real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
	real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
	delay_us = delay != NULL ? (useconds_t)strtoul(delay, NULL, 10) : 0;
}

EXPORTED int fsync(int descriptor)
{
	usleep(delay_us);
	return real_fsync(descriptor);
}

EXPORTED int fdatasync(int descriptor)
{
	usleep(delay_us);
	return real_fdatasync(descriptor);
}
