/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The door of the socket. libmilter's listener takes connections until there is no
 * descriptor left, and then tries again at once and for ever, without a word. So the
 * accept(2) that it calls is ours: it turns connections away while store and spool still
 * have the descriptors that they need, and rests where there is none at all.
 */
#ifndef LEADMILTER_LISTENER_H
#define LEADMILTER_LISTENER_H

#include <stdint.h>

/* Before libmilter runs: how many descriptors the process may have. */
void listener_set_descriptors(int64_t limit);

#endif
