/* SPDX-License-Identifier: BSD-2-Clause */
/* What libmilter calls for each step of an SMTP session. */
#ifndef LEADMILTER_CALLBACKS_H
#define LEADMILTER_CALLBACKS_H

#include <stdbool.h>

bool callbacks_register(void); /* false if this libmilter is not the one of the build */

#endif
