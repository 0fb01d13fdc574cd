/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stands in for libmilter and the MTA behind it: contexts, macros, and the callbacks that
 * the daemon registered, to be called in any order from one thread.
 */
#ifndef TESTS_FUZZ_MTA_H
#define TESTS_FUZZ_MTA_H

#include <libmilter/mfapi.h>

/* What the daemon registered. */
extern struct smfiDesc mta_callbacks;

SMFICTX *mta_context_new(void);
void mta_context_free(SMFICTX *context); /* the session must be closed */
/* name and value may not be changed by the daemon, and are borrowed no longer than this */
void mta_macro_set(SMFICTX *context, const char *name, const char *value);

#endif
