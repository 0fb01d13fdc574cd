/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the rules want from a message body, read from its first octets: reports, calendar
 * objects, the author's own text, a digest. GMime parses MIME only where the header
 * section says that there is something to find.
 */
#ifndef LEAD_BODY_H
#define LEAD_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lead/calendar.h"
#include "lead/header-section.h"
#include "lead/report.h"

typedef struct {
	size_t octets; /* of the body that are looked at */
	unsigned depth; /* of MIME nesting */
} BodyLimits;

typedef struct {
	Report report;
	CalendarKind calendar;
	char *own_text;      /* UTF-8; NULL if there was no text part to read it from */
	bool had_text;       /* a text part was there; with own_text "" nothing own in it */
	bool has_tnef;       /* application/ms-tnef */
	int64_t digest;      /* 63 bits over the first 8 KiB of the decoded text part,
			      * else of the octets, folded: letters small, blanks as one;
			      * so a template repeats whatever its MIME boundary */
} BodyFacts;

void body_facts_init(BodyFacts *facts);
void body_facts_clear(BodyFacts *facts);

/* Never fails: a body that cannot be read has no facts. bytes need not end with NUL. */
void body_read(const HeaderSection *section, const char *bytes, size_t length,
	       const BodyLimits *limits, BodyFacts *facts_out);

/* Once in main() before any thread: GMime's type registration is not locked. */
void body_init(void);

#endif
