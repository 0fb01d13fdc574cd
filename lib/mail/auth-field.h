/* SPDX-License-Identifier: BSD-2-Clause */
/* What one Authentication-Results field says about the author. Private to lib/mail. */
#ifndef LEAD_MAIL_AUTH_FIELD_H
#define LEAD_MAIL_AUTH_FIELD_H

#include <stdbool.h>

typedef enum {
	METHOD_NONE,
	METHOD_DKIM,
	METHOD_SPF,
	METHOD_DMARC,
	METHOD_ARC,
	METHODS
} Method;

/* What a method says about the author's domain, the better of several in one field. */
typedef enum { FINDING_ABSENT, FINDING_NEUTRAL, FINDING_FAIL, FINDING_PASS } Finding;

/* The findings of one field, or of the fields so far. */
typedef struct {
	Finding of[METHODS];
} Findings;

/* False if the authserv-id is not trusted, or missing as in Exchange Online's own fields,
 * or the field is not well-formed: then nobody answers for what it says. */
bool auth_field_read(const char *field, char *const *trusted, const char *author_domain,
		     Findings *findings_out);

#endif
