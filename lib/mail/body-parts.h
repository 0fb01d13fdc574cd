/* SPDX-License-Identifier: BSD-2-Clause */
/* One walk over the parts of a body: each type that the rules know has its reader. */
#ifndef LEAD_MAIL_BODY_PARTS_H
#define LEAD_MAIL_BODY_PARTS_H

#include <glib.h>
#include <stdbool.h>

#include "lead/body.h"
#include "mime.h"

/* What the walk gathers; the texts may share the body's octets. */
typedef struct {
	const HeaderSection *section;
	BodyFacts *facts;
	GBytes *text; /* the first text part, decoded; NULL if there was none */
	bool text_is_html;
	unsigned alternative; /* that the text part stands in; 0 if in none */
	GBytes *returned;     /* the first returned message or header section */
	bool report_told;     /* a part said what the report is about */
} BodyReader;

/* A MimeVisitor; context is the BodyReader. */
bool body_part_visit(const MimePart *part, void *context);
/* Another; context is a bool, set at the first part that may be a report's. */
bool body_part_visit_for_report(const MimePart *part, void *context);

#endif
