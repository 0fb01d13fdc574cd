/* SPDX-License-Identifier: BSD-2-Clause */
/* The MTA's macros, as libmilter has them now. */
#ifndef LEADMILTER_MACRO_H
#define LEADMILTER_MACRO_H

#include <libmilter/mfapi.h>

/* A value as smfi_getsymval() finds it, latest stage first; NULL if it is not there or
 * empty. Caller frees. */
char *macro_dup(SMFICTX *context, const char *name);

#endif
