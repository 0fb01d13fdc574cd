/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the milters share that leadmilter is compared with: they run in the background,
 * and negotiate like a filter that only records: no reply but at the end of the message,
 * and no body.
 */
#ifndef LEAD_BENCH_STAND_IN_H
#define LEAD_BENCH_STAND_IN_H

#include <stdbool.h>

#include <libmilter/mfapi.h>

/* xxfi_negotiate; every callback but that of the end may then return SMFIS_NOREPLY. */
sfsistat stand_in_negotiate(SMFICTX *context, unsigned long actions_offered,
			    unsigned long protocol_offered, unsigned long f2,
			    unsigned long f3, unsigned long *actions,
			    unsigned long *protocol, unsigned long *f2_out,
			    unsigned long *f3_out);

/* Opens the socket, and goes on in the background: the parent prints the pid when the
 * socket is there, and ends. begin (may be NULL) runs in the child. Returns an exit
 * status. */
int stand_in_run(char *socket, struct smfiDesc description, bool (*begin)(void));

#endif
