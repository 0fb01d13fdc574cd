/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Authentication-Results (RFC 8601) as evidence about the author's domain. Only fields
 * count whose authserv-id is trusted and that stand above the first external Received
 * field: everything below it can be written by the sender.
 */
#ifndef LEAD_AUTH_RESULTS_H
#define LEAD_AUTH_RESULTS_H

#include "lead/header-section.h"

typedef enum {
	AUTH_UNKNOWN, /* no trusted field */
	AUTH_NONE,    /* a trusted field, and nothing in it speaks for or against the author */
	AUTH_FAIL,    /* DMARC fail without a trusted arc=pass */
	AUTH_PASS,    /* DMARC pass, or DKIM or SPF pass aligned with the author's domain */
} AuthVerdict;

/* author_domain in A-labels; trusted: NULL-terminated authserv-ids, compared folded.
 * An earlier milter's own field stands above every Received, so in live mail all fields
 * above the first Received count; in a file so do those below Received fields that our
 * own hosts added, which is not known: there, too, only those above the first. */
AuthVerdict auth_results_read(const HeaderSection *section, char *const *trusted,
			      const char *author_domain);
const char *auth_verdict_name(AuthVerdict verdict); /* unknown, none, fail, pass */

#endif
