/* SPDX-License-Identifier: BSD-2-Clause */
/* Calendar messages (iMIP, RFC 6047; iTIP, RFC 5546): the METHOD, and the answer. */
#ifndef LEAD_CALENDAR_H
#define LEAD_CALENDAR_H

#include <stddef.h>

typedef enum {
	CALENDAR_NONE,
	CALENDAR_OTHER, /* a calendar object of another or no METHOD (PUBLISH, ADD ...) */
	CALENDAR_REQUEST,
	CALENDAR_COUNTER,
	CALENDAR_CANCEL,
	CALENDAR_REPLY,           /* an answer without a readable PARTSTAT */
	CALENDAR_REPLY_ACCEPTED,
	CALENDAR_REPLY_TENTATIVE,
	CALENDAR_REPLY_DECLINED,
} CalendarKind;

/* text: a decoded text/calendar body. Damaged objects give CALENDAR_OTHER. */
CalendarKind calendar_parse(const char *text, size_t length);
/* What a METHOD, or the method parameter of a text/calendar part, alone says. */
CalendarKind calendar_kind_from_method(const char *method);
const char *calendar_kind_name(CalendarKind kind);

#endif
