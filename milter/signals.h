/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals: HUP does nothing, USR1 reads the settings again, TERM and INT drain and stop, a
 * second one stops without waiting any longer.
 *
 * libmilter's own signal thread waits for HUP, TERM and INT with sigwait() and stops at
 * each of them, at once. It finds our definition of sigwait() before the C library's, so
 * that its thread serves our signals and never learns of one.
 */
#ifndef LEADMILTER_SIGNALS_H
#define LEADMILTER_SIGNALS_H

/* In main() before any thread: they inherit the mask. */
void signals_block(void);

#endif
