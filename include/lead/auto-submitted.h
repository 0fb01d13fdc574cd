/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Auto-Submitted field (RFC 3834 5, RFC 5436 2.7.1) in all its spellings: comments
 * (nested), parameters, case, old values, repeated fields. No state.
 */
#ifndef LEAD_AUTO_SUBMITTED_H
#define LEAD_AUTO_SUBMITTED_H

#include "lead/header-section.h"

typedef enum {
	AUTO_SUBMITTED_ABSENT,
	AUTO_SUBMITTED_NO,
	AUTO_SUBMITTED_GENERATED,        /* auto-generated, and unknown keywords */
	AUTO_SUBMITTED_NOTIFIED,         /* auto-notified */
	AUTO_SUBMITTED_REPLIED,          /* auto-replied, auto, yes, true */
	AUTO_SUBMITTED_REPLIED_VACATION, /* the same, and a comment, a parameter or the
					  * keyword itself says vacation */
} AutoSubmitted;

/* One field body. */
AutoSubmitted auto_submitted_parse(const char *field);
/* All instances of Auto-Submitted: the strongest in the order of the enumeration;
 * *text_out (may be NULL) is the field body that gave it, borrowed. */
AutoSubmitted auto_submitted_read(const HeaderSection *section, const char **text_out);

#endif
