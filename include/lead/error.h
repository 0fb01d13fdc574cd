/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Errors of the libraries. The code says what the caller can do, the text says
 * what happened to what ("cannot open store '/srv/lead.db': permission denied").
 * Libraries return errors and never log; daemon and CLI print each one once.
 */
#ifndef LEAD_ERROR_H
#define LEAD_ERROR_H

#include <glib.h>

#define LEAD_ERROR (lead_error_quark())

typedef enum {
	LEAD_ERROR_NOT_FOUND, /* the thing asked for is not there; ask for another */
	LEAD_ERROR_INVALID,   /* the input is wrong; mend it, a second try is useless */
	LEAD_ERROR_LIMIT,     /* a limit from the settings was passed */
	LEAD_ERROR_TEMPORARY, /* busy, locked, full, away: try later, or spool */
	LEAD_ERROR_PERMANENT, /* damaged, too new, not allowed: a person must act */
} LeadError;

GQuark lead_error_quark(void);

#endif
