/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What we ask of the MTA: no right to change anything, no reply to any step but the end
 * of the message, and the macros that the rules read.
 */
#ifndef LEADMILTER_NEGOTIATE_H
#define LEADMILTER_NEGOTIATE_H

#include <stdbool.h>

#include <libmilter/mfapi.h>

/* The protocol bits to ask for, of those offered. */
unsigned long negotiate_protocol(unsigned long offered, bool read_body);

/* xxfi_negotiate */
sfsistat negotiate(SMFICTX *context, unsigned long actions_offered,
		   unsigned long protocol_offered, unsigned long f2, unsigned long f3,
		   unsigned long *actions, unsigned long *protocol, unsigned long *f2_out,
		   unsigned long *f3_out);

/* The SMFIP_NR_* bits of the last negotiation. */
unsigned long negotiated_no_reply(void);

#endif
